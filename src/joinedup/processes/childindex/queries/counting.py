"""Counts that mean something: how much of the area the index covers, and what waits."""

import dataclasses
import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import models


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IndexCounts:
    """How things stand in the index."""

    children: int
    children_of_own_agency: int
    children_with_targeted_help: int
    children_in_two_agencies: int
    person_records: int
    waiting_for_review: int
    not_yet_linked: int


def count_index(*, viewer: access_rules.Viewer) -> IndexCounts:
    """Count the children whom the index shows, records and open questions.

    Shapes: 1 query; no child is shown, so the event names none.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.counted")
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [settings.INDEX_SCOPE == "all", viewer.home_id])
        names = [column.name for column in cursor.description or ()]
        row = cursor.fetchone() or ()
        return IndexCounts(**dict(zip(names, row, strict=True)))


_COUNTS = """
WITH shown AS (
    SELECT child_id, has_targeted_help, agency_count FROM people_childsummary WHERE %s OR has_targeted_help
)
SELECT (SELECT count(*) FROM shown) AS children,
       (SELECT count(DISTINCT l.child_id) FROM records_personrecord p
        JOIN childindex_link l ON l.person_record_id = p.id AND l.ended_at IS NULL
        JOIN shown ON shown.child_id = l.child_id
        WHERE p.agency_id = %s) AS children_of_own_agency,
       (SELECT count(*) FROM shown WHERE has_targeted_help) AS children_with_targeted_help,
       (SELECT count(*) FROM shown WHERE agency_count > 1) AS children_in_two_agencies,
       (SELECT count(*) FROM childindex_link WHERE ended_at IS NULL) AS person_records,
       (SELECT count(*) FROM childindex_reviewtask WHERE state = 'open') AS waiting_for_review,
       (SELECT count(*) FROM records_personrecord p WHERE NOT EXISTS
            (SELECT 1 FROM childindex_link l WHERE l.person_record_id = p.id AND l.ended_at IS NULL)
        AND EXISTS (SELECT 1 FROM records_sourcerecord s WHERE s.person_record_id = p.id AND s.is_current))
       AS not_yet_linked
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The newest link run."""

    finished_at: datetime.datetime
    counts: dict[str, Any]
    quality: dict[str, Any] | None


def get_last_run() -> LastRun | None:
    """Return the newest link run, or None before the first."""
    run = models.LinkRun.objects.order_by("-finished_at", "id").first()
    if run is None:
        return None
    return LastRun(finished_at=run.finished_at, counts=run.counts, quality=run.quality)
