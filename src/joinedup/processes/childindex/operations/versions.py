"""The versions of the linkage model as linking uses them: which is current, as the engine reads it, and the first of all.

Belongs here: keeping and reading versions. Not here: training and approving them (modelling), fitting (linkage.training).
"""

import collections
import datetime
import hashlib
import io
import json
import uuid
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import settings as linkage_settings
from joinedup.processes.childindex.linkage import training as linkage_training
from joinedup.processes.childindex.operations import history

#: Who approved a model that no person did: the first that a run could learn, where there was none before.
BY_ITSELF = "by itself: no model had been learnt and approved"


def get_current() -> models.ModelVersion | None:
    """Return the version by which runs link, if there is one."""
    return models.ModelVersion.objects.filter(state=rules.ModelState.CURRENT).first()


def may_learn_by_itself(version: models.ModelVersion) -> bool:
    """Return whether a run may try to learn a model in this one's place: it was never learnt, nor approved by a person."""
    return version.record_count == 0 and version.approved_by_name == BY_ITSELF


def thresholds_of(version: models.ModelVersion | None) -> linkage_settings.LinkSettings:
    """Return the settings of a run under a version: its thresholds are kept with it."""
    if version is None:
        return linkage_settings.LinkSettings(
            auto_bits=settings.LINK_THRESHOLD_BITS, review_bits=settings.REVIEW_THRESHOLD_BITS
        )
    return linkage_settings.LinkSettings(
        auto_bits=version.link_threshold_bits, review_bits=version.review_threshold_bits
    )


def saved_model(version: models.ModelVersion) -> linkage_training.SavedModel:
    """Return a version as the engine reads it, letter for letter as it was trained."""
    return linkage_training.SavedModel(
        text=json.dumps(version.model["splink"], sort_keys=True, separators=(",", ":")),
        by_hand=version.model["by_hand"],
        trained_records=version.record_count,
    )


def keep(
    saved: linkage_training.SavedModel, table: pa.Table, *, at: datetime.datetime
) -> tuple[models.ModelVersion, bool]:
    """Keep a model as a candidate, with its thresholds and what it was trained on; one that is known stays as it is."""
    return models.ModelVersion.objects.get_or_create(
        model_hash=saved.hash,
        defaults={
            "model": {"splink": json.loads(saved.text), "by_hand": saved.by_hand},
            "trained_at": at,
            "record_count": saved.trained_records,
            "link_threshold_bits": settings.LINK_THRESHOLD_BITS,
            "review_threshold_bits": settings.REVIEW_THRESHOLD_BITS,
            "trained_on": describe(table),
        },
    )


def first_or_same(
    version: models.ModelVersion | None,
    used: linkage_training.SavedModel,
    table: pa.Table,
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> models.ModelVersion:
    """Return the version that a run has used; where it learnt the first one, that is current from now on."""
    if version is not None and version.model_hash == used.hash:
        return version
    learnt, _ = keep(used, table, at=at)
    put_in_force(learnt, approved_by_id=None, approved_by_name=BY_ITSELF, at=at)
    history.keep_model_change(
        before=None if version is None else version.id,
        after=learnt.id,
        because=rules.Because.FIRST_MODEL,
        by=by,
        at=at,
    )
    return learnt


def put_in_force(
    version: models.ModelVersion, *, approved_by_id: uuid.UUID | None, approved_by_name: str, at: datetime.datetime
) -> models.ModelVersion | None:
    """Let runs link by this version; return the one that it replaces."""
    before = get_current()
    if before is not None:
        before.state = rules.ModelState.RETIRED
        before.save(update_fields=["state"])
    version.state, version.replaces = rules.ModelState.CURRENT, before
    version.approved_at, version.approved_by_id, version.approved_by_name = at, approved_by_id, approved_by_name
    version.save(update_fields=["state", "replaces", "approved_at", "approved_by_id", "approved_by_name"])
    return before


def describe(table: pa.Table) -> dict[str, object]:
    """Describe the records that a model learns from: how many of each agency, from when to when, and their fingerprint.

    Shapes: `hash` is SHA-256, in hexadecimal, over all that the records say, in their order; the same records give the
    same fingerprint, and nothing can be read from it.
    """
    hashed = _Hashed()
    with pa.ipc.new_stream(pa.PythonFile(hashed, mode="w"), table.schema) as stream:
        stream.write_table(table.combine_chunks())
    said = table.column("said_date")
    return {
        "rows": table.num_rows,
        "people": pc.count_distinct(table.column("person_record_id")).as_py(),
        "rows_of_agency": dict(sorted(collections.Counter(table.column("agency").to_pylist()).items())),
        "from": str(pc.min(said).as_py() or ""),
        "until": str(pc.max(said).as_py() or ""),
        "hash": hashed.digest.hexdigest(),
    }


class _Hashed(io.RawIOBase):
    """A file of which nothing is kept but the fingerprint."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, written: Any, /) -> int:
        self.digest.update(written)
        return len(written)
