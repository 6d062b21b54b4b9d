import datetime

import pytest

from joinedup.delivery.records.rules import InvolvementKind, Level
from joinedup.exchange.ssda903 import read, schema, write
from tests.exchange import files

# File: table, rows taken, rows refused, refusals by column.
FULL = {
    "header": ("header", 2675, 0, {}),
    "episodes": ("episodes", 5050, 0, {}),
    # The fixtures hold reviews up to 2028, which cannot have been held yet.
    "reviews": ("reviews", 12514, 68, {"REVIEW": 68}),
    "uasc": ("uasc", 132, 0, {}),
    "oc2": ("oc2", 2675, 0, {}),
    "oc3": ("oc3", 53, 0, {}),
    "ad1": ("ad1", 29, 0, {}),
    "placed_for_adoption": ("placed_for_adoption", 29, 0, {}),
    "previous_permanence": ("previous_permanence", 2675, 0, {}),
    "missing": ("missing", 43, 0, {}),
    "sw_episodes": ("sw_episodes", 1, 0, {}),
    "DoLo": ("dolo", 1, 0, {}),
}
OTHERS = {
    "SSDA903_2020_episodes": ("episodes", 5, 0, {}),
    "SSDA903_2020_header": ("header", 5, 0, {}),
    "SSDA903_episodes_for_testing_fixes_INPUT": ("episodes", 23, 0, {}),
    "placed_for_adoption_errors": ("placed_for_adoption", 30, 0, {}),
}
BORN = datetime.date(2012, 3, 27)
BEGAN = datetime.date(2020, 2, 15)
ENDED = datetime.date(2021, 8, 14)
EPISODE = schema.Episode(
    child="566910",
    started_date=BEGAN,
    reason_new_episode="S",
    legal_status="C2",
    need_code="N3",
    placement="U1",
    ended_date=ENDED,
    reason_ceased="E4A",
    home_postcode="NG1 5FT",
)
ROWS = [
    schema.Header(child="566910", sex="F", birth_date=BORN, ethnicity="WROM", upn="A123456789012"),
    EPISODE,
    schema.Review(child="566910", birth_date=BORN, review_date=ENDED, participation="PN1"),
    schema.Unaccompanied(child="566910", sex="M", birth_date=BORN, status_ends_date=datetime.date(2030, 3, 27)),
    schema.YearOfHealth(child="566910", birth_date=BORN, convicted="1", health_check="1"),
    schema.CareLeaver(child="566910", birth_date=BORN, in_touch="YES", activity="F2", accommodation="K1"),
    schema.Adoption(child="566910", birth_date=BORN, decided_date=BEGAN, matched_date=ENDED),
    schema.PlacedForAdoption(child="566910", birth_date=BORN, placed_date=BEGAN),
    schema.PreviousPermanence(child="566910", birth_date=BORN, order="P1", order_date=BEGAN),
    schema.Missing(child="566910", birth_date=BORN, kind="M", started_date=BEGAN, ended_date=ENDED),
    schema.SocialWorker(child="566910", birth_date=BORN, worker="SW1", started_date=BEGAN, ended_date=ENDED),
    schema.DeprivationOfLiberty(child="566910", birth_date=BORN, started_date=BEGAN, ended_date=ENDED),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: type(row).__name__)
def test_what_is_written_reads_back_the_same_and_writes_the_same_bytes(row):
    content = files.written(write, [row, row])

    rows = files.read_back(read, schema, "903.csv", content)

    assert rows == [row, row]
    assert files.written(write, rows) == content


@pytest.mark.parametrize("stem", FULL)
def test_the_samples_are_recognised_by_their_columns_and_taken(stem):
    table, taken, refused, _columns = files.counts(read, files.SMALL / "ssda903" / f"{stem}.csv")

    assert table == FULL[stem][0]
    assert taken == min(12, FULL[stem][1])
    assert refused == 0


@pytest.mark.skipif(not files.FULL.exists(), reason="the full fixtures are not beside this repository")
@pytest.mark.parametrize(("stem", "expected"), [*FULL.items(), *OTHERS.items()])
def test_the_dirty_files_are_taken_row_by_row(stem, expected):
    assert files.counts(read, files.FULL / "ssda903" / f"{stem}.csv") == expected


@pytest.mark.skipif(not files.FULL.exists(), reason="the full fixtures are not beside this repository")
@pytest.mark.parametrize(
    "name", ["ch_fake.xlsx", "fake_903.xml", "903_2024_25_rule_info.csv", "SSDA903_schema_2017.yml"]
)
def test_what_is_not_one_of_the_tables_is_left_to_others(name):
    with files.opened(files.FULL / "ssda903" / name) as source:
        assert read.recognise(source.head()) is None


def test_an_episode_says_that_the_council_looks_after_the_child_and_answers_for_them():
    reading = files.only_reading(read, "episodes.csv", files.written(write, [EPISODE]))

    (care,) = reading.involvements
    assert (care.kind, care.level, care.answers) == (InvolvementKind.LOOKED_AFTER, Level.SPECIALIST, True)
    assert (care.started_date, care.ended_date) == (BEGAN, ENDED)
    assert [(entry.words, entry.happened_date) for entry in reading.chronology] == [
        ("Started to be looked after", BEGAN),
        ("Stopped being looked after", ENDED),
    ]
    assert (reading.scheme, reading.message_key) == ("case", "episodes|566910|2020-02-15")


def test_a_child_whose_placement_ended_with_a_new_episode_is_still_looked_after():
    episode = schema.Episode(
        child="1", started_date=BEGAN, reason_new_episode="P", ended_date=ENDED, reason_ceased="X1"
    )

    reading = files.only_reading(read, "episodes.csv", files.written(write, [episode]))

    assert [entry.words for entry in reading.chronology] == ["Looked after: placement and carers changed"]


def test_needs_legal_status_health_and_convictions_do_not_reach_the_index():
    for row in ROWS:
        reading = files.only_reading(read, "903.csv", files.written(write, [row]))
        said = repr((reading.identity, reading.involvements, reading.chronology))
        assert not any(code in said for code in ("N3", "C2", "U1", "NG1", "WROM", "PN1", "E4A", "adopt", "asylum"))


def test_the_older_codes_of_sex_are_understood():
    row = schema.Header(child="1", sex="1", birth_date=BORN)

    assert files.only_reading(read, "header.csv", files.written(write, [row])).identity.sex == "M"


def test_a_row_without_a_child_is_refused_and_its_neighbours_are_kept():
    content = files.written(write, [EPISODE, schema.Episode(started_date=BEGAN), EPISODE])

    readings, refusals = files.outcomes(read, "episodes.csv", content)

    assert len(readings) == 2
    assert [(one.place.line_number, one.reasons) for one in refusals] == [(3, ("CHILD is empty.",))]


def test_a_second_date_that_cannot_be_read_is_left_out_and_the_row_is_kept():
    content = files.written(write, [EPISODE]).replace(b"14/08/2021", b"08/14/2021")

    reading = files.only_reading(read, "episodes.csv", content)

    assert reading.involvements[0].ended_date is None
    assert reading.notes == (
        'DEC was left out: "08/14/2021" has 14 in the place of the month (dates are read day first).',
    )


def test_a_file_that_lacks_a_column_is_refused_whole_and_says_which():
    content = files.written(write, [EPISODE]).replace(b"CHILD,", b"WHO,", 1)
    readings, refusals = files.outcomes(read, "episodes.csv", content)

    assert readings == []
    assert refusals[0].reasons == ("This looks like the SSDA903 return, table episodes, but it has no column CHILD.",)
