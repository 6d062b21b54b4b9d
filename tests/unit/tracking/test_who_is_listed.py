"""Whom the lists name, and whom they leave alone for a reason that is known."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.tracking import rules

DAY = rules.Day(
    on=datetime.date(2026, 9, 1),
    roll=datetime.date(2026, 5, 21),
    left_by=datetime.date(2026, 4, 22),
    referred_by=datetime.date(2026, 6, 29),
)
LEFT = datetime.date(2026, 1, 9)
AT_SCHOOL = rules.Span(started=datetime.date(2021, 9, 3))
GONE = rules.Span(started=datetime.date(2021, 9, 3), ended=LEFT)
ON_A_LIST = rules.Span(started=datetime.date(2016, 6, 1))
OFF_THE_LIST = rules.Span(started=datetime.date(2016, 6, 1), ended=LEFT)
PUPIL = rules.Facts(born=datetime.date(2016, 5, 1), practices=(ON_A_LIST,), seen=LEFT)
LOST = dataclasses.replace(PUPIL, schools=(GONE,))
IN_NONE = rules.Facts(born=datetime.date(2016, 5, 1), seen=datetime.date(2026, 3, 2))
REFERRED = rules.Facts(born=datetime.date(2016, 5, 1), referrals=(rules.Span(started=datetime.date(2026, 3, 2)),))


def found(code: str, facts: rules.Facts, **changes: object) -> datetime.date | None:
    return rules.finding(code, dataclasses.replace(facts, **changes), day=DAY)


class TestLeftARollAndIsOnNone:
    def test_who_left_and_joined_no_other_is_listed_since_the_day_they_left(self):
        assert found("left_roll", LOST) == LEFT

    def test_who_is_on_another_roll_is_not(self):
        assert found("left_roll", LOST, schools=(GONE, AT_SCHOOL)) is None

    def test_twenty_school_days_are_given_to_arrive_somewhere_else(self):
        on_the_day = dataclasses.replace(GONE, ended=DAY.left_by)
        a_day_later = dataclasses.replace(GONE, ended=DAY.left_by + datetime.timedelta(days=1))

        assert found("left_roll", LOST, schools=(on_the_day,)) == DAY.left_by
        assert found("left_roll", LOST, schools=(a_day_later,)) is None

    @pytest.mark.parametrize(
        "reason",
        [
            {"is_educated_at_home": True},
            {"is_in_question": True},
            {"practices": (OFF_THE_LIST,)},
            {"died": LEFT},
            {"born": datetime.date(2021, 10, 1)},
            {"born": datetime.date(2009, 8, 31)},
            {"born": None},
        ],
        ids=["taught at home", "records in question", "moved away", "died", "too young", "too old", "age not known"],
    )
    def test_a_known_reason_is_no_alarm(self, reason):
        assert found("left_roll", LOST, **reason) is None

    def test_a_child_of_no_practice_is_listed_all_the_same(self):
        assert found("left_roll", LOST, practices=()) == LEFT


class TestInNoUniversalService:
    def test_who_was_met_and_has_neither_school_nor_practice_is_listed_since_school_age(self):
        assert found("no_universal_service", IN_NONE) == datetime.date(2021, 9, 1)

    @pytest.mark.parametrize(
        "reason",
        [
            {"schools": (AT_SCHOOL,)},
            {"practices": (ON_A_LIST,)},
            {"practices": (OFF_THE_LIST,)},
            {"is_educated_at_home": True},
            {"is_in_question": True},
            {"care": (rules.Span(started=LEFT),)},
            {"seen": None},
            {"seen": datetime.date(2025, 8, 31)},
        ],
        ids=[
            "at school",
            "on a list",
            "left a list",
            "taught at home",
            "in question",
            "looked after",
            "never met",
            "not met for a year",
        ],
    )
    def test_others_are_not(self, reason):
        assert found("no_universal_service", IN_NONE, **reason) is None

    def test_an_end_that_one_list_tells_ends_the_placements_of_another(self):
        placed = rules.Span(started=datetime.date(2025, 10, 1))
        whole = rules.Span(started=datetime.date(2022, 11, 28), ended=datetime.date(2026, 5, 1))

        assert found("no_universal_service", IN_NONE, care=(placed, whole)) is not None

    def test_whom_the_council_looked_after_once_is_listed_again(self):
        assert found("no_universal_service", IN_NONE, care=(rules.Span(started=LEFT, ended=DAY.on),)) is not None


class TestReferredAndNobodyTookItUp:
    def test_a_referral_under_nobodys_name_past_its_time_is_listed(self):
        assert found("referral_lapsed", REFERRED) == datetime.date(2026, 3, 2)

    @pytest.mark.parametrize(
        "change",
        [
            {"referrals": (rules.Span(started=datetime.date(2026, 3, 2), is_named=True),)},
            {"referrals": (rules.Span(started=datetime.date(2026, 3, 2), ended=datetime.date(2026, 3, 3)),)},
            {"referrals": (rules.Span(started=datetime.date(2026, 6, 30)),)},
            {"acted": (datetime.date(2026, 3, 2),)},
            {
                "referrals": (
                    *REFERRED.referrals,
                    rules.Span(started=datetime.date(2026, 4, 2), is_named=True),
                )
            },
        ],
        ids=["someone has it", "closed", "still in time", "assessed since", "referred again and taken up"],
    )
    def test_others_are_not(self, change):
        assert found("referral_lapsed", REFERRED, **change) is None

    def test_an_assessment_before_the_referral_does_not_answer_it(self):
        assert found("referral_lapsed", REFERRED, acted=(datetime.date(2026, 3, 1),)) is not None


days = st.dates(datetime.date(2005, 1, 1), datetime.date(2027, 1, 1))
spans = st.builds(rules.Span, started=st.none() | days, ended=st.none() | days, is_named=st.booleans())
facts = st.builds(
    rules.Facts,
    born=st.none() | days,
    schools=st.lists(spans, max_size=3),
    practices=st.lists(spans, max_size=2),
    is_educated_at_home=st.booleans(),
    seen=st.none() | days,
    referrals=st.lists(spans, max_size=3),
    acted=st.lists(days, max_size=3),
)


@given(facts)
def test_nobody_on_a_roll_is_on_a_list_of_those_who_are_on_none(known):
    at_school = dataclasses.replace(known, schools=(*known.schools, AT_SCHOOL))

    assert rules.finding("left_roll", at_school, day=DAY) is None
    assert rules.finding("no_universal_service", at_school, day=DAY) is None


@given(facts)
def test_nobody_is_both_on_no_roll_since_a_day_and_said_to_have_left_in_time(known):
    since = rules.finding("left_roll", known, day=DAY)

    assert since is None or since <= DAY.left_by


@given(st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 12, 31)))
def test_the_days_of_a_search_are_counted_on_the_calendar(on):
    day = rules.day_of(on=on, roll=on, calendar=timescales_rules.Calendar())

    weekdays = sum((day.left_by + datetime.timedelta(days=n + 1)).weekday() < 5 for n in range((on - day.left_by).days))
    assert weekdays == rules.SCHOOL_DAYS_WITHOUT_A_ROLL
    assert day.referred_by < day.left_by


class TestWhatClosesAListing:
    def test_a_family_that_declined_does_not_while_there_is_a_concern(self):
        with pytest.raises(rules.ConcernRecorded):
            rules.check_outcome(outcome=rules.Outcome.DECLINED, words="They want no help from us", has_concern=True)

        rules.check_outcome(outcome=rules.Outcome.DECLINED, words="They want no help from us", has_concern=False)

    def test_an_answer_says_in_words_what_was_done(self):
        with pytest.raises(rules.WordsNeeded):
            rules.check_outcome(outcome=rules.Outcome.HELP_FOUND, words="  done  ", has_concern=False)


class TestHowRightAListIs:
    def test_whoever_left_without_a_word_is_rightly_looked_for_and_not_missed_either(self):
        figures = rules.measure(listed={"a", "b", "x"}, lost={"a", "c"}, rightly={"b"})

        assert (figures.precision, figures.recall) == (2 / 3, 1 / 2)

    def test_an_empty_list_is_right_where_nobody_is_lost(self):
        figures = rules.measure(listed=set(), lost=set(), rightly=set())

        assert (figures.precision, figures.recall) == (1.0, 1.0)
