"""Taking a batch back, in every room it reached: what it said, its search keys, its links."""

import uuid

from django.db import transaction

from joinedup.delivery.records import operations as records_operations
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import operations as childindex_operations


@transaction.atomic
def undo(*, batch_id: uuid.UUID, by: access_rules.Viewer) -> records_operations.Undone:
    """Take a batch back: records, keys, links and summaries are as if it had never come.

    Errors: BatchNotLoaded.
    """
    at = clock.now()
    undone = records_operations.undo_batch(batch_id=batch_id, by=by, at=at)
    childindex_operations.reindex(undone.person_record_ids)
    childindex_operations.refresh_children(person_record_ids=undone.person_record_ids, by=by, at=at)
    return undone
