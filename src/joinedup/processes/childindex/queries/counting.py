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
        cursor.execute("SELECT * FROM childindex_counts(%s)", [settings.INDEX_SCOPE == "all"])
        names = [column.name for column in cursor.description or ()]
        row = cursor.fetchone() or ()
        return IndexCounts(**dict(zip(names, row, strict=True)))


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
