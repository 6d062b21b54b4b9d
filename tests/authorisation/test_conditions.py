"""Conditions beside role and ground: two things known of a child, the second factor again, whose word finds whom.

Belongs here: what the tables of cells cannot say. Not here: roles, grounds and tiers (test_database_table, test_page_table).
"""

from django.db import connection

from tests.authorisation import expectations, population, surfaces
from tests.conftest import as_role


def _as_batch(statement: str, *given: object) -> None:
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_one_thing_known_of_a_child_is_not_enough_for_who_must_know_two(everyone):
    client = surfaces.sign_in(everyone.person("social_worker"))

    assert everyone.child("N").number not in surfaces.found_by(client, name=everyone.child("N").family)


def test_what_is_sensitive_asks_for_the_second_factor_again(everyone):
    child = everyone.child("L")
    client = surfaces.sign_in(everyone.person("social_worker"), shows_second_factor=False)
    page = client.get(f"/child/{child.number}").content.decode()

    assert child.word("o", "c4") not in surfaces.words_in(page)


def test_an_emergency_look_past_a_seal_leads_to_the_child(everyone):
    child, person = everyone.child("B", "past"), everyone.person("social_worker")
    assert expectations.may_find(population.case(person, child, has_reason=False))

    assert child.id in surfaces.in_index(person)


def test_what_only_a_guarded_agency_says_finds_nobody_for_others(everyone):
    child = everyone.child("E")
    _as_batch(
        "INSERT INTO childindex_searchkey (value, person_record_id) SELECT 'n:' || word, s.person_record_id "
        "FROM records_sourcerecord s, (VALUES ('zorvaxxin')) AS said(word) WHERE s.id = %s",
        child.records["g"],
    )
    _as_batch("INSERT INTO childindex_nameword (word, sound) VALUES ('zorvaxxin', 'ZZ')")
    for person in (everyone.person("universal"), everyone.person("manager"), everyone.person("manager", home="g")):
        found = surfaces.found_by(surfaces.sign_in(person), name="Zorvaxxin")

        assert (child.number in found) == (person.home == "g")
