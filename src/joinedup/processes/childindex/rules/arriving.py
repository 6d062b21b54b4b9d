"""What becomes of a record on its arrival: it is linked to a known child, a person is asked, or it is a new child's.

Belongs here: one choice from how alike the known children are. Not here: weighing (linkage), writing (operations).

The danger is that the child is not known yet while a brother or sister is: they share family name, home and often more,
so that weight alone says little. Hence a record is linked only where something tells the child from a sibling, and where
no other child comes near.
"""

import dataclasses
import enum
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

ChildId = TypeVar("ChildId", bound=Hashable)


class Arrival(enum.StrEnum):
    """What becomes of the record."""

    LINK = "link"  #: it is this child's
    REVIEW = "review"  #: a steward is asked; until then it is a child of its own
    NEW = "new"  #: nobody known is like it: a child of its own


class Doubt(enum.StrEnum):
    """Why a record that is like a known child is not linked without a person."""

    NONE = "none"  #: there is none
    WEIGHT = "weight"  #: the evidence weighs too little
    KIN = "kin"  #: it looks like a brother or sister
    THIN = "thin"  #: it agrees in too little to tell a child from a namesake or a sibling
    UNCLEAR = "unclear"  #: nothing in it tells this child from a brother or sister: no number, no clear given name or birth date
    RIVAL = "rival"  #: another child is nearly as like


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Likeness(Generic[ChildId]):
    """How like one known child a record is, by the two records that are most alike.

    Units: `weight` in bits (log2 odds). `is_kin`, `is_thin` and `is_torn` as in a link run. `shares_number` where the NHS
    number or the unique pupil number is the same. `given_name`, `birth_date` and `home` name the linkage model's answer
    to each comparison, empty where one of the two does not say.
    """

    child: ChildId
    weight: float
    is_kin: bool = False
    is_thin: bool = False
    is_torn: bool = False
    shares_number: bool = False
    given_name: str = "same"
    birth_date: str = "same"
    home: str = "same"

    @property
    def is_named(self) -> bool:
        """Whether the given name, or a number, tells this child from a brother or sister.

        A number beside another given name is a sibling's, mistyped. A given name of another form at one home may be a
        twin's, who are often called much alike.
        """
        if self.shares_number:
            return self.given_name not in _ANOTHER_NAME
        return self.given_name in _ONE_NAME or (self.given_name in _NEAR_NAME and self.home not in _ONE_HOME)

    @property
    def is_dated(self) -> bool:
        """Whether the birth date, or a number without another birth date, tells this child from a sibling."""
        return self.birth_date in _ONE_DATE or (self.shares_number and self.birth_date != "different")


_ANOTHER_NAME = frozenset({"different", "two_names"})
_ONE_NAME = frozenset({"same", "swapped"})
_NEAR_NAME = frozenset({"known_as", "further", "typo"})
_ONE_DATE = frozenset({"same", "swapped", "near"})
_ONE_HOME = frozenset({"same", "postcode", "typo"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on what is done.

    Units: bits. From `link` on, and `margin` ahead of every other child, a record is linked without a person; from
    `review` on a person is asked.
    """

    link: float
    margin: float
    review: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Generic[ChildId]):
    """What becomes of the record: with which child, and what stood in the way of linking it."""

    decision: Arrival
    child: ChildId | None = None
    doubt: Doubt = Doubt.NONE


def likeness_of(child: ChildId, evidence: Mapping[str, Any]) -> Likeness[ChildId]:
    """Return how like a child a record is from the evidence of its closest pair of records.

    Shapes: `evidence` as an edge of a link run has it.
    """
    return Likeness(
        child=child,
        weight=evidence["weight"],
        is_kin=evidence["kin"],
        is_thin=evidence["thin"],
        is_torn=evidence["torn"],
        shares_number="same" in (evidence["nhs_level"], evidence["upn_level"]),
        given_name=evidence["given_level"],
        birth_date=evidence["birth_date_level"],
        home=evidence["home_level"],
    )


def decide(likenesses: Iterable[Likeness[ChildId]], limits: Limits) -> Decided[ChildId]:
    """Return what becomes of a record, given how like it the known children are.

    Shapes: several likenesses of one child count as the best of them; their order does not matter.
    """
    ranked = _best_of_each(likenesses)
    if not ranked or ranked[0].weight < limits.review:
        return Decided(decision=Arrival.NEW)
    best = ranked[0]
    doubt = _doubt(best, ranked[1:], limits)
    decision = Arrival.LINK if doubt is Doubt.NONE else Arrival.REVIEW
    return Decided(decision=decision, child=best.child, doubt=doubt)


def _best_of_each(likenesses: Iterable[Likeness[ChildId]]) -> list[Likeness[ChildId]]:
    """Return the best likeness of each child, the best first; two that weigh the same in a fixed order."""
    best: dict[ChildId, Likeness[ChildId]] = {}
    for each in sorted(likenesses, key=_order):
        best.setdefault(each.child, each)
    return list(best.values())


def _order(one: Likeness[ChildId]) -> tuple[float, bool, bool, bool, bool, str]:
    # Of two that weigh the same the clearer stands for the child.
    is_unclear = one.is_torn or not (one.is_named and one.is_dated)
    return -one.weight, one.is_kin, one.is_thin, one.is_torn, is_unclear, str(one.child)


def _doubt(best: Likeness[ChildId], others: list[Likeness[ChildId]], limits: Limits) -> Doubt:
    if best.is_kin:
        return Doubt.KIN
    if best.is_thin:
        return Doubt.THIN
    if best.is_torn or not (best.is_named and best.is_dated):
        return Doubt.UNCLEAR
    if best.weight < limits.link:
        return Doubt.WEIGHT
    if others and others[0].weight > best.weight - limits.margin:
        return Doubt.RIVAL
    return Doubt.NONE
