"""Reads of the models: which versions there are, which links are made by, and what is known of each."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from joinedup.processes.childindex import models, rules


class NoSuchModel(Exception):
    """No version of the model begins with these letters, or several do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One version of the model: what it learnt from, what it would change, how right it was, who approved it.

    Units: thresholds in bits.
    """

    id: uuid.UUID
    hash: str
    state: rules.ModelState
    trained_at: datetime.datetime
    record_count: int
    set_by_hand: Mapping[str, str]
    link_threshold_bits: float
    review_threshold_bits: float
    trained_on: Mapping[str, object]
    shadow: Mapping[str, int] | None
    shadowed_at: datetime.datetime | None
    measured: Mapping[str, object] | None
    approved_by_name: str
    approved_at: datetime.datetime | None
    replaces: str
    runs: int


def get_models() -> list[ModelCard]:
    """Return every version, newest first.

    Shapes: 1 query and one for each version.
    """
    versions = models.ModelVersion.objects.select_related("replaces").order_by("-trained_at", "-id")
    return [_card(version) for version in versions]


def get_model(*, beginning: str) -> ModelCard:
    """Return the version whose fingerprint begins so.

    Errors: NoSuchModel.
    """
    versions = models.ModelVersion.objects.select_related("replaces")
    # There are a handful; a search by pattern is not asked of the database.
    found = [version for version in versions if version.model_hash.startswith(beginning)]
    if len(found) != 1 or not beginning:
        raise NoSuchModel(beginning)
    return _card(found[0])


def _card(version: models.ModelVersion) -> ModelCard:
    return ModelCard(
        id=version.id,
        hash=version.model_hash,
        state=rules.ModelState(version.state),
        trained_at=version.trained_at,
        record_count=version.record_count,
        set_by_hand=version.model.get("by_hand", {}),
        link_threshold_bits=version.link_threshold_bits,
        review_threshold_bits=version.review_threshold_bits,
        trained_on=version.trained_on,
        shadow=version.shadow,
        shadowed_at=version.shadowed_at,
        measured=version.measured,
        approved_by_name=version.approved_by_name,
        approved_at=version.approved_at,
        replaces=version.replaces.model_hash if version.replaces else "",
        runs=version.runs.count(),
    )
