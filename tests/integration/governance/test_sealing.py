"""Sealing a child: asked by one officer, agreed by another, and from then on the child is hidden from whoever is not told."""

import dataclasses
import uuid

import pytest
from django.db import Error, transaction
from django.test import Client

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.access import sessions
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.sealing import operations, queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from tests.api import calling
from tests.conftest import NOW, TODAY
from tests.integration.governance import sealers
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

#: Told by a stub that a sealed child is known, and told nothing at all.
TOLD = ("social-worker", "manager")
REFERRAL = {"Joinedup-Purpose": "referral"}
NOT_TOLD = ("teacher", "safeguarding-lead", "steward")


def found(username: str, **criteria: object) -> childindex_queries.Found:
    return childindex_queries.find_children(
        viewer=sealers.person(username), criteria=childindex_rules.Criteria(**criteria), purpose="referral", on=TODAY
    )


def refusal(number: str, asked: rules.Asked = sealers.SET, *, by: str = "shield-officer") -> rules.Answer:
    with pytest.raises(rules.NotDone) as refused:
        sealers.ask(number, asked, by=by)
    return refused.value.answer


def put_in_conflict(username: str, child: asking.Known) -> None:
    visiting.write_as_batch(
        "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
        "VALUES (gen_random_uuid(), %s, %s, 'X', 'test', false, now() - interval '1 day')",
        sealers.person(username).user_id,
        child.id,
    )


class TestItTakesTwo:
    def test_nothing_changes_until_another_officer_agrees(self, child):
        request = sealers.ask(child.number)
        assert not sealers.is_sealed(child)
        sealers.agree(request)

        assert sealers.is_sealed(child)

    def test_lifting_takes_two_as_well(self, child):
        sealers.seal(child.number)
        request = sealers.ask(child.number, sealers.LIFT)
        assert sealers.is_sealed(child)
        with pytest.raises(rules.NotDone):
            sealers.agree(request, by="shield-officer")
        assert sealers.is_sealed(child)
        sealers.agree(request, by="shield-deputy")

        assert not sealers.is_sealed(child)

    def test_nobody_agrees_with_themselves(self, child):
        request = sealers.ask(child.number)
        with pytest.raises(rules.NotDone) as refused:
            sealers.agree(request, by="shield-officer")

        assert refused.value.answer is rules.Answer.OWN
        assert not sealers.is_sealed(child)

    def test_nobody_agrees_with_themselves_by_a_statement_of_their_own_either(self, child):
        request, officer = sealers.ask(child.number), sealers.person("shield-officer")
        audit_operations.open_view(viewer=officer, act="test.looked")
        assert asking.rows("SELECT sealing_decide(%s, true, '{}')", request) == [("own",)]
        for statement in (
            "INSERT INTO access_seal DEFAULT VALUES",
            "UPDATE sealing_sealrequest SET asked_by_id = gen_random_uuid()",
            f"UPDATE people_child SET is_sealed = true WHERE id = '{child.id}'",
            f"SELECT childindex_set_seal('{child.id}', '{{}}')",
            f"SELECT childindex_lift_seal('{child.id}')",
            "DELETE FROM records_heldaddress",
        ):
            with pytest.raises(Error, match="permission denied"), transaction.atomic():
                asking.rows(statement)

        assert not sealers.is_sealed(child)

    @pytest.mark.parametrize(("by", "outcome"), [("shield-deputy", "refused"), ("shield-officer", "withdrawn")])
    def test_what_is_refused_or_taken_back_changes_nothing_and_may_be_asked_again(self, child, by, outcome):
        request = sealers.ask(child.number)
        operations.decide(request_id=request, agrees=False, by=sealers.person(by), at=NOW)

        with asking.peeking():
            assert asking.rows("SELECT outcome FROM sealing_sealrequest WHERE id = %s", request) == [(outcome,)]
        assert not sealers.is_sealed(child)
        with pytest.raises(queries.NoSuchRequest):
            sealers.agree(request)
        sealers.seal(child.number)
        assert sealers.is_sealed(child)

    def test_one_thing_is_asked_of_a_child_at_a_time_and_what_is_so_already_is_not_asked(self, child):
        assert refusal(child.number, sealers.LIFT) is rules.Answer.ALREADY
        request = sealers.ask(child.number)
        assert refusal(child.number, by="shield-deputy") is rules.Answer.WAITING
        sealers.agree(request)
        assert refusal(child.number) is rules.Answer.ALREADY

    @pytest.mark.parametrize("username", [*TOLD, *NOT_TOLD])
    def test_to_whoever_keeps_no_seals_there_is_no_child_and_no_question(self, child, username):
        viewer = sealers.person(username)
        assert refusal(child.number, by=username) is refusal("000000000", by=username) is rules.Answer.ABSENT
        request = sealers.ask(child.number)
        for asked_for in (request, uuid.uuid4()):
            with pytest.raises(queries.NoSuchRequest):
                operations.decide(request_id=asked_for, agrees=True, by=viewer, at=NOW)
            audit_operations.open_view(viewer=viewer, act="test.looked")
            assert asking.rows("SELECT sealing_decide(%s, true, '{}')", asked_for) == [("absent",)]
        assert asking.rows("SELECT * FROM sealing_sealrequest") == []
        assert queries.get_waiting(viewer=viewer) == []
        sealers.agree(request)
        assert childindex_queries.get_sealed(viewer=viewer) == []
        assert childindex_queries.get_held(viewer=viewer) == []

    def test_an_officer_in_conflict_is_told_of_nothing(self, child):
        put_in_conflict("shield-officer", child)
        kin = sealers.person("shield-officer")
        assert refusal(child.number) is rules.Answer.ABSENT
        request = sealers.ask(child.number, by="shield-deputy")

        assert queries.get_waiting(viewer=kin) == []
        with pytest.raises(queries.NoSuchRequest):
            sealers.agree(request, by="shield-officer")
        audit_operations.open_view(viewer=kin, act="test.looked")
        assert asking.rows("SELECT sealing_decide(%s, true, '{}')", request) == [("absent",)]
        assert asking.rows("SELECT * FROM sealing_sealrequest") == []

    def test_an_officer_in_conflict_is_told_nothing_of_a_sealed_child(self, child):
        sealers.seal(child.number)
        put_in_conflict("shield-officer", child)

        assert childindex_queries.get_sealed(viewer=sealers.person("shield-officer")) == []
        assert found("shield-officer", name=child.name, birth_date=child.born).stubs == ()
        assert len(childindex_queries.get_sealed(viewer=sealers.person("shield-deputy"))) == 1

    def test_the_audit_names_the_child_and_the_reason(self, child):
        sealers.seal(child.number)

        acts = {event.act: event for event in asking.events()}
        for act in ("sealing.set.asked", "sealing.set.agreed"):
            assert acts[act].subjects == {child.id}
            assert acts[act].purpose == "violence_at_home"
        assert acts["sealing.set.asked"].actor_id != acts["sealing.set.agreed"].actor_id


@pytest.fixture
def sealed(child) -> asking.Known:
    """A child who is sealed."""
    sealers.seal(child.number)
    return child


def signed_in(username: str) -> Client:
    return calling.signed_in(username)


def born(child: asking.Known) -> dict[str, str]:
    """Return a date of birth as the page that finds children takes it."""
    day = child.born
    return {"birth_date-day": str(day.day), "birth_date-month": str(day.month), "birth_date-year": str(day.year)}


class TestWhoIsTold:
    @pytest.mark.parametrize("username", TOLD)
    def test_a_stub_says_who_the_child_is_and_whom_to_ring_and_no_more(self, sealed, username):
        ((stub),) = found(username, name=sealed.name, birth_date=sealed.born).stubs

        assert {field.name for field in dataclasses.fields(stub)} == {
            "id",
            "number",
            "given_name",
            "family_name",
            "birth_date",
            "sex",
            "reasons",
        }
        assert (stub.number, stub.given_name, stub.birth_date) == (sealed.number, sealed.given, sealed.born)
        client = signed_in(username)
        page = visiting.body(client, visiting.search(client, name=sealed.name, **born(sealed)))
        assert "Protected" in page
        assert f"/child/{sealed.number}" not in {link.split("?")[0] for link in visiting.links(page).values()}
        for hidden in (sealed.postcode, sealed.nhs_number, sealed.upn):
            assert hidden not in page

    @pytest.mark.parametrize("username", NOT_TOLD)
    def test_to_everyone_else_it_is_no_child_found(self, sealed, username):
        answer = found(username, name=sealed.name, birth_date=sealed.born)
        assert answer.stubs == ()
        assert asking.place_of(sealed, answer.children) == 999
        client = signed_in(username)
        page = visiting.body(client, visiting.search(client, number=sealed.number))

        assert "No child found" in page
        assert "Protected" not in page

    @pytest.mark.parametrize("username", [*TOLD, "shield-officer"])
    def test_nothing_that_a_stub_does_not_show_finds_it(self, sealed, username):
        for criteria in ({"number": sealed.nhs_number}, {"number": sealed.upn}, {"postcode": sealed.postcode}):
            answer = found(username, **criteria)
            assert answer.stubs == ()
            assert asking.place_of(sealed, answer.children) == 999

    @pytest.mark.parametrize("field", ["number", "postcode"])
    def test_what_a_stub_does_not_show_neither_helps_nor_hinders(self, sealed, field):
        hidden = {"number": sealed.nhs_number, "postcode": sealed.postcode}[field]
        wrong = {"number": "9990000018", "postcode": "ZZ9 9ZZ"}[field]
        answers = [
            found("manager", name=sealed.name, birth_date=sealed.born, **{field: given}).stubs
            for given in (hidden, wrong)
        ]
        half = [found("manager", name=sealed.family, **{field: given}).stubs for given in (hidden, wrong)]

        assert answers[0] == answers[1]
        assert half[0] == half[1]

    def test_names_of_the_past_find_nothing(self, child):
        visiting.write_as_batch(
            "INSERT INTO childindex_searchkey (value, person_record_id) SELECT 'n:zorvaxxin', person_record_id "
            "FROM childindex_link WHERE child_id = %s AND ended_at IS NULL",
            child.id,
        )
        visiting.write_as_batch("INSERT INTO childindex_nameword (word, sound) VALUES ('zorvaxxin', 'ZZ')")
        assert found("manager", name="Zorvaxxin", birth_date=child.born).children != ()
        sealers.seal(child.number)

        for username in ("manager", "shield-officer"):
            answer = found(username, name=f"{child.given} Zorvaxxin", postcode=child.postcode)
            assert child.id not in {one.card.id for one in answer.children}, "neighbours may live at that postcode"
            assert answer.stubs == ()

    def test_who_must_know_two_things_is_told_nothing_for_one(self, sealed):
        assert found("social-worker", name=sealed.family).stubs == ()
        assert found("social-worker", birth_date=sealed.born).stubs == ()
        assert sealed.number in {one.number for one in found("manager", name=sealed.family).stubs}

    def test_that_someone_learnt_of_the_child_is_written_down(self, sealed):
        found("manager", name=sealed.name, birth_date=sealed.born)

        assert sealed.id in asking.events()[-1].subjects


class TestNothingElseTells:
    @pytest.mark.parametrize("username", ["teacher", "safeguarding-lead", "manager", "social-worker"])
    def test_the_page_is_the_page_of_nobody(self, sealed, username):
        client = signed_in(username)
        answers = []
        for number in (sealed.number, calling.never_given()):
            client.post(f"/child/{number}/why", {"reason": "referral", "note": ""})
            answer = client.get(f"/child/{number}")
            answers.append((answer.status_code, visiting.main(answer.content.decode()).replace(number, "")))

        assert answers[0][0] == 404
        assert answers[0] == answers[1]

    def test_an_officer_reads_the_record(self, sealed):
        client = signed_in("shield-officer")
        visiting.open_child(client, sealed.number)

        assert sealed.family in visiting.body(client, f"/child/{sealed.number}")

    def test_counts_are_those_without_the_child(self, child):
        lead = sealers.person("safeguarding-lead")
        before = childindex_queries.count_index(viewer=lead)
        with asking.peeking():
            ((records,),) = asking.rows(
                "SELECT count(*) FROM childindex_link WHERE child_id = %s AND ended_at IS NULL", child.id
            )
        sealers.seal(child.number)
        after = childindex_queries.count_index(viewer=lead)

        assert (after.children, after.children_of_own_agency) == (
            before.children - 1,
            before.children_of_own_agency - 1,
        )
        assert after.person_records == before.person_records - records
        assert after.not_yet_linked == before.not_yet_linked
        sealers.lift(child.number)
        # What a steward would be asked is asked again by the next link run.
        again = childindex_queries.count_index(viewer=lead)
        assert dataclasses.replace(again, waiting_for_review=before.waiting_for_review) == before

    def test_by_the_interface_the_child_is_absent_to_all_but_officers(self, sealed):
        for username in ("safeguarding-lead", "teacher", "manager"):
            client = signed_in(username)
            for part in calling.PARTS:
                theirs, nobodys = (
                    calling.get(client, f"/children/{number}{part}", **REFERRAL)
                    for number in (sealed.number, calling.never_given())
                )
                assert (theirs.status_code, theirs.content) == (404, nobodys.content)

    def test_by_the_interface_an_officer_without_a_second_factor_finds_nobody(self, sealed):
        client = signed_in("shield-officer")
        address = f"/children/{sealed.number}"
        assert calling.get(client, address, **REFERRAL).status_code == 200
        session = client.session
        session[sessions.ASSURANCE] = access_rules.Assurance.TWO_FACTORS.value
        session.save()

        assert calling.kind(calling.get(client, address, **REFERRAL)) == "not-found"

    def test_by_the_interface_a_search_tells_of_no_stub(self, sealed):
        for username in ("manager", "safeguarding-lead", "shield-officer"):
            client = signed_in(username)
            asked = {"name": sealed.name, "birth_date": sealed.born.isoformat()}
            answer = calling.get(client, f"/searches/{calling.search(client, **asked)}")

            assert answer.status_code == 200
            assert sealed.number.encode() not in answer.content
