"""What a sender writes, as a value that keeps what was typed, and what must be said before it can be sent.

Belongs here: checking that enough was said. Not here: which child it is about; nobody but a person says that.
"""

import dataclasses
import datetime
import uuid

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
        if not any((self.name.strip(), self.birth_date, self.expected_date, self.address.strip(), self.number.strip())):
            raise NothingOfTheChild
        if self.birth_date is not None and self.expected_date is not None:
            raise BornAndExpected
        if not says_something(self.words):
            raise NoWords
        if self.consent is not Consent.GIVEN and not says_something(self.consent_why):
            raise WhyNotAsked
        if not self.ring_back.strip():
            raise NoWayBack


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
