"""Reading a borough back through the readers of the exchange."""

import csv
import dataclasses
import functools
import importlib
import json
import pathlib
from collections.abc import Iterator

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import formats
from tests.unit.synthesis import conftest

_FORMATS = (
    "fhir", "cin_census", "school_census", "ssda903", "csv_health", "csv_police", "csv_youth_justice", "csv_attendance",
    "csv_person_list",
)  # fmt: skip
READERS = [importlib.import_module(f"joinedup.exchange.{name}.read") for name in _FORMATS]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """One row of a borough's file, as its reader gives it."""

    agency: str
    path: str
    answer: records_rules.Reading | records_rules.Refused

    @property
    def place(self) -> tuple[str, int]:
        return self.path, self.answer.place.line_number


def manifest(folder: pathlib.Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


@functools.cache
def rows(folder: pathlib.Path) -> tuple[Read, ...]:
    return tuple(_rows(folder))


def _rows(folder: pathlib.Path) -> Iterator[Read]:
    for file in manifest(folder)["files"]:
        source = formats.Source.of_path(folder / file["path"])
        found = [(reader.recognise(source.head()), reader) for reader in READERS]
        recognised, reader = max((pair for pair in found if pair[0]), key=lambda pair: pair[0].confidence)
        context = formats.Context.of(source.name, on=conftest.ENDS_ON)
        for answer in reader.read(source, recognised, context):
            yield Read(agency=file["agency"], path=file["path"], answer=answer)


def table(folder: pathlib.Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
