"""Reads of casework: one plan whole, a child's episodes, what one owes, and the team's board."""

from joinedup.processes.casework.queries.cards import (
    ActionCard,
    ApprovalCard,
    EpisodeCard,
    LeadCard,
    MemberCard,
    NeedCard,
    NoteCard,
    OutcomeCard,
    Plan,
    ReviewCard,
    TransferCard,
)
from joinedup.processes.casework.queries.kept import get_kept
from joinedup.processes.casework.queries.own import OwnAction, OwnAim, OwnHelper, OwnPlan, get_own_plans
from joinedup.processes.casework.queries.plans import (
    count_lead_changes,
    get_episodes,
    get_opened_from,
    get_plan,
)
from joinedup.processes.casework.queries.standing import Standing
from joinedup.processes.casework.queries.work import (
    BoardRow,
    OfferCard,
    OwedCard,
    get_board,
    get_offer,
    get_owed,
    may_see_board,
)

__all__ = [
    "ActionCard",
    "ApprovalCard",
    "BoardRow",
    "EpisodeCard",
    "LeadCard",
    "MemberCard",
    "NeedCard",
    "NoteCard",
    "OfferCard",
    "OutcomeCard",
    "OwedCard",
    "OwnAction",
    "OwnAim",
    "OwnHelper",
    "OwnPlan",
    "Plan",
    "ReviewCard",
    "Standing",
    "TransferCard",
    "count_lead_changes",
    "get_board",
    "get_episodes",
    "get_kept",
    "get_offer",
    "get_opened_from",
    "get_owed",
    "get_own_plans",
    "get_plan",
    "may_see_board",
]
