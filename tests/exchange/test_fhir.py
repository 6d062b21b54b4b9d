"""NHS patients in FHIR: written as the standard asks, read back the same, and taken as they were published."""

import dataclasses
import json

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.exchange.fhir import read, rules, schema
from tests.exchange import published
from tests.exchange.fhir_rows import PATIENTS, RELATED, a_patient, answers, day, kinds, lines_of, read_one, resource


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


class TestVersions:
    @pytest.mark.parametrize(
        ("written", "count"),
        [("1", 1), ("007", 7), ("", 0), ("W/3", 0), ("-1", 0), ("1.5", 0), ("\u0663", 0), ("9" * 19, 0)],
    )
    def test_a_version_counts_where_it_is_a_whole_number_and_else_nobody_counts(self, written, count):
        (reading,) = answers(lines_of(a_patient(version=written)))

        assert reading.version == count


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
