"""What kind of look it was, and what sets a look apart."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.governance.assurance.rules import looking


def test_a_refused_look_is_of_the_kind_that_was_asked_for_and_marked():
    assert looking.kind_of("childindex.child.seen.denied") is looking.Kind.PAGE
    assert looking.mark_of("childindex.child.seen.denied", "emergency") is looking.Mark.DENIED


@pytest.mark.parametrize(("act", "purpose"), [("breakglass.broken", "missing"), ("childindex.child.seen", "emergency")])
def test_an_override_is_marked_by_its_act_or_its_purpose(act, purpose):
    assert looking.mark_of(act, purpose) is looking.Mark.BROKEN_GLASS


def test_a_look_at_the_page_of_another_child_at_home_is_said_to_be_one():
    assert looking.kind_of("childindex.child.seen", is_beside=True) is looking.Kind.BESIDE
    assert looking.kind_of("childindex.child.seen") is looking.Kind.PAGE
    assert looking.kind_of("childindex.chronology.seen") is looking.Kind.PAGE
    assert looking.kind_of("childindex.contact.matched") is looking.Kind.FOUND
    assert looking.kind_of("sharing.reply.read") is looking.Kind.OTHER


NOW = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
looks = st.builds(
    looking.Seen,
    event_id=st.integers(1, 10**9).map(lambda n: uuid.UUID(int=n)),
    at=st.integers(0, 24 * 60).map(lambda hours: NOW - datetime.timedelta(hours=hours)),
    act=st.sampled_from(["childindex.child.seen", "records.source.seen", "assurance.looks.seen", "x.denied"]),
    purpose=st.sampled_from(["referral", "section_47", ""]),
    actor_id=st.integers(1, 4).map(lambda n: uuid.UUID(int=n)),
)


@given(st.lists(looks, max_size=60))
def test_every_look_but_ones_own_of_today_is_counted_once_up_to_25_lines(seen):
    reader = uuid.UUID(int=1)

    shown = looking.last_looks(seen, reader_id=reader, on=NOW.date())

    counted = [
        look
        for look in seen
        if looking.kind_of(look.act) is not looking.Kind.LOOKS
        and not (look.actor_id == reader and look.at.date() == NOW.date())
    ]
    assert len(shown) <= looking.LAST_LOOKS
    if len(shown) < looking.LAST_LOOKS:
        assert sum(each.times for each in shown) == len(counted)
    assert [each.last.at for each in shown] == sorted((each.last.at for each in shown), reverse=True)
