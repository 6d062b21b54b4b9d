"""The borough is like the published figures, within what chance allows at its size."""

import collections
import datetime

import pytest

from joinedup.synthesis import figures, households, lives, names, places, settings

ENDS_ON = datetime.date(2026, 9, 1)
CENSUS_DAY = datetime.date(2026, 3, 31)
CHILDREN = 12_000


@pytest.fixture(scope="module")
def people():
    area, known = places.build(children=CHILDREN, seed=11), names.read()
    setting = settings.Setting(
        seed=11,
        ends_on=ENDS_ON,
        area=area,
        names=known,
        community_draw=households.community_draws(area, known, 11),
        figures=figures.read(),
    )
    return list(lives.live(setting, CHILDREN))


@pytest.fixture(scope="module")
def children(people):
    return [
        life
        for life in people
        if life.person.birth_date <= CENSUS_DAY
        and (CENSUS_DAY - life.person.birth_date).days < 18 * 365.25
        and life.stays[-1].in_area
    ]


def is_open(started, ended):
    return started is not None and started <= CENSUS_DAY and (ended is None or ended > CENSUS_DAY)


def share(children, holds):
    return sum(1 for life in children if holds(life)) / len(children)


def test_about_one_child_in_thirty_is_in_need(children):
    found = share(children, lambda life: any(is_open(r.referred_date, r.closed_date) for r in life.referrals))

    assert 0.026 < found < 0.041


def test_protection_plans_and_children_in_care_are_as_many_as_in_england(children):
    plans = share(
        children,
        lambda life: any(
            r.protection and is_open(r.protection.started_date, r.protection.ended_date) for r in life.referrals
        ),
    )
    in_care = share(children, lambda life: any(is_open(p.started_date, p.ended_date) for p in life.care))

    assert 0.0025 < plans < 0.006
    assert 0.0045 < in_care < 0.009


def test_referrals_a_year_are_as_many_as_in_england(children):
    year = datetime.date(2025, 4, 1)
    referred = sum(year <= r.referred_date <= CENSUS_DAY for life in children for r in life.referrals)

    assert 0.043 < referred / len(children) < 0.062


def test_families_have_as_many_children_as_in_england(people):
    under_nineteen = [life for life in people if (ENDS_ON - life.person.birth_date).days < 19 * 365.25]
    sizes = collections.Counter(collections.Counter(life.home.index for life in under_nineteen).values())
    families = sum(sizes.values())

    assert abs(sizes[1] / families - 0.44) < 0.05
    assert abs(sizes[2] / families - 0.41) < 0.05
    assert abs(sum(count for size, count in sizes.items() if size > 2) / families - 0.15) < 0.06


def test_special_needs_and_free_meals_are_as_common_as_in_england(children):
    assert abs(share(children, lambda life: life.schooling.sen_provision == "E") - 0.053) < 0.012
    assert abs(share(children, lambda life: life.schooling.sen_provision == "K") - 0.142) < 0.02
    assert abs(share(children, lambda life: life.schooling.free_meals) - 0.257) < 0.04


def test_communities_are_as_large_as_their_shares_and_gather_in_wards(people):
    known = names.read().communities
    found = collections.Counter(life.person.community for life in people)
    by_ward = collections.Counter(life.home.ward_index for life in people if life.person.community == "somali")

    for community in known:
        assert abs(found[community.code] / len(people) - community.share) < 0.03
    assert max(by_ward.values()) > 2 * sum(by_ward.values()) / 10


def test_each_age_has_about_as_many_children_as_the_next(children):
    ages = collections.Counter(int((CENSUS_DAY - life.person.birth_date).days / 365.25) for life in children)

    assert max(ages.values()) < 1.35 * min(ages.values())


def test_most_moves_are_near(people):
    homes = {life.home.index: life.home for life in people}.values()
    moves = [
        (before.address.ward_index, after.address.ward_index)
        for home in homes
        for before, after in zip(home.stays, home.stays[1:], strict=False)
        if before.in_area and after.in_area
    ]

    assert 0.58 < sum(one == other for one, other in moves) / len(moves) < 0.75


def test_there_are_thousands_of_family_names(people):
    assert len({life.person.names[-1].family for life in people}) > 2_000


def test_stays_follow_one_another_without_overlap(people):
    for life in people:
        for before, after in zip(life.stays, life.stays[1:], strict=False):
            assert before.ended_date is not None
            assert before.ended_date < after.started_date
