"""Not found is not found: a child out of reach, a sealed one, one in conflict and one who never was have the same answer.

Compared are status, headers and body, after taking out what is new in every answer, and the number that was asked for.
How long the answers take is measured by the benchmark `not_found`, never here.
"""

import uuid

import pytest
from django.db import connection

from joinedup.foundation import ids
from tests.authorisation import answers, surfaces
from tests.conftest import as_role

#: Who asks for whom, and the child is not there for them.
OUT_OF_REACH = [
    pytest.param("universal", ("N", "open", False), id="no ground"),
    pytest.param("universal", ("E", "sealed", False), id="sealed on the own roll"),
    pytest.param("universal", ("P", "sealed", False), id="sealed and named"),
    pytest.param("universal", ("E", "open", True), id="conflict"),
    pytest.param("provider", ("N", "sealed", True), id="nothing and everything against it"),
    pytest.param("social_worker", ("N", "sealed", False), id="sealed from who may find any"),
    pytest.param("social_worker", ("L", "sealed", False), id="sealed from the lead"),
    pytest.param("manager", ("S", "open", True), id="conflict of a manager"),
    pytest.param("reviewing_officer", ("I", "open", False), id="not assigned"),
    pytest.param("inspector", ("V", "sealed", False), id="sealed in the sample"),
    pytest.param("shield_officer", ("N", "sealed", True), id="a shield officer's own kin"),
    pytest.param("analyst", ("N", "open", False), id="no page at all"),
]


def _asks(number: str, record: uuid.UUID):
    """Every way of asking for a child by address."""
    for path in (f"/child/{number}", f"/child/{number}?search={'x' * 43}&year=2019&agency=agency-h&kind=police"):
        yield "get", path, {}
        yield "head", path, {}
    yield "get", f"/child/{number}/record/{record}", {}
    yield "post", f"/child/{number}/why", {"reason": "nonsense"}
    yield "post", f"/child/{number}/why", {"reason": "referral", "note": ""}
    # Now a reason is given.
    yield "get", f"/child/{number}", {}
    yield "get", f"/child/{number}/record/{record}", {}
    yield "get", f"/child/{number}/why", {}


@pytest.mark.parametrize(("role", "kind"), OUT_OF_REACH)
def test_every_address_answers_for_them_as_for_one_who_never_was(role, kind, everyone):
    ground, seal, is_in_conflict = kind
    child = everyone.child(ground, seal, is_in_conflict=is_in_conflict)
    absent = ids.new_child_number()
    client = surfaces.sign_in(everyone.person(role))

    for asked, none in zip(_asks(child.number, child.records["o"]), _asks(absent, uuid.uuid4()), strict=True):
        theirs = answers.comparable(
            getattr(client, asked[0])(asked[1], asked[2]), child.number, str(child.records["o"])
        )
        nobodys = answers.comparable(getattr(client, none[0])(none[1], none[2]), absent)
        assert theirs == nobodys, asked


#: Who is told by a stub that a sealed child is known asks by what a stub does not show.
_TOLD = ("social_worker",)


@pytest.mark.parametrize(("role", "kind"), OUT_OF_REACH[:-1])
def test_every_search_answers_for_them_as_for_one_who_never_was(role, kind, everyone):
    ground, seal, is_in_conflict = kind
    child = everyone.child(ground, seal, is_in_conflict=is_in_conflict)
    client = surfaces.sign_in(everyone.person(role))
    absent = {"number": ids.new_child_number(), "name": "Qwyxxovi", "postcode": "ZZ9 9ZZ"}
    asked = [("number", child.number), ("name", child.family)]
    if role in _TOLD:
        _live_alone(child)
        asked = [("postcode", "ZZ8 8ZZ")]

    for field, theirs in asked:
        given = []
        for words in (theirs, absent[field]):
            led = client.post("/find", {"age_band": "", field: words})
            assert led.status_code == 302
            given.append(answers.comparable(client.get(led["Location"]), words))
        assert given[0] == given[1], field


def _live_alone(child) -> None:
    """Let the child be the only one at a postcode that can be asked for."""
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_identitystatement SET postcode = 'ZZ8 8ZZ' WHERE source_record_id = ANY(%s)",
            [[*child.records.values()]],
        )
        cursor.execute(
            "INSERT INTO childindex_searchkey (value, person_record_id) SELECT 'p:ZZ88ZZ', person_record_id "
            "FROM records_sourcerecord WHERE id = ANY(%s)",
            [[*child.records.values()]],
        )


def test_a_number_that_leads_on_to_a_sealed_child_is_answered_like_one_never_given(everyone):
    child = everyone.child("N", "sealed")
    given_up, absent = ids.new_child_number(), ids.new_child_number()
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_child (id, number, state, redirect_to_id, minted_at) VALUES (%s, %s, 'redirected', %s, now())",
            [uuid.uuid4(), given_up, child.id],
        )
    client = surfaces.sign_in(everyone.person("manager"))

    assert answers.comparable(client.get(f"/child/{given_up}"), given_up) == answers.comparable(
        client.get(f"/child/{absent}"), absent
    )


@pytest.mark.parametrize("role", ["universal", "social_worker", "board"])
def test_counts_are_the_same_for_a_sealed_child_and_one_who_never_was(role, everyone):
    client = surfaces.sign_in(everyone.person(role))
    child = everyone.child("I", "sealed")
    sealed = answers.comparable(client.get("/"))
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_childsummary WHERE child_id = %s", [child.id])
        cursor.execute(
            "UPDATE records_sourcerecord SET is_current = false WHERE id = ANY(%s)", [[*child.records.values()]]
        )
        cursor.execute("UPDATE childindex_link SET ended_at = now() WHERE child_id = %s", [child.id])

    # The seal goes with the child.
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_seal SET lifted_at = now(), lift_asked_by_id = %s, lift_agreed_by_id = %s "
            "WHERE subject_id = %s",
            [uuid.uuid4(), uuid.uuid4(), child.id],
        )
    assert answers.comparable(client.get("/")) == sealed


@pytest.mark.parametrize("pair", [("N", "sealed"), ("E", "sealed")])
def test_a_page_that_shows_who_lives_there_is_the_same_without_the_sealed_child(pair, everyone):
    sealed = everyone.child(*pair)
    neighbour = next(
        child for child in everyone.children if (child.seal, child.is_in_conflict, child.home) == ("open", False, "h")
    )
    # As if the seal had not spread to the neighbour.
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_identitystatement SET address = %s WHERE source_record_id = ANY(%s) AND address <> ''",
            [neighbour.address, [*sealed.records.values()]],
        )
    client = surfaces.sign_in(everyone.person("manager"))
    surfaces.say_why(client, [neighbour])
    before = answers.comparable(client.get(f"/child/{neighbour.number}"))
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_identitystatement SET is_current = false WHERE source_record_id = ANY(%s)",
            [[*sealed.records.values()]],
        )

    assert before[0] == 200
    assert answers.comparable(client.get(f"/child/{neighbour.number}")) == before
