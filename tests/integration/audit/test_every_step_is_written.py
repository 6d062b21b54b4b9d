"""Whatever people do one after the other, each step has exactly its event; what is rolled back has none."""

import contextlib
import uuid

import hypothesis
import pytest
from django.db import connection, transaction
from hypothesis import stateful
from hypothesis import strategies as st

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.audit import rules as audit_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import operations, queries, rules
from tests.conftest import NOW, TODAY, as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

VIEWER = access_rules.Viewer(user_id=uuid.UUID(int=1), name="Tamsin Okafor", roles=frozenset({"safeguarding_lead"}))


class _Abandoned(Exception):
    """Takes a step back."""


def look(child):
    page = queries.get_child_page(viewer=VIEWER, number=child.number, purpose="referral", on=TODAY)
    assert page
    return [("childindex.child.seen.asked", child.number, "allow"), ("childindex.child.seen", child.number, "allow")]


def look_for_nobody(_child):
    number = ids.new_child_number()
    with contextlib.suppress(people_queries.NoSuchChild):
        queries.get_child_page(viewer=VIEWER, number=number, purpose="referral", on=TODAY)
    return [("childindex.child.seen.asked", number, "allow")]


def search(child):
    asking.found_by(VIEWER, name=child.name)
    return [("childindex.searched", "", "allow")]


def change(child):
    operations.begin_search(criteria=rules.Criteria(name=child.name), purpose="referral", by=VIEWER, at=NOW)
    return [("childindex.search.begun", "", "allow")]


def deny(child):
    grounds = audit_rules.Grounds(decision="deny", rule="t3.read", relationship="none", tier=3)
    audit_operations.record_denial(viewer=VIEWER, act="test.seen", record_ref=child.number, grounds=grounds)
    return [("test.seen.denied", child.number, "deny")]


STEPS = (look, look_for_nobody, search, change, deny)


def written_after(last):
    """Return the events written after one of them."""
    with as_role("definer"):
        return asking.rows(
            "SELECT id, act, record_ref, decision FROM audit_auditevent "
            "WHERE id > %s AND xact_id = pg_current_xact_id()::text::bigint ORDER BY at, id",
            last,
        )


def machine(children):
    class Working(stateful.RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.last = ids.uuid7()

        def expect(self, wanted):
            found = written_after(self.last)
            assert [row[1:] for row in found] == wanted
            self.last = max((row[0] for row in found), default=self.last)

        @stateful.rule(step=st.sampled_from(STEPS), child=st.sampled_from(children))
        def step_that_stands(self, step, child):
            self.expect(step(child))

        @stateful.rule(step=st.sampled_from(STEPS), child=st.sampled_from(children), second=st.sampled_from(STEPS))
        def steps_that_are_rolled_back(self, step, child, second):
            with contextlib.suppress(_Abandoned), transaction.atomic():
                step(child)
                second(child)
                raise _Abandoned
            self.expect([])

    return Working


def run(*, examples, steps):
    how = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    children = asking.children(most=20)
    assert connection.in_atomic_block
    stateful.run_state_machine_as_test(machine(children), settings=how)


def test_each_step_has_its_event_and_a_step_taken_back_has_none():
    run(examples=6, steps=12)


@pytest.mark.slow
def test_ten_thousand_steps_have_their_events():
    run(examples=200, steps=50)
