"""Tables of casework. The database itself keeps what must never be otherwise: see functions."""

from joinedup.processes.casework.models.episodes import Episode, Lead, TeamMember
from joinedup.processes.casework.models.moving import Approval, Supervision, Transfer
from joinedup.processes.casework.models.planning import Action, DesiredOutcome, Need, Review

__all__ = [
    "Action",
    "Approval",
    "DesiredOutcome",
    "Episode",
    "Lead",
    "Need",
    "Review",
    "Supervision",
    "TeamMember",
    "Transfer",
]
