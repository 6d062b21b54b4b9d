"""Reads of the in-basket: what waits, one item whole, and what a sender may know.

Belongs here: questions about items. Not here: acts (operations), who a child is (childindex).
"""

from joinedup.processes.inbasket.queries.kept import get_kept
from joinedup.processes.inbasket.queries.levels import get_levels
from joinedup.processes.inbasket.queries.listing import (
    SORTS,
    ItemLine,
    Narrowed,
    Waiting,
    count_waiting,
    get_items,
)
from joinedup.processes.inbasket.queries.people import (
    NoFrontDoor,
    get_colleagues,
    get_front_door,
    get_person,
    get_team,
    manages,
    works,
)
from joinedup.processes.inbasket.queries.reading import (
    ActCard,
    AskedCard,
    ItemCard,
    MessageCard,
    NoSuchItem,
    get_first_due,
    get_item,
    get_standing,
    get_times,
)
from joinedup.processes.inbasket.queries.sent import ReceiptCard, get_receipt, get_receipts

__all__ = [
    "SORTS",
    "ActCard",
    "AskedCard",
    "ItemCard",
    "ItemLine",
    "MessageCard",
    "Narrowed",
    "NoFrontDoor",
    "NoSuchItem",
    "ReceiptCard",
    "Waiting",
    "count_waiting",
    "get_colleagues",
    "get_first_due",
    "get_front_door",
    "get_item",
    "get_items",
    "get_kept",
    "get_levels",
    "get_person",
    "get_receipt",
    "get_receipts",
    "get_standing",
    "get_team",
    "get_times",
    "manages",
    "works",
]
