"""Linking everything, and the models for it: the door, light enough for processes that serve pages and never link.

Belongs here: what a caller gives and gets. Not here: the run itself (runs), the life of a model (modelling).
"""

import datetime
import uuid
from collections.abc import Mapping

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import models
from joinedup.processes.childindex.linkage.settings import SparkSettings
from joinedup.processes.childindex.operations import results


def link_all(
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
    spark: SparkSettings | None = None,
    is_index_anew: bool = False,
    progress: results.Progress = lambda _w, _s: None,
) -> results.LinkResult:
    """Link all person records into children, keeping every child's number that can be kept.

    Pairs are weighed in this process, or on Spark where `spark` says where that is. `is_index_anew` has every record
    brought anew to the form in which later ones meet it.
    Errors: NothingToLink; linkage.spark.SparkUnusable.
    """
    # Splink, DuckDB and numba take more than a second to import; a process that serves pages never needs them.
    from joinedup.processes.childindex.operations import runs

    return runs.link_all(by=by, at=at, spark=spark, is_index_anew=is_index_anew, progress=progress)


def train_model(
    *, by: access_rules.Viewer, at: datetime.datetime, progress: results.Progress = lambda _w, _s: None
) -> uuid.UUID:
    """Learn a model from all records, and keep it as a candidate; nothing is linked by it.

    Shapes: the version.
    Errors: NothingToLink.
    """
    from joinedup.processes.childindex.operations import modelling

    return modelling.train(by=by, at=at, progress=progress)


def shadow_model(
    *,
    version_id: uuid.UUID,
    by: access_rules.Viewer,
    at: datetime.datetime,
    progress: results.Progress = lambda _w, _s: None,
) -> results.ShadowResult:
    """Link everyone by a version and say how many numbers that would change; keep the counts, and change nothing else.

    Errors: NoSuchVersion; NothingToLink.
    """
    from joinedup.processes.childindex.operations import modelling

    return modelling.shadow(version_id=version_id, by=by, at=at, progress=progress)


def promote_model(*, version_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let runs link by this version from now on.

    Errors: NotAllowed; NoSuchVersion; NotTried; AlreadyCurrent.
    """
    from joinedup.processes.childindex.operations import modelling

    modelling.promote(version_id=version_id, by=by, at=at)


def roll_back_model(*, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Go back to the version that was current before; return it.

    Errors: NotAllowed; NoSuchVersion where none was current before.
    """
    from joinedup.processes.childindex.operations import modelling

    return modelling.roll_back(by=by, at=at)


def keep_measured(*, version_id: uuid.UUID, quality: Mapping[str, object]) -> None:
    """Keep how right a version's links are, where the truth is known."""
    from joinedup.processes.childindex.operations import modelling

    modelling.keep_measured(version_id=version_id, quality=quality)


def keep_quality(*, run_id: uuid.UUID, quality: dict[str, object]) -> None:
    """Keep how right a run was, where the truth is known."""
    models.LinkRun.objects.filter(pk=run_id).update(quality=quality)
