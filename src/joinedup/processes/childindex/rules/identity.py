"""Rules of identity: what may become of a child, what a steward may do, and which records stay together when one does.

Belongs here: pure choices on identifiers. Not here: weighing pairs of records (linkage), rows (models).
"""

import dataclasses
import enum
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Generic, TypeVar

FEWEST_LETTERS = 10
MOST_WORDS = 500


class Decision(enum.StrEnum):
    """What a steward says of two records."""

    MUST = "must"  #: they are one child
    CANNOT = "cannot"  #: they are two children; nothing joins them but two stewards


class ChangeKind(enum.StrEnum):
    """What became of a child's identity."""

    ASSIGNED = "assigned"  #: a new number was given, and these records with it
    LINKED = "linked"  #: records came to the child
    PARTED = "parted"  #: records left for another child
    REDIRECTED = "redirected"  #: all records went to another child, and the number leads there for ever
    RETURNED = "returned"  #: a withdrawn child has records again, under the number they had
    TAKEN_BACK = "taken_back"  #: what some records said was taken back, and they tell of nobody now
    WITHDRAWN = "withdrawn"  #: no record is left
    CONFIRMED = "confirmed"  #: a steward said that two records are rightly together
    KEPT_APART = "kept_apart"  #: a steward said that records of two children are rightly apart
    UNDONE = "undone"  #: a steward took an act back, and no record moved by it
    MODEL_CHANGED = "model_changed"  #: links are made by another model from now on


class Because(enum.StrEnum):
    """By what an identity changed."""

    RUN = "run"  #: a run of linking over all records
    ARRIVAL = "arrival"  #: a record arrived, and was matched at once
    BATCH_UNDONE = "batch_undone"  #: a file was taken back
    STEWARD = "steward"  #: a steward decided
    UNDO = "undo"  #: a steward took back what a steward did
    REJOIN = "rejoin"  #: two stewards took a parting back
    OFFICER = "officer"  #: a shield officer said whose a record is
    DELETED = "deleted"  #: the record's time was over, and it was deleted
    FIRST_MODEL = "first_model"  #: a run found no model that was learnt and approved, and learnt one
    PROMOTION = "promotion"  #: a person approved a model
    ROLLBACK = "rollback"  #: a person went back to the model before


class RejoinOutcome(enum.StrEnum):
    """What became of a proposal to rejoin."""

    AGREED = "agreed"  #: a second steward agreed, and it was done
    REFUSED = "refused"  #: a second steward refused
    WITHDRAWN = "withdrawn"  #: whoever proposed took it back


class ModelState(enum.StrEnum):
    """Where a model stands between being trained and being replaced."""

    CANDIDATE = "candidate"  #: trained, and used by nobody
    CURRENT = "current"  #: what runs link by
    APPROVED = "approved"  #: was current, and a person went back to the one before
    RETIRED = "retired"  #: was current, and a later one replaced it


class Answer(enum.StrEnum):
    """Why a steward's act is not done."""

    DONE = "done"  #: as asked
    ABSENT = "absent"  #: no such record or act, or not for this viewer
    BUSY = "busy"  #: a run of linking, or another steward, is at work on the index
    PARTED = "parted"  #: records of the two children were parted: it takes two stewards
    TWO_NUMBERS = "two_numbers"  #: the two have different verified national numbers, which no run joins either
    TAKES_TWO = "takes_two"  #: a parting is not undone by one steward
    OWN = "own"  #: nobody agrees with themselves
    WAITING = "waiting"  #: this is proposed already
    ALREADY = "already"  #: it is so already
    NOT_PARTED = "not_parted"  #: the two were never parted: one steward links them


class NotDone(Exception):
    """A steward's act was refused; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.value)
        self.answer = answer


class TooFewWords(Exception):
    """The reason was not put in words that a second steward could judge by."""


_Record = TypeVar("_Record", bound=Hashable)
_Child = TypeVar("_Child", bound=Hashable)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[_Record, _Child]):
    """What became of one child: the records before and after, and the other child concerned, if one is.

    Shapes: records in ascending order.
    """

    kind: ChangeKind
    child: _Child
    other: _Child | None
    before: tuple[_Record, ...]
    after: tuple[_Record, ...]


def changes(
    before: Mapping[_Record, _Child],
    after: Mapping[_Record, _Child],
    *,
    minted: Set[_Child],
    redirected: Mapping[_Child, _Child],
) -> Iterator[Change[_Record, _Child]]:
    """Yield what became of each child whose records changed, in the order of children.

    Shapes: the child of each linked record, before and after; `minted` the numbers that are new, `redirected` those
    that lead on from now.
    """
    were = _records_of(before)
    touched = {child for record, child in before.items() if after.get(record) != child}
    touched |= {child for record, child in after.items() if before.get(record) != child} | set(redirected)
    are = _records_of({record: child for record, child in after.items() if child in touched})
    for child in sorted(touched):  # type: ignore[type-var]  # identifiers have an order, which Hashable cannot say
        held, holds = tuple(were.get(child, ())), tuple(are.get(child, ()))
        here = set(holds)
        came_from = _only([before[record] for record in holds if record in before and before[record] != child])
        went_to = _only([after[record] for record in held if record not in here and record in after])
        if child in redirected:
            yield Change(kind=ChangeKind.REDIRECTED, child=child, other=redirected[child], before=held, after=holds)
        else:
            kind, other = _became(held, holds, is_new=child in minted, came_from=came_from, went_to=went_to)
            yield Change(kind=kind, child=child, other=other, before=held, after=holds)


def _became(
    held: Sequence[_Record],
    holds: Sequence[_Record],
    *,
    is_new: bool,
    came_from: _Child | None,
    went_to: _Child | None,
) -> tuple[ChangeKind, _Child | None]:
    """Return what became of a child whose number stands for them still, and the other child concerned."""
    if is_new:
        return ChangeKind.ASSIGNED, came_from
    if not holds:
        return ChangeKind.WITHDRAWN, went_to
    if not held:
        return ChangeKind.RETURNED, came_from
    if went_to is not None:
        return ChangeKind.PARTED, went_to
    if set(holds) - set(held):
        return ChangeKind.LINKED, came_from
    return ChangeKind.TAKEN_BACK, None


def _only(children: Sequence[_Child]) -> _Child | None:
    """Return the child of whom most of these are; the oldest of several."""
    counted = {child: children.count(child) for child in set(children)}
    return min(counted, key=lambda child: (-counted[child], child), default=None)


def _records_of(linked: Mapping[_Record, _Child]) -> dict[_Child, list[_Record]]:
    found: dict[_Child, list[_Record]] = {}
    for record in sorted(linked):  # type: ignore[type-var]  # as above
        found.setdefault(linked[record], []).append(record)
    return found


def holds_a_parted_pair(records: Set[_Record], cannot: Iterable[tuple[_Record, _Record]]) -> bool:
    """Return whether two of these records were parted by a steward."""
    return any(one in records and other in records for one, other in cannot)


def sides_after_undo(
    records: Sequence[_Record],
    *,
    staying: Set[_Record],
    leaving: Set[_Record],
    held: Iterable[tuple[_Record, _Record]],
) -> dict[_Record, int] | None:
    """Return in which of two sides each record of a child is once the act that joined the sides is taken back.

    Shapes: `staying` and `leaving` are the records of the two children before the act; `held` pairs that belong together
    all the same: by other decisions, or by the evidence on which a run linked them. What belongs to neither side stays.
    0 stands for the side that stays, 1 for the other; None where something else holds the two sides together.
    """
    side = {record: place for place, record in enumerate(records)}

    def head(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    parent = list(range(len(records)))
    groups = ([record for record in records if record in part] for part in (staying, leaving))
    for group in (*groups, *held):
        places = [side[record] for record in group if record in side]
        for place in places[1:]:
            parent[head(place)] = head(places[0])
    stay = {head(side[record]) for record in records if record in staying}
    leave = {head(side[record]) for record in records if record in leaving}
    if not leave or not stay or stay & leave:
        return None
    return {record: int(head(side[record]) in leave) for record in records}
