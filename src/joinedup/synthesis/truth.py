"""The truth beside the agencies' files: which record is which child, and what is special about each child.

Belongs here: collecting and writing the truth. Not here: making records (agencies).
"""

import csv
import dataclasses
import datetime
import io
import pathlib
from collections.abc import Iterable, Sequence

from joinedup.synthesis import values


@dataclasses.dataclass(frozen=True, slots=True)
class Spoken:
    """One person record of one agency, or one row that bears no number, and the child it truly is.

    Units: `line_number` counts from 1 with the heading as line 1; 0 where the record has a number of its own.
    """

    agency: str
    scheme: str
    local_id: str
    file: str
    line_number: int
    child: int


class Truth:
    """Everything that agencies have written down, and whom they meant."""

    def __init__(self) -> None:
        self.by_id: dict[tuple[str, str, str], Spoken] = {}
        self.by_line: list[Spoken] = []
        self.faults: list[tuple[str, int, str]] = []
        self.without_number: set[int] = set()
        self.with_number: set[int] = set()

    def record(self, agency: str, scheme: str, local_id: str, child: int, *, has_number: bool | None = None) -> None:
        """Note that a numbered record of an agency is this child; the first note stands."""
        self.by_id.setdefault((agency, scheme, local_id), Spoken(agency, scheme, local_id, "", 0, child))
        self._numbered(child, has_number)

    def row(
        self, agency: str, scheme: str, file: str, line_number: int, child: int, *, has_number: bool | None = None
    ) -> None:
        """Note that a row without a number of its own is this child."""
        self.by_line.append(Spoken(agency, scheme, "", file, line_number, child))
        self._numbered(child, has_number)

    def fault(self, file: str, line_number: int, why: str) -> None:
        """Note a row that a reader has to refuse."""
        self.faults.append((file, line_number, why))

    def is_short_of_numbers(self, child: int) -> bool:
        """Say whether a school or health record of a child lacks its number, or no record has any."""
        return child in self.without_number or child not in self.with_number

    def _numbered(self, child: int, has_number: bool | None) -> None:
        """Note whether a record has its number; `None` for agencies that carry none, or seldom."""
        if has_number:
            self.with_number.add(child)
        elif has_number is not None:
            self.without_number.add(child)

    def spoken(self) -> Iterable[Spoken]:
        """Return every note: numbered records first, then rows."""
        yield from self.by_id.values()
        yield from self.by_line


def write(truth: Truth, lives: Sequence[values.Life], folder: pathlib.Path, *, ends_on: datetime.date) -> None:
    """Write records.csv, faults.csv, children.csv and plants.csv into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(
        folder / "records.csv",
        ("agency", "scheme", "local_id", "file", "line_number", "child"),
        ((s.agency, s.scheme, s.local_id, s.file, s.line_number or "", f"C{s.child:06d}") for s in truth.spoken()),
    )
    _table(folder / "faults.csv", ("file", "line_number", "why"), truth.faults)
    _table(
        folder / "children.csv",
        (
            "child",
            "household",
            "community",
            "ward",
            "sex",
            "birth_date",
            "twin",
            "has_siblings",
            "changed_family_name",
            "missing_identifiers",
            "looked_after",
            "in_area",
        ),
        _children(truth, lives, ends_on),
    )
    _table(
        folder / "plants.csv",
        ("child", "kind", "since_date"),
        ((life.person.code, plant.kind, plant.since_date) for life in lives for plant in life.plants),
    )


def _children(truth: Truth, lives: Sequence[values.Life], ends_on: datetime.date) -> Iterable[Sequence[object]]:
    members: dict[int, int] = {}
    for life in lives:
        members[life.home.index] = members.get(life.home.index, 0) + 1
    for life in lives:
        person = life.person
        yield (
            person.code,
            f"H{life.home.index:06d}",
            person.community,
            life.stays[-1].address.ward,
            person.sex,
            person.birth_date,
            int(person.twin),
            int(members[life.home.index] > 1),
            int(len(person.names) > 1),
            int(truth.is_short_of_numbers(person.key)),
            int(any(period.ended_date is None or period.ended_date > ends_on for period in life.care)),
            int(life.stays[-1].in_area),
        )


def _table(path: pathlib.Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))
