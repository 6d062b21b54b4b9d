"""Community health CSVs: every published layout is taken, and nothing in a bad file costs a good row."""

import collections
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_health import read, rules, schema, write
from joinedup.exchange.opening import formats, tables
from tests.exchange import published

ON = datetime.date(2026, 11, 21)
MEGABYTE = 1 << 20
CONTEXT = formats.Context(on=ON)


def day(*parts):
    return datetime.date(*parts)


def a_child(**changes):
    values = {
        "school_urn": "100000",
        "given_name": "Zoë",
        "family_name": "O'Neill",
        "preferred_given_name": "Zo",
        "birth_date": day(2012, 3, 4),
        "year_group": "8",
        "gender": "Female",
        "address_line_1": "1 Trevelyan Square",
        "town": "Leeds",
        "postcode": "LS1 6AE",
        "nhs_number": "9990000018",
        "parent_1_name": "Mary Smith",
        "parent_1_relationship": "Mum",
        "parent_1_phone": "07700900001",
    }
    return schema.ClassListRow(**(values | changes))


def an_immunisation(**changes):
    values = {
        "organisation_code": "RYG",
        "school_urn": "100000",
        "school_name": "Hogwarts",
        "nhs_number": "9990000018",
        "given_name": "Ann",
        "family_name": "Potter",
        "birth_date": day(2012, 3, 4),
        "vaccinated": "Y",
        "given_date": day(2025, 11, 9),
        "programme": "HPV",
    }
    return schema.ImmunisationRow(**(values | changes))


def written(*rows):
    out = io.BytesIO()
    write.write(rows, out)
    return out.getvalue()


def answers(content, name="list.csv"):
    source = content if isinstance(content, formats.Source) else formats.Source.of_bytes(name, content)
    recognised = read.recognise(source.head())
    assert recognised is not None
    return list(read.read(source, recognised, CONTEXT))


def kinds(found):
    return [type(answer).__name__ for answer in found]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)
CLASS_LIST_ROWS = st.builds(
    schema.ClassListRow,
    school_urn=st.sampled_from(["", "100000"]),
    given_name=CELLS.filter(bool),
    family_name=CELLS,
    preferred_given_name=CELLS,
    birth_date=st.none() | st.dates(day(1990, 1, 1), ON),
    address_line_1=CELLS,
    postcode=st.sampled_from(["", "LS1 6AE"]),
    nhs_number=st.sampled_from(["", "9990000018"]),
    parent_1_name=CELLS,
    parent_2_phone=st.sampled_from(["", "07700900001"]),
)
IMMUNISATION_ROWS = st.builds(
    schema.ImmunisationRow,
    nhs_number=st.sampled_from(["", "9990000018"]),
    given_name=CELLS.filter(bool),
    family_name=CELLS,
    birth_date=st.none() | st.dates(day(1990, 1, 1), ON),
    vaccinated=st.sampled_from(["", "Y", "N"]),
    given_date=st.none() | st.dates(day(1990, 1, 1), ON),
    programme=st.sampled_from(["", "HPV", "Flu"]),
)


class TestWriting:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(CLASS_LIST_ROWS, min_size=1, max_size=5) | st.lists(IMMUNISATION_ROWS, min_size=1, max_size=5))
    def test_what_is_written_reads_back_the_same(self, rows):
        source = formats.Source.of_bytes("x.csv", written(*rows))
        recognised = read.recognise(source.head())

        found = list(tables.typed_rows(schema.TABLES, source, recognised, CONTEXT))

        assert [row for row, _ in found] == rows

    def test_the_same_rows_give_the_same_bytes(self):
        assert written(a_child()) == written(a_child())


class TestClassLists:
    def test_a_child_of_a_class_list(self):
        (reading,) = answers(written(a_child()))

        assert (reading.scheme, reading.local_id, reading.message_key) == ("nhs", "9990000018", "")
        assert reading.identity == records_rules.Identity(
            given_name="Zoë",
            family_name="O'Neill",
            preferred_name="Zo",
            birth_date=day(2012, 3, 4),
            sex="F",
            nhs_number="9990000018",
            address="1 Trevelyan Square, Leeds",
            postcode="LS1 6AE",
        )
        health, school = reading.involvements
        assert (health.kind, health.level) == ("community_health", "universal")
        assert (school.kind, school.team_code) == ("school", "100000")
        assert reading.relatives == (
            records_rules.Relative(relationship="mum", name="Mary Smith", phone="07700900001"),
        )

    def test_a_number_in_a_list_is_not_called_verified(self):
        (reading,) = answers(written(a_child()))

        assert not reading.identity.nhs_number_verified

    def test_a_wrong_number_is_left_out_and_the_child_is_kept_by_who_it_is(self):
        (reading,) = answers(written(a_child(nhs_number="9990000019", postcode="nowhere")))

        assert (reading.scheme, reading.local_id) == ("", "")
        assert (reading.identity.nhs_number, reading.identity.postcode) == ("", "")
        assert len(reading.notes) == 2

    @pytest.mark.parametrize("urn", ["888888", "TT1", ""])
    def test_no_school_is_shown_where_the_number_names_none(self, urn):
        (reading,) = answers(written(a_child(school_urn=urn)))

        assert [involvement.kind for involvement in reading.involvements] == ["community_health"]

    def test_a_child_educated_at_home_is_shown_so_in_the_place_of_a_school_and_on_no_schools_roll(self):
        (reading,) = answers(written(a_child(school_urn="999999")))

        told = {(involvement.kind, involvement.service, involvement.team_code) for involvement in reading.involvements}
        assert ("school", "Educated at home", "") in told


class TestImmunisations:
    def test_an_immunisation_shows_its_programme_and_nothing_else(self):
        (reading,) = answers(written(an_immunisation(vaccine="Gardasil9", dose="2")))

        (entry,) = reading.chronology
        assert (entry.words, entry.happened_date) == ("Immunisation given: HPV", day(2025, 11, 9))

    @pytest.mark.parametrize(
        ("written_name", "programme"),
        [
            ("AstraZeneca Fluenz LAIV", "Flu"),
            ("Cervarix 1", "HPV"),
            ("MenQuadfi", "MenACWY"),
            ("ProQuad MMRV", "MMRV"),
            ("VaxPro", "MMR"),
            ("Revaxis", "Td/IPV"),
            ("something new", ""),
        ],
    )
    def test_a_vaccine_belongs_to_a_programme(self, written_name, programme):
        assert rules.programme_of(written_name) == programme

    @pytest.mark.parametrize("answer", ["N", "no", "perhaps"])
    def test_what_was_not_given_is_not_shown_nor_why(self, answer):
        (reading,) = answers(written(an_immunisation(vaccinated=answer)))

        assert reading.chronology == ()
        assert "VACCINATED" in reading.notes[0]

    def test_without_an_nhs_number_the_senders_own_number_counts_within_its_name_space(self):
        row = an_immunisation(nhs_number="", local_patient_id="17", local_patient_id_uri="www.one")

        (reading,) = answers(written(row))

        assert (reading.scheme, reading.local_id) == ("patient", "www.one|17")


#: Each published file: rows taken, rows refused.
PUBLISHED = {
    "duplicate_nhs_numbers.csv": (2, 0),
    "valid.csv": (3, 0),
    "valid_minimal.csv": (1, 0),
    "class_import/duplicates.csv": (3, 0),
    "class_import/invalid_fields.csv": (16, 0),
    "class_import/invalid_instruction_row.csv": (0, 2),
    "class_import/invalid_minimal.csv": (0, 1),
    "class_import/pds_extravaganza.csv": (1, 0),
    "class_import/review_one.csv": (4, 0),
    "class_import/review_one_new_patient.csv": (1, 0),
    "class_import/review_two.csv": (5, 0),
    "class_import/valid.csv": (4, 0),
    "class_import/valid_extra_fields.csv": (3, 0),
    "class_import/valid_instruction_row.csv": (1, 1),
    "class_import/valid_minimal.csv": (1, 0),
    "class_import/valid_with_bom.csv": (1, 0),
    "immunisation_import/national_reporting/duplicate_row.csv": (2, 0),
    "immunisation_import/national_reporting/invalid_rows.csv": (2, 0),
    "immunisation_import/national_reporting/valid_mixed_flu_hpv.csv": (3, 0),
    "immunisation_import/point_of_care/duplicate_row.csv": (2, 0),
    "immunisation_import/point_of_care/empty.csv": (0, 0),
    "immunisation_import/point_of_care/invalid_rows.csv": (2, 1),
    "immunisation_import/point_of_care/systm_one.csv": (4, 0),
    "immunisation_import/point_of_care/valid_duplicate_patient.csv": (2, 0),
    "immunisation_import/point_of_care/valid_duplicate_patient_no_nhs_number.csv": (2, 0),
    "immunisation_import/point_of_care/valid_flu.csv": (11, 0),
    "immunisation_import/point_of_care/valid_hpv.csv": (11, 0),
    "immunisation_import/point_of_care/valid_hpv_with_changes.csv": (1, 0),
    "immunisation_import/point_of_care/valid_hpv_with_instruction_row.csv": (11, 1),
    "immunisation_import/point_of_care/valid_mmr.csv": (11, 0),
}
MALFORMED = {"class_import/malformed.csv", "immunisation_import/point_of_care/malformed.csv"}


class TestPublishedFiles:
    @pytest.mark.parametrize(("name", "counts"), PUBLISHED.items(), ids=PUBLISHED)
    def test_each_is_taken_and_counted(self, name, counts):
        found = collections.Counter(kinds(answers(published.source(f"health_imports/{name}"))))

        assert (found["Reading"], found["Refused"]) == counts

    def test_none_is_forgotten_and_the_malformed_are_not_ours(self):
        folder = published.folder("health_imports")
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}

        assert names == set(PUBLISHED) | MALFORMED
        for name in MALFORMED:
            assert read.recognise(published.source(f"health_imports/{name}").head()) is None

    def test_a_line_of_instructions_is_refused_as_such(self):
        found = answers(published.source("health_imports/class_import/valid_instruction_row.csv"))

        assert (found[0].place.line_number, "instructions" in found[0].reasons[0]) == (2, True)

    def test_a_child_with_neither_number_nor_birth_date_is_refused_naming_the_columns(self):
        (refused,) = answers(published.source("health_imports/class_import/invalid_minimal.csv"))

        assert "CHILD_NHS_NUMBER" in refused.reasons[0]
        assert "CHILD_DATE_OF_BIRTH" in refused.reasons[0]

    def test_a_row_sent_twice_has_one_fingerprint(self):
        name = "health_imports/immunisation_import/national_reporting/duplicate_row.csv"

        first, second = answers(published.source(name))

        assert first.content_hash == second.content_hash

    def test_the_practice_systems_extract_is_read_under_its_own_column_names(self):
        name = "health_imports/immunisation_import/point_of_care/systm_one.csv"

        found = answers(published.source(name))

        assert [entry.words for reading in found for entry in reading.chronology] == [
            "Immunisation given: HPV",
            "Immunisation given: HPV",
            "Immunisation given: MenACWY",
            "Immunisation given: Flu",
        ]
        assert found[0].identity.birth_date == day(2010, 9, 12)


HEADING = b"CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_DATE_OF_BIRTH,CHILD_POSTCODE\n"
ROW = b"Ann,Smith,2012-03-04,LS1 6AE\n"


class TestPoison:
    @pytest.mark.parametrize(
        "row",
        [b"Ann\0,Smith,2012-03-04,LS1 6AE\n", b"Ann\n", b"a,b,c,d,e,f\n", b'"Ann,Smith,2012-03-04,LS1 6AE\n'],
        ids=["NUL", "too few", "too many", "never closed"],
    )
    def test_a_broken_row_costs_no_other(self, row):
        assert kinds(answers(HEADING + ROW + row + ROW)) == ["Reading", "Refused", "Reading"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
    def test_names_survive_the_encodings_that_agencies_send(self, encoding):
        content = (HEADING + ROW).decode().replace("Ann", "Zoë").encode(encoding)

        (reading,) = answers(content)

        assert reading.identity.given_name == "Zoë"

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_a_file_with_another_delimiter_is_read(self, delimiter):
        assert kinds(answers((HEADING + ROW).replace(b",", delimiter.encode()))) == ["Reading"]

    @pytest.mark.parametrize("date", ["04/03/2012", "2012-03-04", "20120304", "4 March 2012"])
    def test_dates_are_read_in_every_order_that_agencies_write(self, date):
        (reading,) = answers(HEADING + ROW.replace(b"2012-03-04", date.encode()))

        assert reading.identity.birth_date == day(2012, 3, 4)

    def test_a_file_without_a_column_it_needs_is_refused_row_by_row_with_the_columns_name(self):
        found = answers(b"CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_POSTCODE\nAnn,Smith,LS1 6AE\n")

        assert kinds(found) == ["Refused"]
        assert "CHILD_DATE_OF_BIRTH" in found[0].reasons[0]

    def test_a_cell_of_a_hundred_megabytes_is_stepped_over_in_little_memory(self):
        source = published.vast_source("list.csv", HEADING + ROW, b"x" * 100_000, 1_000, b"\n" + ROW)

        found, peak = published.peak_bytes(lambda: answers(source))

        assert kinds(found) == ["Reading", "Refused", "Reading"]
        assert peak < 16 * MEGABYTE

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_no_change_of_bytes_raises(self, data):
        content = bytearray(HEADING + ROW * 3)
        for _ in range(data.draw(st.integers(1, 5))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        source = formats.Source.of_bytes("list.csv", bytes(content))
        recognised = read.recognise(source.head())

        for answer in read.read(source, recognised, CONTEXT) if recognised else ():
            assert answer.place.byte_start + answer.place.byte_length <= len(content)
