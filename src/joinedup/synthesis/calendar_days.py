"""Days as the trade counts them: working days, birthdays, the length of a year.

Belongs here: arithmetic on dates. Not here: which day something happened (care, schooling).
"""

import datetime

DAY = datetime.timedelta(days=1)
YEAR_DAYS = 365.25
_CHRISTMAS = {(12, 25), (12, 26), (1, 1)}


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """Return the day so many working days later; fixed holidays alone are left out."""
    while count > 0:
        day += DAY
        if day.weekday() < 5 and (day.month, day.day) not in _CHRISTMAS:
            count -= 1
    return day


def on_working_day(day: datetime.date) -> datetime.date:
    """Return the day itself, or the next working day."""
    while day.weekday() >= 5 or (day.month, day.day) in _CHRISTMAS:
        day += DAY
    return day


def birthday(birth_date: datetime.date, age: int) -> datetime.date:
    """Return the day on which someone reaches an age; 28 February for those born on the 29th."""
    day = min(birth_date.day, 28) if birth_date.month == 2 else birth_date.day
    return birth_date.replace(year=birth_date.year + age, day=day)
