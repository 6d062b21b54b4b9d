"""Each record linked to a child stands once, with the agency, the name in it, since when it is linked, and why."""

import uuid

import pytest
from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries
from tests.conftest import TODAY, as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

#: Records of agencies that are guarded as such are not for the person of these tests.
_SIZES = (
    "SELECT c.number, count(*) FILTER (WHERE a.lowest_tier = 1), count(*) FROM people_child c "
    "JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
    "JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id GROUP BY 1"
)


def sizes() -> dict[str, int]:
    with asking.peeking():
        return {number: shown for number, shown, _ in asking.rows(_SIZES) if shown}


def guarded() -> set[str]:
    with asking.peeking():
        return {number for number, shown, count in asking.rows(_SIZES) if shown != count}


def records_of(number: str, viewer: access_rules.Viewer) -> tuple[queries.LinkedRecord, ...]:
    return queries.get_child_page(viewer=viewer, number=number, purpose="referral", on=TODAY).records


def write_as_batch(statement: str, *given: object) -> None:
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_every_record_of_the_child_stands_once(viewer):
    for number, count in list(sizes().items())[:40]:
        records = records_of(number, viewer)

        assert len({record.person_record_id for record in records}) == len(records) == count
        assert [record.agency_name.lower() for record in records] == sorted(
            record.agency_name.lower() for record in records
        )
        assert all(record.scheme and record.linked_at for record in records)


def test_a_record_alone_was_compared_with_none(viewer):
    alone = [number for number, count in sizes().items() if count == 1]

    assert alone
    assert all(record.why is None for number in alone for record in records_of(number, viewer))


def test_a_record_in_company_says_with_whose_it_was_compared_and_what_that_showed(viewer):
    hidden = guarded()
    together = [number for number, count in sizes().items() if count >= 3 and number not in hidden][:20]

    assert together
    for number in together:
        records = records_of(number, viewer)
        agencies = {record.agency_name for record in records}
        for record in records:
            assert record.why is not None
            assert record.why.with_agency_name in agencies
            assert record.why.odds.startswith("Odds of ")
            assert record.why.odds.endswith(" for")
            assert record.why.evidence
            bits = [abs(part.bits) for part in record.why.evidence]
            assert bits == sorted(bits, reverse=True)
            assert all(part.words.endswith(".") and part.moves for part in record.why.evidence)


def test_the_record_leads_to_a_source_record_of_this_child(viewer):
    number = next(number for number, count in sizes().items() if count >= 3)
    for record in records_of(number, viewer):
        found = queries.get_record_page(
            viewer=viewer, source_record_id=record.source_record_id, number=number, purpose="referral"
        )

        assert found.record.person_record_id == record.person_record_id
        assert found.record.scheme == record.scheme
        assert found.identity is not None
        assert record.name == " ".join(part for part in (found.identity.given_name, found.identity.family_name) if part)


def test_a_record_whose_partner_was_parted_from_the_child_names_nobody_as_its_reason(viewer):
    number = next(number for number, count in sizes().items() if count == 2)
    one, other = records_of(number, viewer)
    write_as_batch(
        "UPDATE childindex_link SET ended_at = '2026-10-01Z' WHERE person_record_id = %s", other.person_record_id
    )

    (left,) = records_of(number, viewer)

    assert left.person_record_id == one.person_record_id
    assert left.why is not None
    assert left.why.with_agency_name == ""


def test_a_link_made_before_there_was_evidence_says_nothing_was_compared(viewer):
    number = next(number for number, count in sizes().items() if count == 2)
    write_as_batch(
        "UPDATE childindex_link SET evidence = NULL, weight_bits = NULL WHERE person_record_id = %s",
        records_of(number, viewer)[0].person_record_id,
    )

    first, second = records_of(number, viewer)

    assert first.why is None
    assert second.why is not None


def test_a_record_that_names_nobody_any_longer_is_shown_without_a_name(viewer):
    number = next(number for number, count in sizes().items() if count == 2)
    record: uuid.UUID = records_of(number, viewer)[0].person_record_id
    write_as_batch("UPDATE records_identitystatement SET is_current = false WHERE person_record_id = %s", record)

    shown = records_of(number, viewer)[0]

    assert (shown.person_record_id, shown.name, shown.source_record_id) == (record, "", None)
