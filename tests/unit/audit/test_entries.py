"""An event's bytes say all of it and nothing else, and a leaf says which event and when."""

import datetime
import struct
import uuid

import hypothesis
import pytest
from hypothesis import strategies as st

from joinedup.foundation.audit import rules, sealing_functions
from joinedup.foundation.audit.rules import entries

OF_KIND = {
    entries.Kind.ID: st.uuids(),
    entries.Kind.WORDS: st.text(max_size=12),
    entries.Kind.BYTES: st.binary(max_size=8),
    entries.Kind.SMALL: st.integers(-(2**15), 2**15 - 1),
    entries.Kind.COUNT: st.integers(-(2**31), 2**31 - 1),
    entries.Kind.NUMBER: st.integers(0, 2**63 - 1),
}
events = st.fixed_dictionaries({name: st.none() | OF_KIND[kind] for name, kind in entries.FIELDS.items()})
bounded = hypothesis.settings(max_examples=60)


@bounded
@hypothesis.given(event=events)
def test_what_is_packed_is_read_again(event):
    assert rules.read_event(rules.event_bytes(event)) == event


@bounded
@hypothesis.given(one=events, other=events)
def test_two_events_have_the_same_bytes_only_when_they_say_the_same(one, other):
    assert (rules.event_bytes(one) == rules.event_bytes(other)) == (one == other)


@bounded
@hypothesis.given(event=events, cut=st.integers(1, 20))
def test_bytes_that_were_cut_or_lengthened_are_no_event(event, cut):
    packed = rules.event_bytes(event)
    for wrong in (packed[:-cut], packed + b"\x00\x00\x00\x00"):
        with pytest.raises((ValueError, struct.error)):
            rules.read_event(wrong)


def test_the_order_in_which_subjects_are_named_says_nothing():
    one, other = uuid.UUID(int=1), uuid.UUID(int=2)

    assert entries.subject_bytes([other, one]) == entries.subject_bytes([one, other])
    assert rules.read_subjects(entries.subject_bytes([other, one])) == [one, other]


def test_a_leaf_says_which_event_and_when():
    at = datetime.datetime(2026, 3, 3, 9, 30, 0, 123456, tzinfo=datetime.UTC)
    event = dict.fromkeys(entries.FIELDS) | {"id": uuid.UUID(int=5), "act": "a"}
    leaf = rules.leaf_of(event, at=at, subjects=[])

    assert (leaf.event_id, leaf.at) == (uuid.UUID(int=5), at)
    assert rules.Leaf.of(leaf.data()) == leaf
    assert len(leaf.data()) == 89


def test_the_database_seals_the_fields_that_the_rules_name_in_their_order():
    assert [name for name, _ in sealing_functions._FORM_1] == list(entries.FIELDS)
