"""The table of the in-basket in words, as a page of documentation.

Belongs here: turning the table into a page. Not here: the words of the product's own pages (web).
"""

from collections.abc import Mapping

from joinedup.processes.inbasket.rules import acts
from joinedup.processes.inbasket.rules.kinds import Act, Kind, State, Who

KINDS: Mapping[Kind, str] = {
    Kind.CONTACT: "Contact",
    Kind.NOTIFICATION: "Notification",
    Kind.INFORMATION_REQUEST: "Information request",
    Kind.REPLY: "Reply",
}
STATES: Mapping[State, str] = {
    State.NEW: "New",
    State.HELD: "Taken",
    State.GATHERING: "Gathering information",
    State.DECIDED: "Decided",
    State.TOLD: "Sender told",
    State.CLOSED: "Closed",
}
ACTS: Mapping[Act, str] = {
    Act.CLAIM: "take it",
    Act.PUT_BACK: "put it back",
    Act.HAND_ON: "hand it on to another team",
    Act.GIVE: "give it to a colleague",
    Act.TAKE_BACK: "take it back",
    Act.SET_URGENCY: "set its colour",
    Act.CHOOSE_CHILD: "say which child it is about",
    Act.ASK: "ask an agency",
    Act.SPLIT: "split it for a brother or sister",
    Act.DECIDE: "decide level and outcome",
    Act.TELL: "tell the sender",
    Act.CLOSE: "close it",
    Act.ANSWER: "answer",
    Act.REFUSE: "refuse",
    Act.WITHDRAW: "withdraw the question",
    Act.READ: "mark as read",
}
WHO: Mapping[Who, str] = {
    Who.SENDER: "whoever asked",
    Who.HOLDER: "its holder",
    Who.MANAGER: "a manager of the agency",
    Who.TEAM: "anyone of the team",
    Who.GIVER: "whoever passed it on, until someone works on it",
}
_HEAD = """# The in-basket: who may do what, and when

This page is made from the one table in the code (`processes/inbasket/rules/acts.py`); a test fails when the two differ, and
another asks every cell. Whatever is not written here is not allowed. In every state someone can act, until an item is closed; it
is closed only with an owner and an outcome, which the database itself holds.

*Anyone of the team* means those of the team, or of the whole of its agency, whose role lets them write about children of others.
*A manager of the agency* means those whose role lets them hand over work of people they supervise. A manager and whoever holds an
item may be one person; a person who sent an item does not take it.
"""


def as_markdown() -> str:
    """Return the table as a page: for each kind, its states, and in each what may be done, by whom, and where it leads."""
    lines = [_HEAD.rstrip("\n")]
    for kind in Kind:
        lines += ["", f"## {KINDS[kind]}", "", "| state | act | who may | leads to |", "|---|---|---|---|"]
        for state in acts.states_of(kind):
            lines += _rows(kind, state)
    return "\n".join(lines) + "\n"


def _rows(kind: Kind, state: State) -> list[str]:
    cells = acts.TABLE[kind][state]
    if not cells:
        return [f"| {STATES[state]} | nothing more | | |"]
    return [
        f"| {STATES[state]} | {ACTS[act]} (`{act}`) | {_who(who)} | {STATES[acts.after(act, state)]} |"
        for act, who in cells.items()
    ]


def _who(who: frozenset[Who]) -> str:
    return ", ".join(words for one, words in WHO.items() if one in who)
