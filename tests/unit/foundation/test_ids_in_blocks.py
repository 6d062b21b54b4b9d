"""Identifiers made many at once: the same kind as those made one by one, in the same order."""

import uuid

from joinedup.foundation import ids


def test_a_block_stands_in_order_between_what_was_made_before_and_after_it():
    before = ids.uuid7()
    block = ids.uuid7_block(5_000)
    after = ids.uuid7()

    made = [before, *map(uuid.UUID, block), after]
    assert made == sorted(set(made))


def test_every_identifier_of_a_block_is_a_uuid_of_version_seven():
    assert {uuid.UUID(made).version for made in ids.uuid7_block(100)} == {7}


def test_an_empty_block_is_empty():
    assert ids.uuid7_block(0) == []
