"""Keeping and deleting: the longest status decides, a hold stops, a person approves, and a certificate proves without naming."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.database import roles
from joinedup.governance.rights import functions, jobs, models, operations, queries, rules
from joinedup.governance.rights.operations import asking as rights_asking
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from tests.conftest import NOW, TODAY, as_role
from tests.integration.exports import taking_out
from tests.integration.looking import asking
from tests.integration.rights import answering, test_requests
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_LEADING = """
SELECT conrelid::regclass::text, a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE contype = 'f' AND confrelid = ANY (ARRAY['people_child', 'records_personrecord', 'records_sourcerecord']::regclass[])
UNION SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name IN ('child_id', 'subject_id', 'person_record_id', 'source_record_id')
"""
_TEXTS = """
SELECT table_name, column_name FROM information_schema.columns JOIN pg_class ON relname = table_name
WHERE table_schema = 'public' AND relkind = 'r' AND (data_type IN ('character varying', 'text', 'jsonb', 'json'))
"""


#: How stewards judge, which no serving role reads.
_OF_STEWARDS = ("childindex_blindsample", "childindex_blindpair", "childindex_reviewnote")
_IN_FILES = "SELECT 1 FROM records_sourcefilechunk WHERE position(%s::bytea IN content) > 0"


@pytest.fixture
def one():
    """A child whom more than one agency knew and none helped further, whose time will be over and for whom nothing is held."""
    answering.list_due()
    known = [answering.known_of(due) for due in answering.due() if due.keeping.because == ("known",)][:25]
    return max(known, key=lambda known: (len(known.people), len(known.secrets)))


def hold(number, **given):
    said = {"reason": rules.HoldReason.INQUIRY, "why": answering.WHY, "by": answering.officer(), "at": NOW} | given
    return operations.place(number=number, **said)


_OF_PROCESSES = ("inbasket_", "casework_", "assessment_", "participation_", "protection_")


def _let_batch_look() -> None:
    """Let the test see what neither role may: the batch has no business with requests, stewards, in-baskets, or plans."""
    of_work = [table for table, _ in functions.DELETED if table.startswith(_OF_PROCESSES)]
    with as_role("owner"), connection.cursor() as cursor:
        for table in ("rights_datarequest", "rights_disputedfact", "rights_redaction", *_OF_STEWARDS, *of_work):
            cursor.execute(f"GRANT SELECT ON {table} TO {roles.role_names().batch}")
            cursor.execute(f"CREATE POLICY test ON {table} TO {roles.role_names().batch} USING (true)")


class TestWhoIsDue:
    def test_nobody_is_today_and_those_of_services_for_everyone_are_one_day(self):
        assert answering.due(on=TODAY) == []
        due = answering.due()

        assert len(due) > 50
        assert {one.keeping.because for one in due} >= {("known",)}

    def test_each_status_that_records_ever_showed_counts(self):
        with asking.peeking():
            looked_after = {
                row[0]
                for row in asking.rows(
                    "SELECT DISTINCT l.child_id FROM childindex_link l JOIN records_involvement i USING (person_record_id) "
                    "WHERE i.kind = 'looked_after' AND l.ended_at IS NULL"
                )
            }
            known = [queries.get_keeping(child_id=child_id) for child_id in looked_after]

        assert known
        assert all(
            "looked_after" in one.keeping.because or one.keeping.until is None
            for one in known
            if "adopted" not in one.keeping.because
        )
        assert looked_after.isdisjoint(one.child_id for one in answering.due())

    def test_a_status_said_once_and_replaced_counts_but_not_one_that_was_taken_back(self):
        one = answering.due()[0]
        visiting.write_as_batch(
            "UPDATE records_involvement SET is_current = false, kind = 'looked_after' "
            "WHERE id = (SELECT i.id FROM records_involvement i "
            "JOIN childindex_link l USING (person_record_id) WHERE l.child_id = %s AND l.ended_at IS NULL ORDER BY i.id LIMIT 1)",
            one.child_id,
        )
        with asking.peeking():
            assert queries.get_keeping(child_id=one.child_id).keeping.because == ("looked_after",)
        visiting.write_as_batch("UPDATE records_batch SET state = 'undone', undone_at = now(), undone_by_name = 'x'")
        with asking.peeking():
            assert queries.get_keeping(child_id=one.child_id).keeping.because == ("known",)

    def test_a_kind_that_the_schedule_does_not_know_keeps(self):
        one = answering.due()[0]
        visiting.write_as_batch(
            "UPDATE records_involvement SET kind = 'something_new' WHERE person_record_id IN "
            "(SELECT person_record_id FROM childindex_link WHERE child_id = %s)",
            one.child_id,
        )

        assert one.child_id not in {due.child_id for due in answering.due()}


class TestTheList:
    def test_it_names_no_child_and_only_those_who_answer_for_rights_see_it(self, one):
        audit_operations.open_view(viewer=answering.officer(), act="test.looked")
        assert one.number in {card.child_number for card in queries.get_due()}

        audit_operations.open_view(viewer=taking_out.persona("manager"), act="test.looked")
        assert queries.get_due() == []
        assert "rights.due.listed" in {event.act for event in asking.events()}

    def test_each_night_the_list_is_made_by_itself_and_nothing_is_deleted(self, monkeypatch):
        monkeypatch.setattr(jobs.clock, "today", lambda: answering.LATER)
        with transaction.atomic(), as_role("batch"):
            jobs.list_due(timestamp=0)

        audit_operations.open_view(viewer=answering.officer(), act="test.looked")
        assert queries.get_due()
        assert queries.get_certificates() == []

    def test_listing_again_adds_nothing_and_who_is_due_no_more_is_taken_off_with_the_approval(self, one):
        answering.approve(one.id)
        with transaction.atomic(), as_role("batch"):
            again = operations.list_due(by=answering.MACHINE, on=answering.LATER, at=NOW)
            assert (again.added, again.dropped) == (0, 0)
        hold(one.number)

        answering.list_due()

        audit_operations.open_view(viewer=answering.officer(), act="test.looked")
        assert one.number not in {card.child_number for card in queries.get_due()}


class TestHolds:
    def test_a_hold_stops_what_was_approved_until_it_is_lifted_with_a_reason(self, one):
        answering.approve(one.id)
        hold_id = hold(one.number)

        with pytest.raises(rules.OnHold):
            answering.delete(one.id)
        with (
            pytest.raises(DatabaseError, match="a legal hold, an open request or open work stops"),
            as_role("batch"),
            transaction.atomic(),
        ):
            asking.rows("SELECT * FROM rights_delete(%s)", one.id)
        operations.lift(hold_id=hold_id, why="The inquiry has ended and said so", by=answering.officer(), at=NOW)

        assert "known" in answering.delete(one.id).because

    def test_a_request_that_nobody_has_answered_stops_it_too(self, one):
        answering.approve(one.id)
        request_id = test_requests.recorded(one, answering.officer())

        assert one.id not in {due.child_id for due in answering.due()}
        with pytest.raises(rules.OnHold):
            answering.delete(one.id)
        with (
            pytest.raises(DatabaseError, match="an open request or open work stops"),
            as_role("batch"),
            transaction.atomic(),
        ):
            asking.rows("SELECT * FROM rights_delete(%s)", one.id)
        answered = {"outcome": rules.Outcome.REFUSED, "words": "They did not come back", "by": answering.officer()}
        operations.answer(request_id=request_id, at=NOW, **answered)

        assert "known" in answering.delete(one.id).because

    def test_a_hold_is_placed_and_lifted_once_each_in_words_and_is_in_the_audit(self, one):
        with pytest.raises(rules.TooFewWords):
            hold(one.number, why="because")
        hold_id = hold(f" {one.number.lower()} ")
        with pytest.raises(rules.TooFewWords):
            operations.lift(hold_id=hold_id, why="done", by=answering.officer(), at=NOW)
        operations.lift(hold_id=hold_id, why=answering.WHY, by=answering.officer("subject-access-officer"), at=NOW)
        with pytest.raises(rules.NotHeld):
            operations.lift(hold_id=hold_id, why=answering.WHY, by=answering.officer(), at=NOW)

        events = {event.act: event for event in asking.events()}
        for act in ("rights.hold.placed", "rights.hold.lifted"):
            assert (events[act].subjects, events[act].reason) == ({one.id}, answering.WHY)
        audit_operations.open_view(viewer=answering.officer(), act="test.looked")
        (card,) = queries.get_holds()
        assert (card.placed_by_name, card.lifted_by_name) == ("Maud Ellery", "Idris Penhale")

    def test_a_number_that_nobody_has_and_one_of_nobody_are_told(self):
        for number in ("", "nonsense", "000000000"):
            with pytest.raises(rights_asking.NoSuchChild):
                hold(number)

    @pytest.mark.parametrize("who", ["manager", "auditor-to-be", "not-stepped-up"])
    def test_nobody_else_holds_lifts_or_approves(self, one, who):
        viewer = taking_out.persona("data-protection-officer")
        if who != "not-stepped-up":
            viewer = taking_out.stepped_up(taking_out.persona("manager" if who == "manager" else "analyst"))
        with asking.peeking():
            ((due_id,),) = asking.rows("SELECT id FROM rights_duedeletion WHERE child_id = %s", one.id)

        for act in (
            lambda: hold(one.number, by=viewer),
            lambda: operations.lift(hold_id=due_id, why=answering.WHY, by=viewer, at=NOW),
            lambda: operations.approve(due_id=due_id, by=viewer, at=NOW),
        ):
            with pytest.raises(rights_asking.NotAllowed):
                act()

    def test_the_database_lets_nobody_else_place_or_see_one(self, one):
        hold(one.number)
        audit_operations.open_view(viewer=taking_out.persona("manager"), act="test.looked")
        assert asking.rows("SELECT count(*) FROM rights_legalhold") == [(0,)]
        assert asking.rows("SELECT * FROM rights_subject(%s)", one.number) == []

    def test_a_hold_is_lifted_by_someone_for_a_reason_or_not_at_all(self, one):
        hold(one.number)
        audit_operations.open_view(viewer=answering.officer(), act="test.looked")

        with pytest.raises(IntegrityError), transaction.atomic():
            models.LegalHold.objects.update(lifted_at=NOW)


class TestDeleting:
    def test_nothing_is_deleted_that_no_person_approved(self, one):
        with pytest.raises(rules.NotApproved):
            answering.delete(one.id)
        with pytest.raises(DatabaseError, match="no person has approved"), as_role("batch"), transaction.atomic():
            asking.rows("SELECT * FROM rights_delete(%s)", one.id)

    def test_what_came_since_the_approval_counts(self, one):
        answering.approve(one.id)

        with pytest.raises(rules.NotOverYet):
            answering.delete(one.id, on=TODAY)

    def test_nothing_is_left_that_names_the_child_in_any_table_file_or_search(self, one):
        answering.approve(one.id)
        self.ask_and_answer(one)
        answering.delete(one.id)

        _let_batch_look()
        with asking.peeking():
            found = {
                (table, column)
                for table, column in asking.rows(_LEADING)
                if table not in functions.STAYS
                and asking.rows(f'SELECT 1 FROM {table} WHERE "{column}" = ANY (%s) LIMIT 1', [one.id, *one.people])
            }
            said = {
                (table, column, secret)
                for table, column in asking.rows(_TEXTS)
                if table.startswith(("records_", "childindex_", "people_", "exports_", "rights_", "breakglass_"))
                for secret in one.secrets
                if asking.rows(f'SELECT 1 FROM {table} WHERE strpos("{column}"::text, %s) > 0 LIMIT 1', secret)
            }
            in_files = [secret for secret in one.secrets if asking.rows(_IN_FILES, secret.encode())]
            ((state,),) = asking.rows("SELECT state FROM people_child WHERE id = %s", one.id)
        assert one.secrets
        assert (found, said, in_files, state) == (set(), set(), [], "withdrawn")
        lead = asking.lead_of("schools")
        with pytest.raises(people_queries.NoSuchChild):
            childindex_queries.get_child_page(viewer=lead, number=one.number, purpose="referral", on=TODAY)

    def ask_and_answer(self, one):
        request_id = test_requests.recorded(
            one, answering.officer(), asked=f"They ask for {one.number} to be put right"
        )
        operations.confirm(request_id=request_id, by=answering.officer("subject-access-officer"), at=NOW)
        words = f"Part of {one.number} was put right"
        operations.answer(
            request_id=request_id, outcome=rules.Outcome.PARTLY, words=words, by=answering.officer(), at=NOW
        )

    def test_the_files_keep_their_length(self, one):
        def lengths():
            with asking.peeking():
                return asking.rows(
                    "SELECT file_id, position, length(content) FROM records_sourcefilechunk ORDER BY 1, 2"
                )

        before = lengths()
        answering.approve(one.id)
        answering.delete(one.id)

        assert lengths() == before

    def test_nobody_else_loses_a_row(self, one):
        def standing():
            with asking.peeking():
                return set(
                    asking.rows("SELECT id FROM records_sourcerecord WHERE person_record_id <> ALL (%s)", one.people)
                ), set(
                    asking.rows("SELECT child_id, record_count FROM people_childsummary WHERE child_id <> %s", one.id)
                )

        before = standing()
        answering.approve(one.id)
        answering.delete(one.id)

        assert standing() == before

    def test_the_rows_of_others_in_the_same_file_are_read_as_before(self, one):
        def rows():
            with asking.peeking():
                return asking.rows(
                    "SELECT s.id, substring(c.content FROM mod(s.byte_start, 1048576)::integer + 1 FOR s.byte_length) "
                    "FROM records_sourcerecord s JOIN records_batch b ON b.id = s.batch_id JOIN records_sourcefilechunk c "
                    "ON c.file_id = b.file_id AND c.position = s.byte_start / 1048576 "
                    "WHERE s.person_record_id <> ALL (%s) ORDER BY 1",
                    one.people,
                )

        before = rows()
        answering.approve(one.id)
        answering.delete(one.id)

        assert [row for row, was in zip(rows(), before, strict=True) if row != was] == []

    def test_the_certificate_says_what_by_which_rule_and_when_and_nothing_of_whom(self, one):
        answering.approve(one.id)
        certified = answering.delete(one.id)

        (card,) = queries.get_certificates()
        assert card.is_as_made
        assert card.certified == certified
        assert "known" in certified.because
        assert card.certified.deleted["records_personrecord"] == len(one.people)
        assert card.certified.approved_by_name == "Maud Ellery"
        written = str(card)
        assert [secret for secret in (one.number, str(one.id), *one.secrets) if secret in written] == []
        assert operations.was_deleted(number=one.number)
        assert not operations.was_deleted(number=answering.due()[0].number)
        event = next(event for event in asking.events() if event.act == "rights.deleted")
        assert (event.subjects, event.record_ref) == ({one.id}, certified.number)

    def test_a_certificate_that_was_altered_is_seen_to_be_and_no_serving_role_alters_one(self, one):
        answering.approve(one.id)
        answering.delete(one.id)
        for role in ("app", "batch"):
            for statement in ("UPDATE rights_certificate SET deleted = '{}'", "DELETE FROM rights_certificate"):
                with pytest.raises(DatabaseError), as_role(role), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("UPDATE rights_certificate SET approved_by_name = 'Someone Else'")

        (card,) = queries.get_certificates()
        assert not card.is_as_made


def test_every_table_that_leads_to_a_child_is_deleted_from_or_named_as_left():
    with as_role("owner"):
        leading = {table for table, _ in asking.rows(_LEADING)}

    assert leading - {table for table, _ in functions.DELETED} - functions.STAYS.keys() == set()


@pytest.mark.parametrize("table", sorted(table for table, _ in functions.DELETED if table.startswith("records_")))
def test_no_serving_role_deletes_what_agencies_said(table):
    names = roles.role_names()
    for name in (names.app, names.batch):
        assert asking.rows("SELECT has_table_privilege(%s, %s, 'DELETE')", name, table) == [(False,)]
