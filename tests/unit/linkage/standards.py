"""Standardised aliases for the tests of scoring, made by either way."""

import datetime
import itertools
import random

from joinedup.processes.childindex.linkage import learning, records, single
from joinedup.processes.childindex.linkage.coding import making


def together(table):
    """Return what a whole table becomes, and what it teaches."""
    coded = making.code(records.conform(table))
    return coded, learning.learn(coded)


def one_by_one(table, learnt):
    """Return what each person's rows become by themselves, with what all of them teach."""
    by_person = sorted(records.conform(table).to_pylist(), key=lambda row: row["person_record_id"])
    people = itertools.groupby(by_person, key=lambda row: row["person_record_id"])
    return [learnt.applied(alias) for _person, rows in people for alias in single.standardise(list(rows), learnt)]


def random_of(seed):
    return random.Random(seed)


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
