"""NHS patients in FHIR: written as the standard asks, read back the same, and never harmed by what is sent."""

import collections
import dataclasses
import datetime
import io
import json

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.exchange.fhir import read, rules, schema, write
from joinedup.exchange.opening import formats
from joinedup.foundation import text
from tests.exchange import published

ON = datetime.date(2026, 11, 21)
MEGABYTE = 1 << 20


def day(*parts):
    return datetime.date(*parts)


def a_patient(**changes):
    values = {
        "id": "9000000009",
        "nhs_number": "9000000009",
        "verification": "01",
        "names": (
            schema.Name(given=("Zoë", "Ann"), family="O'Neill", started_date=day(2020, 2, 1)),
            schema.Name(use="nickname", given=("Zo",)),
            schema.Name(use="old", given=("Zoë",), family="Smith", ended_date=day(2020, 1, 31)),
        ),
        "gender": "female",
        "birth_date": day(2012, 3, 4),
        "phone": "01632960587",
        "addresses": (
            schema.Address(lines=("1 Trevelyan Square", "Leeds"), postcode="LS1 6AE", started_date=day(2021, 1, 1)),
            schema.Address(use="temp", lines=("A hospital",), postcode="LS9 7TF", started_date=day(2026, 1, 1)),
        ),
        "practices": (schema.Practice(ods_code="Y12345", started_date=day(2012, 4, 1)),),
        "contacts": (schema.Contact(relationship="MTH", given=("Mary",), family="Smith", phone="07700900001"),),
    }
    return schema.Patient(**(values | changes))


def lines_of(*rows):
    out = io.BytesIO()
    write.write(rows, out)
    return out.getvalue()


def answers(content, name="patients.ndjson", *, first_byte=0, first_line=1):
    source = content if isinstance(content, formats.Source) else formats.Source.of_bytes(name, content)
    recognised = read.recognise(source.head())
    assert recognised is not None
    if first_byte:
        source = source.resuming_at(first_byte=first_byte, first_line=first_line)
    return list(read.read(source, recognised, formats.Context(on=ON)))


def kinds(found):
    return [type(answer).__name__ for answer in found]


def resource(**changes):
    return json.loads(lines_of(a_patient())) | changes


def read_one(**changes):
    (reading,) = answers(json.dumps(resource(**changes)).encode())
    return reading


def a_number(nine):
    digit = text.nhs_check_digit(f"{nine:09d}")
    return f"{nine:09d}{digit}" if digit is not None else "9000000009"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
MAYBE = st.none() | st.dates(day(1990, 1, 1), day(2026, 11, 1))
NUMBERS = st.integers(400_000_000, 799_999_999).map(a_number)
NAMES = st.builds(
    schema.Name,
    use=st.sampled_from(["usual", "nickname", "maiden", "old", "temp"]),
    given=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    family=st.just("") | WORDS,
    prefix=st.sampled_from(["", "Miss"]),
    started_date=MAYBE,
    ended_date=MAYBE,
)
PATIENTS = st.builds(
    schema.Patient,
    id=st.from_regex(r"[A-Za-z0-9.-]{1,20}", fullmatch=True),
    nhs_number=NUMBERS,
    verification=st.sampled_from(["", *schema.VERIFICATION_STATUSES]),
    confidentiality=st.just("U"),
    version=st.just("3"),
    names=st.lists(NAMES, max_size=3).map(tuple),
    gender=st.sampled_from(["", "male", "female", "other", "unknown"]),
    birth_date=MAYBE,
    death_date=MAYBE,
    phone=st.sampled_from(["", "01632 960587"]),
    addresses=st.lists(
        st.builds(
            schema.Address,
            use=st.sampled_from(["home", "temp", "old"]),
            lines=st.lists(WORDS, min_size=1, max_size=4).map(tuple),
            postcode=st.just("LS1 6AE"),
            started_date=MAYBE,
            ended_date=MAYBE,
        ),
        max_size=2,
    ).map(tuple),
    practices=st.lists(
        st.builds(schema.Practice, ods_code=st.just("Y12345"), started_date=MAYBE, ended_date=MAYBE), max_size=2
    ).map(tuple),
    contacts=st.lists(
        st.builds(
            schema.Contact,
            relationship=st.sampled_from([*schema.RELATIONSHIPS, "neighbour"]),
            given=st.lists(WORDS, max_size=1).map(tuple),
            family=WORDS,
            phone=st.sampled_from(["", "07700900001"]),
        ),
        max_size=2,
    ).map(tuple),
)
RELATED = st.builds(
    schema.RelatedPerson,
    id=st.from_regex(r"[A-Z0-9]{8}", fullmatch=True),
    patient_nhs_number=NUMBERS,
    relationship=st.sampled_from([*schema.RELATIONSHIPS, "neighbour"]),
    nhs_number=st.just("") | NUMBERS,
    given=st.lists(WORDS, max_size=2).map(tuple),
    family=st.just("") | WORDS,
    phone=st.sampled_from(["", "07700900001"]),
    active=st.booleans(),
    started_date=MAYBE,
    ended_date=MAYBE,
)


class TestWriting:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(PATIENTS | RELATED, min_size=1, max_size=4))
    def test_every_resource_is_fhir_and_reads_back_the_same(self, rows):
        content = lines_of(*rows)

        resources = [json.loads(line) for line in content.splitlines()]
        for one in resources:
            get_fhir_model_class(one["resourceType"]).model_validate(one)
        turned = {"Patient": rules.patient, "RelatedPerson": rules.related_person}
        assert [turned[one["resourceType"]](one, []) for one in resources] == rows
        assert kinds(answers(content)) == ["Reading"] * len(rows)

    def test_the_same_rows_give_the_same_bytes(self):
        assert lines_of(a_patient()) == lines_of(a_patient())

    def test_a_restricted_patient_is_written_without_address_telephone_practice_and_contacts(self):
        written = json.loads(lines_of(a_patient(confidentiality="R")))

        assert not {"address", "telecom", "generalPractitioner", "contact"} & set(written)
        assert written["meta"]["security"][0]["code"] == "R"


class TestReading:
    def test_a_patient_is_known_by_the_nhs_number_and_whether_it_was_verified(self):
        reading = read_one()

        assert (reading.scheme, reading.local_id, reading.message_key) == ("nhs", "9000000009", "Patient|9000000009")
        assert (reading.identity.nhs_number, reading.identity.nhs_number_verified) == ("9000000009", True)
        assert reading.notes == ()

    @pytest.mark.parametrize("status", ["02", "03", ""])
    def test_a_number_that_was_not_verified_is_not_called_so(self, status):
        (reading,) = answers(lines_of(a_patient(verification=status)))

        assert not reading.identity.nhs_number_verified

    def test_usual_preferred_and_former_names_are_told_apart(self):
        identity = read_one().identity

        assert (identity.given_name, identity.middle_names, identity.family_name) == ("Zoë", "Ann", "O'Neill")
        assert (identity.preferred_name, identity.former_family_name) == ("Zo", "Smith")

    def test_the_usual_name_that_holds_today_counts(self):
        names = (
            schema.Name(given=("Ann",), family="Before", ended_date=day(2020, 1, 1)),
            schema.Name(given=("Ann",), family="Now", started_date=day(2020, 1, 1)),
        )

        (reading,) = answers(lines_of(a_patient(names=names)))

        assert (reading.identity.family_name, reading.identity.former_family_name) == ("Now", "Before")

    def test_the_home_address_counts_and_not_the_temporary_one(self):
        identity = read_one().identity

        assert (identity.address, identity.postcode) == ("1 Trevelyan Square, Leeds", "LS1 6AE")

    def test_the_practice_is_a_universal_service_with_its_code(self):
        (practice,) = read_one().involvements

        assert (practice.kind, practice.level, practice.team_code) == ("general_practice", "universal", "Y12345")
        assert practice.started_date == day(2012, 4, 1)

    def test_a_contact_is_a_relative_to_ring(self):
        (mother,) = read_one().relatives

        assert (mother.relationship, mother.name, mother.phone) == ("mother", "Mary Smith", "07700900001")

    def test_a_restricted_patient_keeps_no_address_practice_or_contact_and_the_row_says_so(self):
        security = [{"system": schema.CONFIDENTIALITY_SYSTEM, "code": "R"}]

        reading = read_one(meta={"security": [*security, {"code": "U"}]})

        assert (reading.identity.address, reading.identity.postcode) == ("", "")
        assert (reading.involvements, reading.relatives) == ((), ())
        assert "restricted" in reading.notes[0]

    def test_a_wrong_nhs_number_is_left_out_and_the_patient_is_kept(self):
        reading = read_one(identifier=[{"system": schema.NHS_NUMBER_SYSTEM, "value": "9000000008"}])

        assert (reading.identity.nhs_number, reading.identity.family_name) == ("", "O'Neill")
        assert "9000000008" in reading.notes[0]

    def test_a_number_marked_old_is_a_former_one(self):
        (reading,) = answers(lines_of(a_patient(former_nhs_numbers=("9000000017",))))

        assert reading.identity.former_nhs_numbers == ("9000000017",)
        assert reading.identity.nhs_number == "9000000009"

    def test_a_patient_answered_under_another_number_had_the_one_that_was_asked_for(self):
        entry = {"fullUrl": f"{schema.BASE_ADDRESS}/Patient/9000000017", "resource": resource()}
        bundle = {"resourceType": "Bundle", "type": "searchset", "entry": [entry]}

        (reading,) = answers(json.dumps(bundle).encode(), "answer.json")

        assert reading.identity.former_nhs_numbers == ("9000000017",)
        assert "superseded" in reading.notes[0]

    def test_a_record_replaced_by_another_keeps_its_number_as_a_former_one(self):
        other = {"identifier": {"system": schema.NHS_NUMBER_SYSTEM, "value": "9000000017"}}

        reading = read_one(link=[{"type": "replaced-by", "other": other}])

        assert reading.local_id == reading.identity.nhs_number == "9000000017"
        assert reading.identity.former_nhs_numbers == ("9000000009",)
        assert not reading.identity.nhs_number_verified

    def test_a_related_person_is_tied_to_the_patient_and_says_nothing_of_who_the_patient_is(self):
        row = schema.RelatedPerson(
            id="507B7621", patient_nhs_number="9000000009", relationship="MTH", given=("Mary",), family="Smith"
        )

        (reading,) = answers(lines_of(row))

        assert (reading.table, reading.local_id, reading.identity) == ("RelatedPerson", "9000000009", None)
        assert reading.message_key == "RelatedPerson|9000000009|507B7621"
        assert reading.relatives[0].name == "Mary Smith"

    def test_a_patient_with_no_number_and_no_name_is_refused(self):
        (refused,) = answers(b'{"resourceType":"Patient","id":"x1","birthDate":"2012-01-01"}\n')

        assert "cannot be tied to anyone" in refused.reasons[0]

    def test_a_year_alone_and_a_future_date_are_left_out(self):
        assert read_one(birthDate="2012").identity.birth_date is None
        assert read_one(birthDate="2031-01-01").identity.birth_date is None

    def test_each_line_keeps_its_exact_bytes_and_a_load_can_go_on_after_any_of_them(self):
        content = lines_of(*(a_patient(id=f"p{number}") for number in range(4)))
        found = answers(content)

        for number, reading in enumerate(found):
            place = reading.place
            assert place.line_number == number + 1
            row = content[place.byte_start : place.byte_start + place.byte_length]
            assert json.loads(row)["id"] == f"p{number}"
        start = found[2].place.byte_start
        assert answers(content, first_byte=start, first_line=3) == found[2:]

    def test_each_entry_of_a_bundle_keeps_its_exact_bytes(self):
        entries = [{"resource": resource(id=f"p{number}")} for number in range(3)]
        content = json.dumps({"entry": entries, "resourceType": "Bundle"}, indent=2).encode()

        found = answers(content, "bundle.json")

        assert [reading.message_key for reading in found] == ["Patient|p0", "Patient|p1", "Patient|p2"]
        for reading, entry in zip(found, entries, strict=True):
            place = reading.place
            row = content[place.byte_start : place.byte_start + place.byte_length]
            assert json.loads(row) == entry
            assert place.line_number == content[: place.byte_start].count(b"\n") + 1
        last = found[2].place
        assert answers(content, "bundle.json", first_byte=last.byte_start, first_line=last.line_number) == found[2:]


PUBLISHED_PATIENTS = {
    "pds_fhir/Minimal_Patient.json": 1,
    "pds_fhir/Minimal_PatientSearch.json": 1,
    "pds_fhir/Patient-Jayne-Smyth.json": 1,
    "pds_fhir/Patient.json": 1,
    "pds_fhir/PatientCompoundName.json": 1,
    "pds_fhir/PatientSearch-Jayne-Smyth.json": 1,
    "pds_fhir/PatientSearch.json": 1,
    "pds_fhir/Personal_Details_RelatedPersonBundle.json": 1,
    "pds_fhir/Referenced_RelatedPersonBundle.json": 1,
    "pds_fhir/RelatedPersonBundle.json": 1,
    "pds_fhir/Sensitive_Patient.json": 1,
    "pds_fhir/Sensitive_PatientSearch.json": 1,
    "pds_fhir/relatedPersonResponses/related_person_9000000009.json": 2,
    "pds_fhir/relatedPersonResponses/related_person_9000000017.json": 1,
    "pds_fhir/requests/PatientCreate/Allocate_NHS_Number.json": 1,
    "pds_fhir/requests/PatientCreate/Multi_Match_found.json": 1,
    "pds_fhir/requests/PatientCreate/Single_Match_found.json": 1,
    "health_imports/pds/get-patient-response-deceased.json": 1,
    "health_imports/pds/get-patient-response.json": 1,
    "health_imports/pds/restricted-patient-response.json": 1,
    "health_imports/pds/search-patients-no-results-response.json": 0,
    "health_imports/pds/search-patients-response.json": 1,
}


class TestPublishedFiles:
    @pytest.mark.parametrize(("name", "resources"), PUBLISHED_PATIENTS.items(), ids=PUBLISHED_PATIENTS)
    def test_whole_resources_are_taken(self, name, resources):
        assert kinds(answers(published.source(name))) == ["Reading"] * resources

    def test_error_bodies_patches_and_other_resources_are_not_ours(self):
        others = [
            f"{folder}/{path.relative_to(published.folder(folder)).as_posix()}"
            for folder in ("pds_fhir", "health_imports/pds")
            for path in sorted(published.folder(folder).rglob("*.json"))
        ]
        others = [name for name in others if name not in PUBLISHED_PATIENTS]

        assert len(others) == 37
        assert [name for name in others if read.recognise(published.source(name).head())] == []

    def test_the_sensitive_patient_keeps_no_address(self):
        for name in ("pds_fhir/Sensitive_Patient.json", "health_imports/pds/restricted-patient-response.json"):
            (reading,) = answers(published.source(name))

            assert (reading.identity.address, reading.involvements, reading.relatives) == ("", (), ())
            assert reading.identity.given_name

    def test_what_is_read_of_the_published_patient(self):
        (reading,) = answers(published.source("pds_fhir/Patient.json"))

        assert dataclasses.asdict(reading.identity) | {"address": ""} == {
            "given_name": "Jane",
            "middle_names": "",
            "family_name": "Smith",
            "preferred_name": "",
            "former_family_name": "",
            "birth_date": day(2010, 10, 22),
            "expected_birth_date": None,
            "death_date": day(2010, 10, 22),
            "sex": "F",
            "nhs_number": "9000000009",
            "nhs_number_verified": True,
            "former_nhs_numbers": (),
            "upn": "",
            "former_upn": "",
            "address": "",
            "postcode": "LS1 6AE",
        }


GOOD = lines_of(a_patient()).rstrip(b"\n")
BROKEN_LINES = {
    "cut short": GOOD[:100],
    "no JSON": b"hello",
    "NUL": b"\0\0{}",
    "a list": b"[1,2]",
    "a number": b"1e999999",
    "a long figure": b'{"resourceType":"Patient","id":' + b"9" * 10_000 + b"}",
    "another resource": b'{"resourceType":"Observation"}',
    "no resource": b"{}",
    "deep nesting": b'{"resourceType":"Patient","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "too long": b'{"resourceType":"Patient","id":"' + b"x" * (2 * MEGABYTE) + b'"}',
    "half a surrogate": b'{"resourceType":"\\ud800"}',
}


class TestPoison:
    @pytest.mark.parametrize("line", BROKEN_LINES.values(), ids=BROKEN_LINES)
    def test_a_broken_line_costs_no_other(self, line):
        content = b"\n".join([GOOD, line, b"", GOOD, b""])

        found = answers(content)

        assert kinds(found) == ["Reading", "Refused", "Reading"]
        assert [answer.place.line_number for answer in found] == [1, 2, 4]
        assert found[1].reasons

    def test_the_first_line_may_be_the_broken_one(self):
        assert kinds(answers(b"oops\n" + GOOD + b"\n")) == ["Refused", "Reading"]
        assert kinds(answers(b"{oops\n" + GOOD + b"\n" + GOOD)) == ["Refused", "Reading", "Reading"]

    @pytest.mark.parametrize("key", sorted(resource()))
    @pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None, 7, "x", [], {}], {"x": 1}, True], ids=repr)
    def test_nothing_in_a_resource_has_to_be_of_the_kind_that_fhir_asks_for(self, key, value):
        content = b"\n".join([json.dumps(resource() | {key: value}).encode(), GOOD])

        assert kinds(answers(content))[1] == "Reading"

    def test_latin_1_is_read_with_a_note(self):
        line = GOOD.decode().encode("latin-1")

        (reading,) = answers(line + b"\n")

        assert reading.identity.given_name == "Zoë"
        assert "not UTF-8" in reading.notes[0]

    def test_a_byte_order_mark_is_no_part_of_the_first_line(self):
        found = answers(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD)

        assert kinds(found) == ["Reading", "Reading"]
        assert found[0].place.byte_start == 3

    def test_utf_16_is_refused_plainly(self):
        found = answers((GOOD + b"\n" + GOOD).decode().encode("utf-16"))

        assert set(kinds(found)) == {"Refused"}
        assert "UTF-8" in found[0].reasons[0]

    def test_a_bundle_that_breaks_off_keeps_its_whole_entries(self):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": resource()} for _ in range(3)]}
        content = json.dumps(bundle, indent=1).encode()

        assert kinds(answers(content[:-400], "bundle.json")) == ["Reading", "Reading", "Refused"]

    def test_a_broken_entry_costs_no_other(self):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": resource()}, {"n": "@"}, {"resource": resource()}]}
        content = json.dumps(bundle).encode().replace(b'"@"', b'"@" oops')

        assert kinds(answers(content, "bundle.json")) == ["Reading", "Refused", "Reading"]

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            (GOOD + b'\n{"resourceType":"Patient","id":"', b'"}\n' + GOOD, {"Reading": 2, "Refused": 1}),
            (b'{"resourceType":"Bundle","entry":[' + GOOD + b',{"id":"', b'"}]}', {"Reading": 1, "Refused": 1}),
            (b'{"resourceType":"Bundle","entry":[' + GOOD + b',{"id":[', b"]}]}", {"Reading": 1, "Refused": 1}),
        ],
        ids=["line", "text in a bundle", "list in a bundle"],
    )
    def test_a_hundred_megabytes_in_one_place_are_stepped_over_in_little_memory(self, start, end, expected):
        source = published.vast_source("vast.json", start, b"1" * 100_000, 1_000, end)

        found, peak = published.peak_bytes(lambda: answers(source))

        assert collections.Counter(kinds(found)) == expected
        assert peak < 32 * MEGABYTE

    def test_deep_nesting_in_a_document_is_refused(self):
        content = b'{"resourceType":"Patient","a":' + b"[" * 500_000

        assert kinds(answers(content, "deep.json")) == ["Refused"]

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_no_change_of_bytes_raises(self, data):
        name, table = data.draw(st.sampled_from([("a.ndjson", read.LINES), ("a.json", read.DOCUMENT)]))
        content = bytearray(GOOD + b"\n" + GOOD)
        for _ in range(data.draw(st.integers(1, 5))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        recognised = formats.Recognised(format=read.FORMAT, table=table, why="", confidence=1)
        source = formats.Source.of_bytes(name, bytes(content))

        for answer in read.read(source, recognised, formats.Context(on=ON)):
            assert answer.place.byte_start + answer.place.byte_length <= len(content)
