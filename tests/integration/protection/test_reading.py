"""Who reads and who acts: the statutory tier of the matrix, never the team's circle, never the family; and by SQL too."""

import contextlib
import datetime

import pytest
from django.db import connection

from joinedup.foundation import clock
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations as casework_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.protection import operations, queries, rules
from joinedup.processes.protection.rules import Act, Ending, Outcome
from tests.conftest import NOW, as_role
from tests.integration.casework import working as casework
from tests.integration.governance import test_break_glass
from tests.integration.looking import asking
from tests.integration.protection import working

pytestmark = pytest.mark.usefixtures("borough")
TABLES = ("concern", "step", "presence", "protectionplan", "invitation", "carespan")
#: A tie ends by the database's own clock.
UNTIL = clock.today() + working.DAY * 30


@pytest.fixture
def number() -> str:
    return working.a_number()


@pytest.fixture
def concern(number):
    return working.a_plan(number)


def read(number: str, by: str, purpose: str = "referral") -> queries.Page:
    return queries.get_page(viewer=working.person(by), number=number, purpose=purpose, at=NOW)


def seen() -> int:
    """Return how many rows this transaction's view sees of all tables."""
    return sum(asking.rows(f"SELECT count(*) FROM protection_{table}")[0][0] for table in TABLES)


def invite(number, concern, who, *, by=working.WORKER, until_on=UNTIL):
    return operations.invite(
        asking=working.says(by, number, at=clock.now(), purpose="referral"),
        concern_id=concern,
        practitioner_id=casework.practitioner(who),
        part="Chairs the conference",
        until_on=until_on,
    )


class TestReading:
    def test_whoever_leads_and_whoever_supervises_read_it(self, number, concern):
        for who in (working.WORKER, working.MANAGER):
            assert [card.id for card in read(number, who, "").concerns] == [concern]

    @pytest.mark.parametrize(
        "who",
        [
            "teacher",
            "safeguarding-lead",
            "youth-worker",
            "health-visitor",
            "police-officer",
            "front-door",
            "out-of-hours",
        ],
    )
    def test_for_all_others_there_is_none_and_the_database_shows_no_row(self, number, concern, who):
        working.refused((rules.NoSuchConcern, people_queries.NoSuchChild), lambda: read(number, who))
        with contextlib.suppress(people_queries.NoSuchChild):
            childindex_queries.open_child(
                viewer=working.person(who), number=number, purpose="referral", act="test.seen"
            )
        assert seen() == 0

    def test_whoever_is_in_the_team_around_the_child_reads_the_plan_and_not_this(self, number, concern):
        ((episode_id,),) = working.rows("SELECT id FROM casework_episode")
        casework_operations.join_team(
            asking=casework.says(working.WORKER, number, purpose=""),
            episode_id=episode_id,
            part="School",
            practitioner_id=casework.practitioner("teacher"),
        )
        opened = childindex_queries.open_child(
            viewer=working.person("teacher"), number=number, purpose="", act="test.seen"
        )

        assert "T2" in opened.tiers
        assert seen() == 0
        assert queries.get_lines(child_id=opened.card.id, tiers=opened.tiers) == ()
        working.refused(rules.NoSuchConcern, lambda: read(number, "teacher", ""))

    def test_without_opening_the_child_nobody_sees_a_row(self, number, concern):
        audit_operations.open_view(viewer=working.person(working.WORKER), act="test.looked")
        assert seen() == 0

    def test_whoever_reads_as_the_family_is_shown_nothing_by_the_database_too(self, number, concern):
        child = working.child_of(number)
        with as_role("definer"), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, is_by_two, started_at) "
                "VALUES (gen_random_uuid(), %s, %s, 'Y', 'test', false, false, now() - interval '1 day')",
                [working.person(working.WORKER).user_id, child],
            )
        working.refused(rules.NoSuchConcern, lambda: read(number, working.WORKER, ""))
        childindex_queries.open_child(viewer=working.person(working.WORKER), number=number, purpose="", act="test.seen")
        assert seen() == 0

    def test_a_look_is_written_and_names_the_child(self, number, concern):
        read(number, working.WORKER, "")
        assert working.rows(
            "SELECT count(*) FROM audit_auditevent e JOIN audit_auditsubject s ON s.event_id = e.id "
            "WHERE act = 'protection.page.seen' AND s.subject_id = %s",
            working.child_of(number),
        ) == [(1,)]


class TestActing:
    def test_what_ends_a_case_without_a_meeting_is_the_managers(self, number, concern):
        given = {"number": number, "concern_id": concern, "act": Act.PLAN_ENDED, "ending": Ending.MOVED}
        working.refused(rules.NotAllowed, lambda: working.step(**given))
        working.step(**given, by=working.MANAGER)

        assert working.stage(concern) == "ended"

    @pytest.mark.parametrize("act", list(Act))
    @pytest.mark.parametrize("who", [working.WORKER, working.MANAGER])
    def test_each_act_is_whose_the_matrix_says(self, number, concern, act, who):
        # A social worker closes nothing by their own word; a manager does all of it for their people's children.
        own_word = who == working.MANAGER or rules.ACTIONS[act] != "transfer"
        assert read(number, who, "").standing.may(act) == own_word

    def test_without_reading_nobody_acts_and_is_not_told_that_there_is_anything(self, number, concern):
        for who in ("front-door", "teacher"):
            working.refused(
                (rules.NoSuchConcern, people_queries.NoSuchChild),
                lambda who=who: operations.raise_worry(
                    asking=working.says(who, number, purpose="referral"), saying=working.said(Act.WORRY)
                ),
            )

    def test_in_an_emergency_whoever_is_on_duty_reads_it_calls_a_discussion_and_decides_nothing(self, number):
        test_break_glass.broken(number, working.person("out-of-hours"))
        assert read(number, "out-of-hours", "emergency").concerns == ()
        concern = operations.raise_worry(
            asking=working.says("out-of-hours", number, purpose="emergency"), saying=working.said(Act.WORRY)
        )

        stands = read(number, "out-of-hours", "emergency").standing
        assert [act for act in rules.acts_in(rules.Stage.DISCUSSION) if stands.may(act)] == [Act.CHILD_SEEN]
        assert working.stage(concern) == "discussion"

    def test_another_childs_concern_is_none(self, number, concern):
        with asking.peeking():
            elsewhere = asking.rows(
                "SELECT number FROM people_child WHERE state = 'active' AND NOT is_sealed AND number <> %s ORDER BY 1",
                number,
            )[0][0]
        working.refused(
            (rules.NoSuchConcern, people_queries.NoSuchChild, childindex_queries.ReasonNeeded),
            lambda: working.step(elsewhere, concern, Act.CORE_GROUP_HELD),
        )


class TestInviting:
    def test_the_invited_read_until_the_day_and_no_longer_than_the_concern(self, number, concern):
        invite(number, concern, "police-officer")
        assert [card.id for card in read(number, "police-officer").concerns] == [concern]
        assert read(number, "police-officer").concerns[0].invitations[0].agency_name

        working.step(number, concern, Act.REVIEW_HELD, Outcome.ENDS)
        working.refused((rules.NoSuchConcern, people_queries.NoSuchChild), lambda: read(number, "police-officer"))
        assert working.grounds("police-officer", number) == set()

    def test_asked_anew_the_later_day_counts(self, number, concern):
        invite(number, concern, "police-officer")
        invite(number, concern, "police-officer", until_on=clock.today() + working.DAY * 60)
        ((until,),) = working.rows(
            "SELECT max(ended_at) FROM access_groundheld WHERE ground = 'V' AND origin LIKE 'protect %%' "
            "AND ended_at > clock_timestamp()"
        )
        assert clock.local(until).date() == clock.today() + working.DAY * 61

    def test_nobody_invites_themselves_or_for_ever_or_a_stranger(self, number, concern):
        working.refused(rules.NotOneself, lambda: invite(number, concern, working.WORKER))
        for until_on in (
            clock.today() - working.DAY,
            clock.today() + datetime.timedelta(days=operations.MOST_DAYS + 1),
        ):
            working.refused(
                rules.EndsBeforeItBegins,
                lambda until_on=until_on: invite(number, concern, "police-officer", until_on=until_on),
            )
        assert working.grounds("police-officer", number) == set()

    def test_the_invited_invite_nobody_by_the_matrix(self, number, concern):
        invite(number, concern, "police-officer")
        working.refused(rules.NotAllowed, lambda: invite(number, concern, "teacher", by="police-officer"))
