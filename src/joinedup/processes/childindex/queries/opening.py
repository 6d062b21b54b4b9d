"""Opening one child: whether the child may be shown to this viewer, and who looks and why, before anything is shown.

Belongs here: the one door to whatever is shown of one child. Not here: what is shown (wholechild, origins).
"""

import dataclasses
import uuid

from django.conf import settings
from django.db import connection

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.queries import guarded, stated

_INDEX = "T1"
_SEALED = "T5"
#: The actions that read, by the tier they read.
_TIERS = (_INDEX, "T2", "T3", "T4")


class ReasonNeeded(Exception):
    """The viewer's own work does not lead to this child, so they must say why they look before anything is shown."""


class SecondFactorNeeded(Exception):
    """The viewer may read what is sealed, once they have shown their second factor anew."""


class NotInScope(people_queries.NoSuchChild):
    """The index is set to hold only children with targeted or specialist help; this one has none."""


class NotForThisViewer(people_queries.NoSuchChild):
    """No role of the viewer allows it, or a conflict of interest or a seal refuses; it looks like no child at all."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One child who may be shown: on which grounds, by which decision, and why and by which act the viewer looks."""

    card: people_queries.ChildCard
    grounds: frozenset[str]
    decision: access_rules.Decision
    act: str
    purpose: str
    record_ref: str
    is_sealed: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One child who is shown: the event that says so, the child, the linked person records and the purpose.

    Shapes: `tiers` are those that the decision lets this viewer read, `grounds` how they stand to the child; records in
    the order of their identifiers.
    `needs_second_factor` where a tier more would be read by showing the second factor anew, whatever there is in it.
    `is_own_alone` where the viewer may read no more than their own agency sent: then the card says no more either.
    """

    event_id: uuid.UUID
    card: people_queries.ChildCard
    person_record_ids: list[uuid.UUID]
    tiers: frozenset[str]
    needs_second_factor: bool
    may_break_glass: bool
    grounds: frozenset[str]
    purpose: str
    is_own_alone: bool = False
    is_sealed: bool = False


def ask_for_child(*, viewer: access_rules.Viewer, number: str, purpose: str, act: str, record_ref: str = "") -> Asked:
    """Write that the viewer asks for a child, and say whether the child may be shown and why they look.

    Shapes: 3 queries.
    Errors: NoSuchChild; NotInScope; NotForThisViewer; ReasonNeeded when no purpose is given and the viewer's own work
    does not lead to the child; SecondFactorNeeded where the child is sealed and the viewer looks after sealed children.
    """
    audit_operations.open_view(viewer=viewer, act=f"{act}.asked", record_ref=record_ref or number, purpose=purpose)
    found = _relate(number)
    if found is None:
        raise people_queries.NoSuchChild(number)
    child_id, grounds, is_sealed, is_past_seal = found
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(
            roles=viewer.roles,
            action=_INDEX,
            grounds=frozenset(grounds),
            given=frozenset({"purpose", "own"} if purpose else {"own"}),
            is_sealed=is_sealed,
            is_past_seal=is_past_seal or (is_sealed and _reads_what_is_sealed(viewer, frozenset(grounds))),
        ),
    )
    if decision.needs == ("purpose",):
        raise ReasonNeeded(number)
    if not decision.is_allowed:
        raise NotForThisViewer(number)
    card = people_queries.get_children(child_ids=[child_id]).get(child_id)
    if card is None:
        raise people_queries.NoSuchChild(number)
    if settings.INDEX_SCOPE == "involved" and not card.has_targeted_help:
        raise NotInScope(number)
    return Asked(
        card=card,
        grounds=frozenset(grounds),
        decision=decision,
        act=act,
        purpose=purpose or rules.Purpose.OWN_WORK,
        record_ref=record_ref or card.number,
        is_sealed=is_sealed,
    )


def _reads_what_is_sealed(viewer: access_rules.Viewer, grounds: frozenset[str]) -> bool:
    """Return whether the matrix lets this viewer read what is sealed, by the second factor alone if need be.

    Errors: SecondFactorNeeded.
    """
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(roles=viewer.roles, action=_SEALED, grounds=grounds, given=viewer.given),
    )
    if decision.needs == (access_rules.STEP_UP,):
        raise SecondFactorNeeded
    return decision.is_allowed


def _relate(number: str) -> tuple[uuid.UUID, list[str], bool, bool] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT child_id, grounds, is_sealed, is_past_seal FROM childindex_relate(%s)", [number])
        found: tuple[uuid.UUID, list[str], bool, bool] | None = cursor.fetchone()
    return found


def show_child(asked: Asked, *, viewer: access_rules.Viewer, reason: str = "") -> Opened:
    """Write that the viewer sees the child; nothing about the child is returned before.

    Shapes: 2 queries; 3 for a viewer who may read only what their own agency sent, or what a guarded agency sent.
    """
    event_id = audit_operations.open_view(
        viewer=viewer,
        act=asked.act,
        record_ref=asked.record_ref,
        purpose=asked.purpose,
        reason=reason,
        subjects=[asked.card.id],
    )
    opened, has_guarded = _open(asked, viewer)
    outcomes = _outcomes(asked, viewer)
    is_own_alone = _is_own_alone(asked, viewer)
    return Opened(
        event_id=event_id,
        card=_card(asked, viewer, opened, is_own_alone=is_own_alone, has_guarded=has_guarded),
        person_record_ids=opened,
        tiers=frozenset(tier for tier, outcome in outcomes.items() if outcome is access_rules.Outcome.ALLOW),
        needs_second_factor=access_rules.Outcome.NEEDS in outcomes.values(),
        may_break_glass=access_rules.Outcome.BREAK_GLASS in outcomes.values(),
        grounds=asked.grounds,
        purpose=asked.purpose,
        is_own_alone=is_own_alone,
        is_sealed=asked.is_sealed,
    )


def _open(asked: Asked, viewer: access_rules.Viewer) -> tuple[list[uuid.UUID], bool]:
    """Return the person records that are opened, and whether a guarded agency's is among them."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [asked.card.id, sorted(viewer.given)])
        opened = cursor.fetchall()
    return [person_record_id for person_record_id, _ in opened], any(is_guarded for _, is_guarded in opened)


_OPEN = """
SELECT o.person_record_id, a.lowest_tier > 1 FROM childindex_open(%s, %s) o JOIN agencies_agency a ON a.id = o.agency_id
ORDER BY o.person_record_id
"""


def _card(
    asked: Asked,
    viewer: access_rules.Viewer,
    opened: list[uuid.UUID],
    *,
    is_own_alone: bool,
    has_guarded: bool,
) -> people_queries.ChildCard:
    """Return who the child is as this viewer may read it: what guarded agencies alone say is not in the index."""
    if is_own_alone:
        return stated.card_by(asked.card, person_record_ids=opened)
    if has_guarded or guarded.lacks_who(asked.card):
        return guarded.filled({asked.card.id: asked.card}, viewer=viewer)[asked.card.id]
    return asked.card


def _outcomes(asked: Asked, viewer: access_rules.Viewer) -> dict[str, access_rules.Outcome]:
    """Return what is decided of each tier; which rows are the viewer's own agency's is the database's to tell."""
    policy = access_queries.get_policy()
    given = viewer.given | {"purpose"}
    return {
        tier: access_rules.decide(
            policy=policy,
            asked=access_rules.Asked(roles=viewer.roles, action=tier, grounds=asked.grounds, given=given),
        ).outcome
        for tier in _TIERS
    }


def _is_own_alone(asked: Asked, viewer: access_rules.Viewer) -> bool:
    """Return whether every cell that lets this viewer read the index entry does so for their own agency's records alone."""
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(
            roles=viewer.roles, action=_INDEX, grounds=asked.grounds, given=frozenset({"purpose"})
        ),
    )
    return not decision.is_allowed


def open_child(*, viewer: access_rules.Viewer, number: str, purpose: str, reason: str = "", act: str) -> Opened:
    """Ask for a child and show them.

    Shapes: 5 queries.
    Errors: NoSuchChild; NotInScope; NotForThisViewer; ReasonNeeded.
    """
    asked = ask_for_child(viewer=viewer, number=number, purpose=purpose, act=act)
    return show_child(asked, viewer=viewer, reason=reason)
