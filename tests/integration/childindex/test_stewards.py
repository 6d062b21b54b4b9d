"""A steward links, parts, confirms and takes back, each in one act; what was parted is rejoined by two alone."""

import datetime
import json
import uuid

import pytest
from django.db import Error, connection, transaction

from joinedup.foundation.database import roles
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models, operations, rules
from tests.conftest import NOW, as_role
from tests.integration.childindex import alone, stewards
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]
LATER = NOW + datetime.timedelta(days=1)


@pytest.fixture
def known(db, batch):
    """Four children as two agencies know them, each record a child of its own, and two stewards."""
    stewards.bring("social_care", *stewards.ROWS)
    stewards.bring("leisure", *stewards.ROWS)
    stewards.add("ines", "omar")
    stewards.add("wanda", role="lead_professional", worker_code="W-1")
    alone.link(NOW)
    return stewards.records()


def refused(act, *given, **named):
    with pytest.raises(rules.NotDone) as refusal, transaction.atomic():
        act(*given, **named)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")
    return refusal.value.answer


def kinds(act_id):
    return sorted(models.IdentityEvent.objects.filter(act_id=act_id).values_list("kind", flat=True))


def announced():
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM events_event WHERE kind LIKE 'childindex.child.%' ORDER BY id")
        found = [kind for (kind,) in cursor.fetchall()]
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")
    return found


class TestLinking:
    def test_the_older_child_lives_on_and_the_other_leads_there_for_ever(self, known):
        older, younger = sorted((known["social_care-1"], known["leisure-1"]))
        old, young = stewards.number_of(older), stewards.number_of(younger)

        act = stewards.link(younger, older)

        assert stewards.number_of(older) == stewards.number_of(younger) == old
        assert people_queries.get_child(number=young).number == old
        assert kinds(act) == ["linked", "redirected"]

    def test_who_the_child_is_and_who_may_find_them_is_so_at_once(self, known):
        stewards.link(known["social_care-1"], known["leisure-2"])

        found, _keys = stewards.standing()
        alone.link(LATER, together=[(known["social_care-1"], known["leisure-2"])])
        assert stewards.standing()[0] == found

    def test_it_is_history_by_whom_why_and_with_which_records_before_and_after(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        act = stewards.link(one, other)

        linked = models.IdentityEvent.objects.get(act_id=act, kind="linked")
        assert (linked.by_name, linked.why) == ("Ines", "steward")
        assert len(linked.before) == 1
        assert sorted(linked.after) == sorted((one, other))

    def test_every_later_run_obeys_it(self, known):
        one, other = known["social_care-1"], known["leisure-2"]
        stewards.link(one, other)

        operations.link_all(by=bringing.MACHINE, at=LATER)

        assert stewards.number_of(one) == stewards.number_of(other)

    def test_cases_and_plans_are_told(self, known):
        stewards.link(known["social_care-1"], known["leisure-1"])

        assert announced()[-1] == "childindex.child.redirected"

    def test_two_who_have_different_verified_numbers_are_not_linked_for_no_run_would(self, known):
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {roles.role_names().definer}")
            for record, number in ((known["social_care-1"], "9434765919"), (known["leisure-1"], "9434765870")):
                cursor.execute(
                    "UPDATE records_identitystatement SET nhs_number = %s, nhs_number_verified = true "
                    "WHERE person_record_id = %s",
                    [number, record],
                )
            cursor.execute(f"SET ROLE {roles.role_names().batch}")

        assert refused(stewards.link, known["social_care-1"], known["leisure-1"]) is rules.Answer.TWO_NUMBERS

    def test_linking_those_who_are_one_child_confirms_it(self, known):
        stewards.link(known["social_care-1"], known["leisure-1"])

        assert kinds(stewards.link(known["social_care-1"], known["leisure-1"])) == ["confirmed"]
        assert kinds(stewards.confirm(known["social_care-1"], known["leisure-1"])) == ["confirmed"]
        assert refused(stewards.confirm, known["social_care-1"], known["leisure-2"]) is rules.Answer.ABSENT


class TestParting:
    def test_it_is_as_if_they_had_never_been_linked(self, known):
        before = stewards.standing()
        stewards.link(known["social_care-1"], known["leisure-2"])
        assert stewards.standing() != before

        stewards.part([known["leisure-2"]])

        assert stewards.standing() == before

    def test_the_side_with_the_most_authoritative_record_keeps_the_number(self, known):
        care, club = known["social_care-1"], known["leisure-1"]
        stewards.link(care, club)
        number = stewards.number_of(care)

        stewards.part([care])

        assert stewards.number_of(care) == number != stewards.number_of(club)
        assert announced()[-1] == "childindex.child.parted"

    def test_no_run_joins_them_again_and_no_one_steward_either(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        operations.link_all(by=bringing.MACHINE, at=NOW)
        assert stewards.number_of(one) == stewards.number_of(other)

        act = stewards.part([one])

        for days in (1, 2):
            operations.link_all(by=bringing.MACHINE, at=NOW + datetime.timedelta(days=days))
            assert stewards.number_of(one) != stewards.number_of(other)
        assert refused(stewards.link, one, other) is rules.Answer.PARTED
        assert refused(stewards.undo, act) is rules.Answer.TAKES_TWO

    def test_those_who_are_two_children_are_kept_so(self, known):
        before = stewards.together()

        act = stewards.part([known["social_care-1"]], rest=[known["leisure-1"]])

        assert kinds(act) == ["kept_apart", "kept_apart"]
        assert stewards.together() == before
        operations.link_all(by=bringing.MACHINE, at=LATER)
        assert stewards.number_of(known["social_care-1"]) != stewards.number_of(known["leisure-1"])

    def test_the_database_itself_links_no_parted_pair(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        stewards.part([one], rest=[other])

        with pytest.raises(Error, match="never linked to one child again"), transaction.atomic():
            alone.link(LATER, together=[(one, other)])


class TestTakingBack:
    def test_a_link_is_undone_in_one_act(self, known):
        before = stewards.standing()
        act = stewards.link(known["social_care-1"], known["leisure-1"])

        undone = stewards.undo(act)

        assert stewards.standing() == before
        assert set(models.IdentityEvent.objects.filter(act_id=undone).values_list("undoes_id", flat=True)) == {act}
        assert refused(stewards.undo, act) is rules.Answer.ABSENT

    def test_what_another_decision_holds_together_stays_so(self, known):
        one, two, three = known["social_care-1"], known["leisure-1"], known["leisure-2"]
        first = stewards.link(one, two)
        stewards.link(two, three)

        stewards.undo(first)

        assert frozenset({one}) in stewards.together()
        assert frozenset({two, three}) in stewards.together()

    def test_nothing_moves_where_the_two_are_linked_by_a_third(self, known):
        one, two, three = known["social_care-1"], known["leisure-1"], known["leisure-2"]
        first = stewards.link(one, two)
        stewards.link(two, three)
        stewards.confirm(one, three)

        assert kinds(stewards.undo(first)) == ["undone"]
        assert frozenset({one, two, three}) in stewards.together()


class TestRejoining:
    def test_one_proposes_and_another_agrees(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        stewards.part([one], rest=[other])

        act = stewards.rejoin(one, other)

        assert stewards.number_of(one) == stewards.number_of(other)
        assert set(models.IdentityEvent.objects.filter(act_id=act).values_list("why", flat=True)) == {"rejoin"}
        (taken_back,) = models.StewardDecision.objects.filter(decision="cannot")
        assert {taken_back.revoked_by_id, taken_back.revoked_with_id} == {
            stewards.person("ines").user_id,
            stewards.person("omar").user_id,
        }

    def test_nobody_agrees_with_themselves(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        stewards.part([one], rest=[other])

        assert refused(stewards.rejoin, one, other, agreed_by="ines") is rules.Answer.OWN

    def test_nobody_agrees_with_themselves_by_a_statement_of_their_own_either(self, known):
        one, other = sorted((known["social_care-1"], known["leisure-1"]))
        stewards.part([one], rest=[other])
        (decision,) = models.StewardDecision.objects.values_list("id", flat=True)
        with stewards.as_people_are():
            ines = stewards.person("ines")
            proposal = operations.propose_rejoin(
                record_a=one, record_b=other, why="I think that they are one", by=ines, at=NOW
            )
        asked = {"id": str(uuid.uuid4()), "revoked": [str(decision)], "why": "", "because": "rejoin"}
        asked |= {name: [] for name in ("moves", "decisions", "events", "minted", "redirects")}

        answers = []
        with stewards.as_people_are():
            for given in ({}, {"proposal": str(proposal)}):
                _open(ines)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT childindex_settle('{step-up}', %s)", [json.dumps(asked | given)])
                    answers += cursor.fetchone()

        assert answers == ["takes_two", "own"]
        with as_role("definer"), pytest.raises(Error, match="childindex_parting_taken_back_by_two"):
            models.StewardDecision.objects.update(
                revoked_at=NOW, revoked_by_id=ines.user_id, revoked_with_id=ines.user_id
            )

    def test_what_was_never_parted_needs_no_second_steward(self, known):
        assert refused(stewards.rejoin, known["social_care-1"], known["leisure-1"]) is rules.Answer.NOT_PARTED

    def test_a_refusal_changes_nothing(self, known):
        one, other = known["social_care-1"], known["leisure-1"]
        stewards.part([one], rest=[other])
        with stewards.as_people_are():
            proposal = operations.propose_rejoin(
                record_a=one, record_b=other, why="I think that they are one", by=stewards.person("ines"), at=NOW
            )
            operations.refuse_rejoin(proposal_id=proposal, by=stewards.person("omar"), at=NOW)

        assert models.RejoinProposal.objects.get().outcome == "refused"
        assert refused(stewards.link, one, other) is rules.Answer.PARTED


def _open(viewer):
    from joinedup.foundation.audit import operations as audit_operations

    audit_operations.open_view(viewer=viewer, act="test.looked")


class TestWhoMay:
    def test_a_second_factor_is_asked_for(self, known):
        with stewards.as_people_are(), pytest.raises(operations.SecondFactorNeeded):
            operations.link_records(
                record_a=known["social_care-1"],
                record_b=known["leisure-1"],
                by=stewards.person("ines", given=frozenset()),
                at=NOW,
            )

    @pytest.mark.parametrize("role", ["lead_professional", "social_worker", "manager", "analyst"])
    def test_nobody_else_links_and_whoever_may_propose_does_not_decide(self, known, role):
        stewards.add("sam", role=role)

        with stewards.as_people_are(), pytest.raises(operations.NotAllowed):
            operations.link_records(
                record_a=known["social_care-1"], record_b=known["leisure-1"], by=stewards.person("sam"), at=NOW
            )

    @pytest.mark.parametrize("role", ["lead_professional", "social_worker", "manager", "analyst"])
    def test_the_database_says_so_too(self, known, role):
        stewards.add("sam", role=role)

        with stewards.as_people_are():
            _open(stewards.person("sam"))
            with connection.cursor() as cursor:
                cursor.execute("SELECT childindex_begin_act('{step-up}')")
                assert cursor.fetchone() == ("absent",)
                cursor.execute("SELECT count(*) FROM childindex_whole(%s, '{step-up}')", [[known["social_care-1"]]])
                assert cursor.fetchone() == (0,)

    def test_without_a_second_factor_the_database_says_no(self, known):
        with stewards.as_people_are():
            _open(stewards.person("ines"))
            with connection.cursor() as cursor:
                cursor.execute("SELECT childindex_begin_act('{}')")
                assert cursor.fetchone() == ("absent",)


def test_history_is_only_ever_added_to_whoever_tries(known):
    stewards.link(known["social_care-1"], known["leisure-1"])

    for statement in (
        "UPDATE childindex_identityevent SET by_name = 'Nobody'",
        "DELETE FROM childindex_identityevent",
        "TRUNCATE childindex_identityevent",
    ):
        for role in ("app", "batch", "definer", "owner"):
            assert _is_refused(statement, role)


def _is_refused(statement, role):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {getattr(roles.role_names(), role)}")
            cursor.execute(statement)
    except Error:
        return True
    return False


def test_a_history_says_what_is_so(known):
    with stewards.as_people_are():
        _open(stewards.person("ines"))
        child = str(models.IdentityEvent.objects.filter(kind="assigned").values_list("child_id", flat=True)[0])
        event = {"id": str(uuid.uuid4()), "kind": "linked", "child": child, "before": [], "after": [str(uuid.uuid4())]}
        asked = {"id": str(uuid.uuid4()), "revoked": [], "why": "", "because": "steward", "events": [event]}
        asked |= {name: [] for name in ("moves", "decisions", "minted", "redirects")}
        with pytest.raises(Error, match="says what is so"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT childindex_settle('{step-up}', %s)", [json.dumps(asked)])
