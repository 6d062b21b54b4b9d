"""The queue of unusual looking: for those who review, never for the person it is about, never for their team.

Belongs here: reading alerts and the published rates. Not here: finding alerts or deciding them (operations).
"""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Sequence

from django.db import connection
from django.db import models as fields

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import granting
from joinedup.governance.assurance.rules import rates, reviewing

_RATE_WEEKS = 52


class NoSuchAlert(Exception):
    """No alert has this identifier, or none that the viewer may see."""


class Order(enum.StrEnum):
    """By what the queue may be put in order."""

    POINTS = "points"  #: how surprising
    WEEK = "week"  #: when
    AGENCY = "agency"  #: where the looker works


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule found.

    Units: points in bits.
    """

    rule: str
    points: float
    words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseChild:
    """A child whom an opened case is about: their name and number, and nothing more."""

    number: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertLook:
    """One look in an alert; children are numbered within it.

    `child` is None until a reviewer has opened the case, and for a child who is sealed.
    """

    at: datetime.datetime
    child_label: int
    purpose: str
    has_involvement: bool
    child: CaseChild | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AlertCard:
    """One worker's unusual week, with what became of it."""

    id: uuid.UUID
    looker_name: str
    looker_role: str
    agency_name: str
    team_name: str
    week: datetime.date
    points: float
    reasons: tuple[Reason, ...]
    state: reviewing.State
    found_at: datetime.datetime
    opened_at: datetime.datetime | None
    opened_by_name: str
    opened_reason: str
    reviewer_name: str
    decided_at: datetime.datetime | None
    outcome: str
    note: str
    looks: tuple[AlertLook, ...] = ()


_ORDERS = {Order.POINTS: "points", Order.WEEK: "week", Order.AGENCY: "looker_agency__name"}


def post_of(viewer: access_rules.Viewer) -> reviewing.Post:
    """Return where a viewer works, as proved in this request."""
    return reviewing.Post(
        user_id=viewer.user_id, agency_id=viewer.home_id, team_id=min(viewer.team_ids) if viewer.team_ids else None
    )


def _seen_by(viewer: access_rules.Viewer) -> fields.QuerySet[models.UnusualLook]:
    """Return the alerts that a viewer may review: of others, from outside their team; the same as reviewing.is_outside."""
    granting.check_may_review(viewer)
    post = post_of(viewer)
    outside = ~fields.Q(looker_agency=post.agency_id) | fields.Q(looker_agency=None)
    if post.team_id is not None:
        outside |= fields.Q(looker_team__isnull=False) & ~fields.Q(looker_team=post.team_id)
    if post.agency_id is None:
        return models.UnusualLook.objects.none()
    return models.UnusualLook.objects.filter(outside).exclude(looker=viewer.user_id)


def _narrowed(viewer: access_rules.Viewer, state: str, agency_code: str) -> fields.QuerySet[models.UnusualLook]:
    alerts = _seen_by(viewer)
    if state:
        alerts = alerts.filter(state=state)
    return alerts.filter(looker_agency__code=agency_code) if agency_code else alerts


def count_alerts(*, viewer: access_rules.Viewer, state: str = "", agency_code: str = "") -> int:
    """Return how many alerts the viewer may review.

    Shapes: 1 query. Errors: MayNotReview.
    """
    return _narrowed(viewer, state, agency_code).count()


def get_alerts(  # the part of the list that is asked for
    *,
    viewer: access_rules.Viewer,
    first: int,
    count: int,
    state: str = "",
    agency_code: str = "",
    order: Order = Order.POINTS,
    is_descending: bool = True,
) -> list[AlertCard]:
    """Return a part of the queue, without a word on any child.

    Shapes: 1 query. Errors: MayNotReview.
    """
    by = f"{'-' if is_descending else ''}{_ORDERS[order]}"
    found = (
        _narrowed(viewer, state, agency_code).select_related(*_JOINED).order_by(by, "-id" if is_descending else "id")
    )
    return [_card(alert) for alert in found[first : first + count]]


_JOINED = ("looker", "looker_agency", "looker_team", "opened_by", "reviewer")


def get_alert(*, viewer: access_rules.Viewer, alert_id: uuid.UUID) -> AlertCard:
    """Return one alert with its looks; the children are named only where a reviewer has opened the case, and it is written down.

    Shapes: 3 queries, 5 where the case is open.
    Errors: MayNotReview; NoSuchAlert.
    """
    audit_operations.open_view(viewer=viewer, act="assurance.unusual.seen", record_ref=str(alert_id))
    alert = _seen_by(viewer).select_related(*_JOINED).filter(pk=alert_id).first()
    if alert is None:
        raise NoSuchAlert
    child_ids = list(dict.fromkeys(uuid.UUID(look["subject"]) for look in alert.looks))
    children: dict[uuid.UUID, CaseChild] = {}
    if alert.opened_at is not None:
        audit_operations.open_view(
            viewer=viewer, act="assurance.unusual.case-seen", record_ref=str(alert_id), subjects=child_ids
        )
        children = _case_children(alert_id)
    looks = tuple(
        AlertLook(
            at=datetime.datetime.fromisoformat(look["at"]),
            child_label=child_ids.index(uuid.UUID(look["subject"])) + 1,
            purpose=look["purpose"],
            has_involvement=look["has_involvement"],
            child=children.get(uuid.UUID(look["subject"])),
        )
        for look in alert.looks
    )
    return dataclasses.replace(_card(alert), looks=looks)


def _case_children(alert_id: uuid.UUID) -> dict[uuid.UUID, CaseChild]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assurance_case_children(%s)", [alert_id])
        rows = cursor.fetchall()
    return {
        child_id: CaseChild(number=number, name=" ".join(filter(None, (given, family))) or "Name not known")
        for child_id, number, given, family in rows
    }


def _card(alert: models.UnusualLook) -> AlertCard:
    return AlertCard(
        id=alert.id,
        looker_name=alert.looker.display_name,
        looker_role=alert.looker_role,
        agency_name=alert.looker_agency.name if alert.looker_agency else "",
        team_name=alert.looker_team.name if alert.looker_team else "",
        week=alert.week,
        points=alert.points,
        reasons=tuple(Reason(**reason) for reason in alert.reasons),
        state=reviewing.State(alert.state),
        found_at=alert.found_at,
        opened_at=alert.opened_at,
        opened_by_name=alert.opened_by.display_name if alert.opened_by else "",
        opened_reason=alert.opened_reason,
        reviewer_name=alert.reviewer.display_name if alert.reviewer else "",
        decided_at=alert.decided_at,
        outcome=alert.outcome,
        note=alert.note,
    )


def get_rates(*, kind: str, on: datetime.date) -> tuple[rates.Rate, ...]:
    """Return, for a year, how often looks were questioned by role, by agency or by the ethnicity of the child; none too small.

    Shapes: 1 query; names nobody, and is for everyone to read.
    """
    since = on - datetime.timedelta(weeks=_RATE_WEEKS)
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [kind, since, on])
        rows: Sequence[tuple[str, int, int]] = cursor.fetchall()
    return rates.published(rates.Tally(group=group, looks=looks, questioned=asked) for group, looks, asked in rows)


_TALLIES = """
SELECT "group", sum(looks)::bigint, sum(questioned)::bigint FROM assurance_looktally
WHERE kind = %s AND week > %s AND week <= %s GROUP BY 1 ORDER BY 1
"""
