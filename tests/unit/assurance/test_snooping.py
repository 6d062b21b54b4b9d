"""The twelve rules of unusual looking, each at what it is for and at the ordinary work that looks like it."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.governance.assurance.rules import alerting, names, snooping, workweeks

MONDAY = datetime.datetime(2026, 10, 5, 10, 0, tzinfo=datetime.UTC)
#: 40,000 people: a name that one in twelve of a community bears, one in two hundred of all; and a name that few bear.
NAMES = names.Names(
    in_area={"khan": 0.011, "smith": 0.012, "featherstone": 0.00005},
    in_community={"khan": 0.08, "smith": 0.013, "featherstone": 0.00009},
    rarest=1 / 40_000,
)
PEERS = workweeks.Peers(mean=2.0, spread=0.5, strangers=0.05)
FRONT_DOOR = workweeks.Peers(mean=4.2, spread=0.5, strangers=0.8)
BY_DAY = dict.fromkeys(range(8, 18), 20)
LOOKER = workweeks.Looker(id="w1", surname="featherstone", role="universal", team="t1")


def child(number: int = 1, **facts: object) -> workweeks.Subject:
    return workweeks.Subject(id=f"c{number}", **facts)


def look(subject: workweeks.Subject, *, minutes: float = 0, **facts: object) -> workweeks.Look:
    at = MONDAY + datetime.timedelta(minutes=minutes)
    return workweeks.Look(event=f"e{subject.id}{minutes}", subject=subject, at=at, **{"seconds": 90, **facts})


def ordinary(count: int = 10) -> list[workweeks.Look]:
    return [look(child(1_000 + n), minutes=n * 30, has_involvement=True) for n in range(count)]


def week(*looks: workweeks.Look, looker: workweeks.Looker = LOOKER, **facts: object) -> workweeks.Week:
    in_order = tuple(sorted(looks, key=lambda each: each.at))
    return workweeks.Week(looker=looker, looks=in_order, **{"habits": BY_DAY, **facts})


def found(judged_week: workweeks.Week, peers: workweeks.Peers = PEERS) -> dict[str, float]:
    judgement = alerting.judge(judged_week, peers={"": peers}, names=NAMES)
    return {finding.rule.value: finding.points for finding in judgement.findings}


def is_alert(judged_week: workweeks.Week, peers: workweeks.Peers = PEERS) -> bool:
    return alerting.judge(judged_week, peers={"": peers}, names=NAMES).is_alert


def test_an_ordinary_week_has_nothing_in_it():
    assert found(week(*ordinary())) == {}


class TestSurname:
    def test_a_stranger_of_ones_own_rare_surname_is_asked_about(self):
        assert is_alert(week(*ordinary(), look(child(surname="featherstone"))))

    def test_a_common_surname_accuses_nobody(self):
        for common in ("khan", "smith"):
            looker = dataclasses.replace(LOOKER, surname=common)
            judged = week(*ordinary(), *(look(child(n, surname=common)) for n in range(2)), looker=looker)
            assert found(judged).get("surname", 0) < 6.5
            assert not is_alert(judged)

    def test_the_share_in_a_names_community_counts_where_it_is_larger(self):
        assert NAMES.bits("khan") == pytest.approx(3.6, abs=0.1)
        looker = dataclasses.replace(LOOKER, surname="khan")
        assert "surname" not in found(week(*ordinary(), look(child(surname="khan")), looker=looker))

    def test_a_child_of_ones_own_caseload_is_nobodys_business(self):
        assert found(week(*ordinary(), look(child(surname="featherstone"), has_involvement=True))) == {}

    def test_who_looks_at_many_strangers_meets_every_name(self):
        few = found(week(*ordinary(), look(child(surname="featherstone"))))["surname"]
        many = [look(child(n, surname="x"), minutes=n) for n in range(100, 180)]
        among_many = found(week(*many, look(child(surname="featherstone"))), FRONT_DOOR)["surname"]
        assert among_many < few - 4

    @given(st.floats(1e-5, 0.3), st.floats(1e-5, 0.3))
    def test_a_commoner_name_never_weighs_more(self, one, other):
        rarer, commoner = sorted((one, other))
        weights = names.Names(in_area={"r": rarer, "c": commoner}, in_community={}, rarest=1e-5)
        assert weights.bits("r") >= weights.bits("c")

    def test_a_small_community_says_nothing_of_its_names(self):
        bearers = [("smith", "a")] * 5 + [("jones", "a")] * 995 + [("okafor", "b")] * 20
        counted = names.count_names(bearers, least_in_community=100)
        assert counted.share("smith") == pytest.approx(5 / 1000)
        assert counted.share("okafor") == pytest.approx(20 / 1020)
        assert counted.share("nowak") == pytest.approx(1 / 1021)


class TestPeopleWhomOneKnows:
    def test_a_declared_relative_is_asked_about_though_the_agency_helps_them(self):
        looker = dataclasses.replace(LOOKER, relatives=frozenset({"c1"}))
        assert is_alert(week(*ordinary(), look(child(), has_involvement=True), looker=looker))

    def test_neighbours_are_asked_about_and_patients_next_door_are_not(self):
        looker = dataclasses.replace(LOOKER, addresses=frozenset({"here"}))
        assert is_alert(week(*ordinary(), look(child(address="here")), looker=looker))
        assert found(week(look(child(address="here"), has_involvement=True), looker=looker)) == {}
        assert found(week(look(child(address="there")), looker=looker)) == {}

    def test_a_colleagues_family_needs_both_name_and_address(self):
        colleagues = frozenset({("okafor", "there")})
        assert is_alert(week(look(child(surname="okafor", address="there")), colleagues=colleagues))
        assert found(week(look(child(surname="okafor", address="else")), colleagues=colleagues)) == {}

    def test_a_child_in_the_news_is_asked_about_less_where_strangers_are_the_work(self):
        judged = week(*ordinary(), look(child(is_watched=True)))
        assert found(judged)["news"] > found(judged, FRONT_DOOR)["news"]
        assert is_alert(judged)


class TestHowOneLooks:
    def test_many_strangers_are_asked_about_where_they_are_not_the_work(self):
        judged = week(*ordinary(), *(look(child(n), minutes=n) for n in range(8)))
        assert is_alert(judged)
        assert "strangers" not in found(judged, FRONT_DOOR)

    def test_pages_left_at_once_are_asked_about_and_a_few_wrong_ones_are_not(self):
        def glances(count: int) -> workweeks.Week:
            return week(*ordinary(), *(look(child(n), minutes=n / 4, seconds=4) for n in range(count)))

        assert is_alert(glances(7))
        assert "glances" not in found(glances(4))

    def test_numbers_in_their_order_are_asked_about_even_with_other_work_between(self):
        run = [look(child(n, serial=500 + 2 * n), minutes=n) for n in range(6)]
        assert found(week(*ordinary(), *run), FRONT_DOOR)["serial"] >= alerting.THRESHOLD_POINTS
        between = [look(child(90 + n, serial=9_000 - 100 * n), minutes=n + 0.5) for n in range(6)]
        assert found(week(*run, *between), FRONT_DOOR)["serial"] >= alerting.THRESHOLD_POINTS

    def test_a_class_list_of_ones_own_is_ordinary(self):
        run = [look(child(n, serial=500 + n), minutes=n, has_involvement=True) for n in range(20)]
        assert "serial" not in found(week(*run))

    def test_nights_are_asked_about_of_those_who_work_by_day(self):
        night = 13 * 60
        looks = [look(child(n), minutes=night + 24 * 60 * n) for n in range(2)]
        assert is_alert(week(*ordinary(), *looks))
        on_shifts = dict.fromkeys(range(48), 8)
        assert "hours" not in found(week(*ordinary(), *looks, habits=on_shifts))
        assert "hours" not in found(week(*ordinary(), *looks, habits={9: 20}))  # too new to have a habit

    def test_far_more_than_others_is_asked_about(self):
        looks = [look(child(n), minutes=n, has_involvement=True) for n in range(60)]
        assert is_alert(week(*looks))
        assert "volume" not in found(week(*looks[:20]))

    def test_three_overrides_are_asked_about_and_one_is_not(self):
        overrides = [look(child(n), minutes=n, is_override=True) for n in range(3)]
        assert is_alert(week(*ordinary(), *overrides))
        assert found(week(*ordinary(), *overrides[:1])) == {}

    def test_overrides_are_the_work_of_who_is_on_duty_at_night(self):
        night = [week(*[look(child(n), minutes=n, is_override=True) for n in range(count)]) for count in range(1, 11)]
        on_duty = workweeks.peers_of(night)[""]
        assert on_duty.overrides == 5.5
        assert "overrides" not in found(night[7], on_duty)
        assert "overrides" in found(night[9], on_duty)

    def test_strangers_before_leaving_are_asked_about(self):
        looker = dataclasses.replace(LOOKER, leaves_on=MONDAY.date() + datetime.timedelta(days=9))
        strangers = [look(child(n), minutes=n) for n in range(5)]
        assert is_alert(week(*ordinary(), *strangers, looker=looker))
        assert "leaving" not in found(week(*ordinary(), looker=looker))


def test_every_rule_is_asked_and_says_why_in_words():
    assert len(snooping.RULES) == len(snooping.Rule) == 12
    judged = alerting.judge(week(look(child(surname="featherstone"))), peers={"": PEERS}, names=NAMES)
    assert "1 child of their own surname, which one person in 11,111 bears here" in judged.findings[0].words


def test_no_more_alerts_than_reviewers_can_work_and_the_most_surprising_first():
    judged = [alerting.Judgement(looker_id=f"w{n}", points=8.0 + n % 7, findings=()) for n in range(100)]

    shown = alerting.alerts(judged, users=2_500, per_thousand=10)

    assert len(shown) == 25
    assert [each.points for each in shown] == sorted((each.points for each in judged), reverse=True)[:25]
    assert alerting.alerts(judged[:0], users=10) == ()
    assert len(alerting.alerts(judged, users=10)) == 1


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.001, 0.9))
def test_more_is_never_less_surprising(seen, more, share):
    among = 100
    assert (
        snooping.surprise(seen=seen + more, among=among, share=share)
        >= snooping.surprise(seen=seen, among=among, share=share) - 1e-9
    )
