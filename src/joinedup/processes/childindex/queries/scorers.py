"""The scorer at hand: the model by which everyone was last linked, with what that run learnt of names, kept by this process.

Belongs here: reading and keeping it. Not here: weighing (linkage.scoring).
"""

import dataclasses
import functools
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from joinedup.processes.childindex import models, rules

if TYPE_CHECKING:
    from joinedup.processes.childindex.linkage.scoring.online import Scorer

_NOTHING_LEARNT = ""


class NoStanding(Exception):
    """No link run has been yet by the model that is to be used, so that nobody stands as it would have them."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The link run by which the children stand as they are, and the scorer that weighs as it did.

    Units: thresholds in bits, those of the run.
    """

    run_id: uuid.UUID
    scorer: "Scorer"
    link_bits: float
    review_bits: float

    def limits(self) -> rules.Limits:
        """Return from where on an arriving record is linked, never earlier than a run would, and a person asked."""
        return rules.Limits(
            link=max(settings.ARRIVAL_LINK_BITS, self.link_bits),
            margin=settings.ARRIVAL_MARGIN_BITS,
            review=self.review_bits,
        )


def last_run_id() -> uuid.UUID:
    """Return the link run whose model counts.

    Shapes: 1 query.
    Errors: NoStanding.
    """
    runs = models.LinkRun.objects.filter(model_version__model__has_key="splink")
    found = runs.order_by("-started_at", "-id").values_list("id", flat=True).first()
    if found is None:
        raise NoStanding
    return found


def for_batch() -> Standing:
    """Return the scorer for loads, which read what was learnt themselves.

    Shapes: 2 queries, 4 after a new run.
    Errors: NoStanding, too, where a person has approved another model since: its first run brings everyone to it.
    """
    run_id = last_run_id()
    if not models.ModelVersion.objects.filter(runs__id=run_id, state=rules.ModelState.CURRENT).exists():
        raise NoStanding
    return _made(connection.settings_dict["NAME"], run_id, False)


def for_viewer() -> Standing:
    """Return the scorer under an open view, where a function of the database tells what was learnt.

    Shapes: 1 query, 3 after a new run.
    Errors: NoStanding.
    """
    return _made(connection.settings_dict["NAME"], last_run_id(), True)


@functools.lru_cache(maxsize=4)
def _made(_database: str, run_id: uuid.UUID, is_for_viewer: bool) -> Standing:
    # numba takes a second to load; whoever never matches never waits for it.
    from joinedup.processes.childindex.linkage import lore as linkage_lore
    from joinedup.processes.childindex.linkage import settings as linkage_settings
    from joinedup.processes.childindex.linkage.scoring import online

    run = models.LinkRun.objects.select_related("model_version").get(pk=run_id)
    said = _asked(run_id) if is_for_viewer else _read(run_id)
    scorer = online.Scorer(
        run.model_version.model["splink"],
        linkage_settings.LinkSettings(auto_bits=run.link_threshold_bits, review_bits=run.review_threshold_bits),
        linkage_lore.Lore.from_json(said) if said else linkage_lore.Lore(),
    )
    return Standing(
        run_id=run_id, scorer=scorer, link_bits=run.link_threshold_bits, review_bits=run.review_threshold_bits
    )


def _read(run_id: uuid.UUID) -> str:
    return models.Lore.objects.filter(run_id=run_id).values_list("said", flat=True).first() or _NOTHING_LEARNT


def _asked(run_id: uuid.UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM childindex_lore() WHERE run_id = %s", [run_id])
        row = cursor.fetchone()
    return row[0] if row else _NOTHING_LEARNT
