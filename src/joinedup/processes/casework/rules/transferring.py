"""The states of a transfer, and which act of which side leads from one to another: one table, cell by cell.

Belongs here: the table, and its form in words. Not here: who belongs to which side (operations, and the database).
"""

import dataclasses
import enum
from collections.abc import Mapping


class Transfer(enum.StrEnum):
    """Where a transfer stands."""

    OFFERED = "offered"  #: asked; whoever had it still answers for it
    ACCEPTED = "accepted"  #: taken; the new owner answers for it
    DECLINED = "declined"  #: not taken; nothing has changed
    WITHDRAWN = "withdrawn"  #: asked no longer; nothing has changed


class TransferAct(enum.StrEnum):
    """What can be done with a transfer."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Side(enum.StrEnum):
    """Which side does it."""

    GIVING = "giving"  #: the team that answers now
    RECEIVING = "receiving"  #: the team that is asked


class NotInState(Exception):
    """The transfer, or what it is about, is not where this act begins: someone else was quicker."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where an act leads, and whose it is."""

    to: Transfer
    by: Side


#: Whatever is not here is refused. None is where no offer stands.
MOVES: Mapping[tuple[Transfer | None, TransferAct], Move] = {
    (None, TransferAct.OFFER): Move(to=Transfer.OFFERED, by=Side.GIVING),
    (Transfer.OFFERED, TransferAct.ACCEPT): Move(to=Transfer.ACCEPTED, by=Side.RECEIVING),
    (Transfer.OFFERED, TransferAct.DECLINE): Move(to=Transfer.DECLINED, by=Side.RECEIVING),
    (Transfer.OFFERED, TransferAct.WITHDRAW): Move(to=Transfer.WITHDRAWN, by=Side.GIVING),
}


def move(state: Transfer | None, act: TransferAct) -> Move:
    """Return where an act leads.

    Errors: NotInState for every cell of the table that is empty.
    """
    found = MOVES.get((state, act))
    if found is None:
        raise NotInState(f"{act} in {state}")
    return found


def as_markdown() -> str:
    """Return the table of states and acts, as the reference shows it."""
    acts = list(TransferAct)
    heading = "| where it stands | " + " | ".join(acts) + " |"
    rows = [
        f"| {'no offer' if state is None else state} | " + " | ".join(_cell(state, act) for act in acts) + " |"
        for state in (None, *Transfer)
    ]
    return "\n".join([heading, "|---" * (len(acts) + 1) + "|", *rows])


def _cell(state: Transfer | None, act: TransferAct) -> str:
    found = MOVES.get((state, act))
    return "refused" if found is None else f"{found.to}, by the {found.by} side"
