"""Whatever is loaded, taken back and loaded again, what counts is what the files say that were not taken back."""

import itertools

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.intake import undoing
from tests.conftest import NOW
from tests.integration import standing
from tests.integration.childindex import alone
from tests.integration.intake import bringing

_ROWS = [
    f"{local_id},{given},{family},2014-03-0{day},NG{day} 5FT,,,{carer}"
    for local_id, day, given in [("7", 1, "Ada"), ("8", 2, "Bo")]
    for family, carer in [("Lovell", "Jo Lovell"), ("Byron", "")]
] + [",Dee,Stone,2015-01-01,NG1 1AA,,,"]
files_of_rows = st.lists(st.sampled_from(_ROWS), min_size=1, max_size=3)
_numbers = itertools.count()


class Intake(RuleBasedStateMachine):
    """One agency's files, loaded and taken back in any order, and beside it the files that stand, loaded afresh."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.sender = bringing.agency(f"club-{next(_numbers)}", kind="leisure")
        self.standing = []
        self.taken_back = []
        self.child_numbers = {}

    # One rule for all that can happen: Hypothesis would leave whole rules out of an example, and most would be empty.
    @rule(
        what=st.sampled_from(["comes", "comes", "goes", "again", "links"]), rows=files_of_rows, which=st.integers(0, 9)
    )
    def something_happens(self, what, rows, which):
        if what == "comes":
            self.a_file_comes(rows)
        elif what == "goes" and self.standing:
            self.one_is_taken_back(which % len(self.standing))
        elif what == "again" and self.taken_back:
            self.a_file_comes(self.taken_back[which % len(self.taken_back)])
        else:
            self.everyone_is_linked()

    def a_file_comes(self, rows):
        loaded = bringing.load(bringing.people(*rows), self.sender)
        assert loaded.rows == sum(bringing.counts(loaded)) == len(rows)
        if not loaded.was_loaded_before:
            self.standing.append((loaded.batch_id, rows))

    def one_is_taken_back(self, which):
        batch_id, rows = self.standing.pop(which)
        undoing.undo(batch_id=batch_id, by=bringing.MACHINE)
        self.taken_back.append(rows)

    def everyone_is_linked(self):
        alone.link(NOW)
        for local_id, number in alone.numbers().items():
            assert self.child_numbers.setdefault(local_id, number) == number

    @invariant()
    def what_counts_is_the_last_word_of_the_files_that_stand(self):
        last = {row.split(",")[0] or row: row for _, rows in self.standing for row in rows}
        expected = sorted(records_rules.content_hash(row.encode()) for row in last.values())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT content_hash FROM records_sourcerecord WHERE is_current AND agency_id = %s", [self.sender.id]
            )
            assert sorted(bytes(row[0]) for row in cursor.fetchall()) == expected

    def teardown(self):
        try:
            alone.link(NOW)
            ours = standing.current(self.sender.code)
            afresh = bringing.agency(f"{self.sender.code}-afresh", kind="leisure")
            for _, rows in self.standing:
                bringing.load(bringing.people(*rows), afresh)
            alone.link(NOW)
            assert standing.differences(ours, standing.current(afresh.code)) == {}
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


def sequences(monkeypatch, *, examples, steps):
    monkeypatch.setattr("joinedup.exchange.intake.preview.PIECE_ROWS", 2)
    run_state_machine_as_test(
        Intake,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("batch")
@pytest.mark.thorough
def test_any_order_of_loading_and_taking_back_comes_to_what_still_stands(monkeypatch):
    sequences(monkeypatch, examples=20, steps=12)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("batch")
def test_many_orders_of_loading_and_taking_back_come_to_what_still_stands(monkeypatch):
    sequences(monkeypatch, examples=100, steps=20)
