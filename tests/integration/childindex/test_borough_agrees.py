"""In the whole borough, imported and linked, the database says what the rules say."""

import pytest
from django.db import connection

from joinedup.outcomes.people import models as people_models
from joinedup.processes.childindex.linkage import matchkeys
from tests.integration.childindex import stating

pytestmark = pytest.mark.usefixtures("borough", "batch")


def test_in_the_borough_too_every_child_is_who_the_rule_says():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, array_agg(person_record_id) FROM childindex_link WHERE ended_at IS NULL GROUP BY child_id"
        )
        children = dict(cursor.fetchall())
    summaries = {summary.child_id: summary for summary in people_models.ChildSummary.objects.all()}

    assert len(children) > 250
    assert summaries.keys() == children.keys()
    for child_id, persons in children.items():
        ruled = stating.summary_by_the_rule(persons)
        card = summaries[child_id]
        assert (card.given_name, card.family_name, card.postcode) == (
            ruled.of("given_name"), ruled.of("family_name"), ruled.of("postcode")
        )  # fmt: skip
        assert str(card.birth_date or "") == ruled.of("birth_date")
        assert (card.nhs_number, card.upn, card.address) == (
            ruled.of("nhs_number"),
            ruled.of("upn"),
            ruled.of("address"),
        )


def test_in_the_borough_too_the_keys_are_those_of_the_rule():
    held = stating.keys_held()

    assert len(held) > 1_000
    assert held == stating.keys_by_the_rule({person_id for person_id, _ in held})


def test_in_the_borough_too_every_record_stands_under_the_keys_of_what_it_says():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT i.person_record_id FROM records_identitystatement i WHERE i.is_current "
            "AND (i.given_name <> '' OR i.family_name <> '')"
        )
        everyone = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT id, person_record_id, said, home, keys, is_weighed FROM childindex_knownalias")
        aliases = cursor.fetchall()
        cursor.execute("SELECT alias_id, array_agg(key ORDER BY key) FROM childindex_matchkey GROUP BY alias_id")
        under = dict(cursor.fetchall())

    assert everyone <= {person for _, person, *_ in aliases}
    for number, person, said, home, keys, is_weighed in aliases:
        assert keys == matchkeys.keys_of(matchkeys.unpack(said, home, person=person, record=number))
        assert under.get(number, []) == keys
        assert is_weighed


def test_in_the_borough_too_what_shares_a_key_is_what_a_link_run_compares():
    """Whoever is linked by evidence met by a key of the model."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.person_record_id, (l.evidence ->> 'with')::uuid FROM childindex_link l "
            "WHERE l.ended_at IS NULL AND l.evidence IS NOT NULL"
        )
        linked = cursor.fetchall()
        cursor.execute(
            "SELECT person_record_id, array_agg(DISTINCT k) FROM childindex_knownalias, unnest(keys) k GROUP BY 1"
        )
        keys = {person: set(found) for person, found in cursor.fetchall()}

    assert len(linked) > 300
    assert [pair for pair in linked if not keys[pair[0]] & keys[pair[1]]] == []
