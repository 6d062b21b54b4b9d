"""Writes of casework: episodes and who leads them, needs and plans, reviews, transfers, closing.

Each opens the child, asks the matrix, changes, writes who did it and announces it, in one transaction.
"""

from joinedup.processes.casework.operations.closing import Ending, close
from joinedup.processes.casework.operations.entering import Asking
from joinedup.processes.casework.operations.leading import hand_over, join_team, leave_team, name_lead, open_episode
from joinedup.processes.casework.operations.planning import act_done, add_action, end_need, record_need, write_plan
from joinedup.processes.casework.operations.reviewing import (
    ask_approval,
    decide_approval,
    hold_review,
    note_supervision,
)
from joinedup.processes.casework.operations.transferring import (
    accept_elsewhere,
    accept_transfer,
    decline_transfer,
    offer_transfer,
    withdraw_transfer,
)

__all__ = [
    "Asking",
    "Ending",
    "accept_elsewhere",
    "accept_transfer",
    "act_done",
    "add_action",
    "ask_approval",
    "close",
    "decide_approval",
    "decline_transfer",
    "end_need",
    "hand_over",
    "hold_review",
    "join_team",
    "leave_team",
    "name_lead",
    "note_supervision",
    "offer_transfer",
    "open_episode",
    "record_need",
    "withdraw_transfer",
    "write_plan",
]
