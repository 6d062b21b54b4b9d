"""The standards that can be read, in one list; whoever adds a standard adds one line here."""

from collections.abc import Iterator
from typing import Protocol

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.cin_census import read as cin_census
from joinedup.exchange.csv_attendance import read as csv_attendance
from joinedup.exchange.csv_health import read as csv_health
from joinedup.exchange.csv_person_list import read as csv_person_list
from joinedup.exchange.csv_police import read as csv_police
from joinedup.exchange.csv_youth_justice import read as csv_youth_justice
from joinedup.exchange.fhir import read as fhir
from joinedup.exchange.opening import formats
from joinedup.exchange.school_census import read as school_census
from joinedup.exchange.ssda903 import read as ssda903


class Reader(Protocol):
    """What every standard's `read` module offers."""

    FORMAT: formats.Format

    def recognise(self, head: formats.Head, /) -> formats.Recognised | None:
        """Say whether a file is of this standard."""

    def read(
        self, source: formats.Source, recognised: formats.Recognised, context: formats.Context, /
    ) -> Iterator[records_rules.Reading | records_rules.Refused]:
        """Read a file row by row."""


READERS: tuple[Reader, ...] = (
    school_census,
    cin_census,
    ssda903,
    fhir,
    csv_health,
    csv_police,
    csv_youth_justice,
    csv_attendance,
    csv_person_list,
)


def recognise(head: formats.Head) -> formats.Recognised | None:
    """Return the standard that fits a file best, or None when none does.

    Shapes: the highest confidence; the earlier in the list where two are level.
    """
    answers = [answer for reader in READERS if (answer := reader.recognise(head)) is not None]
    return max(answers, key=lambda answer: answer.confidence, default=None)


def reader_of(recognised: formats.Recognised) -> Reader:
    """Return the reader of a recognised file."""
    return next(reader for reader in READERS if reader.FORMAT.code == recognised.format.code)


def senders_of_titles() -> list[tuple[str, str]]:
    """Return what each standard is called, with the kind of agency that sends it."""
    return [(reader.FORMAT.title, reader.FORMAT.agency_kind.replace("_", " ")) for reader in READERS]


def titles() -> list[str]:
    """Return what the standards are called, for people whose file was not recognised."""
    return [reader.FORMAT.title for reader in READERS]
