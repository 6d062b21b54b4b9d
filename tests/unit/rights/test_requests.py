"""What people ask about their own data: by when it is answered, and which lines a person must look at first."""

import datetime

import hypothesis
import pytest
from hypothesis import strategies as st

from joinedup.foundation.timescales import shipped
from joinedup.governance.rights import rules

DAY = datetime.date


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((2026, 2, 3), (2026, 3, 3)),
        ((2026, 3, 3), (2026, 4, 7)),  # 3 April is Good Friday
        ((2026, 1, 31), (2026, 3, 2)),  # 28 February is a Saturday
        ((2028, 1, 31), (2028, 2, 29)),
        ((2026, 8, 31), (2026, 9, 30)),
        ((2026, 12, 31), (2027, 2, 1)),  # 31 January is a Sunday
        ((2026, 9, 4), (2026, 10, 5)),  # 4 October is a Sunday
    ],
)
def test_a_request_is_answered_within_a_month(asked, due):
    assert rules.due_on(asked_on=DAY(*asked), calendar=shipped.calendar()) == DAY(*due)


@pytest.mark.parametrize(("asked", "due"), [((2026, 3, 3), (2026, 6, 3)), ((2025, 11, 30), (2026, 3, 2))])
def test_an_extended_one_within_three(asked, due):
    assert rules.due_on(asked_on=DAY(*asked), calendar=shipped.calendar(), is_extended=True) == DAY(*due)


@hypothesis.given(st.dates(DAY(2000, 1, 1), DAY(2090, 1, 1)), st.booleans())
def test_the_day_is_a_working_day_after_the_month_with_holidays_at_most(asked, is_extended):
    due = rules.due_on(asked_on=asked, calendar=shipped.calendar(), is_extended=is_extended)
    months = (due.year - asked.year) * 12 + due.month - asked.month

    assert shipped.calendar().is_working_day(due)
    assert 28 <= (due - asked).days <= (96 if is_extended else 35)
    assert months in ({3, 4} if is_extended else {1, 2})


def test_it_is_extended_once_and_within_the_first_month():
    asked, last = DAY(2026, 3, 3), DAY(2026, 4, 7)
    on_time = {"asked_on": asked, "is_extended": False, "state": rules.State.OPEN, "on": last}
    on_time["calendar"] = shipped.calendar()
    rules.check_can_extend(**on_time)

    for given in ({"is_extended": True}, {"on": last + datetime.timedelta(days=1)}):
        with pytest.raises(rules.TooLate):
            rules.check_can_extend(**on_time | given)
    with pytest.raises(rules.NotInState):
        rules.check_can_extend(**on_time | {"state": rules.State.CLOSED})


def named(words="", *, part="event", kind="school", person="", phone="", tier=1):
    return rules.Named(part=part, kind=kind, words=words, person=person, phone=phone, tier=tier)


OWN, OTHERS = rules.words_of_names(["Zoë O'Neill"]), rules.words_of_names(["Łukasz O'Neill", "Li Wei", "مريم"])


@pytest.mark.parametrize(
    "line",
    [
        named(part="relative", kind="mother"),
        named(part="help", person="R Peel"),
        named(part="help", phone="020 7946 0000"),
        named("Moved in with Lukasz"),
        named("Moved in with LI"),
        named("Lives with مريم now"),
        named("Ring 07700 900123"),
        named("Write to someone@example.org"),
        named("A report", tier=4),
        named("Told by Mr Wray"),
        named("Told by Dr. Wray"),
        named("Seen with John Smith at the club"),
    ],
)
def test_a_line_that_may_name_or_endanger_someone_waits_for_a_person(line):
    assert rules.why_held(line, asker=rules.Asker.CHILD, own=OWN, others=OTHERS) is not None


@pytest.mark.parametrize(
    "line",
    [
        named("Joined the school"),
        named("Attended Swimming lessons"),
        named("Holly Bank primary school", part="help"),
        named("Zoe O'Neill joined the school"),
        named("12 High Street", part="identity", kind="address"),
        named("Zoë", part="identity", kind="given_name"),
    ],
)
def test_what_is_of_the_child_alone_is_given_to_the_child(line):
    assert rules.why_held(line, asker=rules.Asker.CHILD, own=OWN, others=OTHERS) is None


def test_where_the_child_lives_waits_when_someone_else_asks():
    line = named("12 High Street", part="identity", kind="address")

    for asker in (rules.Asker.PARENT, rules.Asker.REPRESENTATIVE):
        assert rules.why_held(line, asker=asker, own=OWN, others=OTHERS) is rules.Why.PLACE


@hypothesis.given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=40))
def test_a_name_is_found_wherever_it_stands_in_a_line(before, name, after):
    others = rules.words_of_names([name])
    hypothesis.assume(others)

    held = rules.why_held(named(f"{before} {name} {after}"), asker=rules.Asker.CHILD, own=frozenset(), others=others)

    assert held is rules.Why.NAMES


def test_a_key_says_nothing_of_what_it_stands_for_and_is_another_for_every_line():
    said = {"agency": "Northshire", "part": "identity", "kind": "address", "value": "12 High Street"}
    keys = {rules.key_of(**said), *(rules.key_of(**said | {name: "x"}) for name in said)}

    assert len(keys) == 5
    assert all(len(key) == 32 and "High" not in key for key in keys)
