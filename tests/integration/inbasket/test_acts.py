"""Each act of the in-basket checks, changes, is written down, and does no harm when it is done twice or by two at once."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from joinedup.processes.inbasket import operations, queries, rules
from tests.conftest import NOW, as_role
from tests.integration.inbasket import working
from tests.integration.inbasket.working import MINUTE, person
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


def acts_of(item_id) -> list[str]:
    return [
        act for (act,) in working.kept("SELECT act FROM inbasket_itemact WHERE item_id = %s ORDER BY at, id", item_id)
    ]


def row(item_id, column: str):
    ((value,),) = working.kept(f"SELECT {column} FROM inbasket_item WHERE id = %s", item_id)
    return value


@pytest.fixture
def child() -> asking.Known:
    """A child whom the front door finds."""
    return asking.children(most=1)[0]


class TestSending:
    def test_what_was_typed_is_kept_as_it_was_and_no_child_is_chosen(self, child):
        item_id = working.send(name=child.name, birth_date=child.born, number=child.nhs_number)

        card = working.card(item_id)
        assert (card.message.name, card.message.birth_date, card.message.words) == (
            child.name,
            child.born,
            working.WORRY,
        )
        assert (card.child_id, card.child_is_unknown) == (None, False)
        assert card.state is rules.State.NEW

    def test_sent_twice_with_one_key_it_is_sent_once(self):
        key = uuid.uuid4()
        sent = [
            operations.send(kind=rules.Kind.CONTACT, said=working.said(), key=key, by=person("teacher"), at=NOW)
            for _ in range(2)
        ]

        assert sent[0] == sent[1]
        assert acts_of(sent[0]) == ["send"]

    def test_from_a_childs_page_it_is_about_that_child_by_the_senders_word(self, child):
        item_id = working.send(page_of=child.number, name=child.name)

        assert row(item_id, "child_id") == child.id

    @pytest.mark.parametrize("username", ["teacher", "play-worker", "police-officer", "out-of-hours"])
    def test_whoever_works_with_children_may_send(self, username):
        assert working.receipt(working.send(username), username).state is rules.State.NEW

    @pytest.mark.parametrize("username", ["analyst", "board-member", "steward"])
    def test_whom_the_matrix_lets_write_nothing_sends_nothing(self, username):
        with pytest.raises(rules.NotAllowed):
            working.send(username)


class TestHolding:
    def test_of_two_who_take_it_one_has_it_and_the_other_is_told_who(self):
        item_id = working.claimed()
        with pytest.raises(operations.TakenByOther) as refused:
            operations.claim(item_id=item_id, by=person("out-of-hours"), at=NOW)

        assert refused.value.name == "Marcus Vane"
        assert working.card(item_id).holder_name == "Marcus Vane"

    def test_taken_twice_it_is_taken_once(self):
        item_id = working.claimed()
        operations.claim(item_id=item_id, by=person("front-door"), at=NOW)

        assert acts_of(item_id) == ["send", "claim"]

    def test_nobody_takes_what_they_sent_themselves(self):
        item_id = working.send("front-door")
        with pytest.raises(operations.OwnItem):
            operations.claim(item_id=item_id, by=person("front-door"), at=NOW)

    def test_taking_is_undone_in_one_act(self):
        item_id = working.claimed()
        for _ in range(2):
            operations.put_back(item_id=item_id, why="", by=person("front-door"), at=NOW)

        assert (row(item_id, "state"), row(item_id, "holder_id")) == ("new", None)
        assert acts_of(item_id) == ["send", "claim", "put_back"]

    def test_handed_on_it_is_with_the_other_team_until_it_is_taken_back(self):
        item_id = working.claimed()
        ((team_id,),) = asking.rows("SELECT id FROM agencies_team WHERE code = 'CIN1'")
        operations.hand_on(
            item_id=item_id, team_id=team_id, why="She has a worker there", by=person("front-door"), at=NOW
        )
        seen = working.card(item_id, "social-worker")
        operations.take_back(item_id=item_id, by=person("front-door"), at=NOW)

        assert (seen.state, seen.team_id) == (rules.State.NEW, team_id)
        assert (row(item_id, "state"), working.card(item_id).is_mine) == ("held", True)
        with pytest.raises(queries.NoSuchItem):
            working.card(item_id, "social-worker")

    def test_once_the_other_team_works_on_it_nobody_takes_it_back(self):
        item_id = working.claimed()
        ((team_id,),) = asking.rows("SELECT id FROM agencies_team WHERE code = 'CIN1'")
        operations.hand_on(item_id=item_id, team_id=team_id, why="Her worker", by=person("front-door"), at=NOW)
        operations.claim(item_id=item_id, by=person("social-worker"), at=NOW)

        with pytest.raises(rules.NotAllowed):
            operations.take_back(item_id=item_id, by=person("front-door"), at=NOW)

    def test_handing_on_needs_a_reason_and_a_team_of_the_agency(self):
        item_id = working.claimed()
        with pytest.raises(operations.ReasonNeeded):
            operations.hand_on(item_id=item_id, team_id=1, why=" ", by=person("front-door"), at=NOW)
        with pytest.raises(operations.NotThere):
            operations.hand_on(
                item_id=item_id, team_id=working.team("police"), why="Theirs", by=person("front-door"), at=NOW
            )

    def test_a_manager_gives_what_someone_holds_to_a_colleague(self):
        item_id = working.claimed()
        colleague = next(
            one for one in queries.get_colleagues(agency_id=working.card(item_id).agency_id) if "Bea" in one.name
        )
        operations.give(
            item_id=item_id, practitioner_id=colleague.id, why="Marcus is off sick", by=person("manager"), at=NOW
        )

        assert working.card(item_id, "out-of-hours").is_mine
        assert working.receipt(item_id).ring_name == "Bea Rowntree"


class TestWeighing:
    def test_each_change_of_colour_has_its_reason_and_another_colour_begins_its_clock_anew(self):
        item_id = working.claimed()
        for minutes, colour in ((1, rules.Urgency.AMBER), (61, rules.Urgency.RED)):
            operations.set_urgency(
                item_id=item_id,
                urgency=colour,
                why=f"It is {colour}",
                by=person("front-door"),
                at=NOW + minutes * MINUTE,
            )

        acts = [act for act in working.card(item_id).acts if act.act == "set_urgency"]
        assert [(act.before, act.after, act.why) for act in acts] == [
            ("", "amber", "It is amber"),
            ("amber", "red", "It is red"),
        ]
        assert row(item_id, "due_at") == NOW + (61 + 120) * MINUTE

    def test_a_colour_set_twice_is_set_once_and_without_a_reason_not_at_all(self):
        item_id = working.claimed()
        given = {"item_id": item_id, "urgency": rules.Urgency.RED, "by": person("front-door"), "at": NOW}
        for _ in range(2):
            operations.set_urgency(**given, why="A knife was shown")
        with pytest.raises(operations.ReasonNeeded):
            operations.set_urgency(**given, why="  ")

        assert acts_of(item_id).count("set_urgency") == 1

    def test_a_person_says_which_child_it_is_and_may_put_it_right(self, child):
        item_id = working.claimed(name=child.name)
        operations.choose_child(
            item_id=item_id, number=child.number, why="Date of birth agrees", by=person("front-door"), at=NOW
        )
        chosen = working.card(item_id)
        operations.choose_child(item_id=item_id, number="", why="The school says no", by=person("front-door"), at=NOW)
        put_right = working.card(item_id)

        assert (chosen.child_number, chosen.child_is_unknown) == (child.number, False)
        assert (put_right.child_number, put_right.child_is_unknown) == ("", True)

    def test_an_agency_sees_what_was_typed_of_the_child_and_the_question_and_not_the_worry(self):
        item_id = working.claimed()
        request_id = working.ask(item_id, "patients")

        asked = working.card(request_id, "named-nurse")
        assert asked.message.name == "Ada Nobody"
        assert asked.message.words == "What do you know of her at home?"
        assert working.WORRY not in str(asked)
        with pytest.raises(queries.NoSuchItem):
            working.card(item_id, "named-nurse")

    def test_the_same_asked_twice_is_asked_once_and_something_else_waits_for_the_answer(self):
        item_id = working.claimed()

        assert working.ask(item_id, "patients") == working.ask(item_id, "patients")
        with pytest.raises(operations.AskedAlready):
            working.ask(item_id, "patients", question="And of her brother?")

    def test_a_brother_or_sister_has_an_item_of_their_own_and_the_sender_learns_no_name(self):
        item_id = working.claimed()
        part_id, again = (
            operations.split(item_id=item_id, sibling=rules.Sibling(name="Ben Nobody"), by=person("front-door"), at=NOW)
            for _ in range(2)
        )

        part = working.card(part_id)
        assert part_id == again
        assert (part.name, part.message.words, part.is_mine) == ("Ben Nobody", working.WORRY, True)
        seen = working.receipt(part_id)
        assert (seen.name, seen.message) == ("Ada Nobody", None)


class TestAnswering:
    def test_each_agency_has_its_own_answer_or_refusal_with_its_legal_basis_side_by_side(self):
        item_id = working.claimed()
        health, police = working.ask(item_id, "patients"), working.ask(item_id, "police")
        shared = operations.Answer(
            is_shared=True, basis=rules.Basis.SAFEGUARDING_DUTY, words="Weight falling since June"
        )
        refused = operations.Answer(is_shared=False, basis=rules.Basis.CONSENT, why="It would warn a suspect")
        operations.answer(item_id=health, answer=shared, by=person("named-nurse"), at=NOW)
        operations.answer(item_id=police, answer=refused, by=person("police-officer"), at=NOW)

        asked = {one.agency_name: one for one in working.card(item_id).asked}
        assert [one.outcome for one in asked.values()] == [rules.Outcome.ANSWERED, rules.Outcome.REFUSED]
        assert [one.answer or one.why for one in asked.values()] == [shared.words, refused.why]
        ledger = working.kept("SELECT is_shared, basis, words, why FROM inbasket_disclosure ORDER BY at, id")
        assert ledger == [
            (True, "safeguarding_duty", shared.words, ""),
            (False, "consent", "", refused.why),
        ]

    def test_an_answer_comes_back_as_a_reply_to_be_read_though_the_contact_was_closed(self):
        item_id = working.claimed()
        request_id = working.ask(item_id, "patients")
        working.told(item_id)
        operations.close(item_id=item_id, by=person("front-door"), at=NOW)
        answer = operations.Answer(is_shared=True, basis=rules.Basis.SECTION_17, words="Weight falling")
        for _ in range(2):
            operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)

        lines, total, _ = queries.get_items(
            viewer=person("front-door"), narrowed=queries.Narrowed(kind="reply"), sort="due", first=1, count=25, at=NOW
        )
        assert total == 1
        operations.read(item_id=lines[0].id, by=person("front-door"), at=NOW)
        assert row(lines[0].id, "outcome") == "read"

    def test_what_was_answered_is_not_answered_again_and_whoever_asked_may_withdraw(self):
        item_id = working.claimed()
        request_id = working.ask(item_id, "patients")
        operations.withdraw(item_id=request_id, why="The mother told us", by=person("front-door"), at=NOW)

        answer = operations.Answer(is_shared=True, basis=rules.Basis.CONSENT, words="Weight falling")
        with pytest.raises(operations.AnsweredAlready):
            operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)

    def test_an_answer_without_words_and_a_refusal_without_a_reason_are_none(self):
        request_id = working.ask(working.claimed(), "patients")
        for is_shared in (True, False):
            answer = operations.Answer(is_shared=is_shared, basis=rules.Basis.CONSENT)
            with pytest.raises(operations.ReasonNeeded):
                operations.answer(item_id=request_id, answer=answer, by=person("named-nurse"), at=NOW)


class TestDeciding:
    def test_the_sender_reads_who_to_ring_and_what_became_of_it(self):
        item_id = working.claimed()
        looked_at = working.receipt(item_id)
        working.told(item_id)
        operations.close(item_id=item_id, by=person("front-door"), at=NOW)
        after = working.receipt(item_id)

        assert (looked_at.state, looked_at.ring_name) == (rules.State.HELD, "Marcus Vane")
        assert (after.told_outcome, after.told_words) == (rules.Outcome.EARLY_HELP, "A worker will ring the family")
        assert (row(item_id, "owner_name"), row(item_id, "outcome")) == ("Marcus Vane", "early_help")

    def test_decided_and_told_twice_is_done_once_and_closed_before_it_is_told_not_at_all(self):
        item_id = working.claimed()
        with pytest.raises(rules.NotInState):
            operations.close(item_id=item_id, by=person("front-door"), at=NOW)
        for _ in range(2):
            operations.decide(item_id=item_id, decision=working.EARLY_HELP, by=person("front-door"), at=NOW)
        for _ in range(2):
            operations.tell(item_id=item_id, words="A worker will ring", by=person("front-door"), at=NOW)
        for _ in range(2):
            operations.close(item_id=item_id, by=person("front-door"), at=NOW)

        assert acts_of(item_id) == ["send", "claim", "decide", "tell", "close"]

    def test_a_sender_reads_the_same_words_whether_the_child_was_known_or_not(self, child):
        of_known, of_unknown = working.claimed(name="Ada"), working.claimed(name="Ada")
        operations.choose_child(
            item_id=of_known, number=child.number, why="They agree", by=person("front-door"), at=NOW
        )
        operations.choose_child(item_id=of_unknown, number="", why="Nobody fits", by=person("front-door"), at=NOW)
        receipts = []
        for item_id in (of_known, of_unknown):
            working.told(item_id)
            receipts.append(working.receipt(item_id))

        shown = ("name", "state", "ring_name", "told_outcome", "told_words")
        known, unknown = ([getattr(one, name) for name in shown] for one in receipts)
        assert known == unknown

    def test_a_level_or_an_outcome_that_is_none_is_refused(self):
        item_id = working.claimed()
        for level, outcome in ((9, rules.Outcome.ADVICE), (1, rules.Outcome.ANSWERED)):
            decision = operations.Decision(level=level, outcome=outcome, why="Because it is so")
            with pytest.raises(operations.NoSuchOutcome):
                operations.decide(item_id=item_id, decision=decision, by=person("front-door"), at=NOW)


@pytest.mark.parametrize("lacking", ["owner_id = NULL", "outcome = ''", "closed_at = NULL", "closed_by_id = NULL"])
def test_the_database_closes_nothing_without_owner_outcome_who_and_when(lacking):
    item_id = working.claimed()
    working.told(item_id)
    operations.close(item_id=item_id, by=person("front-door"), at=NOW)

    with as_role("definer"), pytest.raises(IntegrityError), transaction.atomic():
        asking.rows(f"UPDATE inbasket_item SET {lacking} WHERE id = %s RETURNING id", item_id)
