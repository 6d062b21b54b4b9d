"""Person records and their truth, by the million: stretch after stretch of homes, then shuffled and written.

Belongs here: the order of the steps and the files. Not here: any step.
"""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from joinedup.synthesis import errors, names, streams
from joinedup.synthesis.records_only import agencies, neighbourhoods, numbering, page, people, shares, writing
from joinedup.synthesis.records_only.lexicon import Flags, Ints, Lexicon
from joinedup.synthesis.records_only.shares import Shares

#: Called with how many records there are and how many there will be.
Progress = Callable[[int, int], None]

ENDS_ON = datetime.date(2026, 9, 1)
COLUMNS = (
    "agency", "said_date", "forename", "middle_names", "surname", "known_as", "former_surname", "dob", "sex", "address",
    "postcode", "nhs_number", "former_nhs_number", "upn", "former_upn",
)  # fmt: skip
_HOMES_A_STRETCH = 60_000
_EPOCH = datetime.date(1970, 1, 1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made.

    Shapes: `records` by `unique_id`, shuffled; `truth` and `slips` in the same order.
    """

    records: pa.Table
    truth: pa.Table
    slips: pa.Table


def make(
    *,
    records: int,
    seed: int,
    noise: float = 1.0,
    shares: Shares | None = None,
    progress: Progress = lambda _done, _wanted: None,
) -> Made:
    """Return so many person records of six agencies, which child each is, and what slipped in it.

    Shapes: exactly `records` rows; `truth` has unique_id, child_id, household_id, community and flags for fairness;
    `slips` has unique_id and one flag for each kind of slip. The same arguments give the same rows.
    Units: `noise` multiplies every rate of mistakes.
    Errors: PostcodesMissing, TooManyChildren.
    """
    world = _world(records, seed, shares or Shares())
    rates = errors.ErrorRates().scaled(noise)
    found: list[Made] = []
    count, children, homes = 0, 0, 0
    while count < records:
        index = len(found)
        here = people.draw(world, homes_wanted=_homes_for(records - count), index=index)
        stretch = _stretch(here, world, rates, index, children, homes)
        found.append(_first(stretch, records - count))
        count += found[-1].records.num_rows
        children, homes = children + len(here), homes + _HOMES_A_STRETCH
        progress(count, records)
    return _shuffled(found, records, seed)


def _world(records: int, seed: int, given: Shares) -> people.World:
    lexicon = Lexicon(names.read())
    return people.World(
        lexicon=lexicon,
        ground=neighbourhoods.lay_out(children=int(records / shares.RECORDS_PER_CHILD), lexicon=lexicon, seed=seed),
        shares=given,
        seed=seed,
        ends_on=(ENDS_ON - _EPOCH).days,
        nhs=numbering.NhsStems(seed),
        upn=numbering.UpnSerials(),
    )


def _homes_for(records: int) -> int:
    """Return how many homes to draw for so many records more: about as many as will do, at most a stretch."""
    return int(min(_HOMES_A_STRETCH, max(200, records / 2.0)))


def _stretch(
    here: people.People, world: people.World, rates: errors.ErrorRates, index: int, children: int, homes: int
) -> Made:
    """Return the records of one stretch, child by child."""
    tables, slips, child, lacking = [], [], [], []
    for agency in agencies.AGENCIES:
        met = agencies.meet(agency, here, ends_on=world.ends_on, seed=world.seed, index=index)
        columns, slipped = writing.write(met, here, world, rates, index)
        columns["agency"] = np.full(len(met.child), agency, object)
        tables.append(pa.table({name: pa.array(columns[name], pa.string()) for name in COLUMNS}))
        slips.append(slipped)
        child.append(met.child)
        lacking.append(_lacks_number(agency, columns))
    order = np.argsort(np.concatenate(child), kind="stable")
    of_child = np.concatenate(child)[order]
    short = np.bincount(of_child, np.concatenate(lacking)[order], len(here)) > 0
    return Made(
        records=_blank_is_null(pa.concat_tables(tables).take(pa.array(order))),
        truth=_truth(here, world, of_child, short, children, homes),
        slips=_slips(np.concatenate(slips)[order]),
    )


def _lacks_number(agency: str, columns: dict[str, Any]) -> Flags:
    """Return which records of health and schools lack the number that their agency goes by."""
    number = {"gp": "nhs_number", "hospital": "nhs_number", "school": "upn"}.get(agency)
    if number is None:
        return np.zeros(len(columns["agency"]), np.bool_)
    lacks: Flags = columns[number] == ""
    return lacks


def _blank_is_null(table: pa.Table) -> pa.Table:
    columns = [pc.if_else(pc.equal(column, ""), None, column) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def _truth(here: people.People, world: people.World, child: Ints, short: Flags, children: int, homes: int) -> pa.Table:
    codes = np.array([community.code for community in world.lexicon.communities], object)
    has_sibling = np.bincount(here.home)[here.home] > 1
    return pa.table(
        {
            "child_id": pa.array(child + children),
            "household_id": pa.array(here.home[child] + homes),
            "community": pa.array(codes[here.community[child]], pa.string()),
            "twin": pa.array(here.twin[child]),
            "has_siblings": pa.array(has_sibling[child]),
            "looked_after": pa.array(here.looked_after[child]),
            "changed_surname": pa.array((here.later_family != "")[child]),
            "adopted": pa.array(here.adopted[child]),
            "moved": pa.array(here.moved[child]),
            "missing_identifiers": pa.array(short[child]),
        }
    )


def _slips(bits: Ints) -> pa.Table:
    return pa.table({slip.name.lower(): pa.array((bits & slip.value) > 0) for slip in page.Slip if slip.name})


def _first(made: Made, count: int) -> Made:
    return Made(records=made.records[:count], truth=made.truth[:count], slips=made.slips[:count])


def _shuffled(found: list[Made], records: int, seed: int) -> Made:
    """Return all records in an order, and under ids, that tell nothing."""
    order = pa.array(streams.many(seed, "shuffle").permutation(records))
    ids = pa.array(np.arange(1, records + 1))

    def whole(part: str) -> pa.Table:
        table = pa.concat_tables([getattr(made, part) for made in found]).combine_chunks().take(order)
        return table.add_column(0, "unique_id", ids)

    return Made(records=whole("records"), truth=whole("truth"), slips=whole("slips"))


def write(made: Made, out: pathlib.Path) -> None:
    """Write records.parquet, truth.parquet and slips.parquet into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for part in ("records", "truth", "slips"):
        pq.write_table(getattr(made, part), out / f"{part}.parquet", compression="zstd")


def children_in(made: Made) -> int:
    """Return how many children the records are of."""
    return len(pc.unique(made.truth.column("child_id")))
