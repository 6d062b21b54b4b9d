"""Looking in an emergency: on words, for an hour, told at once, reviewed by someone else, and bounded by the database."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from joinedup.foundation.timescales import shipped
from joinedup.governance.breakglass import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW, TODAY, as_role
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

SPOKEN = rules.Spoken(reason=rules.Reason.LIFE_AT_RISK, words="Found alone at the station at night, hurt")
_GUARDED = """
SELECT c.number FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL
JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id AND e.is_current AND e.tier = 3
JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id AND a.lowest_tier = 1
WHERE NOT c.is_sealed ORDER BY c.number
"""


@pytest.fixture
def number() -> str:
    """A child of whom social care has written something that only those whose case it is may read."""
    with asking.peeking():
        return asking.rows(_GUARDED)[0][0]


def person(username: str):
    from joinedup.delivery.agencies import queries as agencies_queries

    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    return agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)


def page_of(number: str, viewer):
    return childindex_queries.get_child_page(viewer=viewer, number=number, purpose="emergency", on=TODAY)


def child_of(number: str, viewer):
    return childindex_queries.get_household(
        viewer=viewer, number=number, purpose="emergency", reason="", is_whole=False
    )


def broken(number: str, viewer):
    return operations.break_glass(child_ids=child_of(number, viewer), spoken=SPOKEN, by=viewer, at=NOW)


def test_more_is_seen_for_an_hour_and_the_audit_says_so(number):
    viewer = person("out-of-hours")
    before = page_of(number, viewer)
    broken(number, viewer)
    after = page_of(number, viewer)

    assert before.may_break_glass
    assert "T3" in after.tiers - before.tiers
    assert after.chronology.count > before.chronology.count
    event = next(event for event in asking.events() if event.act == "breakglass.broken")
    assert (event.purpose, event.reason) == ("life_at_risk", SPOKEN.words)
    with asking.peeking():
        ((minutes,),) = asking.rows(
            "SELECT extract(epoch FROM ends_at - started_at) / 60 FROM breakglass_emergencylook"
        )
    assert minutes <= 60


def test_when_the_hour_is_over_it_is_as_before(number):
    viewer = person("out-of-hours")
    before = page_of(number, viewer).tiers
    broken(number, viewer)
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_groundheld SET started_at = started_at - interval '2 hours', ended_at = ended_at - interval '2 hours' "
            "WHERE ground = 'B'"
        )

    assert page_of(number, viewer).tiers == before


@pytest.mark.parametrize("username", ["teacher", "safeguarding-lead", "steward", "youth-worker"])
def test_whom_the_matrix_grants_no_emergency_breaks_nothing(number, username):
    viewer = person(username)
    with asking.peeking():
        ((child,),) = asking.rows("SELECT id FROM people_child WHERE number = %s", number)

    with pytest.raises(operations.NotAllowed), transaction.atomic():
        operations.break_glass(child_ids=[child], spoken=SPOKEN, by=viewer, at=NOW)

    with asking.peeking():
        assert asking.rows("SELECT count(*) FROM access_groundheld WHERE ground = 'B'") == [(0,)]
        assert asking.rows("SELECT count(*) FROM breakglass_emergencylook") == [(0,)]


def test_a_conflict_of_interest_is_no_emergency(number):
    viewer = person("out-of-hours")
    children = child_of(number, viewer)
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
            "VALUES (gen_random_uuid(), %s, %s, 'X', 'test', false, now() - interval '1 day')",
            [viewer.user_id, children[0]],
        )

    with pytest.raises(operations.NotAllowed), transaction.atomic():
        operations.break_glass(child_ids=children, spoken=SPOKEN, by=viewer, at=NOW)


def test_after_three_unjustified_looks_glass_is_broken_no_more(number):
    viewer, reviewer = person("out-of-hours"), person("manager")
    for _ in range(rules.REJECTED_BEFORE_SUSPENSION):
        broken(number, viewer)
        (look,) = queries.get_looks(viewer=reviewer, is_waiting=True, first=0, count=9)
        operations.review(look_id=look.id, outcome=rules.Outcome.NOT_JUSTIFIED, note="", by=reviewer, at=NOW)

    with pytest.raises(operations.NotAllowed), transaction.atomic():
        broken(number, viewer)


def test_a_household_is_one_reason_and_one_record_a_child():
    viewer = person("out-of-hours")
    households = (
        childindex_queries.get_household(
            viewer=viewer, number=known.number, purpose="emergency", reason="", is_whole=True
        )
        for known in asking.children(most=80)
    )
    children = next(found for found in households if len(found) > 1)

    group = operations.break_glass(child_ids=children, spoken=SPOKEN, by=viewer, at=NOW)

    with asking.peeking():
        looks = asking.rows("SELECT child_id, group_id, words FROM breakglass_emergencylook")
    assert {(child, group, SPOKEN.words) for child in children} == set(looks)


def test_the_database_keeps_no_look_longer_than_an_hour_and_none_reviewed_by_its_own_looker(number):
    viewer = person("out-of-hours")
    broken(number, viewer)
    for change in (
        "ends_at = started_at + interval '61 minutes'",
        "reviewed_at = now(), reviewer_id = user_id, outcome = 'justified'",
    ):
        with as_role("batch"), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE breakglass_emergencylook SET {change}")


def test_nobody_reviews_their_own_look_even_by_the_databases_function(number):
    viewer = person("manager")
    broken(number, viewer)
    with asking.peeking():
        ((look,),) = asking.rows("SELECT id FROM breakglass_emergencylook")

    assert queries.get_looks(viewer=viewer, is_waiting=True, first=0, count=9) == []
    with pytest.raises(queries.NoSuchLook):
        queries.get_look(viewer=viewer, look_id=look)
    with pytest.raises(rules.MayNotReview):
        operations.review(look_id=look, outcome=rules.Outcome.JUSTIFIED, note="", by=viewer, at=NOW)


def test_a_look_is_reviewed_once(number):
    broken(number, person("out-of-hours"))
    reviewer, other = person("manager"), person("shield-officer")
    (look,) = queries.get_looks(viewer=reviewer, is_waiting=True, first=0, count=9)
    operations.review(look_id=look.id, outcome=rules.Outcome.JUSTIFIED, note="Right", by=reviewer, at=NOW)

    with pytest.raises(rules.MayNotReview):
        operations.review(look_id=look.id, outcome=rules.Outcome.NOT_JUSTIFIED, note="", by=other, at=NOW)
    (kept,) = queries.get_looks(viewer=other, is_waiting=False, first=0, count=9)
    assert (kept.reviewer_name, kept.outcome, kept.note) == (reviewer.name, "justified", "Right")


def test_what_nobody_reviewed_in_time_is_escalated_once(number, machine):
    broken(number, person("out-of-hours"))
    later = NOW + datetime.timedelta(days=3650)
    with as_role("batch"):
        assert operations.escalate_unreviewed(by=machine, at=NOW - datetime.timedelta(days=3650)) == 0
        assert operations.escalate_unreviewed(by=machine, at=later) == 1
        assert operations.escalate_unreviewed(by=machine, at=later) == 0

    (look,) = queries.get_looks(viewer=person("shield-officer"), is_waiting=True, first=0, count=9)
    assert look.is_escalated


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ((2026, 11, 25), (2026, 11, 26)),
        ((2026, 11, 27), (2026, 11, 30)),
        ((2026, 11, 28), (2026, 11, 30)),
        ((2026, 12, 24), (2026, 12, 29)),  # Christmas, and the Monday in the place of Boxing Day
    ],
)
def test_a_review_is_due_on_the_next_working_day(day, due):
    looked_at = datetime.datetime(*day, 22, 10, tzinfo=datetime.UTC)

    assert rules.review_due_at(looked_at, calendar=shipped.calendar()) == looked_at.replace(month=due[1], day=due[2])


@pytest.mark.parametrize("words", ["", "urgent", "a b c d e f g h i", " " * 40])
def test_a_reason_that_no_reviewer_could_judge_is_refused(words):
    with pytest.raises(rules.TooFewWords):
        rules.Spoken(reason=rules.Reason.MISSING, words=words)


class TestPages:
    @pytest.fixture
    def duty(self, client) -> Client:
        return visiting.sign_in(client, "out_of_hours")

    @pytest.fixture
    def manager(self) -> Client:
        return visiting.sign_in(Client(), "manager")

    def test_the_way_from_the_childs_page_to_the_review(self, duty, manager, number):
        visiting.open_child(duty, number)
        assert f"/child/{number}/emergency" in visiting.links(visiting.body(duty, f"/child/{number}")).values()

        answer = duty.post(f"/child/{number}/emergency", {"reason": "missing", "words": SPOKEN.words})

        assert (answer.status_code, answer["Location"]) == (302, f"/child/{number}")
        assert "in an emergency, for an hour" in visiting.body(duty, f"/child/{number}")
        assert "Review 1 emergency look" in visiting.body(manager, "/")
        listed = visiting.body(manager, "/emergencies")
        address = next(link for link in visiting.links(listed).values() if link.startswith("/emergencies/"))
        assert SPOKEN.words in visiting.body(manager, address)
        assert manager.post(address, {"outcome": ""}).status_code == 422
        assert manager.post(address, {"outcome": "justified", "note": "Yes"})["Location"] == "/emergencies"
        assert "Nothing waits for review" in visiting.body(manager, "/emergencies")
        assert "no more was opened" in visiting.body(manager, "/emergencies?state=reviewed")

    @pytest.mark.parametrize(
        "posted",
        [{}, {"reason": "missing"}, {"reason": "bored", "words": SPOKEN.words}, {"reason": "missing", "words": "x"}],
    )
    def test_what_is_not_said_is_asked_again_with_what_was_typed(self, duty, number, posted):
        answer = duty.post(f"/child/{number}/emergency", posted)

        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()

    def test_a_refusal_is_in_words_and_written_down(self, number):
        lead = visiting.sign_in(Client(), "safeguarding_lead")
        answer = lead.post(f"/child/{number}/emergency", {"reason": "missing", "words": SPOKEN.words})

        assert answer.status_code == 422
        assert "You cannot look in an emergency at this child" in answer.content.decode()
        assert asking.events()[-1].act == "breakglass.broken.denied"

    def test_a_child_who_is_not_there_has_no_emergency(self, duty):
        answer = duty.post("/child/000000000/emergency", {"reason": "missing", "words": SPOKEN.words})

        assert answer.status_code == 404

    def test_the_list_takes_few_queries_however_long_it_is(self, manager, number):
        viewer = person("out-of-hours")
        children = child_of(number, viewer)
        for _ in range(25):
            operations.break_glass(child_ids=children, spoken=SPOKEN, by=viewer, at=NOW)

        few, many = visiting.queries_of(manager, "/emergencies?from=21"), visiting.queries_of(manager, "/emergencies")

        assert few == many
