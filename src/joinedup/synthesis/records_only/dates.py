"""Birth dates as agencies have them, and days as text.

Belongs here: dates by the column. Not here: other columns (writing).
"""

import numpy as np

from joinedup.synthesis.records_only.lexicon import Ints, Words
from joinedup.synthesis.records_only.page import Page, Slip

_MOST_DAY_EVERYWHERE = 28


def iso(days: Ints) -> Words:
    """Return days since 1970 as YYYY-MM-DD."""
    text: Words = np.datetime_as_string(days.astype("datetime64[D]")).astype(object)
    return text


def birth_dates(page: Page) -> Words:
    """Return birth dates as an agency has them, as text; empty where it has none.

    No system takes a birth after the day of writing.
    """
    rates = page.rates
    birth: Ints = page.of(page.people.birth).astype(np.int64)
    day, month, _ = parts(birth)
    everyone = np.ones(len(birth), np.bool_)
    before = page.slips.copy()
    swapped = page.hits(rates.day_month_swapped, day <= 12, Slip.DAY_MONTH)
    near = page.hits(rates.date_off_by_one, ~swapped, Slip.DATE_NEAR)
    default = page.hits(rates.first_of_january, ~swapped & ~near, Slip.FIRST_OF_JANUARY)
    kind, step = page.chance.integers(0, 3, len(birth)), page.chance.choice([-1, 1], len(birth))
    wrong = np.where(swapped, _with(birth, day=month, month=day), birth)
    wrong = np.where(near & (kind == 0), birth + step, wrong)
    wrong = np.where(near & (kind == 1), _with(birth, month=month % 12 + 1), wrong)
    wrong = np.where(near & (kind == 2), _with(birth, years_on=step), wrong)
    wrong = np.where(default, _with(birth, day=everyone.astype(np.int64), month=everyone.astype(np.int64)), wrong)
    late = wrong > page.met.on
    page.slips[late] = before[late]
    said = iso(np.where(late, birth, wrong))
    said[page.hits(page.habits.no_birth_date, everyone, Slip.NO_BIRTH_DATE, level=False)] = ""
    return said


def parts(days: Ints) -> tuple[Ints, Ints, Ints]:
    """Return day, month and year of days since 1970."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    return (
        days - months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + 1,
        months % 12 + 1,
        months // 12 + 1970,
    )


def _with(days: Ints, *, day: Ints | None = None, month: Ints | None = None, years_on: Ints | None = None) -> Ints:
    """Return dates with another day, month or year; the day is at most 28 where another month might be shorter."""
    own_day, own_month, year = parts(days)
    new_day = np.minimum(own_day, _MOST_DAY_EVERYWHERE) if day is None else day
    new_month = own_month if month is None else month
    months = (year - 1970 + (0 if years_on is None else years_on)) * 12 + new_month - 1
    first: Ints = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + new_day - 1
