"""Which facts describe a child: the newest word of the agency with most authority, and every disagreement shown."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation import text
from joinedup.processes.childindex import rules

AGENCIES = [*enumerate(rules.AUTHORITY), (20, "library")]
sayings = st.lists(
    st.builds(
        lambda agency, field, value, day, source: rules.Saying(
            field=field,
            value=value,
            agency_id=uuid.UUID(int=agency[0]),
            agency_name=f"The {agency[1]}",
            agency_kind=agency[1],
            source_record_id=uuid.UUID(int=source),
            received_at=datetime.datetime(2026, 1, day, tzinfo=datetime.UTC),
        ),
        agency=st.sampled_from(AGENCIES),
        field=st.sampled_from(rules.FIELDS),
        value=st.sampled_from(["", "Ada", "ADA", "Áda", "Bo", "2014-03-09", "F", "李", "王"]),
        day=st.integers(1, 5),
        source=st.integers(0, 2**64),
    ),
    max_size=12,
    unique_by=lambda saying: saying.source_record_id,
)


def rank(saying):
    kinds = rules.AUTHORITY
    return kinds.index(saying.agency_kind) if saying.agency_kind in kinds else len(kinds)


@given(sayings)
def test_what_is_shown_first_is_the_newest_word_of_the_agency_with_most_authority(said):
    for fact in rules.facts_of(said):
        of_field = [saying for saying in said if saying.field == fact.field and saying.value]
        best = min(map(rank, of_field))
        newest = max(
            (saying for saying in of_field if rank(saying) == best),
            key=lambda saying: (saying.received_at, saying.source_record_id),
        )
        assert fact.value == newest.value


@given(sayings)
def test_no_word_of_any_agency_is_hidden(said):
    facts = {fact.field: fact for fact in rules.facts_of(said)}

    for agency_id in {saying.agency_id for saying in said}:
        for field in rules.FIELDS:
            own = [each for each in said if (each.agency_id, each.field) == (agency_id, field) and each.value]
            if own:
                newest = max(own, key=lambda saying: (saying.received_at, saying.source_record_id))
                fact = facts[field]
                shown = [*fact.sayings, *(saying for _, group in fact.others for saying in group)]
                assert newest in shown


@given(sayings, st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_changes_nothing(said, dice):
    mixed = list(said)
    dice.shuffle(mixed)

    assert rules.facts_of(mixed) == rules.facts_of(said)


@given(sayings)
def test_a_fact_is_disputed_only_where_agencies_state_different_values(said):
    for fact in rules.facts_of(said):
        values = [fact.value, *(value for value, _ in fact.others)]
        plain = [text.fold_name(value) or value.casefold() for value in values]
        if not fact.field.endswith(("_date", "_number")) and fact.field not in {"sex", "upn"}:
            assert len(set(plain)) == len(plain)
        assert len(set(values)) == len(values)
        assert fact.is_disputed == (len(values) > 1)


@given(sayings)
def test_the_summary_is_the_first_value_of_every_fact(said):
    summary = rules.summary_of(said)

    assert summary.values == {fact.field: fact.value for fact in rules.facts_of(said)}
    assert all(summary.of(field) == "" for field in set(rules.FIELDS) - set(summary.values))


def test_facts_come_in_one_order():
    said = [
        rules.Saying(
            field=field,
            value="2014-03-09",
            agency_id=uuid.UUID(int=1),
            agency_name="The police",
            agency_kind="police",
            source_record_id=uuid.UUID(int=2),
            received_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        )
        for field in reversed(rules.FIELDS)
    ]

    assert tuple(fact.field for fact in rules.facts_of(said)) == rules.FIELDS


@pytest.mark.parametrize("field", ["birth_date", "nhs_number", "upn", "sex"])
def test_numbers_and_dates_are_compared_letter_for_letter(field):
    said = [
        rules.Saying(
            field=field,
            value=value,
            agency_id=uuid.UUID(int=place),
            agency_name=str(place),
            agency_kind="police",
            source_record_id=uuid.UUID(int=place),
            received_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        )
        for place, value in enumerate(["A1", "a1"])
    ]

    assert rules.facts_of(said)[0].is_disputed
