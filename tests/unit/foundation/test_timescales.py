"""Timescales: which day is the last one, where a clock stands, and profiles that are data."""

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.timescales import rules, shipped
from tests.architecture import tree

ENGLAND = zoneinfo.ZoneInfo("Europe/London")
DAY = datetime.date


def moment(*parts, zone=ENGLAND):
    return datetime.datetime(*parts, tzinfo=zone)


def scale(most, unit, **more):
    given = {"code": "x", "name": "x", "starts": "x", "kind": rules.Kind.LOCAL, "source": "x", "is_verified": True}
    return rules.Timescale(**(given | {"most": most, "unit": rules.Unit(unit)} | more))


def last_day(timescale, started_at, *pauses, calendar=None):
    found = rules.due(
        timescale, started_at=started_at, zone=ENGLAND, calendar=calendar or shipped.calendar(), pauses=pauses
    )
    return found.last_date


def pause(first, last, reason="The family is abroad"):
    return rules.Pause(from_at=moment(*first), until_at=moment(*last) if last else None, reason=reason)


@pytest.mark.parametrize(
    ("most", "unit", "started", "last"),
    [
        (1, "working_day", (2026, 11, 27, 16), DAY(2026, 11, 30)),  # a Friday: the Monday
        (1, "working_day", (2026, 12, 24, 9), DAY(2026, 12, 29)),  # Christmas, a Saturday that moves to Monday
        (15, "working_day", (2026, 3, 27, 9), DAY(2026, 4, 21)),  # over Easter
        (45, "working_day", (2022, 4, 11, 9), DAY(2022, 6, 20)),  # Easter, May Day, and the Jubilee's two days
        (10, "day", (2026, 12, 20, 9), DAY(2026, 12, 30)),
        (6, "week", (2026, 2, 2, 9), DAY(2026, 3, 16)),
        (1, "month", (2026, 1, 31, 9), DAY(2026, 2, 28)),
        (3, "month", (2025, 11, 30, 9), DAY(2026, 2, 28)),
        (1, "year", (2024, 2, 29, 9), DAY(2025, 2, 28)),
    ],
)
def test_the_last_day_is_counted_from_the_day_after_it_begins(most, unit, started, last):
    assert last_day(scale(most, unit), moment(*started)) == last


def test_what_is_counted_in_days_may_be_done_until_midnight_in_england():
    found = rules.due(
        scale(1, "working_day"), started_at=moment(2026, 7, 1, 9), zone=ENGLAND, calendar=shipped.calendar()
    )

    assert found.at == moment(2026, 7, 3, 0, 0)
    assert rules.standing(found, ended_at=None, at=moment(2026, 7, 2, 23, 59)) is rules.Standing.RUNNING
    assert rules.standing(found, ended_at=None, at=moment(2026, 7, 3, 0, 0)) is rules.Standing.LATE


def test_a_start_late_at_night_counts_from_the_day_it_is_in_england():
    # Half past eleven in the evening by Greenwich is the next day by summer time.
    started = moment(2026, 7, 1, 23, 30, zone=datetime.UTC)

    assert last_day(scale(1, "day"), started) == DAY(2026, 7, 3)


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 28, 12), 72), ((2026, 10, 24, 12), 72)])
def test_hours_are_hours_on_the_nights_when_clocks_are_changed(day, hours):
    started = moment(*day)
    found = rules.due(scale(hours, "hour"), started_at=started, zone=ENGLAND, calendar=shipped.calendar())

    assert found.at - started.astimezone(datetime.UTC) == datetime.timedelta(hours=72)


def test_a_day_on_whose_end_the_clock_rests_is_not_counted():
    timescale, started = scale(5, "working_day"), moment(2026, 3, 2, 9)

    assert last_day(timescale, started) == DAY(2026, 3, 9)
    assert last_day(timescale, started, pause((2026, 3, 4, 9), (2026, 3, 4, 17))) == DAY(2026, 3, 9)
    assert last_day(timescale, started, pause((2026, 3, 4, 9), (2026, 3, 6, 9))) == DAY(2026, 3, 11)


def test_a_month_is_longer_by_the_days_that_it_rested():
    assert last_day(scale(1, "month"), moment(2026, 3, 2, 9), pause((2026, 3, 4, 9), (2026, 3, 14, 9))) == DAY(
        2026, 4, 12
    )


def test_while_it_rests_nobody_can_say_when_it_ends():
    resting = rules.due(
        scale(5, "working_day"),
        started_at=moment(2026, 3, 2, 9),
        zone=ENGLAND,
        calendar=shipped.calendar(),
        pauses=[pause((2026, 3, 4, 9), None)],
    )

    assert resting.at is None
    assert rules.standing(resting, ended_at=None, at=moment(2027, 1, 1)) is rules.Standing.RESTING
    assert rules.standing(resting, ended_at=moment(2026, 3, 5), at=moment(2027, 1, 1)) is rules.Standing.MET


@pytest.mark.parametrize(
    "pauses",
    [
        [pause((2026, 3, 5, 9), (2026, 3, 4, 9))],
        [pause((2026, 3, 1, 9), (2026, 3, 4, 9))],
        [pause((2026, 3, 3, 9), (2026, 3, 6, 9)), pause((2026, 3, 5, 9), (2026, 3, 8, 9))],
        [pause((2026, 3, 3, 9), None), pause((2026, 3, 5, 9), (2026, 3, 8, 9))],
    ],
)
def test_pauses_that_cannot_be_are_refused(pauses):
    with pytest.raises(rules.PauseOutOfOrder):
        rules.due(
            scale(5, "day"), started_at=moment(2026, 3, 2, 9), zone=ENGLAND, calendar=rules.Calendar(), pauses=pauses
        )


def test_what_has_no_number_is_never_late_but_stays_to_be_done():
    found = rules.due(
        scale(None, "as_soon_as_possible"), started_at=moment(2026, 3, 2), zone=ENGLAND, calendar=rules.Calendar()
    )

    assert rules.standing(found, ended_at=None, at=moment(2027, 3, 2)) is rules.Standing.AT_ONCE


def test_a_least_time_may_be_met_too_soon_and_never_late():
    found = rules.due(
        scale(6, "month", is_least=True), started_at=moment(2026, 1, 5), zone=ENGLAND, calendar=rules.Calendar()
    )

    assert rules.standing(found, ended_at=moment(2026, 7, 4), at=moment(2027, 1, 1)) is rules.Standing.TOO_SOON
    assert rules.standing(found, ended_at=moment(2026, 7, 5), at=moment(2027, 1, 1)) is rules.Standing.MET
    assert rules.standing(found, ended_at=None, at=moment(2027, 1, 1)) is rules.Standing.RUNNING


starts = st.integers(0, 50 * 365 * 24 * 60).map(
    lambda minutes: moment(2000, 1, 1, zone=datetime.UTC) + datetime.timedelta(minutes=minutes)
)
scales = st.builds(
    scale, st.integers(1, 60), st.sampled_from(["hour", "day", "working_day", "school_day", "week", "month", "year"])
)


@given(scales, starts, st.integers(0, 40), st.integers(0, 40))
def test_a_rest_never_makes_a_clock_end_sooner_nor_later_than_by_its_length(timescale, started, after_days, days):
    rest = rules.Pause(
        from_at=started + datetime.timedelta(days=after_days),
        until_at=started + datetime.timedelta(days=after_days + days),
        reason="Ill",
    )
    plain, rested = (
        rules.due(timescale, started_at=started, zone=ENGLAND, calendar=rules.Calendar(), pauses=pauses)
        for pauses in ((), (rest,))
    )

    # A rest of n days may push the end over a weekend or two more.
    assert plain.at <= rested.at <= plain.at + datetime.timedelta(days=days * 7 // 5 + 4)


@given(scales.filter(lambda each: each.unit is not rules.Unit.HOUR), starts)
def test_the_last_day_is_a_day_that_counts(timescale, started):
    last = last_day(timescale, started)

    assert last > started.astimezone(ENGLAND).date()
    if timescale.unit in {rules.Unit.WORKING_DAY, rules.Unit.SCHOOL_DAY}:
        assert shipped.calendar().is_working_day(last)


def test_school_days_are_counted_in_terms_where_terms_are_known():
    terms = ((DAY(2026, 9, 2), DAY(2026, 10, 23)), (DAY(2026, 11, 2), DAY(2026, 12, 18)))
    calendar = rules.Calendar(holidays=shipped.calendar().holidays, terms=terms)

    assert last_day(scale(6, "school_day"), moment(2026, 10, 21, 9), calendar=calendar) == DAY(2026, 11, 5)


def test_a_calendar_whose_terms_have_ended_says_so_instead_of_counting_for_ever():
    with pytest.raises(rules.Unbounded):
        last_day(
            scale(6, "school_day"),
            moment(2027, 10, 21, 9),
            calendar=rules.Calendar(terms=((DAY(2026, 9, 2), DAY(2026, 10, 23)),)),
        )


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (DAY(2022, 6, 3), "the Jubilee"),
        (DAY(2022, 9, 19), "the Queen's funeral"),
        (DAY(2023, 5, 8), "the coronation"),
        (DAY(2020, 5, 8), "May Day moved to VE Day"),
        (DAY(2026, 12, 28), "Boxing Day on a Saturday"),
        (DAY(2027, 12, 27), "Christmas Day on a Saturday"),
    ],
)
def test_englands_holidays_are_known_also_those_of_one_year(day, why):
    assert not shipped.calendar().is_working_day(day), why


def test_scotlands_are_others():
    with_january = rules.Calendar(holidays=frozenset(shipped.holidays_of("GB", "SCT")))

    assert not with_january.is_working_day(DAY(2026, 1, 2))
    assert shipped.calendar().is_working_day(DAY(2026, 1, 2))


# ---------------------------------------------------------------- profiles


def test_englands_profile_has_each_clock_with_its_source():
    profile = shipped.profile()

    assert (profile.country, profile.part) == ("GB", "ENG")
    assert all(each.source and each.starts for each in profile.timescales)
    assert profile.get("cfa", on=DAY(2026, 1, 1)).most == 45
    assert profile.get("icpc", on=DAY(2026, 1, 1)).unit is rules.Unit.WORKING_DAY


def test_a_clock_of_the_past_is_in_force_for_what_began_then():
    profile = shipped.profile()

    assert profile.get("initial_assessment_hist", on=DAY(2012, 5, 1)).most == 7
    with pytest.raises(rules.NotInForce):
        profile.get("initial_assessment_hist", on=DAY(2014, 5, 1))
    with pytest.raises(rules.NoSuchTimescale):
        profile.get("tea_time", on=DAY(2014, 5, 1))


ENTRY = {"code": "a", "name": "A", "starts": "b", "most": 3, "unit": "day", "kind": "local", "source": "s"}
HEAD = {"code": "x", "name": "X", "country": "GB", "part": "ENG"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"unit": "fortnight"}, "fortnight"),
        ({"most": 0}, "whole number"),
        ({"most": None}, "a number is set"),
        ({"unit": "as_soon_as_possible"}, "a number is set"),
        ({"kind": "rumour"}, "rumour"),
        ({"from": "soon"}, "soon"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_wrong(entry, said):
    with pytest.raises(rules.UnreadableProfile, match=rf"Timescale 1 \(a\).*{said}"):
        rules.read_profile(HEAD | {"timescales": [ENTRY | entry]})


def test_an_entry_without_a_source_is_refused():
    entry = {name: value for name, value in ENTRY.items() if name != "source"}

    with pytest.raises(rules.UnreadableProfile, match="'source' is missing"):
        rules.read_profile(HEAD | {"timescales": [entry]})


def test_one_code_may_change_from_a_date_but_never_be_two_on_one_day():
    before, after = ENTRY | {"until": DAY(2026, 3, 31)}, ENTRY | {"most": 2, "from": DAY(2026, 4, 1)}
    profile = rules.read_profile(HEAD | {"timescales": [before, after]})

    assert profile.get("a", on=DAY(2026, 3, 31)).most == 3
    assert profile.get("a", on=DAY(2026, 4, 1)).most == 2
    with pytest.raises(rules.UnreadableProfile, match="both in force"):
        rules.read_profile(HEAD | {"timescales": [before, ENTRY]})


def test_another_jurisdiction_is_a_file(tmp_path):
    file = tmp_path / "scotland.yaml"
    file.write_text(
        "code: scotland\nname: Scotland\ncountry: GB\npart: SCT\ntimescales:\n"
        "  - {code: a, name: A, starts: b, most: 3, unit: day, kind: local, source: s}\n"
    )

    assert shipped.profile(file).get("a", on=DAY(2026, 1, 1)).most == 3
    assert not shipped.calendar(file).is_working_day(DAY(2026, 1, 2))


@pytest.mark.parametrize("text", ["a: [", "just words", "- a\n- b\n", "code: x\n", ""])
def test_a_file_that_is_no_profile_is_refused_in_words(tmp_path, text):
    file = tmp_path / "odd.yaml"
    file.write_text(text)

    with pytest.raises(rules.UnreadableProfile):
        shipped.profile(file)


def test_a_place_whose_holidays_nobody_knows_is_refused():
    with pytest.raises(rules.UnreadableProfile, match="not known"):
        list(shipped.holidays_of("ZZ", ""))


def test_the_page_of_timescales_is_what_the_profile_says():
    page = tree.DOCS / "reference" / "timescales.md"

    assert page.read_text(encoding="utf-8") == rules.as_markdown(shipped.profile())
