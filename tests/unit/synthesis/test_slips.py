"""Single slips and dates, for any name, number and day."""

import datetime
import random
import string

from hypothesis import given
from hypothesis import strategies as st

from joinedup.synthesis import calendar_days, errors, placements, schooling, values

days = st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2030, 12, 31))
chances = st.integers(min_value=0, max_value=10_000).map(random.Random)


@given(name=st.text(alphabet=string.ascii_letters, min_size=3, max_size=14), chance=chances)
def test_a_typing_slip_keeps_the_first_letter_and_nearly_the_length(name, chance):
    slipped = errors.typo(name, chance)

    assert slipped[0] == name[0]
    assert abs(len(slipped) - len(name)) <= 1


@given(day=days, chance=chances)
def test_a_date_off_by_one_is_another_date_within_about_a_year(day, chance):
    wrong = errors.off_by_one(day, chance)

    assert wrong != day
    assert abs((wrong - day).days) <= 370


@given(number=st.text(alphabet=string.digits, min_size=10, max_size=10), chance=chances)
def test_a_wrong_digit_is_one_digit(number, chance):
    wrong = errors.wrong_digit(number, chance)

    assert sum(one != other for one, other in zip(number, wrong, strict=True)) == 1


@given(birth=days, age=st.integers(min_value=0, max_value=25))
def test_every_birth_has_each_birthday(birth, age):
    assert calendar_days.birthday(birth, age).year == birth.year + age


@given(birth=days)
def test_reception_begins_in_the_september_after_the_fourth_birthday(birth):
    begins = schooling.first_day(birth, 0)

    assert schooling.school_year(birth, begins) == 0
    assert datetime.date(begins.year, 8, 31) >= calendar_days.birthday(birth, 4)
    assert schooling.school_year(birth, datetime.date(begins.year, 8, 31)) == -1


@given(day=days, count=st.integers(min_value=1, max_value=50))
def test_working_days_end_on_a_working_day(day, count):
    ended = calendar_days.working_days_after(day, count)

    assert ended > day
    assert calendar_days.on_working_day(ended) == ended


def address(line: str) -> values.Address:
    return values.Address(line=line, ward="", town="", postcode="BD1 1AA", ward_index=0, easting=0.0, northing=0.0)


def test_a_family_that_moves_while_a_child_is_in_care_does_not_move_the_child():
    first, move = datetime.date(2020, 1, 1), datetime.date(2022, 6, 1)
    home = values.Household(
        index=0,
        community="white_british",
        ward_index=0,
        hardship=0.0,
        troubled=False,
        adults=(),
        stays=(
            values.Stay(address=address("1 Elm Way"), started_date=first, ended_date=move - calendar_days.DAY),
            values.Stay(address=address("2 Ash Way"), started_date=move),
        ),
    )
    placement = values.Placement(
        started_date=datetime.date(2022, 1, 1),
        ended_date=None,
        reason_began="S",
        legal_status="C2",
        place="U6",
        provider="PR4",
        reason_ended="",
        reason_changed="",
        address=address("3 Oak Way"),
    )
    period = values.CarePeriod(placements=(placement,), need="N1", home_postcode="BD1 1AA")

    stays = placements.stays_with_placements(home, (period,))

    assert [stay.address.line for stay in stays] == ["1 Elm Way", "3 Oak Way"]
    assert stays[0].ended_date == datetime.date(2021, 12, 31)
