"""Reads of assurance: who looked at a child, what a family may read of it, and the queue of unusual looking.

Belongs here: questions about looking. Not here: the looks as they are kept (foundation.audit), words (web).
"""

from joinedup.governance.assurance.queries.alerts import (
    AlertCard,
    AlertLook,
    CaseChild,
    NoSuchAlert,
    Order,
    Reason,
    count_alerts,
    get_alert,
    get_alerts,
    get_rates,
)
from joinedup.governance.assurance.queries.granting import MayNotReview, MayNotSeeWhoLooked
from joinedup.governance.assurance.queries.interests import has_interest
from joinedup.governance.assurance.queries.looks import (
    LookCard,
    get_childs_version,
    get_last_looks,
    get_parents_version,
    is_parents_page_safe,
)
from joinedup.governance.assurance.queries.mistaken import (
    MistakenLook,
    MistakenTally,
    get_looks_while_linked,
    tally_looks_while_linked,
)

__all__ = [
    "AlertCard",
    "AlertLook",
    "CaseChild",
    "LookCard",
    "MayNotReview",
    "MayNotSeeWhoLooked",
    "MistakenLook",
    "MistakenTally",
    "NoSuchAlert",
    "Order",
    "Reason",
    "count_alerts",
    "get_alert",
    "get_alerts",
    "get_childs_version",
    "get_last_looks",
    "get_looks_while_linked",
    "get_parents_version",
    "get_rates",
    "has_interest",
    "is_parents_page_safe",
    "tally_looks_while_linked",
]
