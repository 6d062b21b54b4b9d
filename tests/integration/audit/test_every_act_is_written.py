"""Whatever an office does in whatever order, the audit holds for each act just what the model says, and nothing more."""

import collections

import hypothesis
import pytest
from django.db import connection, transaction
from hypothesis import stateful
from hypothesis import strategies as st

from tests.conftest import as_role
from tests.integration.audit import acting
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

_FOUND = """
SELECT act, actor_name, record_ref, purpose, decision,
       array(SELECT subject_id FROM audit_auditsubject s WHERE s.event_id = e.id)
FROM audit_auditevent e WHERE xact_id = pg_current_xact_id()::text::bigint ORDER BY at, id OFFSET %s
"""


#: How many acts were done, and how many events they left.
done = collections.Counter()


class Working(stateful.RuleBasedStateMachine):
    """The office at work; what it does is taken back after each example."""

    def __init__(self):
        super().__init__()
        assert connection.in_atomic_block
        self.block = transaction.atomic()
        self.block.__enter__()
        self.office = acting.Office()
        self.written = len(self.events_after(0))

    def events_after(self, count):
        with as_role("definer"):
            return asking.rows(_FOUND, count)

    @stateful.rule(act=st.sampled_from(acting.ACTS), pick=st.integers(0, 63))
    def something_is_done(self, act, pick):
        wanted = getattr(self.office, act)(pick)
        found = self.events_after(self.written)
        self.written += len(found)
        done.update(acts=1, events=len(found))
        assert [event[:5] for event in found] == [
            (one.act, one.by, one.ref, one.purpose, one.decision) for one in wanted
        ], act
        for event, one in zip(found, wanted, strict=True):
            assert one.about is None or one.about in event[5], act

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def run(*, examples, steps):
    how = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    done.clear()
    stateful.run_state_machine_as_test(Working, settings=how)
    print(dict(done))


def test_each_act_has_its_events_and_nothing_else_is_written():
    run(examples=5, steps=50)


@pytest.mark.slow
def test_ten_thousand_acts_have_their_events():
    run(examples=100, steps=100)

    assert done["acts"] >= 10_000
