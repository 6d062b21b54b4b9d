import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.exchange.opening import dates

DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31))


@given(day=DAYS)
def test_every_day_is_read_in_every_order_that_agencies_write(day):
    for style in (
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%Y%m%d",
        "%Y-%b-%d 00:00:00",
        "%d %B %Y",
        "%d-%b-%Y",
        "%Y/%m/%d",
        "%d.%m.%Y",
    ):
        assert dates.date_of(day.strftime(style)) == day
    assert dates.date_of(f"{day.day}/{day.month}/{day.year}") == day
    assert dates.date_of(f"{day.isoformat()}T09:30:00.123Z") == day


@given(day=DAYS)
def test_figures_are_read_day_first_and_never_guessed(day):
    american = dates.date_of(day.strftime("%m/%d/%Y"))

    if day.day > 12:
        assert isinstance(american, str)
        assert f"{day.day} in the place of the month" in american
    else:
        assert american == datetime.date(day.year, day.day, day.month)


@given(written=st.text(max_size=40))
def test_whatever_is_written_there_is_a_date_or_a_reason_or_nothing(written):
    assert isinstance(dates.date_of(written), datetime.date | str | None)


@pytest.mark.parametrize("written", ["", "  ", "NULL", "n/a", "NaN", "-"])
def test_what_systems_write_for_no_date_is_no_date(written):
    assert dates.date_of(written) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/2012", '"31/02/2012" is not a day of the calendar'),
        ("2013-02-29", '"2013-02-29" is not a day of the calendar'),
        ("01/13/2012", '"01/13/2012" has 13 in the place of the month (dates are read day first)'),
        ("1/1/1899", '"1/1/1899" is before 1900'),
        ("1/2/12", '"1/2/12" needs a year of four figures'),
        ("40929", '"40929" is not a date (write 2012-01-21 or 21/01/2012)'),
        ("x" * 99, f'"{"x" * 30}…" is not a date (write 2012-01-21 or 21/01/2012)'),
    ],
)
def test_the_reason_says_what_is_wrong_with_a_date(written, reason):
    assert dates.date_of(written) == reason
