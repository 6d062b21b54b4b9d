"""The one decision: roles only add, grounds only add, and only a conflict of interest and a seal refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.access import rules
from joinedup.governance.agreements import queries

POLICY = queries.get_policy()
MATRIX = queries.get_matrix()
ROLES = [role.code for role in MATRIX.roles]
ACTIONS = [action.code for action in MATRIX.actions]
GROUNDS = [ground.code for ground in MATRIX.grounds]
CONDITIONS = [condition.code for condition in MATRIX.conditions]
#: The more is allowed, the higher.
RANK = {
    rules.Outcome.ALLOW: 3,
    rules.Outcome.NEEDS: 2,
    rules.Outcome.BREAK_GLASS: 1,
    rules.Outcome.DENY: 0,
    rules.Outcome.DENY_SEALED: 0,
    rules.Outcome.DENY_ALERT: 0,
}

questions = st.builds(
    rules.Asked,
    roles=st.frozensets(st.sampled_from(ROLES), max_size=3),
    action=st.sampled_from(ACTIONS),
    grounds=st.frozensets(st.sampled_from(GROUNDS), max_size=4),
    given=st.frozensets(st.sampled_from(CONDITIONS), max_size=5),
    is_sealed=st.booleans(),
    is_past_seal=st.booleans(),
)


def rank(asked: rules.Asked) -> int:
    return RANK[rules.decide(policy=POLICY, asked=asked).outcome]


def changed(asked: rules.Asked, **more: object) -> rules.Asked:
    parts = {
        name: getattr(asked, name) for name in ("roles", "action", "grounds", "given", "is_sealed", "is_past_seal")
    }
    return rules.Asked(**{**parts, **more})


def ask(role: str, action: str, grounds: str = "", given: tuple[str, ...] = (), **more: bool) -> rules.Decision:
    asked = rules.Asked(
        roles=frozenset({role}), action=action, grounds=frozenset(grounds), given=frozenset(given), **more
    )
    return rules.decide(policy=POLICY, asked=asked)


@given(asked=questions, role=st.sampled_from(ROLES))
def test_another_role_never_takes_away(asked, role):
    assert rank(changed(asked, roles=asked.roles | {role})) >= rank(asked)


@given(asked=questions, ground=st.sampled_from([ground for ground in GROUNDS if ground != "X"]))
def test_another_ground_never_takes_away_and_ending_one_never_gives(asked, ground):
    assert rank(changed(asked, grounds=asked.grounds | {ground})) >= rank(asked)
    assert rank(changed(asked, grounds=asked.grounds - {ground})) <= rank(asked)


@given(asked=questions)
def test_a_conflict_of_interest_refuses_all_but_what_is_ones_own(asked):
    decision = rules.decide(policy=POLICY, asked=changed(asked, grounds=asked.grounds | {"X"}))

    if decision.outcome in {rules.Outcome.ALLOW, rules.Outcome.NEEDS}:
        assert decision.ground == "Y"
        assert "Y" in asked.grounds
    else:
        assert decision.outcome is rules.Outcome.DENY_ALERT


@given(asked=questions)
def test_a_seal_refuses_whatever_is_not_about_the_seal(asked):
    decision = rules.decide(
        policy=POLICY, asked=changed(asked, is_sealed=True, is_past_seal=False, grounds=asked.grounds - {"X"})
    )

    if asked.action not in {"stub", "seal", "override", "T5"}:
        assert decision.outcome is rules.Outcome.DENY_SEALED


@given(asked=questions, condition=st.sampled_from(CONDITIONS))
def test_giving_what_was_asked_for_never_takes_away(asked, condition):
    assert rank(changed(asked, given=asked.given | {condition})) >= rank(asked)


@given(asked=questions)
def test_what_is_allowed_names_the_cell_that_allows_it(asked):
    decision = rules.decide(policy=POLICY, asked=asked)

    if decision.is_allowed:
        assert decision.rule in {cell.name for role in asked.roles for cell in POLICY.cells_of(role, asked.action)}
        assert decision.ground in asked.grounds | {"N"}
    if decision.outcome is rules.Outcome.NEEDS:
        assert decision.needs
        assert not asked.given & set(decision.needs)
    assert decision.policy_version == POLICY.version


def test_nobody_without_a_role_may_do_anything():
    for action in ACTIONS:
        asked = rules.Asked(roles=frozenset(), action=action, grounds=frozenset(GROUNDS) - {"X"})
        assert rules.decide(policy=POLICY, asked=asked).outcome is rules.Outcome.DENY


def test_a_social_worker_reads_the_case_of_their_own_child_and_others_only_in_an_emergency():
    assert ask("social_worker", "T3", "L").is_allowed
    assert ask("social_worker", "T3").outcome is rules.Outcome.BREAK_GLASS
    assert ask("social_worker", "T3", "B").is_allowed


def test_a_lead_of_safeguarding_says_why_where_nothing_ties_them_to_the_child():
    assert ask("safeguarding_lead", "T1").needs == ("purpose",)
    assert ask("safeguarding_lead", "T1", given=("purpose",)).is_allowed
    assert ask("safeguarding_lead", "T1", "E").is_allowed


def test_a_teacher_reads_no_case_whatever_ties_them():
    for grounds in ("E", "I", "P", "EIP", "EIPLSVB"):
        assert ask("universal", "T3", grounds).outcome is rules.Outcome.DENY


@pytest.mark.parametrize("role", ["analyst", "commissioner", "board", "champion", "system_admin", "auditor"])
def test_those_who_count_or_administer_open_no_child(role):
    for action in ("find", "T1", "T2", "T3", "T4", "T5"):
        assert not ask(role, action, "EIPLSV", tuple(CONDITIONS)).is_allowed


def test_a_parent_reads_what_is_their_childs_and_a_practitioners_conflict_does_not_stop_it():
    assert ask("parent", "T1", "YX").is_allowed
    assert ask("parent", "T4", "YX").outcome is rules.Outcome.DENY_ALERT
    asked = rules.Asked(roles=frozenset({"parent", "social_worker"}), action="T4", grounds=frozenset("YXL"))
    assert rules.decide(policy=POLICY, asked=asked).outcome is rules.Outcome.DENY_ALERT
