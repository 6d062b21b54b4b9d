"""Requests, and disputed facts: two persons open the record for one request, and what an agency said is never written over."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import models, operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW, TODAY, as_role
from tests.integration.exports import taking_out
from tests.integration.looking import asking
from tests.integration.rights import answering

pytestmark = pytest.mark.usefixtures("borough")
WHY = "They showed a passport and the birth certificate"
SAYS = "The birthday is the third of May, as the passport says"


@pytest.fixture
def known():
    """A child of whom several agencies say who they are."""
    return asking.children(lambda one: one.upn and one.nhs_number)[0]


@pytest.fixture
def officer():
    return answering.officer()


@pytest.fixture
def second():
    return answering.officer("subject-access-officer")


def recorded(known, by, **given):
    said = {
        "kind": rules.Kind.CORRECTION,
        "number": known.number,
        "asker": rules.Asker.PARENT,
        "asker_name": "Ines Wray",
        "identity_checked": WHY,
        "asked_on": TODAY,
        "asked": SAYS,
        "by": by,
        "at": NOW,
    }
    return operations.record(**said | given)


def card(request_id, by):
    audit_operations.open_view(viewer=by, act="test.looked")
    return queries.get_request(request_id=request_id)


@pytest.fixture
def request_id(known, officer, second):
    """A request that a second person has confirmed."""
    made = recorded(known, officer)
    operations.confirm(request_id=made, by=second, at=NOW)
    return made


def lines(request_id, by):
    return operations.see_record(request=card(request_id, by), by=by)


def birthday(request_id, by):
    return next(line for line in lines(request_id, by) if line.kind == "birth_date" and line.is_current)


def disputed(request_id, by):
    key = operations.key_of_line(birthday(request_id, by))
    return operations.dispute(request_id=request_id, key=key, words=SAYS, by=by, at=NOW)


class TestTwoPersons:
    def test_nobody_sees_the_record_before_a_second_person_has_confirmed_who_asked(self, known, officer, second):
        request_id = recorded(known, officer)
        assert card(request_id, officer).state is rules.State.RECORDED
        with pytest.raises(rules.NotInState):
            lines(request_id, officer)
        with pytest.raises(rules.OwnRequest):
            operations.confirm(request_id=request_id, by=officer, at=NOW)
        assert asking.rows("SELECT rights_confirm(%s)", request_id) == [(False,)]

        operations.confirm(request_id=request_id, by=second, at=NOW)

        for viewer in (officer, second):
            assert {line.part for line in lines(request_id, viewer)} >= {"identity", "help"}
        seen = [event for event in asking.events() if event.act == "rights.record.seen"]
        assert [(event.subjects, event.purpose) for event in seen] == [({known.id}, "family_request")] * 2

    def test_they_see_this_child_and_no_other_and_nothing_after_the_answer(self, known, officer, request_id):
        other = asking.children(lambda one: one.id != known.id)[0]
        page = childindex_queries.get_child_page(
            viewer=officer, number=known.number, purpose="family_request", on=TODAY
        )
        assert page.card.number == known.number
        with pytest.raises(childindex_queries.NotInScope.__mro__[1]):
            childindex_queries.get_child_page(viewer=officer, number=other.number, purpose="family_request", on=TODAY)

        operations.answer(
            request_id=request_id, outcome=rules.Outcome.GRANTED, words="It was put right as asked", by=officer, at=NOW
        )

        with pytest.raises(childindex_queries.NotInScope.__mro__[1]):
            childindex_queries.get_child_page(viewer=officer, number=known.number, purpose="family_request", on=TODAY)
        with pytest.raises(rules.NotInState):
            lines(request_id, officer)

    def test_a_person_who_does_not_answer_for_rights_does_none_of_it(self, known, request_id):
        manager = taking_out.stepped_up(taking_out.persona("manager"))

        for act in (
            lambda: recorded(known, manager),
            lambda: operations.confirm(request_id=request_id, by=manager, at=NOW),
            lambda: operations.extend(request_id=request_id, why=WHY, by=manager, at=NOW),
            lambda: operations.dispute(request_id=request_id, key="x", words=SAYS, by=manager, at=NOW),
        ):
            with pytest.raises(operations.NotAllowed):
                act()
        audit_operations.open_view(viewer=manager, act="test.looked")
        assert queries.get_requests() == []

    def test_the_database_refuses_a_person_who_confirms_their_own(self, known, officer):
        recorded(known, officer)
        with pytest.raises(IntegrityError), transaction.atomic():
            models.DataRequest.objects.update(
                confirmed_at=NOW, confirmed_by_id=officer.user_id, confirmed_by_name=officer.name
            )


class TestInTime:
    def test_a_request_is_late_the_day_after_its_month(self, officer, request_id):
        asked = card(request_id, officer)

        assert asked.due_on == datetime.date(2026, 11, 5)
        assert not asked.is_late(on=asked.due_on)
        assert asked.is_late(on=asked.due_on + datetime.timedelta(days=1))

    def test_it_is_extended_once_with_a_reason(self, officer, request_id):
        operations.extend(request_id=request_id, why="Four agencies must be asked", by=officer, at=NOW)

        assert card(request_id, officer).due_on == datetime.date(2027, 1, 5)
        with pytest.raises(rules.TooLate):
            operations.extend(request_id=request_id, why="Four agencies must be asked", by=officer, at=NOW)

    def test_a_day_that_has_not_come_is_refused(self, known, officer):
        with pytest.raises(rules.InTheFuture):
            recorded(known, officer, asked_on=TODAY + datetime.timedelta(days=1))


class TestDisputedFacts:
    def test_a_disputed_fact_is_marked_and_what_the_agency_said_stays(self, known, officer, request_id):
        def said():
            with asking.peeking():
                return asking.rows("SELECT * FROM records_identitystatement ORDER BY id")

        before = said()
        line = birthday(request_id, officer)
        disputed(request_id, officer)

        lead = asking.lead_of("schools")
        page = childindex_queries.get_child_page(viewer=lead, number=known.number, purpose="referral", on=TODAY)
        (mark,) = queries.get_marks(child_id=page.card.id)
        assert (mark.agency_name, mark.kind, mark.value) == (line.agency_name, "birth_date", line.words)
        assert (mark.words, mark.decision) == (SAYS, rules.Decision.WAITING)
        assert said() == before

    def test_it_is_seen_by_nobody_to_whom_the_child_is_not_open(self, known, officer, request_id):
        disputed(request_id, officer)

        audit_operations.open_view(viewer=taking_out.persona("social-worker"), act="test.looked")
        assert queries.get_marks(child_id=known.id) == []

    def test_a_dispute_of_what_is_guarded_is_seen_by_those_alone_who_see_it(self, officer, second):
        with asking.peeking():
            ((number,), *_) = asking.rows(
                "SELECT c.number FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
                "JOIN records_chronologyentry e USING (person_record_id) WHERE e.tier = 4 ORDER BY 1"
            )
        known = asking.children(lambda one: one.number == number)[0]
        request_id = recorded(known, officer)
        operations.confirm(request_id=request_id, by=second, at=NOW)
        guarded = next(line for line in lines(request_id, officer) if line.tier == 4)
        operations.dispute(request_id=request_id, key=operations.key_of_line(guarded), words=SAYS, by=officer, at=NOW)

        lead = asking.lead_of("schools")
        page = childindex_queries.get_child_page(viewer=lead, number=number, purpose="referral", on=TODAY)
        assert queries.get_marks(child_id=page.card.id) == []
        page = childindex_queries.get_child_page(viewer=officer, number=number, purpose="family_request", on=TODAY)
        assert [mark.part for mark in queries.get_marks(child_id=page.card.id)] == [guarded.part]

    def test_the_mark_stays_with_the_decision_and_the_request_cannot_be_answered_before(self, officer, request_id):
        dispute_id = disputed(request_id, officer)
        answer = {"request_id": request_id, "outcome": rules.Outcome.PARTLY, "words": WHY, "by": officer, "at": NOW}
        with pytest.raises(rules.StillWaiting):
            operations.answer(**answer)

        decision = {"request_id": request_id, "dispute_id": dispute_id, "by": officer, "at": NOW}
        operations.decide(**decision, decision=rules.Decision.UPHELD, why="The register office confirms the third")
        with pytest.raises(operations.NoSuchDispute):
            operations.decide(**decision, decision=rules.Decision.NOTED, why="The register office confirms it")
        operations.answer(**answer)

        audit_operations.open_view(viewer=officer, act="test.looked")
        (one,) = queries.get_disputes(request_id=request_id)
        assert (one.mark.decision, one.decided_by_name) == (rules.Decision.UPHELD, officer.name)
        events = {event.act: event for event in asking.events()}
        assert events["rights.fact.decided"].reason.startswith("upheld: ")
        assert events["rights.request.answered"].reason == "partly"

    def test_a_line_that_the_record_does_not_hold_is_not_disputed(self, officer, request_id):
        with pytest.raises(operations.NoSuchLine):
            operations.dispute(request_id=request_id, key="0" * 32, words=SAYS, by=officer, at=NOW)

    def test_once_in_a_request(self, officer, request_id):
        disputed(request_id, officer)
        with pytest.raises(IntegrityError), transaction.atomic():
            disputed(request_id, officer)

    def test_nothing_of_it_can_be_deleted_but_with_the_record(self, officer, request_id):
        disputed(request_id, officer)
        for table in ("rights_disputedfact", "rights_datarequest", "rights_redaction"):
            for role in ("app", "batch"):
                with pytest.raises(Exception, match="permission denied"), as_role(role), transaction.atomic():
                    connection.cursor().execute(f"DELETE FROM {table}")
