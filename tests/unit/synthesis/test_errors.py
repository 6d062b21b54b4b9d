"""Mistakes come as often as their rates say, and not at all where the rates are nought."""

import dataclasses
import datetime

import pytest

from joinedup.synthesis import errors, figures, households, lives, names, places, settings, streams

ENDS_ON = datetime.date(2026, 9, 1)
NONE = errors.ErrorRates().scaled(0)


@pytest.fixture(scope="module")
def setting():
    area, known = places.build(children=1_500, seed=5), names.read()
    return settings.Setting(
        seed=5,
        ends_on=ENDS_ON,
        area=area,
        names=known,
        community_draw=households.community_draws(area, known, 5),
        figures=figures.read(),
    )


@pytest.fixture(scope="module")
def people(setting):
    return [life for life in lives.live(setting, 1_500) if len(life.person.names) == 1]


def said(people, setting, rates, *, level=1.0, **habits):
    habit = errors.AgencyHabits(level=level, no_nhs_number=0.0, no_upn=0.0, keeps_accents=True, **habits)
    scribe = errors.Scribe(rates=rates, habits=habit, names=setting.names)
    return [(life, scribe.write_down(life, ENDS_ON, streams.stream(1, "test", life.person.key))) for life in people]


def share(pairs, is_wrong):
    return sum(is_wrong(life, words) for life, words in pairs) / len(pairs)


def test_without_mistakes_everything_is_as_it_is(people, setting):
    for life, words in said(people, setting, NONE):
        person, name = life.person, life.person.names[0]
        assert (words.given, words.middle, words.family) == (name.given, name.middle, name.family)
        assert (words.birth_date, words.sex, words.nhs_number) == (person.birth_date, person.sex, person.nhs_number)
        assert words.upn == person.upn
        assert words.postcode == life.stays[-1].address.postcode


@pytest.mark.parametrize(
    ("rate", "is_wrong"),
    [
        ("sex_wrong", lambda life, words: words.sex != life.person.sex),
        ("date_off_by_one", lambda life, words: words.birth_date != life.person.birth_date),
        ("wrong_digit", lambda life, words: words.nhs_number != life.person.nhs_number),
        ("postcode_typo", lambda life, words: words.postcode != life.stays[-1].address.postcode),
        ("initial_only", lambda life, words: words.given != life.person.names[0].given),
        ("typo_family", lambda life, words: words.family != life.person.names[0].family),
    ],
)
def test_a_mistake_comes_as_often_as_its_rate_says(people, setting, rate, is_wrong):
    rates = dataclasses.replace(NONE, **{rate: 0.3})

    # Now and then a slip changes nothing (a doubled letter swapped with itself), hence the room below.
    assert 0.22 < share(said(people, setting, rates), is_wrong) < 0.36


def test_a_careless_agency_makes_more_mistakes(people, setting):
    rates = dataclasses.replace(NONE, sex_wrong=0.1)

    pairs = said(people, setting, rates, level=3.0)

    assert 0.25 < share(pairs, lambda life, words: words.sex != life.person.sex) < 0.35


def test_what_an_agency_leaves_empty_follows_its_habits(people, setting):
    pairs = said(people, setting, NONE, no_birth_date=0.2)

    assert 0.16 < share(pairs, lambda _life, words: words.birth_date is None) < 0.24


def test_no_birth_is_written_down_after_the_day_of_writing(people, setting):
    rates = dataclasses.replace(NONE, date_off_by_one=0.9)

    assert all(words.birth_date <= ENDS_ON for _, words in said(people, setting, rates))


def test_an_accent_is_lost_where_a_system_has_none():
    assert errors.plain("Łukasz Şahin O'Néill") == "Lukasz Sahin O'Neill"


def test_a_name_is_respelt_by_its_sounds_where_no_list_has_it(people, setting):
    rates = dataclasses.replace(NONE, other_spelling=0.9)
    unlisted = [
        (life.person.names[0].family, words.family)
        for life, words in said(people, setting, rates)
        if life.person.community == "pakistani" and life.person.names[0].family not in setting.names.variants
    ]

    respelt = [(true, written) for true, written in unlisted if true != written]
    assert len(respelt) > 0.2 * len(unlisted)
    assert all(true[0] == written[0] for true, written in respelt)
