"""The truth speaks of every row that says who a child is, and the readers refuse only what was planted."""

import collections

from joinedup.delivery.records import rules as records_rules
from tests.unit.synthesis import reading


def test_readers_refuse_the_planted_faults_and_nothing_else(town):
    refused = {row.place for row in reading.rows(town.folder) if isinstance(row.answer, records_rules.Refused)}
    planted = {(fault["file"], int(fault["line_number"])) for fault in reading.table(town.folder, "faults.csv")}

    assert refused == planted


def test_every_file_reads_back_as_many_rows_as_were_written(town):
    read = collections.Counter(row.path for row in reading.rows(town.folder))

    assert read == town.counts.rows


def test_the_truth_covers_every_row_that_says_who_a_child_is(town):
    numbered, lines = set(), set()
    for record in reading.table(town.folder, "records.csv"):
        if record["local_id"]:
            numbered.add((record["agency"], record["scheme"], record["local_id"]))
        else:
            lines.add((record["file"], int(record["line_number"])))

    unknown = [
        row
        for row in reading.rows(town.folder)
        if isinstance(row.answer, records_rules.Reading) and row.answer.identity is not None
        if (row.agency, row.answer.scheme, row.answer.local_id) not in numbered and row.place not in lines
    ]
    assert unknown == []


def test_the_truth_names_each_record_once(town):
    records = reading.table(town.folder, "records.csv")
    keys = [tuple(list(record.values())[:-1]) for record in records]

    assert len(keys) == len(set(keys))


def test_every_child_is_known_to_some_agency_save_those_who_moved_away(town):
    known = {record["child"] for record in reading.table(town.folder, "records.csv")}
    children = reading.table(town.folder, "children.csv")

    unknown = [child for child in children if child["child"] not in known]
    assert len(unknown) < 0.02 * len(children)


def test_every_team_that_a_row_names_is_in_the_manifest(town):
    agencies = reading.manifest(town.folder)["agencies"]
    teams = {(agency["code"], team["code"]) for agency in agencies for team in agency["teams"]}

    named = {
        (row.agency, involvement.team_code)
        for row in reading.rows(town.folder)
        if isinstance(row.answer, records_rules.Reading)
        for involvement in row.answer.involvements
        if involvement.team_code
    }
    assert named - teams == set()


def test_nothing_is_dated_after_the_end(town):
    late = [
        (row.path, row.answer.notes)
        for row in reading.rows(town.folder)
        if isinstance(row.answer, records_rules.Reading)
        if any("future" in note for note in row.answer.notes)
    ]
    assert late == []
