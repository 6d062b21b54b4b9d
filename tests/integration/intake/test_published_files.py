"""The published files, deliberately dirty, through the whole of intake: every row accounted for, kept and traceable.

The counts are new, changed, duplicate and refused, each file brought in after those above it.
"""

import gzip
import pathlib

import pytest
from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import registry
from joinedup.exchange.opening import formats
from tests.integration import standing
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

SMALL = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
FULL = pathlib.Path(__file__).resolve().parents[4] / "shared" / "fixtures"
needs_the_full_set = pytest.mark.skipif(not (FULL / "ssda903").is_dir(), reason="the published files are not here")

TWO_TERMS = {
    "school_census/2024_autumn_addressesoffroll.csv.gz": (1698, 0, 0, 0),
    "school_census/2024_autumn_pupilnolongeronroll.csv.gz": (297, 11, 0, 0),
    "school_census/2024_autumn_pupilonroll.csv.gz": (9088, 0, 0, 0),
    "school_census/2024_autumn_termlyexclusionsoffroll.csv.gz": (318, 0, 0, 0),
    "school_census/2024_autumn_termlyexclusionsonroll.csv.gz": (10373, 0, 0, 0),
    "school_census/2025_spring_pupilnolongeronroll.csv.gz": (354, 21, 0, 0),
    "school_census/2025_spring_pupilonroll.csv.gz": (9498, 0, 0, 0),
    "school_census/2025_spring_senneeds.csv.gz": (16954, 0, 0, 0),
}
LOOKED_AFTER = {
    "ssda903/DoLo.csv": (1, 0, 0, 0),
    "ssda903/ad1.csv": (29, 0, 0, 0),
    "ssda903/episodes.csv": (5050, 0, 0, 0),
    "ssda903/header.csv": (2675, 0, 0, 0),
    "ssda903/missing.csv": (43, 0, 0, 0),
    "ssda903/oc2.csv": (2675, 0, 0, 0),
    "ssda903/oc3.csv": (53, 0, 0, 0),
    "ssda903/placed_for_adoption.csv": (29, 0, 0, 0),
    "ssda903/previous_permanence.csv": (2675, 0, 0, 0),
    "ssda903/reviews.csv": (12500, 12, 2, 68),
    "ssda903/sw_episodes.csv": (1, 0, 0, 0),
    "ssda903/uasc.csv": (132, 0, 0, 0),
}
IN_NEED = {"cin_census/fake_CIN_data.xml": (332, 0, 0, 0)}
HEALTH_LISTS = {
    "health_imports/class_import/duplicates.csv": (3, 0, 0, 0),
    "health_imports/class_import/invalid_fields.csv": (16, 0, 0, 0),
    "health_imports/class_import/invalid_instruction_row.csv": (0, 0, 0, 2),
    "health_imports/class_import/invalid_minimal.csv": (0, 0, 0, 1),
    "health_imports/class_import/pds_extravaganza.csv": (1, 0, 0, 0),
    "health_imports/class_import/review_one.csv": (4, 0, 0, 0),
    "health_imports/class_import/review_one_new_patient.csv": (0, 0, 1, 0),
    "health_imports/class_import/review_two.csv": (3, 0, 2, 0),
    "health_imports/class_import/valid.csv": (4, 0, 0, 0),
    "health_imports/class_import/valid_extra_fields.csv": (3, 0, 0, 0),
    "health_imports/class_import/valid_instruction_row.csv": (1, 0, 0, 1),
    "health_imports/class_import/valid_minimal.csv": (0, 0, 1, 0),
    "health_imports/class_import/valid_with_bom.csv": (1, 0, 0, 0),
    "health_imports/duplicate_nhs_numbers.csv": (2, 0, 0, 0),
    "health_imports/immunisation_import/national_reporting/duplicate_row.csv": (1, 0, 1, 0),
    "health_imports/immunisation_import/national_reporting/invalid_rows.csv": (2, 0, 0, 0),
    "health_imports/immunisation_import/national_reporting/valid_mixed_flu_hpv.csv": (2, 0, 1, 0),
    "health_imports/immunisation_import/point_of_care/duplicate_row.csv": (2, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/empty.csv": (0, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/invalid_rows.csv": (2, 0, 0, 1),
    "health_imports/immunisation_import/point_of_care/systm_one.csv": (4, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/valid_duplicate_patient.csv": (2, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/valid_duplicate_patient_no_nhs_number.csv": (2, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/valid_flu.csv": (10, 0, 1, 0),
    "health_imports/immunisation_import/point_of_care/valid_hpv.csv": (11, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/valid_hpv_with_changes.csv": (1, 0, 0, 0),
    "health_imports/immunisation_import/point_of_care/valid_hpv_with_instruction_row.csv": (0, 0, 11, 1),
    "health_imports/immunisation_import/point_of_care/valid_mmr.csv": (11, 0, 0, 0),
    "health_imports/valid.csv": (3, 0, 0, 0),
    "health_imports/valid_minimal.csv": (1, 0, 0, 0),
}
#: Of a child whom several files describe, each later description replaces the one before it.
PATIENTS = {
    "health_imports/pds/get-patient-response-deceased.json": (1, 0, 0, 0),
    "health_imports/pds/get-patient-response.json": (0, 1, 0, 0),
    "health_imports/pds/restricted-patient-response.json": (0, 1, 0, 0),
    "health_imports/pds/search-patients-no-results-response.json": (0, 0, 0, 0),
    "health_imports/pds/search-patients-response.json": (1, 0, 0, 0),
    "pds_fhir/Minimal_Patient.json": (1, 0, 0, 0),
    "pds_fhir/Minimal_PatientSearch.json": (0, 1, 0, 0),
    "pds_fhir/Patient-Jayne-Smyth.json": (1, 0, 0, 0),
    "pds_fhir/Patient.json": (0, 1, 0, 0),
    "pds_fhir/PatientCompoundName.json": (1, 0, 0, 0),
    "pds_fhir/PatientSearch-Jayne-Smyth.json": (0, 1, 0, 0),
    "pds_fhir/PatientSearch.json": (0, 1, 0, 0),
    "pds_fhir/Sensitive_Patient.json": (1, 0, 0, 0),
    "pds_fhir/Sensitive_PatientSearch.json": (0, 1, 0, 0),
}
EVERY_SMALL_COPY = (
    [name.removesuffix(".gz") for name in TWO_TERMS] + [*LOOKED_AFTER] + ["cin_census/fake_CIN_data.xml"]
    + [*HEALTH_LISTS, *PATIENTS]
)  # fmt: skip


def full(name):
    path = FULL / name
    if path.suffix == ".gz":
        return formats.Source.of_bytes(path.stem, gzip.decompress(path.read_bytes()))
    return formats.Source.of_path(path)


def small(name):
    path = SMALL / name
    if not path.exists():
        return formats.Source.of_bytes(path.name, gzip.decompress((path.parent / f"{path.name}.gz").read_bytes()))
    return formats.Source.of_path(path)


def sender_of(source):
    return bringing.agency(bringing.SENDERS[registry.recognise(source.head()).format.agency_kind])


def bring(source):
    return bringing.load(source, sender_of(source))


def assert_every_row_stands_where_the_file_has_it(loaded, source):
    """Each accepted and each refused row leads to its very bytes; no two stand at one place; none is missing."""
    batch = records_queries.get_batch(batch_id=loaded.batch_id)
    assert batch.legal_basis == bringing.BASIS
    assert batch.received_at is not None
    with source.open_at(0) as file:
        whole = file.read()
    assert records_queries.content_of(file_id=batch.file_id, byte_start=0, byte_length=len(whole)) == whole
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, line_number, byte_start, byte_length FROM records_sourcerecord WHERE batch_id = %s "
            "UNION ALL SELECT %s, line_number, byte_start, byte_length FROM records_refusal WHERE batch_id = %s",
            [batch.id, batch.agency_id, batch.id],
        )
        rows = cursor.fetchall()
    assert len(rows) == loaded.new + loaded.changed + loaded.refused
    assert len({(start, line) for _, line, start, _ in rows}) == len(rows)
    assert all(agency == batch.agency_id and line >= 1 for agency, line, _, _ in rows)
    for _, _, start, length in rows[:: max(1, len(rows) // 25)]:
        kept = records_queries.content_of(file_id=batch.file_id, byte_start=start, byte_length=length)
        assert kept == whole[start : start + length]
        assert kept.strip()


def bring_all(expected, *, look_first=True):
    for name, counts in expected.items():
        source = full(name)
        looked = bringing.look(source, sender_of(source)) if look_first else None
        loaded = bring(source)

        assert (name, bringing.counts(loaded)) == (name, counts)
        assert loaded.rows == sum(counts)
        assert looked is None or (looked.new, looked.changed, looked.unchanged, looked.refused) == counts, name
        assert_every_row_stands_where_the_file_has_it(loaded, source)


def assert_that_a_second_run_changes_nothing(names, source_of=full):
    before = standing.checksums()

    again = [bring(source_of(name)) for name in names]

    assert all(loaded.was_loaded_before for loaded in again)
    assert standing.checksums() == before
    assert len(before) >= 18


@needs_the_full_set
def test_two_terms_of_the_school_census_come_in_row_for_row():
    bring_all(TWO_TERMS, look_first=False)

    assert_that_a_second_run_changes_nothing(TWO_TERMS)


@needs_the_full_set
@pytest.mark.parametrize(
    "expected", [LOOKED_AFTER, IN_NEED, HEALTH_LISTS, PATIENTS], ids=["903", "cin", "lists", "pds"]
)
def test_the_published_files_come_in_row_for_row(expected):
    bring_all(expected)

    assert_that_a_second_run_changes_nothing(expected)


@needs_the_full_set
def test_every_whole_patient_of_the_personal_demographics_service_is_taken():
    whole = [path for path in sorted((FULL / "pds_fhir").glob("*.json")) if b'"Patient"' in path.read_bytes()]

    taken = [
        bring(formats.Source.of_path(path)) for path in whole if registry.recognise(formats.Source.of_path(path).head())
    ]

    assert all(loaded.new + loaded.changed + loaded.duplicate >= 1 for loaded in taken)
    assert sum(loaded.refused for loaded in taken) == 0


def test_our_small_copies_come_in_row_for_row_and_a_second_run_changes_nothing():
    for name in EVERY_SMALL_COPY:
        source = small(name)
        looked = bringing.look(source, sender_of(source))
        loaded = bring(source)
        assert loaded.rows == sum(bringing.counts(loaded))
        assert bringing.counts(loaded) == (looked.new, looked.changed, looked.unchanged, looked.refused), name
        assert_every_row_stands_where_the_file_has_it(loaded, source)

    assert_that_a_second_run_changes_nothing(EVERY_SMALL_COPY, small)


def test_the_same_rows_in_another_file_are_all_known_already():
    first, second = small("ssda903/header.csv"), small("ssda903/header.csv")
    with second.open_at(0) as file:
        longer = formats.Source.of_bytes("header.csv", file.read() + b"\r\n")
    bring(first)

    again = bring(longer)

    assert bringing.counts(again) == (0, 0, again.rows, 0)
    assert again.rows > 0
