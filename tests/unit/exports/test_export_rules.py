"""Who must agree, how long an export stands, what is asked of its reason, and what is written on it."""

import datetime
import uuid

import pytest

from joinedup.foundation.access import rules as access_rules
from joinedup.governance.agreements import queries as agreements_queries
from joinedup.governance.exports import rules

AT = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
ONE, TWO, THREE = (uuid.UUID(int=number) for number in (1, 2, 3))


def decision(
    outcome: str, rule: str = "safeguarding_lead/export/I:own+watermark", *needs: str
) -> access_rules.Decision:
    return access_rules.Decision(outcome=access_rules.Outcome(outcome), rule=rule, needs=needs)


@pytest.mark.parametrize(("children", "state"), [(1, "ready"), (25, "ready"), (26, "waiting"), (500, "waiting")])
def test_above_25_children_a_second_person_is_waited_for(children, state):
    assert rules.first_state(children=children) == state


@pytest.mark.parametrize(
    ("kept", "hours", "state"),
    [("waiting", 23, "waiting"), ("waiting", 24, "expired"), ("ready", 23, "ready"), ("ready", 24, "expired")]
    + [("refused", 99, "refused"), ("withdrawn", 99, "withdrawn")],
)
def test_an_export_is_over_after_a_day_and_what_was_decided_stays(kept, hours, state):
    at = AT + datetime.timedelta(hours=hours)

    assert rules.state_at(kept=rules.State(kept), expires_at=AT + rules.LIFETIME, at=at) == state


@pytest.mark.parametrize(
    ("children", "agreed", "met"),
    [
        (1, False, {"one-child", "two-above-25"}),
        (25, False, {"two-above-25"}),
        (26, False, set()),
        (26, True, {"two-above-25"}),
    ],
)
def test_what_the_matrix_asks_of_an_export_is_met_by_its_size_and_by_agreement(children, agreed, met):
    given = rules.conditions_met(children=children, is_stepped_up=False, is_agreed=agreed)

    assert given == met | {"watermark", "own"}
    assert "step-up" in rules.conditions_met(children=children, is_stepped_up=True, is_agreed=agreed)


def test_children_who_may_not_leave_are_left_out_and_counted():
    found = rules.sort_out(
        [(ONE, decision("allow")), (TWO, decision("deny")), (THREE, decision("allow", "manager/export/S:watermark"))]
    )

    assert found == rules.Sorted(allowed=(ONE, THREE), own_only=frozenset({ONE}), left_out=1)


@pytest.mark.parametrize(
    ("decisions", "refusal"),
    [
        ([], rules.NothingToExport),
        ([decision("deny"), decision("deny_sealed"), decision("deny_alert")], rules.NothingToExport),
        ([decision("needs", "a/export/L", "step-up"), decision("deny")], rules.StepUpNeeded),
        ([decision("needs", "a/export/L", "one-child", "step-up")], rules.OneChildOnly),
    ],
)
def test_where_nobody_may_leave_what_is_lacking_is_said(decisions, refusal):
    with pytest.raises(refusal):
        rules.sort_out((ONE, one) for one in decisions)


@pytest.mark.parametrize(
    ("words", "kept"), [("  the review\n meeting ", "the review meeting"), ("too short", None), ("  ", None)]
)
def test_why_is_said_in_words(words, kept):
    if kept:
        assert rules.check_why(words) == kept
    else:
        with pytest.raises(rules.WhyIsTooShort):
            rules.check_why(words)


@pytest.mark.parametrize(("asked", "refusal"), [(0, rules.NothingToExport), (501, rules.TooManyChildren)])
def test_a_list_is_bounded(asked, refusal):
    rules.check_size(asked=500, most=500)
    with pytest.raises(refusal):
        rules.check_size(asked=asked, most=500)


def test_nobody_agrees_to_their_own():
    with pytest.raises(rules.OwnExport):
        rules.check_can_agree(state=rules.State.WAITING, asked_by_id=ONE, by_id=ONE)
    with pytest.raises(rules.NotOpen):
        rules.check_can_agree(state=rules.State.READY, asked_by_id=ONE, by_id=TWO)


def test_who_may_take_out_many_with_a_second_person_may_be_one():
    policy = agreements_queries.get_policy()
    may = {role for role, _ in policy.cells if rules.may_be_second(policy, [role])}

    assert may == {"safeguarding_lead", "manager", "reviewing_officer"}


def test_every_page_and_row_says_whose_it_is():
    assert rules.watermark(number="261005-ABCDEF", name="Dilys Hart", at="2026-10-05 10:30", why="A review") == (
        "Export 261005-ABCDEF, taken by Dilys Hart on 2026-10-05 10:30, because: A review. Not to be passed on."
    )
    assert rules.row_mark(number="1", name="Dilys Hart", at="2026-10-05") == "Export 1, Dilys Hart, 2026-10-05"
