"""Who reads which rows of the in-basket, and to whom taking a contact opens a child: the database holds it by itself."""

import pytest
from django.db import ProgrammingError, transaction

from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import functions as rights_functions
from joinedup.processes.inbasket import operations
from tests.conftest import NOW, as_role
from tests.integration.inbasket import working
from tests.integration.inbasket.working import person
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

_TABLES = ("item", "message", "receipt", "itemact", "disclosure")
_TIES = "SELECT user_id FROM access_groundheld WHERE subject_id = %s AND origin LIKE 'contact %%' AND ended_at IS NULL"


def seen_by(username: str) -> dict[str, int]:
    """Count what the database shows a person of each table, whatever our code would ask."""
    audit_operations.open_view(viewer=person(username), act="test.looked")
    return {table: asking.rows(f"SELECT count(*) FROM inbasket_{table}")[0][0] for table in _TABLES}


@pytest.fixture
def child() -> asking.Known:
    return asking.children(most=1)[0]


@pytest.fixture
def worked_on():
    """A contact of a school's that was taken, and of which the health service was asked and has answered."""
    item_id = working.claimed()
    request_id = working.ask(item_id, "patients")
    answer = operations.Answer(is_shared=True, basis="section_17", words="Weight falling")
    operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)
    return item_id


def test_the_front_door_reads_all_of_it_and_so_does_its_manager(worked_on):
    for username in ("front-door", "out-of-hours", "manager"):
        assert seen_by(username) == {"item": 3, "message": 3, "receipt": 1, "itemact": 6, "disclosure": 1}, username


def test_the_sender_reads_what_they_wrote_and_their_receipt_and_not_how_it_stands(worked_on):
    assert seen_by("safeguarding-lead") == {"item": 0, "message": 1, "receipt": 1, "itemact": 0, "disclosure": 0}


def test_whoever_is_asked_reads_the_question_and_their_answer_alone(worked_on):
    assert seen_by("named-nurse") == {"item": 2, "message": 2, "receipt": 0, "itemact": 3, "disclosure": 1}


@pytest.mark.parametrize(
    "username", ["teacher", "analyst", "board-member", "commissioner", "police-officer", "social-worker", "steward"]
)
def test_nobody_else_reads_anything(worked_on, username):
    assert set(seen_by(username).values()) == {0}


def test_what_was_written_and_done_is_never_changed(worked_on):
    audit_operations.open_view(viewer=person("front-door"), act="test.looked")
    for statement in (
        "UPDATE inbasket_message SET words = 'nothing' RETURNING 1",
        "UPDATE inbasket_itemact SET why = '' RETURNING 1",
        "DELETE FROM inbasket_itemact RETURNING 1",
        "UPDATE inbasket_disclosure SET is_shared = false RETURNING 1",
        "DELETE FROM inbasket_item RETURNING 1",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asking.rows(statement)


def test_taking_a_contact_opens_its_child_to_whoever_took_it_until_it_is_put_back(child):
    item_id = working.send(page_of=child.number, name=child.name)
    operations.claim(item_id=item_id, by=person("front-door"), at=NOW)
    during = working.kept(_TIES, child.id)
    operations.put_back(item_id=item_id, why="", by=person("front-door"), at=NOW)

    assert during == [(person("front-door").user_id,)]
    assert working.kept(_TIES, child.id) == []


def test_giving_it_opens_the_child_to_the_colleague_and_closing_it_to_nobody(child):
    item_id = working.send(page_of=child.number, name=child.name)
    operations.claim(item_id=item_id, by=person("front-door"), at=NOW)
    ((colleague,),) = asking.rows(
        "SELECT p.id FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id WHERE u.username = 'out-of-hours'"
    )
    operations.give(item_id=item_id, practitioner_id=colleague, why="Night shift", by=person("front-door"), at=NOW)
    given = working.kept(_TIES, child.id)
    working.told(item_id, "out-of-hours")
    operations.close(item_id=item_id, by=person("out-of-hours"), at=NOW)

    assert given == [(person("out-of-hours").user_id,)]
    assert working.kept(_TIES, child.id) == []


def test_nobody_is_let_in_by_what_they_sent_or_by_a_question_that_they_answer(child):
    item_id = working.send(page_of=child.number, name=child.name)
    operations.claim(item_id=item_id, by=person("front-door"), at=NOW)
    request_id = working.ask(item_id, "patients")
    operations.claim(item_id=request_id, by=person("named-nurse"), at=NOW)

    tied = {user_id for (user_id,) in working.kept(_TIES, child.id)}
    assert tied == {person("front-door").user_id}
    with as_role("definer"):
        asking.rows(
            "UPDATE inbasket_item SET sent_by_id = %s WHERE id = %s RETURNING 1", person("front-door").user_id, item_id
        )
    operations.put_back(item_id=item_id, why="", by=person("front-door"), at=NOW)
    with pytest.raises(operations.OwnItem):
        operations.claim(item_id=item_id, by=person("front-door"), at=NOW)


def test_whatever_is_said_to_the_database_nobody_ties_themselves_to_a_child_in_anothers_in_basket(child):
    item_id = working.send(page_of=child.number, name=child.name)
    for username in ("safeguarding-lead", "police-officer", "front-door"):
        audit_operations.open_view(viewer=person(username), act="test.looked")
        assert asking.rows("SELECT inbasket_tie(%s)", item_id) == [(False,)]


def test_a_childs_item_and_all_that_was_asked_about_it_are_of_the_child_that_it_is_about(child):
    item_id = working.claimed(name=child.name)
    request_id = working.ask(item_id, "patients")
    answer = operations.Answer(is_shared=True, basis="section_17", words="Weight falling")
    operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)
    operations.choose_child(item_id=item_id, number=child.number, why="They agree", by=person("front-door"), at=NOW)

    of_child = working.kept("SELECT kind FROM inbasket_item WHERE child_id = %s ORDER BY id", child.id)
    assert of_child == [("contact",), ("information_request",), ("reply",)]


def test_all_that_was_sent_about_a_child_and_became_of_it_is_deleted_with_the_childs_file(child):
    item_id = working.claimed(name=child.name)
    request_id = working.ask(item_id, "patients")
    answer = operations.Answer(is_shared=True, basis="section_17", words="Weight falling")
    operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)
    operations.choose_child(item_id=item_id, number=child.number, why="They agree", by=person("front-door"), at=NOW)
    stays = working.send()
    with as_role("definer"):
        for table, where in rights_functions.DELETED:
            if table.startswith("inbasket_"):
                asking.rows(f"DELETE FROM {table} {where.replace('= child', '= %s')} RETURNING 1", child.id)

    assert working.kept("SELECT id FROM inbasket_item") == [(stays,)]
    assert working.kept("SELECT item_id FROM inbasket_message") == [(stays,)]
