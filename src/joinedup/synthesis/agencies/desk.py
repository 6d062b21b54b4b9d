"""What every agency's projection works with: the lives, the clock, and a way of writing people down.

Belongs here: the shared desk. Not here: any agency's own files.
"""

import dataclasses
import datetime
import hashlib
import itertools
import pathlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from joinedup.synthesis import errors, names, streams, truth, values
from joinedup.synthesis.calendar_days import YEAR_DAYS


@dataclasses.dataclass(frozen=True, slots=True)
class FileWritten:
    """One file that an agency sent.

    Units: `path` is relative to the borough's folder.
    """

    agency: str
    path: str
    rows: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One agency at work."""

    agency: str
    seed: int
    ends_on: datetime.date
    lives: Sequence[values.Life]
    scribe: errors.Scribe
    truth: truth.Truth
    folder: pathlib.Path

    @property
    def habits(self) -> errors.AgencyHabits:
        return self.scribe.habits

    def chance(self, person: values.Person, purpose: str = "") -> random.Random:
        """Return the stream of what this agency does about one child."""
        return streams.stream(self.seed, f"{self.agency}{purpose}", person.key)

    def lives_with_siblings(self) -> Iterator[tuple[values.Life, values.Person | None]]:
        """Yield each life with the brother or sister whose number a clerk may copy."""
        before: values.Life | None = None
        for life in self.lives:
            sibling = before.person if before is not None and before.home.index == life.home.index else None
            yield life, sibling
            before = life

    def write(self, name: str, rows: Iterable[Any], write: Callable[[Iterable[Any], BinaryIO], int]) -> FileWritten:
        """Write one file into the agency's folder; a table without rows is not sent."""
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return FileWritten(self.agency, f"{self.agency}/{name}", 0)
        path = self.folder / self.agency / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            count = write(itertools.chain((first,), rows), out)
        return FileWritten(self.agency, f"{self.agency}/{name}", count)


def desk(
    agency: str,
    *,
    seed: int,
    ends_on: datetime.date,
    lives: Sequence[values.Life],
    rates: errors.ErrorRates,
    known: names.Names,
    noted: truth.Truth,
    folder: pathlib.Path,
) -> Desk:
    """Return the desk of one agency with its habits."""
    scribe = errors.Scribe(rates=rates, habits=errors.HABITS[agency], names=known)
    return Desk(agency=agency, seed=seed, ends_on=ends_on, lives=lives, scribe=scribe, truth=noted, folder=folder)


class LocalNumbers:
    """An agency's own numbers, each given once and telling nothing of the order in which children were made."""

    def __init__(self, seed: int, agency: str, *, prefix: str = "", size: int = 1_000_003) -> None:
        self._prefix, self._size = prefix, size
        self._place = random.Random(f"{seed}/{agency}/numbers").randrange(size)

    def next(self) -> str:
        """Return the next number."""
        self._place = (self._place + 381_966) % self._size
        return f"{self._prefix}{1_000_000 + self._place}"


def token(seed: int, *parts: object) -> str:
    """Return a stable identifier like those of school census extracts: eight and three hexadecimal digits."""
    digest = hashlib.blake2b("/".join(str(part) for part in (seed, *parts)).encode(), digest_size=6).hexdigest()
    return f"{digest[:8]}-{digest[8:11]}"


_WORKERS_GIVEN = (
    "Alison",
    "Bev",
    "Carol",
    "Dawn",
    "Esi",
    "Farah",
    "Gareth",
    "Helen",
    "Imran",
    "Janet",
    "Karen",
    "Leroy",
)
_WORKERS_FAMILY = (
    "Atkins",
    "Bashir",
    "Coates",
    "Dunne",
    "Ellwood",
    "Farrow",
    "Gill",
    "Hobbs",
    "Ingram",
    "Jolly",
    "Khatri",
)


def worker(number: int) -> str:
    """Return a practitioner's name by number; they are no more real than the children."""
    given = _WORKERS_GIVEN[number % len(_WORKERS_GIVEN)]
    return f"{given} {_WORKERS_FAMILY[(number // 5) % len(_WORKERS_FAMILY)]}"


def phone(number: int) -> str:
    """Return a number from the range set aside for drama."""
    return f"01632 960{number % 1000:03d}"


def carer(life: values.Life) -> values.Adult | None:
    """Return the adult an agency would name first, if there is one."""
    return life.home.adults[0] if life.home.adults else None


def carer_name(adult: values.Adult | None) -> str:
    """Return an adult's name as one string."""
    return errors.plain(f"{adult.given} {adult.family}") if adult else ""


def address_line(address: values.Address) -> str:
    """Return an address as one line, without the postcode."""
    return f"{address.line}, {address.ward}, {address.town}"


def age_on(person: values.Person, on: datetime.date) -> float:
    """Return an age in years."""
    return (on - person.birth_date).days / YEAR_DAYS
