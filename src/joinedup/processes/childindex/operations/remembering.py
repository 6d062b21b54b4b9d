"""Remembering who was whom before records were placed, so that the history can say what became of each child.

Belongs here: the state of the touched children before and after. Not here: what a change is (rules), writing it (history).
"""

import uuid

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.operations import history, memberships


class Remembered:
    """The children whom an act touches, as they were before it first touched each."""

    def __init__(self) -> None:
        self._before: dict[uuid.UUID, uuid.UUID] = {}
        self._minted: set[uuid.UUID] = set()
        self._redirected: dict[uuid.UUID, uuid.UUID] = {}
        self.children: set[uuid.UUID] = set()

    def touch(self, child_id: uuid.UUID) -> None:
        """Remember a child's records; ask for it before any of them is placed or taken away."""
        if child_id not in self.children:
            self.children.add(child_id)
            self._before |= memberships.linked_to([child_id])

    def mint(self, child_id: uuid.UUID) -> None:
        """Remember that a child is new."""
        self._minted.add(child_id)

    def redirect(self, *, source: uuid.UUID, target: uuid.UUID) -> None:
        """Remember that a child leads to another from now on."""
        self._redirected[source] = target

    def changes(self) -> list[history.Changed]:
        """Return what became of the children since."""
        after = memberships.linked_to(sorted(self.children))
        return list(rules.changes(self._before, after, minted=self._minted, redirected=self._redirected))
