"""Who looked at a child is read by those who may, and reading it is itself a look."""

import dataclasses

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import queries
from joinedup.governance.assurance.rules import looking
from tests.conftest import as_role
from tests.integration.assurance import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def known() -> asking.Known:
    return acting.pupils(most=1)[0]


@pytest.fixture
def worker():
    """The safeguarding lead of the schools, on whose roll the child is."""
    return acting.person("safeguarding-lead")


def last_looks(viewer, known, *, grounds: str = "E", at=None) -> list[queries.LookCard]:
    return queries.get_last_looks(
        viewer=viewer, child_id=known.id, number=known.number, grounds=set(grounds), at=at or acting.now()
    )


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
    tomorrow = last_looks(worker, known, at=acting.later(1))
    assert [card.times for card in tomorrow] == [10, 10]


def test_reading_it_is_written_down_with_the_child(known, worker):
    last_looks(worker, known)

    event = asking.events()[-1]
    assert (event.act, event.actor_id, event.record_ref) == ("assurance.looks.seen", worker.user_id, known.number)
    assert event.subjects == {known.id}


def test_reading_who_looked_does_not_fill_the_list_that_is_read(known, worker):
    last_looks(asking.lead_of("schools"), known)

    assert last_looks(worker, known) == []


@pytest.mark.parametrize("username", ["teacher", "police-officer", "analyst", "auditor", "play-worker", "steward"])
def test_whom_the_matrix_grants_it_on_no_ground_does_not_read_it(username, known):
    acting.look(acting.person("teacher"), known)

    with pytest.raises(queries.MayNotSeeWhoLooked):
        last_looks(acting.person(username), known, grounds="EIPLSV")


@pytest.mark.parametrize(
    ("username", "grounds"),
    [
        ("safeguarding-lead", ""),
        ("social-worker", "I"),
        ("manager", "P"),
        ("front-door", "E"),
        ("safeguarding-lead", "EX"),
    ],
)
def test_a_role_that_reads_it_of_some_children_does_not_read_it_of_others(username, grounds, known):
    with pytest.raises(queries.MayNotSeeWhoLooked):
        last_looks(acting.person(username), known, grounds=grounds)


@pytest.mark.parametrize("username", ["teacher", "named-nurse", "auditor"])
def test_the_database_refuses_by_the_same_matrix_whatever_the_program_decides(username, known):
    others = dataclasses.replace(acting.person(username), roles=frozenset({"safeguarding_lead"}))
    roll = acting.pupils(lambda each: not acting.is_known_to("patients", each), most=1)[0]

    assert last_looks(others, roll) == []


def test_the_database_tells_nothing_of_a_sealed_child(known, worker):
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute("UPDATE people_child SET is_sealed = true WHERE id = %s", [known.id])

    assert last_looks(worker, known) == []


def test_the_event_says_by_which_cell_it_was_read(known, worker):
    last_looks(worker, known)

    with as_role("definer"):
        ((rule, relationship),) = asking.rows(
            "SELECT rule, relationship FROM audit_auditevent WHERE act = 'assurance.looks.seen'"
        )
    assert (rule, relationship) == ("safeguarding_lead/looks/E", "E")


def test_a_refused_look_and_an_override_are_marked(known, worker):
    other = acting.pupils(most=2)[1]
    audit_operations.record_denial(
        viewer=acting.person("teacher"), act="childindex.child.seen", record_ref=known.number
    )
    audit_operations.record_denial(
        viewer=acting.person("teacher"), act="childindex.child.seen", record_ref=other.number
    )
    acting.look(acting.person("front-door"), known, purpose="emergency")

    override, refused = last_looks(worker, known)

    assert (override.mark, override.actor_name) == (looking.Mark.BROKEN_GLASS, "Marcus Vane")
    assert (refused.mark, refused.actor_name) == (looking.Mark.DENIED, "Tamsin Okafor")


def test_a_child_named_on_anothers_page_was_not_looked_at_themselves(known, worker):
    other = acting.pupils(most=2)[1]
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


_ASK = "SELECT count(*) FROM assurance_looks_at(%s, now() + interval '1 day', 25)"


def test_the_database_tells_only_of_the_subject_whom_the_open_view_names(known, worker):
    other = acting.pupils(most=2)[1]
    acting.look(worker, known)

    assert asking.rows(_ASK, known.id) == [(0,)]  # the look that asks is not among them
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
