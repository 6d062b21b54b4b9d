"""Which status a kind of help or event shows, and the fingerprint of a certificate."""

import dataclasses
import datetime

import hypothesis
import pytest
from hypothesis import strategies as st

from joinedup.delivery.records import rules as records_rules
from joinedup.governance.rights import queries, rules

MADE = rules.Certified(
    number="261125-4KQ7TX",
    deleted_at=datetime.datetime(2060, 6, 1, 9, 30, tzinfo=datetime.UTC),
    because=("known",),
    schedule_version="2026-11-25",
    approved_by_name="Maud Ellery",
    approved_at=datetime.datetime(2060, 5, 1, 9, 30, tzinfo=datetime.UTC),
    deleted={"records_personrecord": 3},
    subject_hash=b"a" * 32,
    content_hash=b"b" * 32,
)


def test_every_kind_of_help_and_of_event_shows_a_status_of_the_schedule():
    schedule = queries.get_schedule()

    helped = {schedule.status_of_help(kind) for kind in records_rules.InvolvementKind}
    happened = {schedule.status_of_event(kind) for kind in records_rules.HAPPENING_TIERS}

    assert helped | happened <= schedule.statuses.keys()
    assert schedule.status_of_event("permanence") == "adopted"


def test_a_kind_that_nobody_thought_of_keeps_for_ever():
    schedule = queries.get_schedule()
    held = rules.Held(status=schedule.status_of_help("something new"))
    life = rules.Life(birth_date=datetime.date(1900, 1, 1), held=(held,))

    assert rules.weigh(life, schedule=schedule).until is None


@hypothesis.given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
)
def test_nobody_who_is_due_is_passed_over_by_the_last_birthday_asked_for(born, on):
    schedule = queries.get_schedule()
    is_over = rules.weigh(rules.Life(birth_date=born), schedule=schedule).is_over(on=on)

    assert not is_over or born <= rules.born_by(schedule=schedule, on=on)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(MADE)])
def test_whatever_is_altered_alters_the_fingerprint(field):
    other = {
        str: "another",
        tuple: ("another",),
        dict: {"records_personrecord": 2},
        bytes: b"c" * 32,
        datetime.datetime: datetime.datetime(2061, 1, 1, tzinfo=datetime.UTC),
    }[type(getattr(MADE, field))]

    assert rules.fingerprint(dataclasses.replace(MADE, **{field: other})) != rules.fingerprint(MADE)


def test_a_fingerprint_is_the_same_in_any_time_zone():
    there = datetime.timezone(datetime.timedelta(hours=1))
    moved = dataclasses.replace(MADE, deleted_at=MADE.deleted_at.astimezone(there))

    assert rules.fingerprint(moved) == rules.fingerprint(MADE)


@pytest.mark.parametrize(
    ("words", "is_enough"), [("", False), ("a " * 30, True), (" " * 50, False), ("nineteen letters xx", False)]
)
def test_a_hold_needs_words_by_which_someone_could_judge(words, is_enough):
    if is_enough:
        assert rules.check_words(words)
    else:
        with pytest.raises(rules.TooFewWords):
            rules.check_words(words)
