"""The permission matrix as a value: which role may do what, on which ground, under which conditions.

Belongs here: the shape of a policy, and looking a cell up. Not here: its text (agreements), deciding by it (deciding).
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

#: The ground that everyone has, and the one that refuses.
NO_RELATIONSHIP, CONFLICT = "N", "X"
#: The ground of an emergency, which a person may give themselves for a while where a cell allows it.
BREAK_GLASS = "B"
#: The ground of having been asked to take part.
INVITED = "V"
#: The ground of looking at what is one's own.
ONESELF = "Y"
#: The condition that a second factor was shown a short while ago.
STEP_UP = "step-up"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """That a role may act where one ground holds, and what must be true besides."""

    role: str
    action: str
    ground: str
    conditions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the cell's name, as decisions and the audit cite it."""
        conditions = f":{'+'.join(self.conditions)}" if self.conditions else ""
        return f"{self.role}/{self.action}/{self.ground}{conditions}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All cells of one edition of the matrix; what has no cell is not allowed.

    Shapes: `cells` by role and action, in the order in which the matrix gives them.
    """

    version: str
    cells: Mapping[tuple[str, str], tuple[Cell, ...]]

    def cells_of(self, role: str, action: str) -> tuple[Cell, ...]:
        """Return what a role may do by way of one action."""
        return self.cells.get((role, action), ())

    def may_ever(self, roles: Iterable[str], action: str) -> bool:
        """Return whether any of these roles may do this on any ground: what a person is offered, not what is decided."""
        return any(self.cells_of(role, action) for role in roles)

    def may_with_others(self, roles: Iterable[str], action: str) -> bool:
        """Return whether any of these roles may do this with what is not their own: what a worker is offered."""
        return any(cell.ground != ONESELF for role in roles for cell in self.cells_of(role, action))

    def __iter__(self) -> Iterator[Cell]:
        return (cell for cells in self.cells.values() for cell in cells)
