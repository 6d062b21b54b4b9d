"""Linking everything: the door to a link run, light enough for processes that serve pages and never link.

Belongs here: what a caller gives and gets. Not here: the run itself (runs).
"""

import datetime
import uuid

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import models
from joinedup.processes.childindex.operations import results


def link_all(
    *, by: access_rules.Viewer, at: datetime.datetime, progress: results.Progress = lambda _w, _s: None
) -> results.LinkResult:
    """Link all person records into children, keeping every child's number that can be kept.

    Errors: NothingToLink.
    """
    # Splink, DuckDB and numba take more than a second to import; a process that serves pages never needs them.
    from joinedup.processes.childindex.operations import runs

    return runs.link_all(by=by, at=at, progress=progress)


def keep_quality(*, run_id: uuid.UUID, quality: dict[str, object]) -> None:
    """Keep how right a run was, where the truth is known."""
    models.LinkRun.objects.filter(pk=run_id).update(quality=quality)
