"""An export is bounded, reasoned, agreed to by two above 25 children, marked, and read under the asker's own sight."""

import dataclasses
import datetime
import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from joinedup.foundation import sheets
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.exports import operations, queries, rules
from joinedup.outcomes.people import queries as people_queries
from tests.conftest import NOW
from tests.integration.exports import taking_out
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
DAY = datetime.timedelta(days=1)
CHILD, FOUND, ROLL = rules.Kind.CHILD, rules.Kind.FOUND, rules.Kind.ROLL


@pytest.fixture
def lead(borough):
    return taking_out.lead()


@pytest.fixture
def manager(borough):
    return taking_out.persona("manager")


@pytest.fixture
def few(borough):
    """Make the roll of social care short enough for one person."""
    keep = [child_id for child_id, _ in taking_out.own_children()[:3]]
    visiting.write_as_batch("UPDATE people_child SET circles = '{}' WHERE id <> ALL (%s)", keep)
    visiting.write_as_batch("UPDATE people_childsummary SET circles = '{}' WHERE child_id <> ALL (%s)", keep)
    return keep


@pytest.fixture
def many(lead):
    taking_out.make_many(lead)


def state(export_id, by, at=NOW):
    audit_operations.open_view(viewer=by, act="test.looked")
    return queries.get_export(export_id=export_id, at=at).state


def take(export_id, by, as_=rules.Format.CSV, at=NOW):
    return operations.take(export_id=export_id, as_=as_, by=taking_out.stepped_up(by, at=at), at=at)


def test_one_childs_page_is_taken_out_marked_and_written_into_the_audit(lead):
    child_id, number = taking_out.own_children()[0]

    taken = take(taking_out.asked(lead, kind=CHILD, of=number), lead)

    head, *rows = sheets.read_csv(taken.content.decode())
    assert head[-1] == "Export"
    assert {row[0] for row in rows} == {number}
    assert {row[-1] for row in rows} == {f"Export {taken.number}, {lead.name}, 2026-10-05 10:30"}
    assert taken.sheet.notice.endswith(f"because: {taking_out.WHY}. Not to be passed on.")
    event = next(event for event in asking.events() if event.act == "exports.taken")
    assert (event.subjects, event.purpose, event.reason) == ({child_id}, "meeting", taking_out.WHY)
    assert event.record_ref == taken.number


def test_a_safeguarding_lead_takes_out_only_what_their_own_agency_said(lead):
    _, number = taking_out.own_children()[0]

    rows = take(taking_out.asked(lead, kind=CHILD, of=number), lead).sheet.rows

    with asking.peeking():
        agencies = asking.rows("SELECT name, code FROM agencies_agency")
    own = {name for name, code in agencies if code == "social_care"}
    assert {row[6] for row in rows} == own
    with asking.peeking():
        ((known,),) = asking.rows(
            "SELECT agency_count FROM people_childsummary s JOIN people_child c ON c.id = s.child_id WHERE number = %s",
            number,
        )
    assert known > 1


def test_the_children_of_ones_own_are_one_row_each(lead, few):
    taken = take(taking_out.asked(lead), lead)

    assert len(taken.sheet.rows) == taken.child_count == 3
    assert next(event for event in asking.events() if event.act == "exports.taken").subjects == set(few)


def test_the_children_found_by_a_search_of_ones_own_can_be_taken_out(lead):
    from joinedup.processes.childindex import operations as childindex_operations
    from joinedup.processes.childindex import rules as childindex_rules

    child_id, _ = taking_out.own_children()[0]
    known = next(known for known in asking.children(lambda one: one.id == child_id))
    token = childindex_operations.begin_search(
        criteria=childindex_rules.Criteria(name=known.name, birth_date=known.born),
        purpose="referral",
        by=lead,
        at=datetime.datetime.now(tz=datetime.UTC),
    )

    taken = take(taking_out.asked(lead, kind=FOUND, of=token), lead)

    assert known.number in {row[0] for row in taken.sheet.rows}


@pytest.mark.usefixtures("many")
class TestTwoPersons:
    def test_above_25_children_an_export_waits_and_nobody_agrees_to_their_own(self, lead):
        export_id = taking_out.asked(lead)

        assert state(export_id, lead) is rules.State.WAITING
        with pytest.raises(rules.NotOpen):
            take(export_id, lead)
        with pytest.raises(rules.OwnExport):
            operations.decide(export_id=export_id, is_agreed=True, by=lead, at=NOW)

    def test_another_person_of_the_agency_agrees_and_it_can_be_taken_for_a_day(self, lead, manager):
        export_id = taking_out.asked(lead)
        later = NOW + datetime.timedelta(hours=20)
        audit_operations.open_view(viewer=manager, act="test.looked")
        assert [card.id for card in queries.get_waiting(viewer=manager, at=later)] == [export_id]

        operations.decide(export_id=export_id, is_agreed=True, by=manager, at=later)

        assert take(export_id, lead, at=later + DAY - datetime.timedelta(minutes=1)).child_count > 25
        assert state(export_id, lead, later + DAY) is rules.State.EXPIRED
        with pytest.raises(rules.NotOpen):
            take(export_id, lead, at=later + DAY)

    def test_the_second_person_sees_that_it_waits_and_not_of_whom_it_is(self, lead, manager):
        taking_out.asked(lead)

        audit_operations.open_view(viewer=manager, act="test.looked")

        assert asking.rows("SELECT count(*) FROM exports_export") == [(1,)]
        assert asking.rows("SELECT count(*) FROM exports_exportsubject") == [(0,)]

    def test_the_second_person_cannot_take_it(self, lead, manager):
        export_id = taking_out.asked(lead)
        operations.decide(export_id=export_id, is_agreed=True, by=manager, at=NOW)

        with pytest.raises(queries.NoSuchExport):
            take(export_id, manager)

    def test_a_refused_one_stays_refused(self, lead, manager):
        export_id = taking_out.asked(lead)
        operations.decide(export_id=export_id, is_agreed=False, by=manager, at=NOW)

        assert state(export_id, lead, NOW + 2 * DAY) is rules.State.REFUSED
        with pytest.raises(rules.NotOpen):
            operations.decide(export_id=export_id, is_agreed=True, by=manager, at=NOW)

    def test_one_that_nobody_decided_is_over_after_a_day(self, lead, manager):
        export_id = taking_out.asked(lead)

        with pytest.raises(rules.NotOpen):
            operations.decide(export_id=export_id, is_agreed=True, by=manager, at=NOW + DAY)

    def test_a_person_of_another_agency_knows_of_none(self, lead):
        export_id = taking_out.asked(lead)

        with pytest.raises(queries.NoSuchExport):
            operations.decide(export_id=export_id, is_agreed=True, by=taking_out.persona("safeguarding-lead"), at=NOW)

    def test_an_analyst_of_the_same_agency_is_no_second_person(self, lead):
        export_id = taking_out.asked(lead)

        with pytest.raises(rules.NotASecondPerson):
            operations.decide(export_id=export_id, is_agreed=True, by=taking_out.persona("analyst"), at=NOW)

    @pytest.mark.parametrize(
        "change",
        ["state = 'ready'", "state = 'ready', decided_at = now(), decided_by_id = asked_by_id", "decided_at = now()"],
        ids=["nobody agreed", "the asker agreed", "when without whom"],
    )
    def test_the_database_holds_to_it_too(self, lead, change):
        taking_out.asked(lead)

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE exports_export SET {change}")


class TestBounds:
    def test_more_children_than_the_setting_allows_are_refused(self, lead, settings):
        settings.EXPORT_MOST_CHILDREN = 5

        with pytest.raises(rules.TooManyChildren):
            taking_out.asked(lead)

    def test_without_a_reason_in_words_nothing_is_asked_for(self, lead):
        with pytest.raises(rules.WhyIsTooShort):
            operations.ask(kind=ROLL, of="", reason=rules.Reason.MEETING, why="  ok  ", by=lead, at=NOW)

    def test_a_child_of_others_does_not_leave(self, lead):
        own = {child_id for child_id, _ in taking_out.own_children()}
        other = next(known for known in asking.children(lambda one: one.id not in own))

        with pytest.raises(rules.NothingToExport):
            taking_out.asked(lead, kind=CHILD, of=other.number)

    def test_a_social_worker_takes_out_one_child_of_whom_they_are_the_lead_professional(self):
        worker = taking_out.persona("social-worker")
        (first, number), (second, _) = taking_out.own_children()[:2]
        with pytest.raises(rules.NothingToExport):
            taking_out.asked(worker, kind=CHILD, of=number)
        for child_id in (first, second):
            taking_out.give_ground(worker, child_id, "L")

        agencies = {row[6] for row in take(taking_out.asked(worker, kind=CHILD, of=number), worker).sheet.rows}

        assert len(agencies) > 1
        with pytest.raises(rules.OneChildOnly):
            taking_out.asked(worker)

    @pytest.mark.parametrize("minutes", [None, 10])
    def test_without_a_second_factor_of_the_last_ten_minutes_nothing_leaves(self, lead, minutes):
        if minutes is not None:
            # So long ago that the session no longer says so.
            lead = dataclasses.replace(lead, stepped_up_at=NOW - datetime.timedelta(minutes=minutes))

        with pytest.raises(rules.StepUpNeeded):
            operations.ask(kind=ROLL, of="", reason=rules.Reason.MEETING, why=taking_out.WHY, by=lead, at=NOW)

    def test_what_was_asked_for_is_not_taken_when_the_second_factor_is_old(self, lead, few):
        export_id = taking_out.asked(lead)

        with pytest.raises(rules.StepUpNeeded):
            operations.take(export_id=export_id, as_=rules.Format.CSV, by=lead, at=NOW)

    def test_a_child_who_does_not_exist_is_not_there(self, lead):
        with pytest.raises(people_queries.NoSuchChild):
            taking_out.asked(lead, kind=CHILD, of="000000000")


class TestAfterwards:
    def test_a_child_sealed_since_is_no_longer_in_it(self, lead, few):
        export_id = taking_out.asked(lead)
        visiting.write_as_batch("UPDATE people_child SET is_sealed = true WHERE id = %s", few[0])
        visiting.write_as_batch("UPDATE people_childsummary SET is_sealed = true WHERE child_id = %s", few[0])

        taken = take(export_id, lead)

        assert taken.child_count == len(taken.sheet.rows) == 2
        assert few[0] not in next(event for event in asking.events() if event.act == "exports.taken").subjects

    def test_each_taking_is_kept_with_a_fingerprint_of_the_file(self, lead, few):
        export_id = taking_out.asked(lead)
        taken = [take(export_id, lead, as_) for as_ in (rules.Format.CSV, rules.Format.WORKBOOK)]

        kept = queries.get_takings(export_id=export_id)

        assert [card.format for card in kept] == [rules.Format.CSV, rules.Format.WORKBOOK]
        assert [card.sha256 for card in kept] == [hashlib.sha256(one.content).hexdigest() for one in taken]
        assert [card.row_count for card in kept] == [3, 3]

    def test_one_that_was_called_back_is_not_taken_again_and_says_who_took_it(self, lead, manager, few):
        export_id = taking_out.asked(lead)
        take(export_id, lead)

        operations.withdraw(export_id=export_id, by=manager, at=NOW)

        assert state(export_id, lead) is rules.State.WITHDRAWN
        assert [card.taken_by_name for card in queries.get_takings(export_id=export_id)] == [lead.name]
        for again in (lambda: take(export_id, lead), lambda: operations.withdraw(export_id=export_id, by=lead, at=NOW)):
            with pytest.raises(rules.NotOpen):
                again()

    def test_nothing_of_it_can_be_deleted(self, lead, few):
        take(taking_out.asked(lead), lead)

        for table in ("exports_export", "exports_exportsubject", "exports_exporttaking"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")


@pytest.mark.usefixtures("many")
def test_asking_and_taking_cost_the_same_however_many_children(lead, manager):
    with CaptureQueriesContext(connection) as asked:
        export_id = taking_out.asked(lead)
    operations.decide(export_id=export_id, is_agreed=True, by=manager, at=NOW)
    with CaptureQueriesContext(connection) as taken:
        held = take(export_id, lead)

    assert held.child_count > 25
    assert len(asked) <= 16
    assert len(taken) <= 20
