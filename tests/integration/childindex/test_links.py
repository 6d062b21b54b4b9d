"""Links: a child's number outlives every run, a steward's word is law to all of them, and the tables keep it so."""

import datetime
import uuid

import pytest
from django.db import Error, connection, transaction

from joinedup.exchange.intake import undoing
from joinedup.foundation.database import roles
from joinedup.outcomes.people import models as people_models
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models
from joinedup.processes.childindex import operations as childindex_operations
from tests.conftest import NOW, as_role
from tests.integration import standing
from tests.integration.childindex import alone
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

ADA = ",Ada,Lovell,2014-03-09,NG1 5FT,,,"
BO = ",Bohdan,Finch,2013-11-21,NG7 2RD,,,"
LATER = NOW + datetime.timedelta(days=1)


def link(at=NOW):
    return childindex_operations.link_all(by=bringing.MACHINE, at=at)


def bring(code, *rows):
    """Bring a list in from an agency, each row under the agency's own numbers from 1."""
    numbered = [f"{code}-{place}{row}" for place, row in enumerate(rows, start=1)]
    return bringing.load(bringing.people(*numbered, name=f"{code}.csv"), bringing.agency(code))


def record(local_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_personrecord WHERE local_id = %s", [local_id])
        return cursor.fetchone()[0]


def decide(one, other, decision):
    """Keep the word of a steward that two records must, or cannot, be one child, as if it had been said long ago."""
    first, second = sorted((record(one), record(other)))
    with as_role("definer"):
        models.StewardDecision.objects.create(
            act_id=uuid.uuid4(),
            record_a_id=first,
            record_b_id=second,
            decision=decision,
            decided_at=NOW,
            decided_by_name="Ines, index steward",
        )
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")


@pytest.fixture
def two_agencies(db, batch):
    """Ada and Bo, as social care and the clubs know them."""
    bring("social_care", ADA, BO)
    bring("leisure", ADA, BO)


@pytest.mark.usefixtures("two_agencies")
def test_records_of_one_child_in_two_agencies_bear_one_number():
    result = link()

    numbers = alone.numbers()
    assert numbers["social_care-1"] == numbers["leisure-1"] != numbers["social_care-2"] == numbers["leisure-2"]
    assert (result.counts["children_new"], result.counts["links_made"]) == (2, 4)


def but_the_run(rows):
    """Leave out what each run writes of itself."""
    return {name: found for name, found in rows.items() if name not in {"childindex_linkrun", "childindex_lore"}}


@pytest.mark.usefixtures("two_agencies")
def test_a_second_run_changes_nothing():
    link()
    before = but_the_run(standing.checksums())

    again = link(LATER)

    changes = (
        "children_new",
        "children_redirected",
        "children_parted",
        "children_withdrawn",
        "links_made",
        "links_ended",
    )
    assert {name: again.counts[name] for name in changes} == dict.fromkeys(changes, 0)
    assert but_the_run(standing.checksums()) == before


@pytest.mark.usefixtures("two_agencies")
def test_a_file_that_is_linked_later_keeps_every_number(settings):
    settings.ARRIVAL_MOST_RECORDS = 0
    link()
    before = alone.numbers()
    bring("police", BO, ",Cyra,Stone,2012-02-02,LE1 1AA,,,")

    result = link(LATER)

    after = alone.numbers()
    assert {local_id: after[local_id] for local_id in before} == before
    assert after["police-1"] == before["leisure-2"]
    assert (result.counts["children_new"], result.counts["links_ended"]) == (1, 0)


@pytest.mark.usefixtures("two_agencies")
def test_a_pair_that_a_steward_parted_is_never_joined_by_any_later_run():
    link()
    decide("social_care-1", "leisure-1", "cannot")

    for days in (1, 2):
        link(NOW + datetime.timedelta(days=days))
        numbers = alone.numbers()
        assert numbers["social_care-1"] != numbers["leisure-1"]

    # A third record that is like both may stand with one of them, never draw them together.
    bring("police", ADA)
    link(NOW + datetime.timedelta(days=3))
    numbers = alone.numbers()
    assert numbers["social_care-1"] != numbers["leisure-1"]


def test_a_pair_that_a_steward_linked_is_one_child_however_unlike():
    bring("social_care", ADA)
    bring("leisure", BO)
    link()
    assert alone.numbers()["social_care-1"] != alone.numbers()["leisure-1"]
    decide("social_care-1", "leisure-1", "must")

    link(LATER)

    numbers = alone.numbers()
    assert numbers["social_care-1"] == numbers["leisure-1"]


@pytest.mark.usefixtures("two_agencies")
def test_parting_outweighs_linking():
    decide("social_care-1", "leisure-1", "must")
    decide("social_care-1", "leisure-1", "cannot")

    link()

    numbers = alone.numbers()
    assert numbers["social_care-1"] != numbers["leisure-1"]


def test_a_number_that_was_joined_to_another_leads_there_for_ever():
    bring("social_care", ADA)
    bring("leisure", BO)
    bring("police", ",Cyra,Stone,2012-02-02,LE1 1AA,,,")
    alone.link(NOW)
    ada, bo, cyra = (alone.numbers()[f"{agency}-1"] for agency in ("social_care", "leisure", "police"))

    alone.link(LATER, together=[(record("social_care-1"), record("leisure-1"))])
    assert people_queries.get_child(number=bo).number == people_queries.get_child(number=ada).number

    everyone = [record(f"{agency}-1") for agency in ("social_care", "leisure", "police")]
    alone.link(LATER + datetime.timedelta(days=1), together=[everyone])
    assert len({people_queries.get_child(number=number).number for number in (ada, bo, cyra)}) == 1
    assert {child.redirect_to.redirect_to_id for child in people_models.Child.objects.filter(state="redirected")} == {
        None
    }


def test_those_who_part_again_get_a_number_of_their_own_and_the_old_one_still_leads_somewhere():
    bring("social_care", ADA)
    bring("leisure", BO)
    alone.link(NOW)
    before = alone.numbers()
    alone.link(LATER, together=[(record("social_care-1"), record("leisure-1"))])

    alone.link(LATER + datetime.timedelta(days=1))

    after = alone.numbers()
    assert after["social_care-1"] != after["leisure-1"]
    kept = set(before.values()) & set(after.values())
    assert len(kept) == 1
    for number in before.values():
        assert people_queries.get_child(number=number).number in kept


def test_a_child_of_whom_no_record_is_left_is_withdrawn_and_returns_under_the_same_number():
    loaded = bring("social_care", ADA, BO)
    link()
    before = alone.numbers()

    undoing.undo(batch_id=loaded.batch_id, by=bringing.MACHINE)

    assert alone.numbers() == {}
    assert set(people_models.Child.objects.values_list("state", flat=True)) == {"withdrawn"}
    for number in before.values():
        with pytest.raises(people_queries.NoSuchChild):
            people_queries.get_child(number=number)

    bring("social_care", ADA, BO)
    result = link(LATER)
    assert alone.numbers() == before
    assert result.counts["children_new"] == 0
    assert people_queries.get_child(number=before["social_care-1"]).given_name == "Ada"


@pytest.mark.usefixtures("two_agencies")
def test_every_link_of_two_records_says_on_what_evidence():
    link()

    with connection.cursor() as cursor:
        cursor.execute("SELECT weight_bits, evidence::text FROM childindex_link WHERE evidence IS NOT NULL")
        rows = cursor.fetchall()
    assert len(rows) == 4
    assert all(weight > 0 and '"words"' in evidence for weight, evidence in rows)


@pytest.mark.usefixtures("two_agencies")
def test_the_review_queue_asks_each_pair_once_however_often_linking_runs():
    link()
    asked = list(models.ReviewTask.objects.values_list("record_a_id", "record_b_id"))

    link(LATER)

    assert sorted(models.ReviewTask.objects.values_list("record_a_id", "record_b_id")) == sorted(asked)
    assert all(one < other for one, other in asked)


def test_nothing_is_linked_where_nothing_was_sent():
    with pytest.raises(childindex_operations.NothingToLink):
        link()


def refused(statement, parameters=(), *, role="batch"):
    """Return the words in which the database refuses; the role and all else are as before afterwards."""

    def attempt():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"SET LOCAL ROLE {getattr(roles.role_names(), role)}")
            cursor.execute(statement, parameters)

    with pytest.raises(Error) as refusal:
        attempt()
    return str(refusal.value)


@pytest.mark.usefixtures("two_agencies")
def test_no_child_number_can_be_deleted_whoever_tries():
    link()

    assert "never given up" in refused("DELETE FROM people_child")
    assert "never given up" in refused("DELETE FROM people_child", role="owner")
    assert "never given up" in refused("TRUNCATE people_child CASCADE", role="owner")


@pytest.mark.usefixtures("two_agencies")
def test_a_record_has_one_child_at_a_time():
    link()

    again = (
        "INSERT INTO childindex_link (id, person_record_id, child_id, run_id, made_at) "
        "SELECT gen_random_uuid(), person_record_id, child_id, run_id, made_at FROM childindex_link LIMIT 1"
    )

    assert "childindex_link_one_child_at_a_time" in refused(again)


@pytest.mark.usefixtures("two_agencies")
def test_two_children_never_bear_one_number():
    link()

    twice = (
        "INSERT INTO people_child (id, number, state, minted_at) "
        "SELECT gen_random_uuid(), number, state, minted_at FROM people_child LIMIT 1"
    )

    assert "number" in refused(twice)


@pytest.mark.usefixtures("two_agencies")
def test_a_message_has_one_current_row():
    twice = (
        "INSERT INTO records_sourcerecord SELECT (jsonb_populate_record(s, jsonb_build_object('id', %s::text))).* "
        "FROM records_sourcerecord s LIMIT 1"
    )

    assert "records_source_one_current_a_message" in refused(twice, [str(uuid.uuid4())])
