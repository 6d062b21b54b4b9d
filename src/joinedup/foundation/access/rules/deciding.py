"""The one decision: whether a viewer may do something, by which cell of the matrix, and if not, what is missing.

Belongs here: weighing roles, grounds and conditions. Not here: finding out which grounds hold (the rings that know).
Roles only add. Two things refuse what a role would allow: a conflict of interest, and a seal.
"""

import dataclasses
import enum
from collections.abc import Iterable

from joinedup.foundation.access.rules import policy as policies

#: Acts on a sealed record that the seal itself does not stop: they say nothing of what it hides, or are about the seal.
PASSES_A_SEAL = frozenset({"stub", "seal", "override", "T5"})


class Outcome(enum.StrEnum):
    """What becomes of a question."""

    ALLOW = "allow"  #: shown, or done
    NEEDS = "needs"  #: would be allowed if what is named were given: a reason, a second factor, a second person
    BREAK_GLASS = "break_glass"  #: would be allowed in an emergency, on a reason that is reviewed
    DENY = "deny"  #: not granted by any role
    DENY_SEALED = "deny_sealed"  #: a seal refuses; the answer is that of an absent record
    DENY_ALERT = "deny_alert"  #: a conflict of interest refuses, and someone is told


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: who, what, on which grounds, and what was given with it.

    Shapes: `grounds` without "no relationship", which everyone has; `given` holds the conditions that are met.
    """

    roles: frozenset[str]
    action: str
    grounds: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    is_sealed: bool = False
    is_past_seal: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer and why: the cell that allowed, or what would have to be given.

    Shapes: `rule` names the cell, or the refusal; `needs` is empty unless the outcome is NEEDS.
    """

    outcome: Outcome
    rule: str
    ground: str = ""
    needs: tuple[str, ...] = ()
    policy_version: str = ""

    @property
    def is_allowed(self) -> bool:
        """Return whether the act may go on."""
        return self.outcome is Outcome.ALLOW


def decide(*, policy: policies.Policy, asked: Asked) -> Decision:
    """Answer one question by the matrix.

    Shapes: of several cells that allow, the first in the order of the matrix is named, so that the answer is always
    the same; of several that lack something, the one that lacks least.
    """
    cells = [cell for role in sorted(asked.roles) for cell in policy.cells_of(role, asked.action)]
    if policies.CONFLICT in asked.grounds:
        return _in_conflict(cells, asked, policy.version)
    if asked.is_sealed and not asked.is_past_seal and asked.action not in PASSES_A_SEAL:
        return Decision(outcome=Outcome.DENY_SEALED, rule="sealed", policy_version=policy.version)
    return _by_cells(cells, asked, policy.version)


def _in_conflict(cells: Iterable[policies.Cell], asked: Asked, version: str) -> Decision:
    """A conflict refuses everything but what is one's own."""
    own = _by_cells([cell for cell in cells if cell.ground == policies.ONESELF], asked, version)
    if own.outcome in {Outcome.ALLOW, Outcome.NEEDS}:
        return own
    return Decision(
        outcome=Outcome.DENY_ALERT, rule="conflict of interest", ground=policies.CONFLICT, policy_version=version
    )


def _by_cells(cells: Iterable[policies.Cell], asked: Asked, version: str) -> Decision:
    holding = asked.grounds | {policies.NO_RELATIONSHIP}
    lacking: list[tuple[tuple[str, ...], policies.Cell]] = []
    emergency = None
    for cell in cells:
        if cell.ground not in holding:
            if cell.ground == policies.BREAK_GLASS:
                emergency = emergency or cell
            continue
        missing = tuple(condition for condition in cell.conditions if condition not in asked.given)
        if not missing:
            return Decision(outcome=Outcome.ALLOW, rule=cell.name, ground=cell.ground, policy_version=version)
        lacking.append((missing, cell))
    if lacking:
        missing, cell = min(lacking, key=lambda one: len(one[0]))
        return Decision(
            outcome=Outcome.NEEDS, rule=cell.name, ground=cell.ground, needs=missing, policy_version=version
        )
    if emergency is not None:
        return Decision(outcome=Outcome.BREAK_GLASS, rule=emergency.name, policy_version=version)
    return Decision(outcome=Outcome.DENY, rule="no cell", policy_version=version)
