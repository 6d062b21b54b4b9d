"""One rule, two forms: what the database chooses and finds by is what the rules choose and find by."""

import datetime
import io
import uuid

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.delivery.records import operations as records_operations
from joinedup.delivery.records import rules as records_rules
from joinedup.outcomes.people import models as people_models
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import rules
from tests.conftest import NOW
from tests.integration.childindex import alone, stating
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]
quick = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

#: Two agencies of one kind, one whose kind has no stated authority, and names that sort differently by letter and by land.
AGENCIES = [
    ("health", "a trust"),
    ("police", "Zeal police"),
    ("police", "éclair police"),
    ("police", "éclair police"),
    ("club", "B club"),
]
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
names = st.sampled_from(["", "Ada", "ADA", "Áda", "Bo", "O'Hara-Łukasz", "李", "  ", "x" * 100]) | words
days = st.none() | st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
identities = st.builds(
    records_rules.Identity,
    given_name=names,
    middle_names=names,
    family_name=names,
    preferred_name=names,
    former_family_name=names,
    birth_date=days,
    death_date=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 1, 1)),
    sex=st.sampled_from(["", "F", "M", "U"]),
    nhs_number=st.sampled_from(["", "9000000009", "9000000017"]),
    former_nhs_numbers=st.lists(st.sampled_from(["9000000025", "9000000033"]), max_size=2).map(tuple),
    upn=st.sampled_from(["", "A801432114001"]),
    former_upn=st.sampled_from(["", "B801432114001"]),
    address=names,
    postcode=st.sampled_from(["", "NG1 5FT", "NG7 2RD"]),
)
statements = st.lists(
    st.tuples(st.integers(0, len(AGENCIES) - 1), st.integers(0, 2), identities), min_size=1, max_size=8
)


def state(said):
    """Store statements, each list of an agency in batches of its own, and return the person records they made."""
    persons = set()
    for place, (agency, day, identity) in enumerate(said):
        kind, name = AGENCIES[agency]
        sender = bringing.agency(f"agency-{agency}", kind=kind, name=name)
        at = NOW + datetime.timedelta(days=day)
        content = f"{uuid.uuid4()}".encode()
        batch_id, _ = records_operations.begin_batch(
            agency_id=sender.id,
            file_id=records_operations.keep_file(
                content=io.BytesIO(content), name="said.csv", by=bringing.MACHINE, at=at
            ),
            file_name="said.csv",
            format_code="said",
            recognised={},
            legal_basis="",
            by=bringing.MACHINE,
            at=at,
        )
        reading = records_rules.Reading(
            place=records_rules.Place(line_number=1, byte_start=0, byte_length=len(content)),
            content_hash=records_rules.content_hash(content),
            table="person",
            message_key=f"said {place}",
            scheme="case",
            local_id="1",
            identity=identity,
        )
        stored = records_operations.store_rows(batch_id=batch_id, rows=[reading], rows_before=0, at=at)
        childindex_operations.index_identities(stored.identities)
        persons.update(person_id for person_id, _ in stored.identities)
    return persons


def said_by(agency, day=0, **fields):
    return (agency, day, records_rules.Identity(**fields))


@quick
@given(said=statements)
@example(said=[said_by(1, given_name="Ada"), said_by(2, given_name="Bo")])
@example(said=[said_by(0, given_name="Ada"), said_by(0, given_name="Bo"), said_by(4, family_name="Ng")])
@example(said=[said_by(2, given_name="Ada"), said_by(3, 1, given_name="Bo")])
@example(said=[said_by(4, 2, address="1 High Street"), said_by(1, 1, address="2 High Street"), said_by(1, 2, sex="F")])
def test_the_list_and_the_rule_agree_on_who_a_child_is(said):
    with transaction.atomic():
        persons = state(said)
        alone.link(NOW, together=[sorted(persons)])

        summary = people_models.ChildSummary.objects.get()
        ruled = stating.summary_by_the_rule(persons)

        listed = {
            field: str(getattr(summary, {"preferred_name": "known_as"}.get(field, field), "") or "")
            for field in rules.FIELDS
        }
        expected = {field: ruled.of(field) for field in rules.FIELDS} | {"former_family_name": ""}
        assert listed == expected
        unguarded = {agency for agency, _, _ in said if AGENCIES[agency][0] not in agencies_rules.LOWEST_TIERS}
        assert (summary.record_count, summary.agency_count) == (len(unguarded), len(unguarded))
        transaction.set_rollback(True)


@quick
@given(said=statements)
def test_the_keys_that_are_kept_are_the_keys_of_the_rule(said):
    with transaction.atomic():
        persons = state(said)

        assert stating.keys_held() == stating.keys_by_the_rule(persons)

        childindex_operations.reindex(sorted(persons))
        assert stating.keys_held() == stating.keys_by_the_rule(persons)
        transaction.set_rollback(True)


@quick
@given(said=statements)
def test_every_word_of_a_name_is_in_the_vocabulary_under_all_its_spellings(said):
    with transaction.atomic():
        state(said)
        words_said = {word for _, _, identity in said for word in rules.words_of(identity)}

        with connection.cursor() as cursor:
            cursor.execute("SELECT word_id, spelling FROM childindex_namespelling")
            assert set(cursor.fetchall()) == {(w, spelling) for w in words_said for spelling in rules.spellings_of(w)}
        transaction.set_rollback(True)
