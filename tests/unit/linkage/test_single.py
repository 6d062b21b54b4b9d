import datetime
import random

import pytest

from joinedup.processes.childindex.linkage.lore import Lore
from tests.unit.linkage import families, standards

#: Names and numbers that ask everything of the forms, some of them more than once for one person.
GIVEN = [
    "Mohammed Hassan", "Muhammad", "Bill", "SIÂN", "Abdul Rahman", "Baby Boy", "N/A",
    "Jasdeep Singh", "Mary Jane", "", None, "A", " ", "Twin 1", "W",
    "Niamh", "Neve",
]  # fmt: skip
MIDDLE = ["", None, "Hussain", "Singh Jane", "Ottoline"]
FAMILY = [
    "O'Neill-Łukasz", "Begum", "Kaur Singh", "van den Berg", "JosÃ©", "Smith Smith", "Unknown", "", None,
    "Jones",
]  # fmt: skip
NHS = ["9434765919", "9434765870", "", None]
UPN = ["Z399201222028", "A39920122227E", "", None]


def said(rng, person):
    return {
        "person_record_id": person,
        "said_date": rng.choice([None, datetime.date(2020, 1, 1), datetime.date(2021, 5, rng.randrange(1, 30))]),
        "given_name": rng.choice(GIVEN),
        "middle_names": rng.choice(MIDDLE),
        "family_name": rng.choice(FAMILY),
        "preferred_name": rng.choice(["", None, "Bill Lee", "Nell"]),
        "former_family_name": rng.choice(["", None, "Le Grand"]),
        "birth_date": rng.choice([None, datetime.date(2015, 3, 2), datetime.date(2012, 11, rng.randrange(1, 30))]),
        "sex": rng.choice(["F", "M", "U", "", None]),
        "nhs_number": rng.choice(NHS),
        "nhs_number_verified": rng.choice([True, False, None]),
        "former_nhs_numbers": rng.choice([None, [], ["9434765870"]]) if rng.random() < 0.1 else None,
        "upn": rng.choice(UPN),
        "former_upn": "A39920122227E" if rng.random() < 0.05 else None,
        "address": rng.choice(["Flat 3, 12 Acacia Road", "Rose Cottage", "", None]),
        "postcode": rng.choice(["ng1 5ft", "NG15FT", "nowhere", "", None]),
    }


def plain(aliases):
    """Return aliases by their values: words of a list stand in any order, and no words are no list."""
    return [
        {
            name: frozenset(value or ()) if isinstance(value, list | tuple) or name in LISTS else value
            for name, value in alias.items()
            if name != "alias_id"
        }
        for alias in aliases
    ]


LISTS = {"given_names", "given_all", "given_swaps", "family_swaps", "family_parts"}


@pytest.mark.parametrize("seed", range(4))
def test_a_person_has_the_same_aliases_alone_and_among_all(seed):
    rng = random.Random(seed)
    table = families.table([said(rng, rng.randrange(400)) for _ in range(1_000)])

    standard, learnt = standards.together(table)
    alone = standards.one_by_one(table, learnt)

    assert learnt.variants or learnt.known_names
    assert_same(alone, standard)


def assert_same(alone, standard):
    for mine, theirs in zip(plain(alone), plain(standard.to_pylist()), strict=True):
        assert mine == theirs


def test_honest_records_have_the_same_aliases_alone_and_among_all():
    table, _truth = families.borough(1_500, seed=11)

    standard, learnt = standards.together(table)

    assert learnt.shares["given"]
    assert_same(standards.one_by_one(table, learnt), standard)


def test_what_was_learnt_is_kept_as_text_and_read_again():
    _standard, learnt = standards.together(families.borough(200, seed=11)[0])

    assert Lore.from_json(learnt.as_json()) == learnt
