"""Keeping a file: once, byte for byte, in the database, so that a backup holds it and row-level security guards it."""

import datetime
import hashlib
import uuid
from typing import BinaryIO

from django.db import transaction

from joinedup.delivery.records import models
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations

CHUNK_BYTES = 1024 * 1024


@transaction.atomic
def keep_file(*, content: BinaryIO, name: str, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Keep a file's bytes and return its identifier; the same bytes are kept once whoever sends them again.

    Shapes: `content` can be read twice (it is sought back to its start).
    """
    digest = hashlib.sha256()
    size_bytes = 0
    while piece := content.read(CHUNK_BYTES):
        digest.update(piece)
        size_bytes += len(piece)
    # Two may hand in the same bytes at once: the second waits for the first and finds its file.
    file, is_new = models.SourceFile.objects.get_or_create(
        sha256=digest.digest(),
        defaults={"name": name[:255], "size_bytes": size_bytes, "is_complete": True, "received_at": at},
    )
    if not is_new:
        return file.id
    content.seek(0)
    # Row by row: the application, which takes files in by page, may make no temporary tables for COPY.
    for position, piece in enumerate(iter(lambda: content.read(CHUNK_BYTES), b"")):
        models.SourceFileChunk.objects.create(file=file, position=position, content=piece)
    audit_operations.record(by=by, act="records.file.kept", record_ref=str(file.id))
    return file.id
