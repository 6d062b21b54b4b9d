"""Which facts describe a child: the one shown first, and every other one that an agency states."""

import dataclasses
import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence

from joinedup.foundation import text

#: Whose word is shown first when agencies differ, by kind of agency; disagreement is shown all the same.
AUTHORITY = (
    "health",
    "council_education",
    "social_care",
    "community_health",
    "leisure",
    "voluntary",
    # Last, so that what the index shows of a child is theirs only where no one else has said it.
    "youth_justice",
    "police",
)

FIELDS = (
    "given_name",
    "middle_names",
    "family_name",
    "preferred_name",
    "former_family_name",
    "birth_date",
    "death_date",
    "sex",
    "nhs_number",
    "upn",
    "address",
    "postcode",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one source record says of one field."""

    field: str
    value: str
    agency_id: uuid.UUID
    agency_name: str
    agency_kind: str
    source_record_id: uuid.UUID
    received_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field of a child: the value shown first, who says it, and what others say instead."""

    field: str
    value: str
    sayings: tuple[Saying, ...]
    others: tuple[tuple[str, tuple[Saying, ...]], ...]

    @property
    def is_disputed(self) -> bool:
        """Return whether agencies now state different values."""
        return bool(self.others)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Who the child is now: the value shown first of each field."""

    values: dict[str, str]

    def of(self, field: str) -> str:
        """Return a field's value, empty when no record states it."""
        return self.values.get(field, "")


def facts_of(sayings: Sequence[Saying]) -> tuple[Fact, ...]:
    """Sort what all records say into facts, in the order of FIELDS.

    The newest word of each agency counts; among agencies the one with the most authority is shown first.
    Values that differ only in how they are written (case, accents, spaces) are one value.
    """
    by_field: dict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        if saying.value:
            by_field[saying.field].append(saying)
    return tuple(_fact(field, by_field[field]) for field in FIELDS if by_field.get(field))


def _fact(field: str, sayings: Sequence[Saying]) -> Fact:
    newest: dict[uuid.UUID, Saying] = {}
    for saying in sorted(sayings, key=lambda saying: (saying.received_at, saying.source_record_id)):
        newest[saying.agency_id] = saying
    by_value: dict[str, list[Saying]] = defaultdict(list)
    for saying in sorted(newest.values(), key=_authority):
        by_value[alike(saying)].append(saying)
    groups = list(by_value.values())
    first = groups[0]
    return Fact(
        field=field,
        value=first[0].value,
        sayings=tuple(first),
        others=tuple((group[0].value, tuple(group)) for group in groups[1:]),
    )


def _authority(saying: Saying) -> tuple[int, str, uuid.UUID]:
    known = saying.agency_kind in AUTHORITY
    rank = AUTHORITY.index(saying.agency_kind) if known else len(AUTHORITY)
    # Two agencies may bear one name; the order must not hang on which of them was heard first.
    return rank, saying.agency_name, saying.agency_id


def alike(saying: Saying) -> str:
    """Return a value in the form in which values that differ only in how they are written are one."""
    if saying.field.endswith(("_date", "_number")) or saying.field in {"sex", "upn"}:
        return saying.value
    return text.fold_name(saying.value) or saying.value.casefold()


def summary_of(sayings: Sequence[Saying]) -> Summary:
    """Return the value shown first of each field."""
    return Summary(values={fact.field: fact.value for fact in facts_of(sayings)})
