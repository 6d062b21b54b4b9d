"""The lists of children who may be lost: SQL and rule agree, people answer, and nobody sees whom they may not."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.processes.tracking import operations, queries, rules
from tests.conftest import NOW, as_role
from tests.integration.looking import asking
from tests.integration.tracking import gathering

pytestmark = pytest.mark.usefixtures("borough")

ON = datetime.date(2026, 9, 1)
_LOSE = """
WITH lost AS (
    SELECT l.child_id FROM childindex_link l JOIN records_involvement i ON i.person_record_id = l.person_record_id
    JOIN people_childsummary s ON s.child_id = l.child_id
    WHERE l.ended_at IS NULL AND i.kind = 'school' AND i.is_current AND i.ended_date IS NULL AND i.started_date IS NOT NULL
      AND s.birth_date BETWEEN '2012-09-01' AND '2018-08-31' AND NOT EXISTS (
          SELECT 1 FROM childindex_reviewtask r JOIN childindex_link x ON x.person_record_id IN (r.record_a_id, r.record_b_id)
          WHERE x.child_id = l.child_id AND r.state = 'open')
      AND NOT EXISTS (SELECT 1 FROM tracking_trackedchild t WHERE t.child_id = l.child_id)
    GROUP BY 1 ORDER BY 1 LIMIT 1
)
UPDATE records_involvement i SET ended_date = %s FROM childindex_link l, lost
WHERE l.child_id = lost.child_id AND l.ended_at IS NULL AND i.person_record_id = l.person_record_id AND i.kind = 'school'
RETURNING l.child_id
"""


def search(*, on=ON):
    with as_role("batch"):
        return operations.search(by=asking.steward(), at=NOW, calendar=timescales_queries.get_calendar(), on=on)


def lose(*, left=datetime.date(2026, 1, 9)):
    """Let one pupil be on no roll since a day; return the child."""
    with as_role("batch"):
        return asking.rows(_LOSE, left)[0][0]


def person(username):
    ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", username)
    return agencies_queries.find_viewer(user_id=user_id, session="", request_id=uuid.UUID(int=2))


def listed():
    with as_role("batch"):
        return {
            (child, code): since
            for child, code, since in asking.rows(
                "SELECT child_id, code, since_date FROM tracking_trackedchild WHERE unlisted_at IS NULL"
            )
        }


@pytest.fixture
def lost():
    """A child who is lost and listed, and how the listing is called."""
    child = lose()
    search()
    with as_role("batch"):
        ((listing_id,),) = asking.rows("SELECT id FROM tracking_trackedchild WHERE child_id = %s", child)
    return child, listing_id


@pytest.mark.parametrize("on", [datetime.date(2025, 12, 1), datetime.date(2026, 4, 1), ON, datetime.date(2026, 11, 28)])
def test_the_list_and_the_rule_agree_on_every_child(on):
    for left in (datetime.date(2025, 10, 3), datetime.date(2026, 1, 9), datetime.date(2026, 3, 13)):
        lose(left=left)
    day = search(on=on).day

    with as_role("batch"):
        of_all = gathering.facts(on=on)
    expected = {
        (child, code): since
        for child, its in of_all.items()
        for code in rules.LISTS
        if (since := rules.finding(code, its, day=day)) is not None
    }
    assert listed() == expected
    assert on < datetime.date(2026, 1, 1) or len(expected) >= 3


def test_a_second_search_changes_nothing(lost):
    before = listed()

    counts = search().counts

    assert listed() == before
    assert {code: (its["new"], its["gone"]) for code, its in counts.items()} == dict.fromkeys(rules.LISTS, (0, 0))


def test_whoever_is_on_a_roll_again_is_listed_no_longer_and_counts_as_helped_where_someone_looked(lost):
    child, listing_id = lost
    viewer = person("front-door")
    operations.take_on(listing_id=listing_id, by=viewer, at=NOW)
    with as_role("batch"):
        asking.rows(
            "UPDATE records_involvement i SET ended_date = NULL FROM childindex_link l WHERE l.child_id = %s "
            "AND l.person_record_id = i.person_record_id AND i.kind = 'school' RETURNING i.id",
            child,
        )
    search()

    assert (child, "left_roll") not in listed()
    audit_operations.open_view(viewer=viewer, act="test.looked")
    assert next(its for its in queries.get_effects() if its.code == "left_roll").helped == 1


def test_a_listing_that_was_answered_does_not_come_back_while_the_facts_stand(lost):
    _, listing_id = lost
    operations.answer(
        listing_id=listing_id,
        outcome=rules.Outcome.KNOWN_REASON,
        words="Taught at home since January; the council was told",
        has_concern=False,
        by=person("front-door"),
        at=NOW,
    )
    search()

    waiting = queries.get_listed(viewer=person("front-door"), asked=queries.Asked(), count=500)
    answered = queries.get_listed(
        viewer=person("front-door"), asked=queries.Asked(state=queries.State.ANSWERED), count=500
    )
    assert listing_id not in {card.id for card in waiting}
    assert listing_id in {card.id for card in answered}


def test_an_answer_is_given_once_and_stands(lost):
    _, listing_id = lost
    given = {
        "listing_id": listing_id,
        "outcome": rules.Outcome.MOVED_AWAY,
        "words": "Leicester has them on its roll",
        "has_concern": False,
        "at": NOW,
    }
    operations.answer(**given, by=person("front-door"))

    with pytest.raises(rules.AlreadyAnswered, match="Marcus Vane"):
        operations.answer(**given, by=person("manager"))
    with pytest.raises(rules.AlreadyAnswered):
        operations.hand_back(listing_id=listing_id, by=person("front-door"), at=NOW)
    audit_operations.open_view(viewer=person("manager"), act="test.looked")
    assert (
        asking.rows("UPDATE tracking_trackedchild SET words = 'nothing' WHERE id = %s RETURNING id", listing_id) == []
    )


def test_the_database_keeps_no_answer_without_owner_and_words_and_no_declining_over_a_concern(lost):
    _, listing_id = lost
    owned = "owner_id = (SELECT id FROM agencies_practitioner LIMIT 1), taken_at = now()"
    said = "words = 'They want no help', answered_at = now(), answered_by_id = id"
    for change in (
        "outcome = 'help_found'",
        f"outcome = 'help_found', {said}",
        f"outcome = 'help_found', {owned}, answered_at = now(), answered_by_id = id",
        f"outcome = 'declined', has_concern = true, {owned}, {said}",
    ):
        with as_role("batch"), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE tracking_trackedchild SET {change} WHERE id = %s", [listing_id])


class TestWhoSeesTheLists:
    def seen(self, username):
        return {
            (card.child.id, card.code)
            for card in queries.get_listed(viewer=person(username), asked=queries.Asked(), count=500)
        }

    def test_the_front_door_and_managers_see_what_the_index_tells_and_others_see_nothing(self, lost):
        child, _ = lost
        assert (child, "left_roll") in self.seen("front-door")
        assert (child, "left_roll") in self.seen("manager")
        for username in ("teacher", "health-visitor", "police-officer", "steward", "analyst"):
            assert self.seen(username) == set(), username

    def test_the_lead_of_the_schools_sees_whom_a_school_lost(self, lost):
        child, _ = lost

        assert (child, "left_roll") in self.seen("safeguarding-lead")
        assert {code for _, code in self.seen("safeguarding-lead")} == {"left_roll"}

    def test_that_a_referral_lapsed_is_seen_by_the_service_that_has_it_alone(self, lost):
        child, _ = lost
        with as_role("batch"):
            asking.rows(
                "UPDATE tracking_trackedchild SET code = 'referral_lapsed', tier = 3, circles = ARRAY(SELECT t.id::integer FROM "
                "agencies_team t JOIN agencies_agency a ON a.id = t.agency_id AND a.code = 'social_care') "
                "WHERE child_id = %s RETURNING id",
                child,
            )

        assert (child, "referral_lapsed") in self.seen("manager")
        assert (child, "referral_lapsed") not in self.seen("safeguarding-lead")

    def test_a_sealed_child_is_on_nobodys_list(self, lost):
        child, listing_id = lost
        with as_role("definer"):
            asking.rows(
                "INSERT INTO access_seal (id, subject_id, reason, asked_by_id, agreed_by_id, started_at) "
                "VALUES (gen_random_uuid(), %s, 'refuge', gen_random_uuid(), gen_random_uuid(), now()) RETURNING id",
                child,
            )

        assert (child, "left_roll") not in self.seen("front-door")
        with pytest.raises(rules.NoSuchListing):
            operations.take_on(listing_id=listing_id, by=person("front-door"), at=NOW)
        with pytest.raises(rules.NoSuchListing):
            queries.get_listing(viewer=person("front-door"), listing_id=listing_id)

    def test_each_child_shown_is_named_in_the_audit(self, lost):
        child, _ = lost
        queries.get_listed(viewer=person("front-door"), asked=queries.Asked(), count=500)

        with as_role("definer"):
            ((named,),) = asking.rows(
                "SELECT count(*) FROM audit_auditsubject s JOIN audit_auditevent e ON e.id = s.event_id "
                "WHERE e.act = 'tracking.listed' AND s.subject_id = %s",
                child,
            )
        assert named == 1
