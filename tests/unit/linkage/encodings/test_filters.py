"""Encodings: the same record comes to the same bits under one key, and to unrelated bits under another."""

import dataclasses
import datetime
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.processes.childindex.linkage.encodings import filters, near, scheme
from joinedup.processes.childindex.linkage.encodings.scheme import Hardening, Scheme
from tests.unit.linkage.encodings.people import ADA, KEY, OTHER_KEY, table

names = st.text(string.ascii_letters + "éßł' -", min_size=1, max_size=20)
people = st.fixed_dictionaries(
    {
        "unique_id": st.text(string.digits, min_size=1, max_size=8),
        "forename": names,
        "surname": names,
        "birth_date": st.dates(datetime.date(2000, 1, 1), datetime.date(2026, 1, 1)).map(datetime.date.isoformat),
        "sex": st.sampled_from(["F", "M", ""]),
        "postcode": st.sampled_from(["NG1 5FT", "BD2 4NP", "nonsense", ""]),
    }
)
SCHEMES = [Scheme(), Scheme(hardening=Hardening.FOLD), Scheme(hardening=Hardening.FLIP)]


def bits(*rows, key=KEY, by=SCHEMES[0]):
    return filters.encode(table(*rows), key=key, scheme=by)[0]


def alike(one, other, *, key=KEY, other_key=KEY, by=SCHEMES[0]):
    places = np.array([[0, 0]])
    return float(near.dice(bits(one, key=key, by=by), bits(other, key=other_key, by=by), places)[0])


@pytest.mark.parametrize("by", SCHEMES, ids=[each.hardening for each in SCHEMES])
@given(row=people)
@settings(max_examples=40)
def test_the_same_record_under_the_same_key_comes_to_the_same_bits_and_mark(by, row):
    one = filters.encode(table(row), key=KEY, scheme=by)
    again = filters.encode(table(ADA, row), key=KEY, scheme=by)

    assert (one[0][0] == again[0][1]).all()
    assert one[1][0] == again[1][1]
    assert one[0].shape == (1, by.kept_bits // scheme.WORD_BITS)


@given(row=people)
@settings(max_examples=40)
def test_under_another_key_the_same_record_is_a_stranger(row):
    mine, theirs = bits(row | {"forename": "Alexandra"}), bits(row | {"forename": "Alexandra"}, key=OTHER_KEY)
    share = near.counts(mine)[0] / 1024, near.counts(theirs)[0] / 1024
    by_chance = 2 * share[0] * share[1] / (share[0] + share[1])

    assert abs(float(near.dice(mine, theirs, np.array([[0, 0]]))[0]) - by_chance) < 0.12


def test_under_another_key_no_pair_of_two_lists_is_found():
    rows = [ADA | {"unique_id": str(number), "forename": f"Ada{'bcdefghij'[number % 9] * 3}"} for number in range(200)]

    assert len(near.pairs(bits(*rows), bits(*rows), least=0.74)) >= 200
    assert len(near.pairs(bits(*rows), bits(*rows, key=OTHER_KEY), least=0.74)) == 0


@given(one=people, other=people)
@settings(max_examples=40)
def test_likeness_is_the_same_either_way_round_and_whole_with_oneself(one, other):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == 1.0
    assert 0.0 <= alike(one, other) <= 1.0


@pytest.mark.parametrize("by", SCHEMES, ids=[each.hardening for each in SCHEMES])
def test_the_more_two_records_differ_the_less_alike_they_are(by):
    steps = [
        {},
        {"forename": "Adah"},
        {"forename": "Adah", "birth_date": "2015-03-13"},
        {"forename": "Adah", "birth_date": "2015-03-13", "postcode": "NG9 9ZZ"},
        {"forename": "Adah", "birth_date": "2015-03-13", "postcode": "NG9 9ZZ", "surname": "Okafor"},
        {"forename": "Piotr", "birth_date": "2009-11-28", "postcode": "BD2 4NP", "surname": "Okafor", "sex": "M"},
    ]
    found = [alike(ADA, ADA | step, by=by) for step in steps]

    assert found == sorted(found, reverse=True)
    assert found[0] > 0.9
    assert found[-1] < 0.6


@given(cut=st.integers(0, 3))
def test_saying_less_never_sets_more_bits(cut):
    fields = ["postcode", "sex", "surname"][:cut]
    whole, part = bits(ADA)[0], bits(ADA | dict.fromkeys(fields, ""))[0]

    assert not (part & ~whole).any()


def test_a_short_form_and_a_date_with_day_and_month_swapped_stay_close():
    kate, katherine = ADA | {"forename": "Bill"}, ADA | {"forename": "William"}

    assert alike(kate, katherine) == 1.0
    assert alike(ADA, ADA | {"birth_date": "2015-12-03"}) > alike(ADA, ADA | {"birth_date": "2017-11-28"})


def test_a_field_that_sets_more_bits_counts_for_more():
    light, heavy = Scheme(surname=8), Scheme(surname=32)
    married = ADA | {"surname": "Okafor"}

    assert alike(ADA, married, by=light) > alike(ADA, married, by=heavy)


def test_bits_fall_on_every_place_as_often():
    rows = [ADA | {"unique_id": str(number), "forename": f"{one}{two}"} for number, (one, two) in enumerate(_letters())]
    only_forename = Scheme(surname=0, birth_date=0, sex=0, postcode=0)
    set_bits = np.unpackbits(bits(*rows, by=only_forename).view(np.uint8), axis=1, bitorder="little").sum(axis=0)

    assert set_bits.min() > 0
    assert set_bits.max() < 4 * set_bits.mean()


def _letters():
    return [(one, two) for one in string.ascii_uppercase for two in string.ascii_lowercase]


def test_folding_halves_a_filter_and_flipping_turns_over_the_share_that_is_asked():
    rows = [ADA | {"unique_id": str(number)} for number in range(200)]
    plain, folded = bits(ADA), bits(ADA, by=SCHEMES[1])
    flipped = bits(*rows, by=Scheme(hardening=Hardening.FLIP, flipped_share=0.1))

    assert (folded == (plain[:, :8] ^ plain[:, 8:])).all()
    turned = near.counts(flipped ^ plain[0]) / 1024
    assert 0.09 < turned.mean() < 0.11
    assert len(np.unique(flipped, axis=0)) == 200


def test_one_number_at_two_agencies_gives_two_marks_and_shows_nothing():
    _, (mine,) = filters.encode(table(ADA), key=KEY, scheme=Scheme())
    _, (theirs,) = filters.encode(table(ADA | {"forename": "Adah"}), key=KEY, scheme=Scheme())

    assert mine != theirs
    assert len(mine) == 32


@pytest.mark.parametrize(
    "told", [{"bits": 1000}, {"surname": -1}, {"flipped_share": 0.5}, dict.fromkeys(scheme.FIELDS, 0)]
)
def test_a_scheme_that_cannot_work_is_refused(told):
    with pytest.raises(scheme.BadScheme):
        Scheme(**told)


@pytest.mark.parametrize("by", SCHEMES, ids=[each.hardening for each in SCHEMES])
def test_a_scheme_comes_back_from_its_text(by):
    assert scheme.from_text(by.as_text()) == by


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "length": 3}', "null"])
def test_text_that_is_no_scheme_is_refused(text):
    with pytest.raises(scheme.BadScheme, match="cannot be read"):
        scheme.from_text(text)


def test_a_scheme_of_another_version_is_refused():
    later = dataclasses.replace(Scheme()).as_text().replace(f'"version":{scheme.VERSION}', '"version":99')

    with pytest.raises(scheme.BadScheme, match="version 99"):
        scheme.from_text(later)
