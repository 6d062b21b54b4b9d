"""The path of a concern against PostgreSQL: each act, what the database itself refuses, corrections, and spans in care."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from joinedup.processes.protection import operations, queries, rules
from joinedup.processes.protection.rules import Act, Category, Ending, Outcome, SpanKind
from tests.conftest import NOW
from tests.integration.looking import asking
from tests.integration.protection import working

pytestmark = pytest.mark.usefixtures("borough")
DAY = working.DAY
TODAY = NOW.date()
LONG_AGO, LATELY = TODAY - DAY * 30, TODAY - DAY * 10


@pytest.fixture
def number() -> str:
    return working.a_number()


def page(number: str, by: str = working.WORKER) -> queries.Page:
    return queries.get_page(viewer=working.person(by), number=number, purpose="", at=NOW)


def plans() -> list[tuple]:
    return working.rows(
        "SELECT started_on, first_category, latest_category, ended_on, ending FROM protection_protectionplan ORDER BY id"
    )


class TestTheWay:
    def test_from_a_cause_to_suspect_harm_to_a_plan_that_a_review_ends(self, number):
        concern = working.a_plan(number)
        today = TODAY
        assert plans() == [(today, "PHY", "PHY", None, "")]

        working.step(number, concern, Act.CORE_GROUP_HELD)
        working.step(number, concern, Act.CHILD_SEEN, is_alone=False)
        working.step(number, concern, Act.REVIEW_HELD, Outcome.CONTINUES, category=Category.NEGLECT)
        assert plans() == [(today, "PHY", "NEG", None, "")]
        working.step(number, concern, Act.REVIEW_HELD, Outcome.ENDS, ending=Ending.SAFE)

        working.holds_at_the_end()
        assert working.stage(concern) == "ended"
        assert plans() == [(today, "PHY", "NEG", today, "safe")]
        (card,) = page(number).concerns
        assert [step.saying.act for step in card.steps][-1] is Act.REVIEW_HELD
        assert card.steps[1].saying.present == working.BOTH
        assert card.next_act is None
        assert {clock.standing.value for clock in card.clocks} == {"met"}

    def test_an_act_that_does_not_follow_is_refused_and_nothing_of_it_stays(self, number):
        concern = working.a_concern(number)
        working.refused(rules.NotInStage, lambda: working.step(number, concern, Act.CONFERENCE_HELD, Outcome.PLAN))
        working.refused(
            rules.OutOfOrder,
            lambda: working.step(number, concern, Act.DISCUSSED, Outcome.JOINT, at=NOW - DAY),
        )
        working.refused(rules.SayMore, lambda: working.step(number, concern, Act.DISCUSSED, Outcome.JOINT, present=()))

        assert working.stage(concern) == "discussion"
        assert working.rows("SELECT count(*) FROM protection_step") == [(1,)]

    def test_before_a_plan_a_child_has_one_concern_and_with_a_plan_another_whose_conference_lets_it_stand(self, number):
        working.a_plan(number)
        second = working.a_concern(number)
        working.refused(rules.AlreadyThere, lambda: working.a_concern(number))
        for act, outcome in working.TO_A_PLAN[:3]:
            working.step(number, second, act, outcome)
        working.refused(rules.AlreadyThere, lambda: working.step(number, second, Act.CONFERENCE_HELD, Outcome.PLAN))
        working.step(number, second, Act.CONFERENCE_HELD, Outcome.STANDS)

        working.holds_at_the_end()
        assert len(plans()) == 1
        assert working.stage(second) == "ended"

    def test_it_is_written_in_the_audit_who_did_what_to_which_child_and_announced(self, number):
        working.a_plan(number)
        child = working.child_of(number)
        acts = working.rows(
            "SELECT act FROM audit_auditevent e JOIN audit_auditsubject s ON s.event_id = e.id "
            "WHERE s.subject_id = %s AND act LIKE 'protection.%%'",
            child,
        )
        announced = asking.rows("SELECT kind FROM events_event WHERE kind LIKE 'protection.%%'")

        expected = {f"protection.{act}" for act in (Act.WORRY, *(act for act, _ in working.TO_A_PLAN))}
        assert {act for (act,) in acts} == expected
        assert {kind for (kind,) in announced} == expected
        assert asking.rows("SELECT count(*) FROM events_event WHERE subject::text LIKE '%%bruises%%'") == [(0,)]


class TestTheDatabaseHolds:
    def test_no_plan_without_a_conference_that_stands_and_decided_on_it(self, number):
        concern = working.a_concern(number)
        working.refused_at_the_end(
            "INSERT INTO protection_protectionplan (id, child_id, concern_id, conference_id, started_on, first_category, "
            "latest_category, ending) SELECT gen_random_uuid(), child_id, concern_id, id, current_date, 'NEG', 'NEG', '' "
            "FROM protection_step WHERE concern_id = %s",
            concern,
            because="decided by a conference",
        )

    def test_a_concern_is_at_its_plan_exactly_while_the_plan_is_open(self, number):
        concern = working.a_plan(number)
        for statement in (
            "UPDATE protection_concern SET stage = 'ended' WHERE id = %s",
            "UPDATE protection_protectionplan SET ended_on = started_on, ending = 'safe' WHERE concern_id = %s",
        ):
            working.refused_at_the_end(statement, concern, because="while the plan is open")

    def test_one_open_plan_a_child(self, number):
        working.a_plan(number)
        working.the_database_refuses(
            "WITH other AS (INSERT INTO protection_concern (id, child_id, stage, since_at, moved_at) "
            "SELECT gen_random_uuid(), child_id, 'ended', since_at, moved_at FROM protection_concern RETURNING id, child_id) "
            "INSERT INTO protection_protectionplan (id, child_id, concern_id, conference_id, started_on, first_category, "
            "latest_category, ending) SELECT gen_random_uuid(), p.child_id, other.id, p.conference_id, p.started_on, 'NEG', "
            "'NEG', '' FROM protection_protectionplan p, other",
            because="protection_one_open_plan",
        )

    def test_enquiries_are_left_with_an_outcome_alone(self, number):
        concern = working.a_concern(number)
        working.step(number, concern, Act.DISCUSSED, Outcome.SINGLE)
        working.step(number, concern, Act.ENQUIRY_STARTED)
        working.refused_at_the_end(
            "UPDATE protection_concern SET stage = 'ended' WHERE id = %s", concern, because="with an outcome alone"
        )

    @pytest.mark.parametrize(
        ("act", "outcome", "words", "because"),
        [
            ("enquiry_ended", "", "Said", "outcome_of_its_act"),
            ("discussed", "not_substantiated", "Said", "outcome_of_its_act"),
            ("conference_held", "plan", "Said", "decided_with_its_category"),
            ("review_held", "ends", "Said", "end_has_a_reason"),
            ("closed", "", "Said", "end_has_a_reason"),
            ("child_seen", "", "Said", "says_whether_alone"),
            ("enquiry_started", "", "", "says_why"),
        ],
    )
    def test_reasons_outcomes_and_categories_are_required(self, number, act, outcome, words, because):
        concern = working.a_concern(number)
        working.the_database_refuses(
            "INSERT INTO protection_step (id, child_id, concern_id, place, act, happened_at, outcome, words, chair, category, "
            "ending, childs_view, is_corrected, why_corrected, recorded_at, recorded_by_id, recorded_by_name) "
            "SELECT gen_random_uuid(), child_id, id, 9, %s, now(), %s, %s, '', '', '', '', false, '', now(), "
            "gen_random_uuid(), 'Ann' FROM protection_concern WHERE id = %s",
            act,
            outcome,
            words,
            concern,
            because=because,
        )

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE protection_step SET words = 'else'",
            "UPDATE protection_step SET is_corrected = true",
            "DELETE FROM protection_step",
            "UPDATE protection_presence SET person_name = 'else'",
            "UPDATE protection_concern SET child_id = gen_random_uuid()",
            "UPDATE protection_carespan SET code = 'C2'",
            "DELETE FROM protection_protectionplan",
        ],
    )
    def test_the_application_writes_nothing_over(self, number, statement):
        working.a_plan(number)
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


class TestCorrecting:
    def correct(self, number, step, saying, *, by=working.WORKER, why="The wrong day was typed"):
        return operations.correct_step(asking=working.says(by, number), step_id=step, saying=saying, why=why)

    def test_what_was_written_stays_marked_and_the_plan_follows_from_what_stands(self, number):
        concern = working.a_plan(number, at=NOW - DAY * 3)
        wrong = page(number).concerns[0].steps[-1]
        later = working.said(Act.CONFERENCE_HELD, Outcome.PLAN, at=NOW - DAY, category=Category.EMOTIONAL)
        corrected = self.correct(number, wrong.id, later)

        working.holds_at_the_end()
        steps = page(number).concerns[0].steps
        assert [(step.id, step.is_corrected, step.corrects_id) for step in steps][-2:] == [
            (wrong.id, True, None),
            (corrected, False, wrong.id),
        ]
        assert steps[-1].why_corrected == "The wrong day was typed"
        assert plans() == [((NOW - DAY).date(), "EMO", "EMO", None, "")]
        assert working.stage(concern) == "plan"

    def test_a_conference_that_decided_on_none_leaves_no_plan_and_can_be_put_right_again(self, number):
        concern = working.a_plan(number)
        first = page(number).concerns[0].steps[-1]
        second = self.correct(number, first.id, working.said(Act.CONFERENCE_HELD, Outcome.NO_PLAN))
        working.holds_at_the_end()
        assert (working.stage(concern), plans()[0][4]) == ("ended", "in_error")

        self.correct(number, second, working.said(Act.CONFERENCE_HELD, Outcome.PLAN))
        working.holds_at_the_end()
        assert (working.stage(concern), plans()[0][3:]) == ("plan", (None, ""))

    def test_a_correction_from_which_what_followed_does_not_follow_is_refused(self, number):
        working.a_plan(number)
        discussion = page(number).concerns[0].steps[1]

        working.refused(
            rules.NotInStage,
            lambda: self.correct(number, discussion.id, working.said(Act.DISCUSSED, Outcome.NO_ACTION)),
        )
        working.refused(
            rules.NoSuchConcern,
            lambda: self.correct(number, discussion.id, working.said(Act.ENQUIRY_STARTED)),
        )
        working.refused(
            rules.SayMore,
            lambda: self.correct(number, discussion.id, working.said(Act.DISCUSSED, Outcome.SINGLE), why=" "),
        )

    def test_a_step_is_corrected_once_then_its_correction(self, number):
        working.a_concern(number)
        (worry,) = page(number).concerns[0].steps
        second = self.correct(number, worry.id, working.said(Act.WORRY, at=NOW - DAY))
        working.refused(
            rules.NoSuchConcern, lambda: self.correct(number, worry.id, working.said(Act.WORRY, at=NOW - DAY * 2))
        )
        self.correct(number, second, working.said(Act.WORRY, at=NOW - DAY * 2))

        assert len(page(number).concerns[0].standing_steps) == 1
        assert page(number).concerns[0].since_at == NOW - DAY * 2


class TestSpans:
    def begin(self, number, code="C1", started_on=LONG_AGO, kind=SpanKind.LEGAL_STATUS):
        return operations.begin_span(
            asking=working.says(working.WORKER, number),
            kind=kind,
            code=code,
            started_on=started_on,
            words="By the court",
        )

    def end(self, number, span, ended_on=LATELY):
        operations.end_span(
            asking=working.says(working.WORKER, number), span_id=span, ended_on=ended_on, words="The court decided anew"
        )

    def test_one_may_begin_on_the_day_another_ends_and_none_covers_a_day_of_another(self, number):
        first = self.begin(number)
        working.refused(rules.Overlaps, lambda: self.begin(number, "C2", TODAY - DAY * 5))
        self.end(number, first)
        working.refused(rules.Overlaps, lambda: self.begin(number, "C2", TODAY - DAY * 11))
        self.begin(number, "C2", TODAY - DAY * 10)
        self.begin(number, "U3", kind=SpanKind.PLACEMENT)

        assert [(span.code, span.ended_on is None) for span in page(number).spans] == [
            ("C2", True),
            ("U3", True),
            ("C1", False),
        ]

    def test_the_database_itself_refuses_an_overlap(self, number):
        self.begin(number)
        working.the_database_refuses(
            "INSERT INTO protection_carespan (id, child_id, kind, code, started_on, words, ended_words, ended_by_name, "
            "is_corrected, why_corrected, recorded_at, recorded_by_name) SELECT gen_random_uuid(), child_id, kind, 'C2', "
            "started_on + 3, words, '', '', false, '', now(), 'Ann' FROM protection_carespan",
            because="protection_spans_do_not_overlap",
        )

    def test_a_correction_takes_the_place_of_what_was_wrong(self, number):
        first = self.begin(number)
        second = operations.correct_span(
            asking=working.says(working.WORKER, number),
            span_id=first,
            code="C2",
            started_on=TODAY - DAY * 40,
            ended_on=TODAY - DAY,
            words="By the court, a full order",
            why="It was no interim order",
        )
        working.refused(rules.NoSuchConcern, lambda: self.end(number, first))

        spans = {span.id: span for span in page(number).spans}
        assert spans[first].is_corrected
        assert (spans[second].code, spans[second].corrects_id, spans[second].ended_on) == (
            "C2",
            first,
            TODAY - DAY,
        )

    def test_a_code_that_is_none_or_valid_no_more_and_a_day_ahead_are_refused(self, number):
        working.refused(rules.SayMore, lambda: self.begin(number, "ZZ"))
        working.refused(rules.SayMore, lambda: self.begin(number, "P2", kind=SpanKind.PLACEMENT))
        working.refused(rules.EndsBeforeItBegins, lambda: self.begin(number, started_on=TODAY + DAY))
        span = self.begin(number)
        working.refused(rules.EndsBeforeItBegins, lambda: self.end(number, span, TODAY - DAY * 31))
        self.end(number, span)
        working.refused(rules.NoSuchConcern, lambda: self.end(number, span))


def test_the_page_asks_as_many_queries_whatever_there_is(number):
    working.a_plan(number)
    with CaptureQueriesContext(connection) as one:
        page(number)
    other = working.a_concern(number)
    for _ in range(5):
        working.step(number, other, Act.CHILD_SEEN)
    with CaptureQueriesContext(connection) as many:
        page(number)

    assert len(many) == len(one) <= 14
