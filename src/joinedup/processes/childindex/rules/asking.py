"""Rules of asking a steward: why a pair is asked about, in which order, and what two or more records say side by side.

Belongs here: pure choices on frozen values. Not here: weighing pairs (linkage), which pairs wait (queries).
"""

import dataclasses
import enum
from collections.abc import Sequence, Set

from joinedup.processes.childindex.rules import facts


class AskedBecause(enum.StrEnum):
    """Why a pair waits for a person; the same as linkage.review has them, which loads the engine."""

    MAY_BE_ONE = "may_be_one"  #: alike, but not enough to be linked without a person
    TWO_NUMBERS = "two_numbers"  #: alike enough, but their national numbers say that they are two
    MAY_BE_KIN = "may_be_kin"  #: alike enough, but one of them is with a record that looks like a brother or sister
    NIGHT_WOULD_JOIN = "night_would_join"  #: a link run would join two children, and nothing new explains it
    NIGHT_WOULD_PART = "night_would_part"  #: a link run would part one child, and nothing new explains it


class QuestionOrder(enum.StrEnum):
    """By what the questions are sorted; those that somebody was not sure of always come last."""

    UNSURE = "unsure"  #: the nearest to even odds first, where a person's answer tells most
    OPENED = "opened"  #: the oldest first
    REASON = "reason"  #: by why they are asked
    AGENCY = "agency"  #: by the agencies whose records they are


class Told(enum.StrEnum):
    """What comparing one field of some records shows."""

    SAME = "same"  #: all that say it say the same
    DIFFERS = "differs"  #: they say different things
    ONE_SIDED = "one_sided"  #: only one of them says it


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One field of some records.

    Shapes: one tuple of values a record, newest first, empty where the record does not say it.
    """

    field: str
    values: tuple[tuple[str, ...], ...]
    told: Told


def side_by_side(records: Sequence[Sequence[facts.Saying]]) -> tuple[SideBySide, ...]:
    """Set beside each other what some records say, in the order of FIELDS; a field that none of them says is left out.

    Values that differ only in how they are written are the same; of several that a record says, one in common is enough.
    """
    rows = []
    for field in facts.FIELDS:
        said = [_newest_first(record, field) for record in records]
        if any(said):
            values = tuple(tuple(one.value for one in each) for each in said)
            rows.append(SideBySide(field=field, values=values, told=_told([{*map(facts.alike, one)} for one in said])))
    return tuple(rows)


def _newest_first(record: Sequence[facts.Saying], field: str) -> list[facts.Saying]:
    found: dict[str, facts.Saying] = {}
    for saying in sorted(record, key=lambda one: (one.received_at, one.source_record_id), reverse=True):
        if saying.field == field and saying.value:
            found.setdefault(facts.alike(saying), saying)
    return list(found.values())


def _told(said: Sequence[Set[str]]) -> Told:
    spoken = [values for values in said if values]
    if len(spoken) < 2:
        return Told.ONE_SIDED
    return Told.SAME if frozenset.intersection(*map(frozenset, spoken)) else Told.DIFFERS
