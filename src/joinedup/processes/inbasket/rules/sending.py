"""What a sender writes, as a value that keeps what was typed, and what must be said before it can be sent.

Belongs here: checking that enough was said. Not here: which child it is about; nobody but a person says that.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from joinedup.processes.inbasket.rules.kinds import Consent

MOST_WORDS = 10_000
MOST_NAME = 200
MOST_WHY = 2_000
FEWEST_LETTERS = 3


class NothingOfTheChild(Exception):
    """Not one thing was said by which anyone could know which child is meant."""


class NoWords(Exception):
    """Nothing was said of what the matter is."""


class WhyNotAsked(Exception):
    """The family did not agree, or was not asked, and no reason was given."""


class BornAndExpected(Exception):
    """A child is either born or expected."""


class NoWayBack(Exception):
    """Nobody could ring the sender back."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was typed of a child, and what the matter is.

    Errors: NothingOfTheChild; NoWords; WhyNotAsked; BornAndExpected; NoWayBack, where it is made of less than can be sent.
    """

    words: str
    name: str = ""
    birth_date: datetime.date | None = None
    expected_date: datetime.date | None = None
    address: str = ""
    postcode: str = ""
    number: str = ""
    consent: Consent
    consent_why: str = ""
    ring_back: str

    def __post_init__(self) -> None:
        for fault in lacking({field.name: getattr(self, field.name) for field in dataclasses.fields(self)}):
            raise fault


def lacking(said: Mapping[str, Any]) -> tuple[type[Exception], ...]:
    """Return all that is missing or contrary before it can be sent, so that a form says everything at once.

    Shapes: the fields of `Said`, those that could not be read left out.
    """
    known = ("name", "birth_date", "expected_date", "address", "number")
    is_agreed = said.get("consent") in {None, "", Consent.GIVEN}
    faults = {
        NothingOfTheChild: not any(str(said.get(name) or "").strip() for name in known),
        BornAndExpected: bool(said.get("birth_date") and said.get("expected_date")),
        NoWords: not says_something(str(said.get("words") or "")),
        WhyNotAsked: not is_agreed and not says_something(str(said.get("consent_why") or "")),
        NoWayBack: not str(said.get("ring_back") or "").strip(),
    }
    return tuple(fault for fault, is_so in faults.items() if is_so)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A brother or sister for whom an item of their own is made."""

    name: str
    birth_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The child that a person says it is about; `number` is what they go by."""

    child_id: uuid.UUID
    number: str


def says_something(words: str) -> bool:
    """Return whether words hold more than a sign or two."""
    return len("".join(words.split())) >= FEWEST_LETTERS


def title(said_name: str, *, birth_date: datetime.date | None, expected_date: datetime.date | None) -> str:
    """Return by what an item is called in a list: the name as it was typed, else what is known instead."""
    if said_name.strip():
        return " ".join(said_name.split())[:MOST_NAME]
    if expected_date is not None:
        return "A child who is expected"
    return "A child whose name is not known" if birth_date is None else "A child with a date of birth"
