"""A database of known children for measuring arrivals: every record under its keys, linked, with a model beside them.

Belongs here: filling the tables from generated records, and questions about children in them. Not here: measuring.

Rows are written past the product's own way in, which takes an hour for what takes minutes so; aliases and keys are made
by the product's own functions.
"""

import dataclasses
import datetime
import itertools
import json
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from benchmarks import known_children, places
from joinedup.foundation import text
from joinedup.processes.childindex.linkage import matchkeys, single
from joinedup.synthesis import errors, names
from joinedup.synthesis.records_only import agencies, make, neighbourhoods, numbering, people, shares, writing
from joinedup.synthesis.records_only.lexicon import Lexicon

SEED = 2006
ALL = tuple(agencies.AGENCIES)
_HOMES = 20_000
_LEARN_FROM = 60_000
_ASKED_OF = ("hospital", "school", "social_care", "police", "charity_leisure")
_ANOTHER_WRITING = 900_001
_MOST_ASKED = 10_000
#: The agency of the product's demonstration that stands for each of the generator's.
_AGENCY = dict(zip(ALL, ("patients", "schools", "patients", "social_care", "police", "leisure"), strict=False))
_CHILD, _RECORD, _LINK = (part << 96 for part in (1, 2, 3))
_AT = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
_TABLES = {
    "people_child": "id, number, state, minted_at, circles, is_sealed",
    "people_childsummary": (
        "child_id, given_name, middle_names, family_name, known_as, sort_name, birth_date, sex, nhs_number, upn, address, "
        "postcode, has_targeted_help, record_count, agency_count"
    ),
    "childindex_link": "id, person_record_id, child_id, run_id, made_at",
    "childindex_knownalias": "id, person_record_id, agency_id, said, home, keys, is_home_held, is_weighed",
    "childindex_matchkey": "key, alias_id",
}
Row = dict[str, Any]


@dataclasses.dataclass(slots=True)
class _Filling:
    """How far the tables are filled."""

    children: int = 0
    records: int = 0


def database(children: int, wanted: Sequence[str]) -> str:
    """Return a kept database of so many children as these agencies know them, built once for this state of the code."""
    kind = f"known_{children}_{len(wanted)}"
    return places.known(kind, lambda name: _fill(name, children, wanted))


def questions(children: int, count: int, *, seed: int) -> list[Row]:
    """Return what other agencies would say of some of the children, as the product takes it; drawn once and kept."""
    kept = places.home() / f"questions-{children}-{places.fingerprint_of_known()}.json"
    if not kept.exists():
        kept.write_text(json.dumps(_drawn(children), default=str), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    for row in found:
        row["birth_date"] = datetime.date.fromisoformat(row["birth_date"]) if row["birth_date"] else None
    return random.Random(seed).sample(found, min(count, len(found)))


def _drawn(children: int) -> list[Row]:
    world = _world(children)
    here = people.draw(world, homes_wanted=_HOMES, index=0)
    found = []
    for agency in _ASKED_OF:
        met = agencies.meet(agency, here, ends_on=world.ends_on, seed=world.seed, index=_ANOTHER_WRITING)
        found += [row for _, row in _rows(agency, met, here, world, _ANOTHER_WRITING)]
    return random.Random(SEED).sample(found, min(_MOST_ASKED, len(found)))


def _world(children: int) -> people.World:
    lexicon = Lexicon(names.read())
    return people.World(
        lexicon=lexicon,
        ground=neighbourhoods.lay_out(children=children, lexicon=lexicon, seed=SEED),
        shares=shares.Shares(),
        seed=SEED,
        ends_on=(make.ENDS_ON - datetime.date(1970, 1, 1)).days,
        nhs=numbering.NhsStems(SEED),
        upn=numbering.UpnSerials(),
    )


def _rows(
    agency: str, met: agencies.Met, here: people.People, world: people.World, index: int
) -> Iterator[tuple[int, Row]]:
    """Return the records of an agency in a stretch, each with the place of its child."""
    columns, _ = writing.write(met, here, world, errors.ErrorRates(), index)
    written = {ours: columns[theirs] for ours, theirs in known_children.NAMES.items() if theirs in columns}
    for place, child in enumerate(met.child.tolist()):
        row = {name: values[place] or None for name, values in written.items()}
        born = columns["dob"][place]
        row["birth_date"] = datetime.date.fromisoformat(born) if born else None
        row["nhs_number_verified"] = agency == "gp" and row["nhs_number"] is not None
        yield child, row


def _fill(name: str, children: int, wanted: Sequence[str]) -> None:
    places.say(f"Filling the index with {children:,} children as {len(wanted)} agencies know them ...")
    places.copy_of_empty(name)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.steps", "online-people", "-"],
        env=places.environment(name),
        check=True,
        stdout=sys.stderr,
        cwd=places.ROOT,
    )
    learnt = known_children.learnt(records=_LEARN_FROM)
    with psycopg.connect(places.admin_url(name), autocommit=True) as connection:
        # References are right by construction; checked one by one they would take longer than all the rest.
        connection.execute("SET session_replication_role = replica")
        codes: dict[str, uuid.UUID] = dict(connection.execute("SELECT code, id FROM agencies_agency").fetchall())
        run = _keep_model(connection, learnt)
        connection.execute("ALTER TABLE childindex_matchkey DROP CONSTRAINT childindex_matchkey_pkey")
        world, filling = _world(children), _Filling()
        for index in itertools.count():
            here = people.draw(world, homes_wanted=_HOMES, index=index)
            _write(connection, _stretch(here, world, index, wanted), run, codes, filling, most=children)
            places.say(f"  {filling.children:,} children, {filling.records:,} records")
            if filling.children >= children:
                break
        places.say("  their keys")
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("ALTER TABLE childindex_matchkey ADD PRIMARY KEY (key, alias_id)")


def _keep_model(connection: psycopg.Connection, learnt: known_children.Learnt) -> uuid.UUID:
    version, run = uuid.UUID(int=_LINK), uuid.UUID(int=_LINK + 1)
    model = json.dumps({"splink": learnt.model.settings(), "by_hand": learnt.model.by_hand})
    connection.execute(
        "INSERT INTO childindex_modelversion (id, model_hash, model, trained_at, record_count, state, link_threshold_bits, "
        "review_threshold_bits, trained_on, approved_at, approved_by_name) "
        "VALUES (%s, %s, %s, %s, %s, 'current', 4, -3, '{}', %s, 'benchmark')",
        [version, learnt.model.hash, model, _AT, learnt.model.trained_records, _AT],
    )
    connection.execute(
        "INSERT INTO childindex_linkrun (id, model_version_id, started_at, finished_at, link_threshold_bits, "
        "review_threshold_bits, counts) VALUES (%s, %s, %s, %s, 4, -3, '{}')",
        [run, version, _AT, _AT],
    )
    connection.execute("INSERT INTO childindex_lore (run_id, said) VALUES (%s, %s)", [run, learnt.lore.as_json()])
    return run


def _stretch(
    here: people.People, world: people.World, index: int, wanted: Sequence[str]
) -> list[list[tuple[str, Row]]]:
    """Return the records of each child whom any of the agencies knows."""
    of_child: list[list[tuple[str, Row]]] = [[] for _ in range(len(here))]
    for agency in wanted:
        met = agencies.meet(agency, here, ends_on=world.ends_on, seed=world.seed, index=index)
        for child, row in _rows(agency, met, here, world, index):
            of_child[child].append((agency, row))
    return [records for records in of_child if records]


def _write(
    connection: psycopg.Connection,
    stretch: list[list[tuple[str, Row]]],
    run: uuid.UUID,
    codes: dict[str, uuid.UUID],
    filling: _Filling,
    *,
    most: int,
) -> None:
    """Copy the children of a stretch into all tables."""
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
    for records in stretch[: most - filling.children]:
        filling.children += 1
        child = uuid.UUID(int=_CHILD + filling.children)
        rows["people_child"].append((child, f"{filling.children:09d}", "active", _AT, [], False))
        rows["people_childsummary"].append((child, *_summary(records[0][1]), False, len(records), 1))
        for agency, row in records:
            filling.records += 1
            number, person = filling.records, uuid.UUID(int=_RECORD + filling.records)
            (alias,) = single.standardise([{**row, "record_id": number, "person_record_id": person}])
            alias["former_nhs"] = alias["former_upn"] = []
            keys = matchkeys.keys_of(alias)
            agency_id = codes[_AGENCY[agency]]
            rows["childindex_knownalias"].append((number, person, agency_id, *matchkeys.pack(alias), keys, False, True))
            rows["childindex_matchkey"] += [(key, number) for key in keys]
            rows["childindex_link"].append((uuid.UUID(int=_LINK + 1 + number), person, child, run, _AT))
    for table, columns in _TABLES.items():
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for values in rows[table]:
                copy.write_row(values)


def _summary(row: Row) -> tuple[Any, ...]:
    said = {name: value or "" for name, value in row.items()}
    born = row["birth_date"]
    shown = (said["given_name"], said["middle_names"], said["family_name"], said["preferred_name"])
    sort_name = f"{said['family_name']} {said['given_name']}".lower()
    numbers = (said["nhs_number"], said["upn"], said["address"], text.postcode(said["postcode"]) or "")
    return (*shown, sort_name, born, said["sex"], *numbers)
