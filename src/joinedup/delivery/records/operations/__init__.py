"""Writes of records: keep a file, load its rows, take a batch back.

Belongs here: what changes source records. Not here: reading a format (exchange) or linking (childindex).
"""

from joinedup.delivery.records.operations.files import keep_file
from joinedup.delivery.records.operations.loading import (
    BatchMoved,
    Stored,
    begin_batch,
    fail_batch,
    finish_batch,
    message_hash,
    start_batch,
    store_rows,
)
from joinedup.delivery.records.operations.undoing import BatchNotLoaded, Undone, undo_batch

__all__ = [
    "BatchMoved",
    "BatchNotLoaded",
    "Stored",
    "Undone",
    "begin_batch",
    "fail_batch",
    "finish_batch",
    "keep_file",
    "message_hash",
    "start_batch",
    "store_rows",
    "undo_batch",
]
