"""Whatever stewards and runs do in whatever order: what was parted stays parted, and nothing is left of a wrong link.

Each history is played on a real database through the product's own operations, beside a model of what must come of it.
"""

import contextlib
import itertools

import hypothesis
import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import strategies as st

from joinedup.foundation.database import roles
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import clustering
from tests.conftest import NOW
from tests.integration.childindex import alone, stewards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

_PEOPLE = 8
_place = st.integers(0, _PEOPLE - 1)
_pair = st.tuples(_place, _place).filter(lambda pair: pair[0] != pair[1])
_STEPS = st.one_of(
    st.tuples(st.just("link"), _pair),
    st.tuples(st.just("part"), st.tuples(_place, st.integers(1, 2**_PEOPLE - 1))),
    st.tuples(st.just("link wrongly, and part"), _pair),
    st.tuples(st.just("link wrongly, and take it back"), _pair),
    st.tuples(st.just("confirm"), _pair),
    st.tuples(st.just("rejoin"), _pair),
    st.tuples(st.just("run"), st.lists(_pair, max_size=12)),
    st.tuples(st.just("run that wants everyone to be one child"), st.just(list(itertools.combinations(range(8), 2)))),
)


class History:
    """One history as it is played, and what must be so: which records are together, and which pairs are parted."""

    def __init__(self, records):
        self.records = records
        self.blocks = {frozenset({record}) for record in records}
        self.parted = set()

    def block(self, record):
        return next(block for block in self.blocks if record in block)

    def are_parted(self, one, other):
        return any(frozenset(pair) in self.parted for pair in itertools.product(self.block(one), self.block(other)))

    def play(self, step, given):
        getattr(self, "_" + step.replace(" ", "_").replace(",", ""))(given)
        assert stewards.together() == self.blocks
        for block in self.blocks:
            assert not any(frozenset(pair) in self.parted for pair in itertools.combinations(block, 2))

    def _link(self, pair):
        one, other = (self.records[place] for place in pair)
        if self.are_parted(one, other):
            assert _refused(stewards.link, one, other) is rules.Answer.PARTED
            return None
        act = stewards.link(one, other)
        self.blocks = self.blocks - {self.block(one), self.block(other)} | {self.block(one) | self.block(other)}
        return act

    def _part(self, given):
        place, mask = given
        block = self.block(self.records[place])
        leaving = {record for at, record in enumerate(self.records) if record in block and mask >> at & 1}
        if not leaving or leaving == block:
            return
        stewards.part(leaving)
        self._split(frozenset(leaving), block - leaving)

    def _split(self, leaving, rest):
        self.blocks = self.blocks - {leaving | rest} | {leaving, rest}
        self.parted |= {frozenset(pair) for pair in itertools.product(leaving, rest)}

    def _link_wrongly_and_part(self, pair):
        one, other = (self.records[place] for place in pair)
        mine, theirs = self.block(one), self.block(other)
        if mine == theirs or self.are_parted(one, other):
            return
        before = stewards.standing()
        self._link(pair)
        stewards.part(theirs)
        self._split(theirs, mine)
        assert stewards.standing() == before

    def _link_wrongly_and_take_it_back(self, pair):
        one, other = (self.records[place] for place in pair)
        if self.block(one) == self.block(other) or self.are_parted(one, other):
            return
        before, blocks = stewards.standing(), set(self.blocks)
        act = self._link(pair)
        stewards.undo(act)
        self.blocks = blocks
        assert stewards.standing() == before

    def _confirm(self, pair):
        one, other = (self.records[place] for place in pair)
        if self.block(one) == self.block(other):
            stewards.confirm(one, other)

    def _rejoin(self, pair):
        one, other = (self.records[place] for place in pair)
        if frozenset({one, other}) not in self.parted or self.block(one) == self.block(other):
            return
        between = {frozenset(two) for two in itertools.product(self.block(one), self.block(other))}
        stewards.rejoin(one, other)
        self.parted -= between
        self.blocks = self.blocks - {self.block(one), self.block(other)} | {self.block(one) | self.block(other)}

    def _run(self, edges):
        labels = run_by_the_rules(self.records, edges)
        self.blocks = {
            frozenset(self.records[place] for place in range(_PEOPLE) if labels[place] == label) for label in labels
        }
        alone.write(NOW, self.records, dict(enumerate(labels)))

    _run_that_wants_everyone_to_be_one_child = _run


def run_by_the_rules(records, edges):
    """Return the cluster of each place as a run would find it for which these pairs are alike beyond doubt."""
    places = {record: place for place, record in enumerate(records)}
    decided = {
        decision: np.array(
            [
                (places[one], places[other])
                for one, other in models.StewardDecision.objects.filter(decision=decision, revoked_at=None).values_list(
                    "record_a_id", "record_b_id"
                )
            ],
            dtype=np.int64,
        ).reshape(-1, 2)
        for decision in rules.Decision
    }
    alike = np.array(sorted({tuple(sorted(pair)) for pair in edges}), dtype=np.int64).reshape(-1, 2)
    nothing = np.full(len(records), -1, np.int64)
    found = clustering.cluster(
        clustering.People(ids=np.arange(len(records)), nhs=nothing, upn=nothing),
        clustering.Edges(
            left=alike[:, 0],
            right=alike[:, 1],
            weight=np.linspace(30, 20, len(alike)),
            telling=np.ones(len(alike), np.bool_),
        ),
        kin=clustering.no_pairs(),
        parted=decided[rules.Decision.CANNOT],
        together=decided[rules.Decision.MUST],
    )
    return [int(label) for label in found.cluster]


def _refused(act, *given):
    with pytest.raises(rules.NotDone) as refusal, transaction.atomic():
        act(*given)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {roles.role_names().batch}")
    return refusal.value.answer


@contextlib.contextmanager
def not_kept():
    """Keep nothing of what is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check(records, steps):
    """Play one history, and hold what came of it against the state in which nobody was ever linked wrongly."""
    history = History(records)
    with not_kept():
        for step, given in steps:
            history.play(step, given)
        reached = stewards.standing()
        assert replayed() == history.blocks
        numbers = stewards.numbers()
        assert {(state, target in numbers) for state, target in numbers.values()} == {("active", True)}
    with not_kept():
        alone.link(NOW, together=history.blocks)
        assert stewards.standing() == reached


def replayed():
    """Return which records are one child, as the history of identities alone tells it."""
    now = {}
    for child, after in models.IdentityEvent.objects.order_by("id").values_list("child_id", "after"):
        now[child] = frozenset(after)
    return {records for records in now.values() if records}


@pytest.fixture
def records(db, batch):
    """Four children as two agencies know them, each record a child of its own; stewards and people at work."""
    stewards.bring("social_care", *stewards.ROWS)
    stewards.bring("leisure", *stewards.ROWS)
    stewards.add("ines", "omar")
    stewards.add("wanda", role="lead_professional", worker_code="W-1")
    stewards.add("walt", role="universal", agency="leisure", worker_code="W-2")
    alone.link(NOW)
    return alone.persons()


@pytest.mark.parametrize("histories", [15, pytest.param(1000, marks=pytest.mark.slow)])
def test_after_parting_it_is_as_if_nobody_had_been_linked_and_no_run_joins_them_again(records, histories):
    @hypothesis.settings(max_examples=histories, suppress_health_check=list(hypothesis.HealthCheck), print_blob=True)
    @hypothesis.given(steps=st.lists(_STEPS, min_size=3, max_size=8))
    def play(steps):
        check(records, steps)

    play()
