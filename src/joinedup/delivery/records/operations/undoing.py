"""Taking a batch back: nothing it said counts any longer, and what it had replaced counts again. No row is deleted."""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from joinedup.delivery.records import models
from joinedup.delivery.records.operations import loading, writing
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations


class BatchNotLoaded(Exception):
    """Only a batch that is loaded, or stopped half-way, can be taken back."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What taking a batch back came to, and the person records it touched.

    Shapes: `kept` rows stay, because a later file that is not taken back says the same.
    """

    withdrawn: int
    restored: int
    kept: int
    person_record_ids: Sequence[uuid.UUID]


@transaction.atomic
def undo_batch(*, batch_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> Undone:
    """Take a batch back: what counts then is what would count had it never come.

    Errors: BatchNotLoaded when there is nothing to take back.
    """
    batch = models.Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in {models.Batch.State.LOADED, models.Batch.State.LOADING}:
        raise BatchNotLoaded(batch.state)
    loading.lock_sender(batch.agency_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_record_id FROM records_sourcerecord WHERE batch_id = %s", [batch_id])
        touched = {row[0] for row in cursor.fetchall()}
        cursor.execute(_MOVE_TO_REPEAT, [batch_id, batch_id])
        kept = cursor.rowcount
        cursor.execute(_HAND_ON_SUPERSEDING, [batch_id, batch_id])
        cursor.execute(
            "UPDATE records_sourcerecord SET is_current = false WHERE batch_id = %s AND is_current RETURNING id",
            [batch_id],
        )
        withdrawn = [row[0] for row in cursor.fetchall()]
        cursor.execute(_RESTORE, [batch_id, batch_id])
        restored = cursor.fetchall()
    writing.set_sayings_current(withdrawn, is_current=False)
    writing.set_sayings_current([row[0] for row in restored], is_current=True)
    batch.state = models.Batch.State.UNDONE
    batch.undone_at = at
    batch.undone_by_name = by.name
    batch.save(update_fields=["state", "undone_at", "undone_by_name"])
    audit_operations.record(by=by, act="records.batch.undone", record_ref=str(batch_id))
    events_operations.publish("records.batch.undone", at=at, batch_id=str(batch_id))
    touched.update(row[1] for row in restored)
    return Undone(withdrawn=len(withdrawn), restored=len(restored), kept=kept, person_record_ids=sorted(touched))


# What another file says again is still said: its row takes the place of the one that goes.
_MOVE_TO_REPEAT = """
UPDATE records_sourcerecord said
SET batch_id = again.batch_id, line_number = again.line_number, byte_start = again.byte_start,
    byte_length = again.byte_length
FROM (
    SELECT DISTINCT ON (r.source_record_id) r.*
    FROM records_repeatedrow r
    JOIN records_sourcerecord s ON s.id = r.source_record_id
    JOIN records_batch b ON b.id = r.batch_id
    WHERE s.batch_id = %s AND r.batch_id <> %s AND b.state <> 'undone'
    ORDER BY r.source_record_id, b.received_at, b.id
) again
WHERE said.id = again.source_record_id
"""

# A newer batch may stand on this one's rows: its rows then replace what this batch had replaced. Follows, within the
# batch, each chain of replacements to the row outside the batch that stands at its end.
_HAND_ON_SUPERSEDING = """
WITH RECURSIVE chain AS (
    SELECT older.id AS older_id, newer.id AS newer_id, newer.superseded_by_id AS next_id, 1 AS step
    FROM records_sourcerecord older
    JOIN records_sourcerecord newer ON newer.id = older.superseded_by_id
    WHERE newer.batch_id = %s AND older.batch_id <> newer.batch_id
  UNION ALL
    SELECT chain.older_id, further.id, further.superseded_by_id, chain.step + 1
    FROM chain JOIN records_sourcerecord further ON further.id = chain.next_id
    WHERE further.batch_id = %s
), ending AS (
    SELECT DISTINCT ON (older_id) older_id, newer_id, next_id FROM chain ORDER BY older_id, step DESC
)
UPDATE records_sourcerecord older
SET superseded_by_id = coalesce(ending.next_id, ending.newer_id)
FROM ending
WHERE older.id = ending.older_id
"""

# Rows of batches that were taken back themselves stay where they are.
_RESTORE = """
UPDATE records_sourcerecord older
SET is_current = true, superseded_by_id = NULL
FROM records_sourcerecord newer, records_batch b
WHERE newer.id = older.superseded_by_id AND newer.batch_id = %s AND older.batch_id <> %s
  AND b.id = older.batch_id AND b.state <> 'undone'
RETURNING older.id, older.person_record_id
"""
