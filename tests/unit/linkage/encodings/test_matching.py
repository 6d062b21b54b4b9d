"""Matching encodings: near pairs are found without comparing each with each, and a brother gives way to the child."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.processes.childindex.linkage.encodings import filters, matching, near
from joinedup.processes.childindex.linkage.encodings.scheme import Scheme
from tests.unit.linkage import families
from tests.unit.linkage.encodings.people import ADA, KEY, table


def bits(*rows):
    return filters.encode(table(*rows), key=KEY, scheme=Scheme())[0]


def pairs_of(found):
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


BROTHER = ADA | {"unique_id": "2", "forename": "Tom", "sex": "M", "birth_date": "2012-08-30"}
TWIN = ADA | {"unique_id": "3", "forename": "Eve"}
STRANGER = {
    "unique_id": "9",
    "forename": "Piotr",
    "surname": "Okafor",
    "birth_date": "2009-11-28",
    "sex": "M",
    "postcode": "BD2 4NP",
}


def test_the_child_is_found_and_the_twin_gives_way():
    found = matching.match(bits(ADA, TWIN, STRANGER), bits(TWIN, BROTHER, ADA), least=0.7, margin=0.02)

    assert pairs_of(found) == [(0, 2), (1, 0)]
    assert found.alike.tolist() == [1.0, 1.0]


def test_a_child_whom_one_agency_lists_twice_keeps_both():
    found = matching.match(bits(ADA, ADA | {"unique_id": "7"}), bits(ADA), least=0.7, margin=0.02)

    assert pairs_of(found) == [(0, 0), (1, 0)]


def test_a_brother_is_not_taken_for_a_child_whom_the_other_agency_does_not_know():
    found = matching.match(bits(ADA), bits(BROTHER), least=Scheme().usual_least, margin=0.02)

    assert pairs_of(found) == []


@pytest.mark.parametrize("empty", [0, 1])
def test_an_empty_list_has_no_pairs(empty):
    sides = [bits(ADA), bits(ADA)]
    sides[empty] = sides[empty][:0]

    assert len(matching.match(*sides, least=0.7, margin=0.0).left) == 0


def near_lists(seed):
    """Two lists of sixty filters, each of the second near its fellow of the first, and all pairs that are near."""
    draw = np.random.default_rng(seed)
    mine = draw.integers(0, 2**64, (60, 16), np.uint64) & draw.integers(0, 2**64, (60, 16), np.uint64)
    noise = draw.integers(0, 2**64, (60, 16), np.uint64)
    for _ in range(int(draw.integers(2, 6))):
        noise &= draw.integers(0, 2**64, (60, 16), np.uint64)
    theirs = mine ^ noise
    everyone = np.stack([axis.ravel() for axis in np.indices((60, 60))], axis=1)
    return mine, theirs, everyone[near.dice(mine, theirs, everyone) >= 0.8].tolist()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_drawing_finds_only_pairs_that_comparing_each_with_each_finds(seed):
    mine, theirs, exact = near_lists(seed)

    drawn = near.drawn_pairs(mine, theirs, least=0.8).tolist()

    assert near.all_pairs(mine, theirs, least=0.8).tolist() == exact
    assert drawn == sorted(drawn)
    assert {tuple(pair) for pair in drawn} <= {tuple(pair) for pair in exact}


def test_drawing_misses_hardly_a_pair():
    # Counted over many lists: a single one may hold six such pairs, and lack one.
    lists = [near_lists(seed) for seed in range(40)]

    drawn = sum(len(near.drawn_pairs(mine, theirs, least=0.8)) for mine, theirs, _ in lists)

    assert drawn >= 0.9 * sum(len(exact) for _, _, exact in lists)


def test_dice_is_that_of_the_book():
    one, other = np.array([[0b1111]], np.uint64), np.array([[0b0111]], np.uint64)

    assert near.dice(one, other, np.array([[0, 0]])).tolist() == [2 * 3 / 7]
    assert near.dice(one * 0, other * 0, np.array([[0, 0]])).tolist() == [0.0]


def test_two_lists_of_synthetic_families_meet_in_most_of_their_children():
    records, truth = families.borough(1_500, seed=5)
    rows = list(zip(records.to_pylist(), truth.column("child").to_pylist(), strict=True))
    random.Random(5).shuffle(rows)
    sides = rows[::2], rows[1::2]
    encoded = [bits(*(_row(record) for record, _ in side)) for side in sides]

    found = matching.match(*encoded, least=Scheme().usual_least, margin=0.02)

    right = sum(sides[0][a][1] == sides[1][b][1] for a, b in pairs_of(found))
    assert right > 500
    assert right / len(found.left) > 0.97


def _row(record):
    return {
        "unique_id": str(record["record_id"]),
        "forename": record["given_name"],
        "surname": record["family_name"],
        "birth_date": record["birth_date"].isoformat() if record["birth_date"] else "",
        "sex": record["sex"],
        "postcode": record["postcode"],
    }
