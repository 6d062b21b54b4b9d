"""Acts of casework: which action of the permission matrix each needs, and what refuses one.

Belongs here: the table, and the refusals. Not here: the decision itself (foundation.access.rules), rows (models).
"""

from collections.abc import Mapping

from joinedup.processes.casework.rules import words

_FEWEST_LETTERS = 3

#: By the act's name in the audit. What ties nobody else to the child and changes nothing that others wrote is a note.
ACTIONS: Mapping[str, str] = {
    "episode.opened": "write",
    "lead.named": "write",
    "lead.handed-over": "transfer",
    "team.joined": "assess",
    "team.left": "assess",
    "need.recorded": "assess",
    "need.ended": "write",
    "outcome.planned": "assess",
    "action.added": "assess",
    "action.done": "write",
    "review.held": "assess",
    "transfer.offered": "transfer",
    "transfer.withdrawn": "transfer",
    "transfer.accepted-elsewhere": "transfer",
    "episode.closed": "transfer",
    "approval.asked": "assess",
    "approval.decided": "transfer",
    "supervision.noted": "transfer",
}


class NotAllowed(Exception):
    """No role of the viewer does this with this child."""


class NoSuchEpisode(Exception):
    """There is no such episode, or it is not for this viewer."""


class NoSuchPiece(Exception):
    """There is no such need, action, person or transfer in this episode."""


class AlreadyThere(Exception):
    """The episode has a lead already, the person is in the team already, or an offer stands already."""


class NotOneself(Exception):
    """Nobody makes the tie that lets themselves in: someone else must name this person."""


class Done(Exception):
    """The episode is closed, or this was done or ended before."""


class LeftUnanswered(Exception):
    """A need of the episode has no outcome, and none is given."""


class SayMore(Exception):
    """Words are missing that others will need."""


def check_said(text: str) -> str:
    """Return the words without blanks around them.

    Errors: SayMore where they say nothing.
    """
    said = text.strip()[: words.MOST_LETTERS]
    if len(said) < _FEWEST_LETTERS:
        raise SayMore
    return said
