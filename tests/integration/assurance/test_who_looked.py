"""Who looked at a child is read by those who may, and reading it is itself a look."""

import dataclasses

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import queries
from joinedup.governance.assurance.rules import looking
from tests.integration.assurance import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def known() -> asking.Known:
    return asking.children(most=1)[0]


@pytest.fixture
def worker():
    return acting.person("social-worker")


def last_looks(viewer, known) -> list[queries.LookCard]:
    return queries.get_last_looks(viewer=viewer, child_id=known.id, number=known.number, at=acting.now())


def test_the_last_looks_stand_with_name_role_agency_and_purpose_newest_first(known, worker):
    acting.look(acting.person("police-officer"), known, purpose="missing")
    acting.look(acting.person("teacher"), known, purpose="own_work")

    newest, before = last_looks(worker, known)

    assert (newest.actor_name, newest.roles, newest.purpose) == ("Tamsin Okafor", ("universal",), "own_work")
    assert (before.actor_name, before.roles, before.purpose) == ("Aidan Frome", ("police",), "missing")
    assert before.agency_name
    assert (before.kind, before.mark) == (looking.Kind.PAGE, looking.Mark.NONE)


def test_a_page_turned_ten_times_in_a_day_is_one_line_and_ones_own_of_today_are_left_out(known, worker):
    for viewer in (worker, acting.person("teacher")):
        for _ in range(10):
            acting.look(viewer, known)

    (teacher,) = last_looks(worker, known)
    assert (teacher.actor_name, teacher.times) == ("Tamsin Okafor", 10)
    tomorrow = queries.get_last_looks(viewer=worker, child_id=known.id, number=known.number, at=acting.later(1))
    assert [card.times for card in tomorrow] == [10, 10]


def test_reading_it_is_written_down_with_the_child(known, worker):
    last_looks(worker, known)

    event = asking.events()[-1]
    assert (event.act, event.actor_id, event.record_ref) == ("assurance.looks.seen", worker.user_id, known.number)
    assert event.subjects == {known.id}


def test_reading_who_looked_does_not_fill_the_list_that_is_read(known, worker):
    last_looks(acting.person("manager"), known)

    assert last_looks(worker, known) == []


@pytest.mark.parametrize("username", ["teacher", "police-officer", "analyst", "board-member", "play-worker"])
def test_nobody_else_reads_it(username, known):
    acting.look(acting.person("teacher"), known)

    with pytest.raises(queries.MayNotSeeWhoLooked):
        last_looks(acting.person(username), known)


def test_a_refused_look_and_an_override_are_marked(known, worker):
    other = asking.children(most=2)[1]
    audit_operations.record_denial(
        viewer=acting.person("teacher"), act="childindex.child.seen", record_ref=known.number
    )
    audit_operations.record_denial(
        viewer=acting.person("teacher"), act="childindex.child.seen", record_ref=other.number
    )
    acting.look(acting.person("front-door"), known, purpose="break_glass")

    override, refused = last_looks(worker, known)

    assert (override.mark, override.actor_name) == (looking.Mark.BROKEN_GLASS, "Marcus Vane")
    assert (refused.mark, refused.actor_name) == (looking.Mark.DENIED, "Tamsin Okafor")


def test_a_child_named_on_anothers_page_was_not_looked_at_themselves(known, worker):
    other = asking.children(most=2)[1]
    audit_operations.open_view(
        viewer=acting.person("teacher"),
        act="childindex.child.seen",
        record_ref=other.number,
        subjects=[other.id, known.id],
    )

    assert [card.kind for card in last_looks(worker, known)] == [looking.Kind.BESIDE]


def test_machines_and_commands_are_not_people_who_looked(known, worker):
    acting.look(acting.MACHINE, known)

    assert last_looks(worker, known) == []


_ASK = "SELECT count(*) FROM audit_looks_at(%s, now() + interval '1 day', 25)"


def test_the_database_tells_only_of_the_subject_whom_the_open_view_names(known, worker):
    other = asking.children(most=2)[1]
    acting.look(worker, known)

    assert asking.rows(_ASK, known.id) == [(0,)]
    with pytest.raises(ProgrammingError, match="only to a look that names whom it is about"), transaction.atomic():
        asking.rows(_ASK, other.id)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM audit_looks_between(now() - interval '1 day', now(), '{childindex.child.seen}')",
        "SELECT * FROM audit_hours_between(now() - interval '1 day', now(), '{childindex.child.seen}', 'Europe/London')",
    ],
)
def test_the_application_may_not_ask_what_everybody_looked_at(question, known, worker):
    acting.look(worker, known)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(question)


def test_the_list_costs_the_same_however_often_anyone_looked(known, worker, django_assert_num_queries):
    for count in (0, 30):
        for _ in range(count):
            acting.look(worker, known)
        with django_assert_num_queries(3):
            last_looks(dataclasses.replace(worker), known)
