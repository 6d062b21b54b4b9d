"""What one owes over all children, what is offered to one's team, and the team's board.

Belongs here: reads over many children, each written into the audit with those it showed. Not here: one plan (plans).
"""

import dataclasses
import datetime
import uuid
from typing import Any

from django.db import connection
from django.db import models as orm

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.queries import plans, standing

_INVOLVED = frozenset({"I"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwedCard:
    """One thing that the viewer owes; `child` is nothing where nothing ties them to the child yet."""

    owed: rules.Owed
    child: people_queries.ChildCard | None


def get_owed(*, viewer: access_rules.Viewer) -> list[OwedCard]:
    """Return everything that the viewer owes over all their children, most overdue first.

    Shapes: 4 queries, however much there is; the audit names the children.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="casework.owed.seen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, child_id, number, episode_id, item_id, words, due_on FROM casework_owed()")
        owed = [
            rules.Owed(
                kind=rules.Owes(row[0]),
                child_id=row[1],
                number=row[2],
                episode_id=row[3],
                item_id=row[4],
                words=row[5],
                due_on=row[6],
            )
            for row in cursor.fetchall()
        ]
    children = sorted({one.child_id for one in owed})
    audit_operations.add_subjects(event_id=event_id, subjects=children)
    known = people_queries.get_children(child_ids=children)
    return [OwedCard(owed=one, child=known.get(one.child_id)) for one in rules.in_order(owed)]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfferCard:
    """An offer to the viewer's own team, as whoever answers it reads it."""

    id: uuid.UUID
    child_number: str
    from_team: str
    to_team: str
    to_agency_id: uuid.UUID
    is_within: bool
    from_level: int
    to_level: int
    why: str
    offered_at: datetime.datetime
    offered_by: str


def get_offer(*, viewer: access_rules.Viewer, transfer_id: uuid.UUID) -> OfferCard:
    """Return an offer that stands, to those of the team that is asked; the audit names the child.

    Shapes: 6 queries.
    Errors: NotInState, for one that is answered, one's own, and one to another team alike.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="casework.offer.seen", record_ref=str(transfer_id))
    one = models.Transfer.objects.filter(pk=transfer_id, state=rules.Transfer.OFFERED).first()
    if one is None or one.to_team_id is None or one.offered_by_id == viewer.user_id:
        raise rules.NotInState(transfer_id)
    if not standing.is_team(one.to_team_id):
        raise rules.NotInState(transfer_id)
    audit_operations.add_subjects(event_id=event_id, subjects=[one.child_id])
    teams = addressees.get_teams_by_id(team_ids={one.from_team_id, one.to_team_id})
    to_team = teams[one.to_team_id]
    return OfferCard(
        id=one.pk,
        child_number=one.child_number,
        from_team=plans.team_name(teams[one.from_team_id]),
        to_team=plans.team_name(to_team),
        to_agency_id=to_team.agency_id,
        is_within=one.from_team_id == one.to_team_id,
        from_level=one.from_level,
        to_level=one.to_level,
        why=one.why,
        offered_at=one.offered_at,
        offered_by=one.offered_by_name,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One open episode of the team: who leads, and what is late."""

    episode_id: uuid.UUID
    number: str
    kind: rules.EpisodeKind
    level: int
    team: str
    lead: str
    opened_at: datetime.datetime
    review_due_on: datetime.date | None
    late_actions: int
    is_offered: bool


def may_see_board(viewer: access_rules.Viewer) -> bool:
    """Return whether the matrix lets the viewer read plans of children for the reason that their team is involved."""
    return standing.decide(viewer, "T2", _INVOLVED, given=viewer.given) and standing.decide(
        viewer, "transfer", frozenset({"S"}), given=viewer.given
    )


def get_board(*, viewer: access_rules.Viewer, on: datetime.date, first: int, count: int) -> tuple[list[BoardRow], int]:
    """Return a part of the open episodes of the viewer's team, those without a lead and the most overdue first; and how many.

    Shapes: 6 queries whatever the number; the audit names the children.
    Errors: NotAllowed for whoever answers for no team.
    """
    event_id = audit_operations.open_view(viewer=viewer, act="casework.board.seen")
    if not may_see_board(viewer):
        raise rules.NotAllowed
    own = sorted(standing.get_circles())
    found = _of_team(own, on)
    page = list(found[first : first + count])
    audit_operations.add_subjects(event_id=event_id, subjects=[one["child_id"] for one in page])
    people = addressees.get_people(practitioner_ids={one["lead_id"] for one in page if one["lead_id"]})
    teams = addressees.get_teams_by_id(team_ids={one["responsible_team_id"] for one in page})
    rows = [
        BoardRow(
            episode_id=one["pk"],
            number=one["child__number"],
            kind=rules.EpisodeKind(one["kind"]),
            level=one["level"],
            team=plans.team_name(teams[one["responsible_team_id"]]),
            lead=people[one["lead_id"]].name if one["lead_id"] else "",
            opened_at=one["opened_at"],
            review_due_on=one["review_due_on"],
            late_actions=one["late_actions"],
            is_offered=one["is_offered"],
        )
        for one in page
    ]
    return rows, found.count()


_BOARD = (
    *("pk", "child_id", "child__number", "kind", "level", "responsible_team_id", "opened_at"),
    *("lead_id", "review_due_on", "late_actions", "is_offered"),
)


def _of_team(own: list[int], on: datetime.date) -> "orm.QuerySet[models.Episode, dict[str, Any]]":
    """Return the open episodes of these teams, with who leads, when the review is due, and how many actions are late."""
    of_this = orm.OuterRef("pk")
    late = models.Action.objects.filter(episode=of_this, done_at=None, due_on__lt=on).order_by()
    board: orm.QuerySet[models.Episode, dict[str, Any]] = (
        models.Episode.objects.filter(closed_at=None, circles__overlap=own)
        .annotate(
            lead_id=orm.Subquery(models.Lead.objects.filter(episode=of_this, ended_at=None).values("practitioner")[:1]),
            review_due_on=orm.Subquery(
                models.Review.objects.filter(episode=of_this, held_at=None).values("due_on")[:1]
            ),
            late_actions=orm.functions.Coalesce(
                orm.Subquery(late.values("episode").annotate(many=orm.Count("pk")).values("many")), 0
            ),
            is_offered=orm.Exists(models.Transfer.objects.filter(episode=of_this, state=rules.Transfer.OFFERED)),
        )
        .order_by(
            orm.Case(orm.When(lead_id=None, then=0), default=1, output_field=orm.IntegerField()),
            orm.F("review_due_on").asc(nulls_last=True),
            "id",
        )
        .values(*_BOARD)
    )
    return board
