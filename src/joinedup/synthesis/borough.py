"""The synthetic borough in one call: families over years, each agency's files, and the truth beside them.

Belongs here: the order of the steps. Not here: any step.
"""

import dataclasses
import datetime
import gc
import pathlib
from collections.abc import Callable, Iterator, Sequence

from joinedup.synthesis import errors, figures, households, lives, manifest, names, places, settings, truth, values
from joinedup.synthesis.agencies import (
    clubs,
    community_health,
    in_need,
    incidents,
    looked_after,
    patients,
    schools,
    social_care,
)
from joinedup.synthesis.agencies import desk as desks

#: Called with what is being done in words, how far it is, and how far there is to go.
Progress = Callable[[str, int, int], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was made.

    Units: `rows` by file, without headings.
    """

    children: int
    families: int
    rows: dict[str, int]

    @property
    def total_rows(self) -> int:
        return sum(self.rows.values())


def build(
    *,
    children: int,
    seed: int,
    ends_on: datetime.date,
    errors: errors.ErrorRates,
    out: pathlib.Path,
    progress: Progress,
) -> Counts:
    """Make a borough and write its files, its manifest and its truth into a folder.

    Shapes: exactly `children` children and care leavers; files in `out/<agency>/`, truth in `out/truth/`.
    The same arguments give the same bytes.
    Errors: NumbersExhausted above about 900,000 children; PostcodesMissing when the postcodes are not installed.
    """
    progress("Laying out the borough", 0, children)
    setting = _setting(children, seed, ends_on)
    # Nothing made here is ever circular, and there is a great deal of it: the collector would only walk it.
    gc.disable()
    try:
        people = list(_watched(lives.live(setting, children), children, progress))
        noted = truth.Truth()
        files: list[desks.FileWritten] = []
        for agency, written in _agencies(setting, people, errors, noted, out):
            progress(f"Writing the files of {agency}", len(files), len(files) + 1)
            files.extend(file for file in written if file.rows)
        progress("Writing the truth", 0, 1)
        truth.write(noted, people, out / "truth", ends_on=ends_on)
    finally:
        gc.enable()
    made_with: dict[str, object] = {
        "children": children,
        "seed": seed,
        "ends_on": ends_on.isoformat(),
        "error_rates": dataclasses.asdict(errors),
    }
    manifest.write(out / "manifest.json", area=setting.area, files=files, settings=made_with)
    progress("Done", 1, 1)
    families = len({life.home.index for life in people})
    return Counts(children=len(people), families=families, rows={file.path: file.rows for file in files})


def _setting(children: int, seed: int, ends_on: datetime.date) -> settings.Setting:
    area = places.build(children=children, seed=seed)
    known = names.read()
    return settings.Setting(
        seed=seed,
        ends_on=ends_on,
        area=area,
        names=known,
        community_draw=households.community_draws(area, known, seed),
        figures=figures.read(),
    )


def _watched(found: Iterator[values.Life], children: int, progress: Progress) -> Iterator[values.Life]:
    for place, life in enumerate(found):
        if place % 500 == 0:
            progress("Simulating families", place, children)
        yield life


def _agencies(
    setting: settings.Setting,
    people: Sequence[values.Life],
    rates: errors.ErrorRates,
    noted: truth.Truth,
    out: pathlib.Path,
) -> Iterator[tuple[str, Iterator[desks.FileWritten]]]:
    """Yield each agency with the files that it writes, in the order of import."""

    def desk(agency: str) -> desks.Desk:
        return desks.desk(
            agency,
            seed=setting.seed,
            ends_on=setting.ends_on,
            lives=people,
            rates=rates,
            known=setting.names,
            noted=noted,
            folder=out,
        )

    yield "patients", patients.write_files(desk("patients"))
    yield "community_health", community_health.write_files(desk("community_health"))
    yield "schools", schools.write_files(desk("schools"))
    caring = desk("social_care")
    cases = social_care.open_cases(caring)
    yield "social_care", social_care.write_list(caring, cases)
    yield "social_care", in_need.write_files(caring, cases)
    yield "social_care", looked_after.write_files(caring, cases)
    yield "police", incidents.write_police_files(desk("police"))
    yield "youth_justice", incidents.write_justice_files(desk("youth_justice"))
    for agency in clubs.PROVIDERS:
        yield agency, clubs.write_files(desk(agency))
