"""The one table of the in-basket: in which state of which kind of item which act is allowed, to whom, and where it leads.

Belongs here: the table and what is read from it. Not here: doing the act (operations). docs/reference/in-basket.md is
printed from here, and a test asks every cell.
"""

import dataclasses
import uuid
from collections.abc import Collection, Mapping

from joinedup.processes.inbasket.rules.kinds import Act, Kind, State, Who


class NotInState(Exception):
    """Nobody can do this with the item as it stands; someone may have been quicker."""


class NotAllowed(Exception):
    """The item stands so that it could be done, but not by this person."""


Cells = Mapping[State, Mapping[Act, frozenset[Who]]]

_HELD_BY = frozenset({Who.HOLDER, Who.MANAGER})
_ANYONE = frozenset({Who.TEAM, Who.MANAGER})
_GIVER = frozenset({Who.GIVER})
_SENDER = frozenset({Who.SENDER})

_WHILE_WORKED_ON = {
    Act.PUT_BACK: _HELD_BY,
    Act.HAND_ON: _HELD_BY,
    Act.GIVE: _HELD_BY,
    Act.TAKE_BACK: _GIVER,
    Act.SET_URGENCY: _HELD_BY,
    Act.CHOOSE_CHILD: frozenset({Who.HOLDER}),
    Act.ASK: _HELD_BY,
    Act.SPLIT: _HELD_BY,
    Act.DECIDE: _HELD_BY,
}
_OF_CONTACTS: Cells = {
    State.NEW: {
        Act.CLAIM: _ANYONE,
        Act.HAND_ON: _ANYONE,
        Act.GIVE: frozenset({Who.MANAGER}),
        Act.TAKE_BACK: _GIVER,
        Act.SET_URGENCY: frozenset({Who.MANAGER}),
    },
    State.HELD: _WHILE_WORKED_ON,
    State.GATHERING: _WHILE_WORKED_ON,
    State.DECIDED: {Act.GIVE: _HELD_BY, Act.TAKE_BACK: _GIVER, Act.DECIDE: _HELD_BY, Act.TELL: _HELD_BY},
    State.TOLD: {Act.GIVE: _HELD_BY, Act.TAKE_BACK: _GIVER, Act.CLOSE: _HELD_BY},
    State.CLOSED: {},
}
_OF_REQUESTS: Cells = {
    State.NEW: {
        Act.CLAIM: _ANYONE,
        Act.HAND_ON: _ANYONE,
        Act.GIVE: frozenset({Who.MANAGER}),
        Act.TAKE_BACK: _GIVER,
        Act.ANSWER: _ANYONE,
        Act.REFUSE: _ANYONE,
        Act.WITHDRAW: _SENDER,
    },
    State.HELD: {
        # An agency's answer never waits for someone who is away: a colleague may free it, with a reason.
        Act.PUT_BACK: _HELD_BY | {Who.TEAM},
        Act.HAND_ON: _HELD_BY,
        Act.GIVE: _HELD_BY,
        Act.TAKE_BACK: _GIVER,
        Act.ANSWER: _HELD_BY,
        Act.REFUSE: _HELD_BY,
        Act.WITHDRAW: _SENDER,
    },
    State.CLOSED: {},
}
_OF_REPLIES: Cells = {
    State.NEW: {Act.CLAIM: _ANYONE, Act.GIVE: frozenset({Who.MANAGER}), Act.READ: _ANYONE},
    State.HELD: {Act.PUT_BACK: _HELD_BY, Act.GIVE: _HELD_BY, Act.TAKE_BACK: _GIVER, Act.READ: _HELD_BY},
    State.CLOSED: {},
}
#: Whatever is not in it is not allowed.
TABLE: Mapping[Kind, Cells] = {
    Kind.CONTACT: _OF_CONTACTS,
    Kind.NOTIFICATION: _OF_CONTACTS,
    Kind.INFORMATION_REQUEST: _OF_REQUESTS,
    Kind.REPLY: _OF_REPLIES,
}
#: Where an act leads; what is not here leaves the item as it stands.
_LEADS_TO: Mapping[Act, State] = {
    Act.CLAIM: State.HELD,
    Act.PUT_BACK: State.NEW,
    Act.HAND_ON: State.NEW,
    Act.ASK: State.GATHERING,
    Act.DECIDE: State.DECIDED,
    Act.TELL: State.TOLD,
    **dict.fromkeys((Act.CLOSE, Act.ANSWER, Act.REFUSE, Act.WITHDRAW, Act.READ), State.CLOSED),
}
#: Acts that need a reason in words.
NEEDS_A_REASON = frozenset(
    {Act.HAND_ON, Act.GIVE, Act.SET_URGENCY, Act.DECIDE, Act.REFUSE, Act.WITHDRAW, Act.CHOOSE_CHILD}
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts: as a user, as a practitioner, in which teams, for which agency, and whether they manage people there.

    Shapes: `works` where they work in-baskets, and do not only send; then `team_id` is their team's, and whoever works for all
    of an agency works that of each of its teams.
    """

    user_id: uuid.UUID | None
    practitioner_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    team_id: int | None = None
    name: str = ""
    works: bool = False
    is_of_whole_agency: bool = False
    is_manager: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an item stands, as far as it decides who may do what.

    Shapes: `asker_ids` are the users who asked for it or hold what it is about; `giver_id` a user; `holder_id` a practitioner.
    """

    kind: Kind
    state: State
    team_id: int
    agency_id: uuid.UUID
    holder_id: uuid.UUID | None = None
    giver_id: uuid.UUID | None = None
    asker_ids: frozenset[uuid.UUID] = frozenset()


def relations(item: Standing, person: Person) -> frozenset[Who]:
    """Return how a person stands to an item."""
    holds = person.practitioner_id is not None and person.practitioner_id == item.holder_id
    is_someone = person.user_id is not None
    is_colleague = person.works and person.agency_id == item.agency_id
    found = {
        Who.HOLDER: holds and person.works,
        Who.TEAM: is_colleague and (person.is_of_whole_agency or person.team_id == item.team_id),
        Who.MANAGER: is_colleague and person.is_manager,
        Who.GIVER: is_someone and person.user_id == item.giver_id,
        Who.SENDER: is_someone and person.user_id in item.asker_ids,
    }
    return frozenset(who for who, is_so in found.items() if is_so)


def who_may(kind: Kind, state: State, act: Act) -> frozenset[Who]:
    """Return to whom an act is allowed; nobody where it is not in the table."""
    return TABLE[kind].get(state, {}).get(act, frozenset())


def allowed(item: Standing, person: Person) -> frozenset[Act]:
    """Return what a person may do with an item as it stands."""
    standing = relations(item, person)
    return frozenset(act for act, who in TABLE[item.kind].get(item.state, {}).items() if who & standing)


def check(act: Act, item: Standing, person: Person) -> None:
    """Check that a person may do this with an item as it stands.

    Errors: NotInState where nobody could; NotAllowed where another could.
    """
    who = who_may(item.kind, item.state, act)
    if not who:
        raise NotInState(act)
    if not who & relations(item, person):
        raise NotAllowed(act)


def after(act: Act, state: State, *, has_asked: bool = False) -> State:
    """Return how an item stands after an act; one that is taken again goes on gathering where agencies were asked."""
    if act is Act.GIVE and state is State.NEW:
        return State.HELD
    if act is Act.TAKE_BACK:
        return State.HELD if state is State.NEW else state
    leads_to = _LEADS_TO.get(act, state)
    return State.GATHERING if leads_to is State.HELD and has_asked else leads_to


def states_of(kind: Kind) -> Collection[State]:
    """Return the states that an item of a kind may be in, in their order."""
    return TABLE[kind].keys()
