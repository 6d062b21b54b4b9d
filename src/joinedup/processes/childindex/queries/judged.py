"""How good the links are, by people's word and by count: blind samples, thresholds and what they make, link quality.

Belongs here: counts, and the pair of a blind sample whose turn it is. Not here: drawing and answering (operations.judging).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.queries import pairs

ARRIVAL_DAYS = 28


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BlindQuestion:
    """The pair of a sample whose turn it is: what the two say, and nothing that tells whether they are linked."""

    id: uuid.UUID
    rows: tuple[rules.SideBySide, ...]
    agency_names: tuple[str, str]
    answered: int
    total: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BlindResult:
    """One sample, and what it says once it is answered whole.

    Shapes: `links` is None before; `by_agency` counts a pair of two agencies for each. `decoys` are the answers to pairs that
    are not linked, by answer.
    """

    id: uuid.UUID
    drawn_at: datetime.datetime
    drawn_by_name: str
    seed: int
    half_width: float
    population: int
    pairs: int
    answered: int
    links: rules.Precision | None
    by_agency: Mapping[str, rules.Precision]
    decoys: Mapping[str, int]


def count_population(*, viewer: access_rules.Viewer) -> int:
    """Count the links that runs made by themselves; under an open view, which names nobody.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT childindex_blind_population(%s)", [sorted(viewer.given)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def get_blind_question(*, viewer: access_rules.Viewer) -> BlindQuestion | None:
    """Return the pair whose turn it is, or None where none waits for this viewer; the event names whose records they are.

    Shapes: 3 queries.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.blind.seen", purpose=rules.Purpose.LINKING)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, record_a, record_b, answered, total FROM childindex_blind_next(%s)", [sorted(viewer.given)]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    one, other = pairs.said_of(viewer, (row[1], row[2]))
    return BlindQuestion(
        id=row[0],
        rows=rules.side_by_side([one.sayings, other.sayings]),
        agency_names=(one.agency_name, other.agency_name),
        answered=row[3],
        total=row[4],
    )


def get_blind_results(*, viewer: access_rules.Viewer) -> list[BlindResult]:
    """Return all samples, newest first; of one that is not answered whole, how far it is.

    Shapes: 2 queries. It names no child.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.blind.results")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM childindex_blind_results(%s)", [sorted(viewer.given)])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    of_sample: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rows:
        of_sample.setdefault(row["id"], []).append(row)
    return [_result(counted) for counted in of_sample.values()]


def _result(rows: list[dict[str, Any]]) -> BlindResult:
    first = rows[0]
    counts = {(row["agency_name"], row["kind"], row["answer"]): row["counted"] for row in rows}
    agencies = sorted({row["agency_name"] for row in rows if row["agency_name"]})
    link, decoy = rules.BlindKind.LINK, rules.BlindKind.DECOY

    def precision(agency: str) -> rules.Precision:
        right, wrong, unsaid = (counts.get((agency, link, answer), 0) for answer in rules.BlindAnswer)
        return rules.precision_of(right=right, wrong=wrong, unsaid=unsaid, population=first["population"])

    return BlindResult(
        **{name: first[name] for name in ("id", "drawn_at", "drawn_by_name", "seed", "half_width", "population")},
        pairs=first["pairs"],
        answered=first["answered"],
        links=precision("") if first["is_finished"] else None,
        by_agency={agency: precision(agency) for agency in agencies},
        decoys={answer: counts.get(("", decoy, answer), 0) for answer in rules.BlindAnswer},
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdCard:
    """The thresholds that runs use, and all by which it is said what others would make.

    Units: thresholds in bits, `arrival_bits` that from which a record is linked as it arrives, where links do not begin
    higher; `arrivals_a_day` as records a day over the last 28 days.
    Shapes: `weights` is None before a run has kept them. `changes` are the last ten, newest first.
    """

    link_bits: float
    review_bits: float
    weights: rules.Weights | None
    arrival_bits: float
    arrivals_a_day: float
    staffing: rules.Staffing
    changes: tuple["ThresholdLine", ...]

    def forecast(self, *, link_bits: float, review_bits: float) -> rules.Forecast | None:
        """Return what two thresholds would make; None where no run has kept weights.

        Errors: ValueError for thresholds that make no sense.
        """
        if self.weights is None:
            return None
        return rules.forecast(
            self.weights,
            link_bits=link_bits,
            review_bits=review_bits,
            arrival_bits=self.arrival_bits,
            arrivals_a_day=self.arrivals_a_day,
            staffing=self.staffing,
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdLine:
    """That a steward changed the thresholds. Units: bits."""

    at: datetime.datetime
    by_name: str
    why: str
    link_bits: tuple[float, float]
    review_bits: tuple[float, float]


class NoModel(Exception):
    """No run has learnt a model, and none is approved, so that there are no thresholds to change."""


def get_thresholds(*, viewer: access_rules.Viewer, at: datetime.datetime) -> ThresholdCard:
    """Return the thresholds there are, and by what others are judged.

    Shapes: 5 queries. It names no child.
    Errors: NoModel.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.thresholds.seen")
    version = models.ModelVersion.objects.filter(state=rules.ModelState.CURRENT).first()
    if version is None:
        raise NoModel
    run = models.LinkRun.objects.exclude(weights=None).order_by("-started_at", "-id").first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT childindex_arrivals(%s)", [at - datetime.timedelta(days=ARRIVAL_DAYS)])
        (arrived,) = cursor.fetchone() or (0,)
    changes = models.ThresholdChange.objects.order_by("-changed_at", "-id")[:10]
    return ThresholdCard(
        link_bits=version.link_threshold_bits,
        review_bits=version.review_threshold_bits,
        weights=None if run is None else _weights(run),
        arrival_bits=settings.ARRIVAL_LINK_BITS,
        arrivals_a_day=arrived / ARRIVAL_DAYS,
        staffing=rules.Staffing(
            minutes_a_question=settings.MINUTES_A_QUESTION, hours_a_day=settings.STEWARD_HOURS_A_DAY
        ),
        changes=tuple(
            ThresholdLine(
                at=change.changed_at,
                by_name=change.changed_by_name,
                why=change.why,
                link_bits=(change.link_before_bits, change.link_after_bits),
                review_bits=(change.review_before_bits, change.review_after_bits),
            )
            for change in changes
        ),
    )


def _weights(run: models.LinkRun) -> rules.Weights:
    kept: dict[str, Any] = run.weights or {}
    by_kind = {
        kind: {int(bit): count for bit, count in kept.get(kind, {}).items()} for kind in ("linked", "asked", "held")
    }
    return rules.Weights(**by_kind, people=run.counts.get("people", 0), floor_bits=kept.get("floor_bits", 0.0))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QualityLine:
    """How the records of one agency, or of all, are linked.

    Shapes: `agency_name` is empty for all together. `matched` are records whose child another agency knows too; children
    are those under 18, or of unknown age.
    """

    agency_name: str
    records: int
    matched: int
    children: int
    children_with_nhs: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkQuality:
    """How good the links are by count; `by_community` is how many links of each name community are found, where truth is known.

    Units: `by_community` as shares, 0 to 1.
    """

    everyone: QualityLine
    agencies: tuple[QualityLine, ...]
    by_community: Mapping[str, float]


def get_link_quality(*, viewer: access_rules.Viewer, on: datetime.date) -> LinkQuality:
    """Return match rates by agency and how many children have an NHS number; small numbers are not hidden yet.

    Shapes: 3 queries whatever there is. It names no child.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.quality.counted")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_name, records, matched, children, children_with_nhs FROM childindex_link_quality(%s)",
            [_eighteen_years_before(on)],
        )
        names = [column.name for column in cursor.description or ()]
        lines = [QualityLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    nobody = QualityLine(agency_name="", records=0, matched=0, children=0, children_with_nhs=0)
    run = models.LinkRun.objects.exclude(quality=None).order_by("-started_at", "-id").first()
    groups: Mapping[str, Any] = {} if run is None else (run.quality or {}).get("groups", {})
    return LinkQuality(
        everyone=lines[0] if lines else nobody,
        agencies=tuple(lines[1:]),
        by_community={
            name.partition(": ")[2]: figures["recall"]
            for name, figures in groups.items()
            if "community" in name.partition(": ")[0] and "recall" in figures
        },
    )


def _eighteen_years_before(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year - 18)
    except ValueError:
        return day.replace(year=day.year - 18, day=28)
