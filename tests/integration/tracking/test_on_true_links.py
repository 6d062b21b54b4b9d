"""On true links each list names exactly those whom the simulated lives lost: precision and recall are 1, for every rule.

Planted truth comes from the events of the lives, never from the rules. The links are the truth's own: they stand in the
place of the index's, in a session of their own, and the product's SQL reads them there.
"""

import csv
import datetime
import pathlib
import subprocess
import sys
import uuid
from collections import defaultdict

import psycopg
import pytest

from joinedup.foundation.database import address
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.processes.tracking import rule_sql, rules
from tests import databases

#: A boroughful each; none of them was looked at when the rules were written.
_SEEDS = (9101, 9102)
_CHILDREN = 4_000
_ON = datetime.date(2026, 9, 1)
_IMPORT = """
import pathlib, sys, json
from joinedup.commands import demo, session
session.begin()
borough = pathlib.Path(sys.argv[1])
manifest = json.loads((borough / "manifest.json").read_text(encoding="utf-8"))
demo.keep_agencies(manifest)
demo.import_borough(borough, manifest)
"""
_RECORDS = """
SELECT a.code, p.scheme, p.local_id, p.id FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id
"""
_UNNUMBERED = """
SELECT a.code, b.file_name, s.line_number, p.id FROM records_sourcerecord s
JOIN records_personrecord p ON p.id = s.person_record_id JOIN agencies_agency a ON a.id = p.agency_id
JOIN records_batch b ON b.id = s.batch_id
"""
_IN_PLACE = """
CREATE TEMPORARY TABLE childindex_link (child_id uuid, person_record_id uuid, ended_at timestamptz);
CREATE TEMPORARY TABLE people_childsummary (child_id uuid, birth_date date, death_date date);
"""


def _rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _child_of(session: psycopg.Connection, truth: pathlib.Path) -> dict[uuid.UUID, str]:
    numbered, by_line = {}, {}
    for row in _rows(truth / "records.csv"):
        if row["local_id"]:
            numbered[row["agency"], row["scheme"], row["local_id"]] = row["child"]
        else:
            by_line[row["agency"], pathlib.PurePath(row["file"]).name, int(row["line_number"])] = row["child"]
    found = {record: by_line.get((agency, file, line)) for agency, file, line, record in session.execute(_UNNUMBERED)}
    for agency, scheme, local_id, record in session.execute(_RECORDS):
        found[record] = numbered.get((agency, scheme, local_id)) or found.get(record)
    return {record: child for record, child in found.items() if child}


def _listed(session: psycopg.Connection, truth: pathlib.Path, on) -> tuple[dict[str, set[str]], set[str]]:
    """Return whom each list names, by the truth's own names, and all whom any agency knows."""
    child_of = _child_of(session, truth)
    named = {child: uuid.uuid5(uuid.NAMESPACE_OID, child) for child in set(child_of.values())}
    session.execute(_IN_PLACE)
    cursor = session.cursor()
    cursor.executemany(
        "INSERT INTO childindex_link VALUES (%s, %s, NULL)", [(named[c], record) for record, c in child_of.items()]
    )
    born = {row["child"]: row["birth_date"] for row in _rows(truth / "children.csv")}
    cursor.executemany(
        "INSERT INTO people_childsummary VALUES (%s, %s, NULL)", [(number, born[c]) for c, number in named.items()]
    )
    (roll,) = session.execute(rule_sql.ROLL_DAY, {"on": on}).fetchone()
    day = rules.day_of(on=on, roll=roll, calendar=timescales_queries.get_calendar())
    given = {name: getattr(day, name) for name in ("on", "roll", "left_by", "referred_by", "seen_since")}
    back = {number: child for child, number in named.items()}
    found = {code: {back[row[0]] for row in session.execute(text, given)} for code, text in rule_sql.BY_CODE.items()}
    return found, set(named)


@pytest.mark.slow
@pytest.mark.parametrize("seed", _SEEDS)
def test_every_list_finds_all_who_were_lost_and_nobody_else(seed, own_database, tmp_path):
    borough = tmp_path / "borough"
    env = databases.environment(own_database, JOINEDUP_DATA=str(tmp_path))
    made = [*(sys.executable, "-m", "joinedup", "synthesise"), "--out", str(borough), "--seed", str(seed)]
    subprocess.run(
        [*made, "--children", str(_CHILDREN), "--ends-on", _ON.isoformat()], check=True, capture_output=True, env=env
    )
    subprocess.run([sys.executable, "-c", _IMPORT, str(borough)], check=True, capture_output=True, env=env)
    planted = defaultdict(set)
    for row in _rows(borough / "truth" / "plants.csv"):
        planted[row["kind"]].add(row["child"])

    with psycopg.connect(address.url_for(address.Role.BATCH, database=own_database)) as session:
        listed, known = _listed(session, borough / "truth", _ON)

    for code, kind in {**dict.fromkeys(rules.LISTS, ""), "left_roll": "left_roll_on_none"}.items():
        lost = planted[kind or code] & known
        figures = rules.measure(listed=listed[code], lost=lost, rightly=planted["left_area_untold"])
        assert (code, figures.precision, figures.recall) == (code, 1.0, 1.0), (listed[code] - lost, lost - listed[code])
        assert lost, code
