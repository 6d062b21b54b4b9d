"""Unusual looks are found each night, once, and worked by somebody from outside the looker's team; the database holds it too."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from joinedup.foundation import clock
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import jobs, operations, queries
from joinedup.governance.assurance.rules import reviewing
from tests.conftest import TODAY, as_role
from tests.integration.assurance import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

REASON = "Routine review of the queue"
NOTE = "Asked the person and their manager, who knew of no work"


@pytest.fixture
def snoop():
    """A social worker who looks at a child whom they declared as their own family."""
    worker = acting.person("social-worker")
    known = asking.children(most=1)[0]
    acting.declared_relative(worker, known)
    acting.look(worker, known)
    return worker


@pytest.fixture
def auditor():
    return acting.person("auditor")


@pytest.fixture
def alert_id(snoop):
    acting.find()
    ((found, *_),) = acting.alerts()
    return found


def run(statement: str, *given: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


class TestFinding:
    def test_a_look_at_a_declared_relative_is_found_and_ordinary_work_is_not(self, snoop):
        teacher = acting.person("teacher")
        for known in asking.children(most=5):
            acting.look(teacher, known, purpose="own_work")

        found = acting.find()

        assert (found.made, found.lookers) == (1, 2)
        ((_, username, state, points, rule),) = acting.alerts()
        assert (username, state, rule) == ("social-worker", "open", "relative")
        assert points >= 10

    def test_found_again_it_is_the_same_alert(self, snoop):
        acting.find()
        before = acting.alerts()

        again = acting.find()

        assert (again.made, again.renewed, again.withdrawn) == (0, 1, 0)
        assert acting.alerts() == before

    def test_what_no_longer_stands_is_withdrawn_unless_a_reviewer_has_begun(self, alert_id, auditor):
        audit_operations.open_view(viewer=acting.person("social-worker"), act="test.interest-ended")
        run("UPDATE assurance_declaredinterest SET ended_at = now()")
        with transaction.atomic():
            assert acting.find().withdrawn == 1
            assert acting.alerts() == []
            transaction.set_rollback(True)

        operations.open_case(alert_id=alert_id, reason=REASON, by=auditor, at=acting.now())
        assert acting.find().withdrawn == 0
        assert len(acting.alerts()) == 1

    def test_a_child_named_on_anothers_page_was_not_looked_at(self):
        worker = acting.person("social-worker")
        known, other = asking.children(most=2)[:2]
        acting.declared_relative(worker, known)
        audit_operations.open_view(
            viewer=worker, act="childindex.child.seen", record_ref=other.number, subjects=[other.id, known.id]
        )

        assert acting.find().made == 0

    def test_an_address_is_kept_as_a_fingerprint_and_meets_the_child_who_lives_there(self):
        officer = acting.person("police-officer")
        with asking.peeking():
            helped = {row[0] for row in asking.rows(
                "SELECT l.child_id FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id "
                "WHERE p.agency_id = %s", officer.home_id
            )}  # fmt: skip
        known = asking.children(lambda each: each.id not in helped and each.postcode, most=1)[0]
        operations.declare_address(
            user_id=officer.user_id, postcode=known.postcode.lower(), by=officer, at=acting.now()
        )
        acting.look(officer, known)

        ((kept,),) = asking.rows("SELECT postcode_hash FROM assurance_declaredinterest")
        assert known.postcode not in kept
        assert len(kept) == 64
        acting.find()
        with as_role("batch"):
            ((tally,),) = asking.rows(
                "SELECT looks FROM assurance_looktally WHERE kind = 'role' AND \"group\" = 'police'"
            )
        assert tally == 1

    def test_more_than_a_week_is_refused(self):
        at = acting.now()
        with as_role("batch"), pytest.raises(operations.MoreThanAWeek):
            operations.find_unusual_looks(since=at - datetime.timedelta(days=20), until=at, by=acting.MACHINE, at=at)

    def test_the_nightly_job_judges_the_week_to_which_yesterday_belongs(self, monkeypatch, snoop):
        tomorrow = acting.later(1)
        monkeypatch.setattr(clock, "now", lambda: tomorrow)

        with as_role("batch"):
            jobs.find_unusual_looks(timestamp=0)

        assert [alert[1] for alert in acting.alerts()] == ["social-worker"]

    def test_a_week_without_looks_finds_nothing(self):
        assert acting.find().lookers == 0


class TestInterests:
    def test_a_declared_child_and_a_declared_postcode_are_a_conflict(self, snoop):
        known, other = asking.children(most=2)[:2]
        operations.declare_address(user_id=snoop.user_id, postcode=other.postcode, by=snoop, at=acting.now())
        operations.declare_address(user_id=snoop.user_id, postcode=other.postcode, by=snoop, at=acting.now())

        assert queries.has_interest(user_id=snoop.user_id, child_id=known.id, postcode="")
        assert queries.has_interest(user_id=snoop.user_id, child_id=other.id, postcode=other.postcode)
        assert not queries.has_interest(user_id=snoop.user_id, child_id=other.id, postcode="")
        auditor = acting.person("auditor")
        assert not queries.has_interest(user_id=auditor.user_id, child_id=known.id, postcode=known.postcode)

    def test_nobody_else_reads_what_a_worker_declared(self, snoop):
        audit_operations.open_view(viewer=snoop, act="test.looked")
        assert asking.rows("SELECT count(*) FROM assurance_declaredinterest") == [(1,)]

        for other in ("auditor", "manager", "safeguarding-lead"):
            audit_operations.open_view(viewer=acting.person(other), act="test.looked")
            assert asking.rows("SELECT count(*) FROM assurance_declaredinterest") == [(0,)]


class TestReviewing:
    def test_a_case_is_opened_with_a_reason_and_decided_once(self, alert_id, auditor):
        with pytest.raises(operations.NotOpened):
            operations.decide(
                alert_id=alert_id, outcome=reviewing.Outcome.CHANCE, note=NOTE, by=auditor, at=acting.now()
            )
        with pytest.raises(operations.ReasonTooShort):
            operations.open_case(alert_id=alert_id, reason="why not", by=auditor, at=acting.now())

        operations.open_case(alert_id=alert_id, reason=REASON, by=auditor, at=acting.now())
        operations.decide(
            alert_id=alert_id, outcome=reviewing.Outcome.DATA_BREACH, note=NOTE, by=auditor, at=acting.now()
        )

        decided = queries.get_alert(viewer=auditor, alert_id=alert_id)
        assert (decided.state, decided.outcome) == (reviewing.State.CONCERN, "data_breach")
        assert (decided.reviewer_name, decided.note) == ("Morwenna Sykes", NOTE)
        with pytest.raises(operations.AlreadyDecided):
            operations.decide(
                alert_id=alert_id, outcome=reviewing.Outcome.CHANCE, note=NOTE, by=auditor, at=acting.now()
            )

    def test_children_are_named_only_when_the_case_is_open_and_then_each_look_says_so(self, alert_id, auditor):
        known = asking.children(most=1)[0]
        closed = queries.get_alert(viewer=auditor, alert_id=alert_id)
        assert [look.child for look in closed.looks] == [None]
        assert all(not event.subjects for event in asking.events() if event.act.startswith("assurance.unusual"))

        operations.open_case(alert_id=alert_id, reason=REASON, by=auditor, at=acting.now())
        opened = queries.get_alert(viewer=auditor, alert_id=alert_id)

        assert opened.looks[0].child is not None
        assert opened.looks[0].child.number == known.number
        assert (asking.events()[-1].act, asking.events()[-1].subjects) == ("assurance.unusual.case-seen", {known.id})

    @pytest.mark.parametrize("username", ["social-worker", "teacher", "analyst", "board-member"])
    def test_who_reviews_nothing_is_shown_nothing(self, username, alert_id):
        viewer = acting.person(username)
        for ask in (
            lambda: queries.count_alerts(viewer=viewer),
            lambda: queries.get_alert(viewer=viewer, alert_id=alert_id),
            lambda: operations.open_case(alert_id=alert_id, reason=REASON, by=viewer, at=acting.now()),
        ):
            with pytest.raises(queries.MayNotReview):
                ask()

    def test_a_manager_of_the_same_team_sees_and_decides_nothing_of_it(self, alert_id):
        manager = acting.person("manager")
        audit_operations.open_view(viewer=manager, act="test.looked")

        assert queries.get_alerts(viewer=manager, first=0, count=10) == []
        with pytest.raises(queries.NoSuchAlert):
            queries.get_alert(viewer=manager, alert_id=alert_id)
        with pytest.raises(reviewing.NotOutside):
            operations.open_case(alert_id=alert_id, reason=REASON, by=manager, at=acting.now())

    def test_a_manager_of_another_agency_may(self, alert_id):
        elsewhere = acting.holding("police-officer", "manager")
        audit_operations.open_view(viewer=elsewhere, act="test.looked")

        assert [card.id for card in queries.get_alerts(viewer=elsewhere, first=0, count=10)] == [alert_id]
        operations.open_case(alert_id=alert_id, reason=REASON, by=elsewhere, at=acting.now())

    def test_nobody_sees_or_decides_an_alert_about_themselves_whatever_their_role(self, alert_id, snoop):
        themselves = acting.holding("social-worker", "auditor", team_ids=frozenset({999}))
        audit_operations.open_view(viewer=themselves, act="test.looked")

        assert queries.count_alerts(viewer=themselves) == 0
        assert asking.rows("SELECT count(*) FROM assurance_unusuallook") == [(0,)]
        with pytest.raises(queries.NoSuchAlert):
            operations.open_case(alert_id=alert_id, reason=REASON, by=themselves, at=acting.now())

    def test_the_database_refuses_a_reviewer_from_the_team_whatever_a_page_forgets(self, alert_id, auditor):
        manager = acting.person("manager")
        audit_operations.open_view(viewer=auditor, act="test.looked")

        with pytest.raises(ProgrammingError, match="from outside the team"):
            run(
                "UPDATE assurance_unusuallook SET opened_by_id = %s, opened_at = now(), opened_reason = 'because' "
                "WHERE id = %s",
                manager.user_id,
                alert_id,
            )

    def test_nobody_reviews_in_the_name_of_another(self, alert_id, auditor):
        audit_operations.open_view(viewer=auditor, act="test.looked")

        with pytest.raises(ProgrammingError, match="in the name of another"):
            run(
                "UPDATE assurance_unusuallook SET opened_by_id = %s, opened_at = now(), opened_reason = 'because'",
                acting.person("police-officer").user_id,
            )

    def test_the_database_names_the_children_of_a_case_to_reviewers_alone_and_once_it_is_open(self, alert_id, auditor):
        known = asking.children(most=1)[0]

        def named_to(viewer) -> list[tuple]:
            audit_operations.open_view(viewer=viewer, act="test.looked", subjects=[known.id])
            return asking.rows("SELECT number FROM assurance_case_children(%s)", alert_id)

        assert named_to(auditor) == []
        operations.open_case(alert_id=alert_id, reason=REASON, by=auditor, at=acting.now())

        assert named_to(auditor) == [(known.number,)]
        for other in ("social-worker", "safeguarding-lead", "analyst"):
            assert named_to(acting.person(other)) == []

    @pytest.mark.parametrize(
        "change", ["looker_id = looker_id", "points = 0", "reasons = '[]'", "week = week", "looker_team_id = NULL"]
    )
    def test_the_application_cannot_change_what_an_alert_is_about(self, change, alert_id, auditor):
        audit_operations.open_view(viewer=auditor, act="test.looked")

        with pytest.raises(ProgrammingError, match="permission denied"):
            run(f"UPDATE assurance_unusuallook SET {change}")

    def test_a_decision_stands_in_the_database_too(self, alert_id, auditor):
        operations.open_case(alert_id=alert_id, reason=REASON, by=auditor, at=acting.now())
        operations.decide(alert_id=alert_id, outcome=reviewing.Outcome.CHANCE, note=NOTE, by=auditor, at=acting.now())

        with pytest.raises(ProgrammingError, match="stands"):
            run("UPDATE assurance_unusuallook SET note = 'something else'")


class TestRates:
    def test_rates_are_counted_by_role_agency_and_the_childs_ethnicity_and_small_ones_are_not_printed(self, snoop):
        _, *others = asking.children(most=40)
        teacher = acting.person("teacher")
        for other in others:
            acting.look(teacher, other, purpose="own_work")

        acting.find()

        by_role = queries.get_rates(kind="role", on=TODAY + datetime.timedelta(days=365 * 3))
        assert by_role == ()
        on = acting.now().date()
        looks = {rate.group: (rate.looks, rate.questioned) for rate in queries.get_rates(kind="role", on=on)}
        assert looks == {"social_worker": (None, None), "universal": (len(others), None)}
        counted = asking.rows("SELECT \"group\", looks FROM assurance_looktally WHERE kind = 'ethnicity'")
        assert sum(count for _, count in counted) == 1 + len(others)
        assert {group for group, _ in counted} <= {"white", "mixed", "asian", "black", "other", "not known"}
        assert len(counted) > 1

    def test_counted_twice_a_week_is_counted_once(self, snoop):
        acting.find()
        before = asking.rows('SELECT kind, "group", looks, questioned FROM assurance_looktally ORDER BY 1, 2')

        acting.find()

        assert asking.rows('SELECT kind, "group", looks, questioned FROM assurance_looktally ORDER BY 1, 2') == before
        assert ("role", "social_worker", 1, 1) in before
