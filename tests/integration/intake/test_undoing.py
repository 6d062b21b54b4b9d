"""Messages that replace each other, and batches that are taken back: what counts is what would count without them."""

import pytest
from django.db import connection

from joinedup.delivery.records import operations as records_operations
from joinedup.exchange.intake import loading, undoing
from joinedup.exchange.opening import formats
from joinedup.processes.childindex import operations as childindex_operations
from tests.conftest import NOW
from tests.integration import standing
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

ADA = "7,Ada,Lovell,2014-03-09,NG1 5FT,,,"
ADA_MOVED = "7,Ada,Lovell,2014-03-09,NG7 2RD,,,"
ADA_RENAMED = "7,Ada,Byron,2014-03-09,NG1 5FT,,,"


@pytest.fixture
def club(db, batch):
    return bringing.agency("leisure")


def undo(loaded):
    return undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)


def said():
    """What current records say of family name and postcode, and every key that leads to someone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT family_name, postcode FROM records_identitystatement WHERE is_current ORDER BY 1, 2")
        return cursor.fetchall()


def found_by(word):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM childindex_searchkey WHERE value = %s", [f"n:{word}"])
        return cursor.fetchone()[0]


def test_the_same_message_with_other_content_replaces_what_was_said(club):
    bringing.load(bringing.people(ADA), club)

    changed = bringing.load(bringing.people(ADA_MOVED), club)

    assert bringing.counts(changed) == (0, 1, 0, 0)
    assert said() == [("Lovell", "NG7 2RD")]


def test_within_one_file_the_last_row_of_a_message_counts(club):
    loaded = bringing.load(bringing.people(ADA, ADA_RENAMED, ADA_MOVED, ADA_MOVED), club)

    assert bringing.counts(loaded) == (1, 2, 1, 0)
    assert said() == [("Lovell", "NG7 2RD")]


def test_a_child_is_found_by_the_old_name_after_a_change(club):
    bringing.load(bringing.people(ADA), club)
    bringing.load(bringing.people(ADA_RENAMED), club)

    assert (found_by("lovell"), found_by("byron")) == (1, 1)


def test_a_child_is_found_by_an_old_name_that_one_file_gives_and_changes(club):
    bringing.load(bringing.people(ADA, ADA_RENAMED), club)

    assert (found_by("lovell"), found_by("byron")) == (1, 1)


def test_taking_a_change_back_brings_back_what_it_replaced(club):
    bringing.load(bringing.people(ADA), club)
    before = standing.current("leisure")
    changed = bringing.load(bringing.people(ADA_RENAMED, ADA_MOVED), club)

    undone = undo(changed)

    assert (undone.withdrawn, undone.restored, undone.kept) == (1, 1, 0)
    assert standing.differences(before, standing.current("leisure")) == {}


def test_nothing_is_deleted_when_a_batch_is_taken_back(club):
    loaded = bringing.load(bringing.people(ADA), club)

    undo(loaded)

    held = standing.everything()
    assert said() == []
    assert len(held["sources"]) == len(held["identities"]) == len(held["files"]) == 1
    assert held["search keys"] == []


def test_a_batch_that_was_taken_back_can_be_loaded_again(club):
    first = bringing.load(bringing.people(ADA), club)
    before = standing.current("leisure")
    undo(first)

    again = bringing.load(bringing.people(ADA), club)

    assert again.batch_id != first.batch_id
    assert bringing.counts(again) == (1, 0, 0, 0)
    assert standing.differences(before, standing.current("leisure")) == {}


def test_a_batch_is_taken_back_once(club):
    loaded = bringing.load(bringing.people(ADA), club)
    undo(loaded)

    with pytest.raises(records_operations.BatchNotLoaded):
        undo(loaded)


def test_taking_back_the_middle_of_three_leaves_the_last_and_then_the_first(club):
    bringing.load(bringing.people(ADA), club)
    middle = bringing.load(bringing.people(ADA_MOVED), club)
    last = bringing.load(bringing.people(ADA_RENAMED), club)

    undo(middle)
    assert said() == [("Byron", "NG1 5FT")]

    undo(last)
    assert said() == [("Lovell", "NG1 5FT")]


def test_a_batch_that_was_taken_back_never_returns_when_a_later_one_goes(club):
    first = bringing.load(bringing.people(ADA), club)
    later = bringing.load(bringing.people(ADA_MOVED), club)

    undo(first)
    undo(later)

    assert said() == []


def test_a_middle_batch_with_many_changes_of_one_message_hands_on_to_the_last(club):
    bringing.load(bringing.people(ADA), club)
    many = [f"7,Ada,Lovell,2014-03-09,NG{number} 5FT,,," for number in range(2, 9)]
    middle = bringing.load(bringing.people(*many), club)
    bringing.load(bringing.people(ADA_RENAMED), club)

    undo(middle)

    assert said() == [("Byron", "NG1 5FT")]


def test_what_a_later_file_says_too_is_not_lost_with_the_first(club):
    first = bringing.load(bringing.people(ADA), club)
    other = "8,Bo,Finch,2013-01-02,NG1 5FT,,,"
    second = bringing.load(bringing.people(ADA, other), club)
    assert bringing.counts(second) == (1, 0, 1, 0)

    undone = undo(first)

    assert (undone.withdrawn, undone.kept) == (0, 1)
    assert said() == [("Finch", "NG1 5FT"), ("Lovell", "NG1 5FT")]
    assert undo(second).withdrawn == 2
    assert said() == []


def test_a_row_that_a_later_file_keeps_leads_to_its_bytes_there(club):
    first = bringing.load(bringing.people(ADA), club)
    later = bringing.people("8,Bo,Finch,2013-01-02,NG1 5FT,,,", ADA, name="later.csv")
    bringing.load(later, club)

    undo(first)

    ada = next(row for row in standing.everything()["sources"] if row[2] == "7")
    assert ada[3] == "later.csv"
    assert later.content_of(byte_start=ada[5], byte_length=ada[6]).strip() == ADA.encode()


def test_a_load_that_was_closed_meanwhile_does_not_open_again(club):
    loaded = bringing.load(bringing.people(ADA), club)
    undo(loaded)

    asked_twice = loading.load_batch(batch_id=loaded.batch_id, by=bringing.MACHINE)

    assert asked_twice.state == "undone"
    assert said() == []
    with pytest.raises(records_operations.BatchMoved):
        records_operations.finish_batch(batch_id=loaded.batch_id, by=bringing.MACHINE, at=NOW)


def test_a_file_that_is_taken_back_while_it_loads_stops_and_says_so(club, monkeypatch):
    monkeypatch.setattr("joinedup.exchange.intake.preview.PIECE_ROWS", 1)

    with pytest.raises(loading.LoadedElsewhere, match="taken back while it was being loaded"):
        bringing.load(bringing.people(ADA, ADA_MOVED, ADA_RENAMED), club, progress=undo)

    assert said() == []


def test_a_patient_whose_nhs_number_was_corrected_is_the_old_one_again_when_that_is_taken_back(club):
    health = bringing.agency("health")
    patient = '{"resourceType": "Patient", "id": "p1", "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", '
    rest = '"value": "%s"}], "name": [{"family": "Amsel", "given": ["Ida"]}], "birthDate": "2015-05-05"}\n'
    old, new = ((patient + rest % number).encode() for number in ("9000000009", "9000000017"))
    bringing.load(formats.Source.of_bytes("patients.ndjson", old), health)
    link()
    before = standing.current("health")
    corrected = bringing.load(formats.Source.of_bytes("patients.ndjson", new), health)
    link()

    undo(corrected)
    link()

    assert bringing.counts(corrected) == (0, 1, 0, 0)
    assert standing.differences(before, standing.current("health")) == {}


def link():
    return childindex_operations.link_all(by=bringing.MACHINE, at=NOW)
