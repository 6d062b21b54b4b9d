"""Children's social care as it happened: referrals, assessments, protection plans, and being looked after.

Belongs here: events and their dates. Not here: the returns that count them (agencies.in_need, agencies.looked_after).
"""

import dataclasses
import datetime
import random

from joinedup.synthesis import calendar_days, placements, schooling, settings, streams, values
from joinedup.synthesis.calendar_days import DAY, YEAR_DAYS

_HISTORY_YEARS = 6.0

_SOURCES = ("6", "2A", "1A", "1B", "1C", "2B", "3A", "3B", "3C", "3E", "3F", "4", "5B", "5C", "5D", "7", "8", "9")
_SOURCE_DRAW = streams.Weighted.of(_SOURCES, (28, 21, 7, 1.5, 0.5, 1.5, 3, 3.5, 1, 4, 4, 2, 5, 3, 4, 3, 5, 3))
_NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8")
_NEED_DRAW = streams.Weighted.of(_NEEDS, (57, 9, 3, 10, 13, 2.5, 1, 2.5))
_FACTOR_DRAW = streams.Weighted.of(
    ("3B", "4B", "16A", "17A", "2B", "1B", "18C", "4A", "3A", "5A", "6A", "11A", "24A", "15A", "2A", "7A", "20", "10A"),
    (30, 27, 16, 19, 12, 12, 10, 12, 9, 7, 6, 3, 3, 4, 4, 3, 8, 3),
)
_CATEGORY_DRAW = streams.Weighted.of(("NEG", "EMO", "PHY", "SAB", "MUL"), (48, 38, 7, 4, 3))


def family_referral_dates(
    setting: settings.Setting, home: values.Household, chance: random.Random
) -> tuple[datetime.date, ...]:
    """Return the days on which a family was referred; a troubled family is referred again and again.

    Source: the yearly rate of the figures file, spread as 10 to 1 between troubled and other families.
    """
    # About one family in eight is troubled; 0.12 * 10 + 0.88 * 1 = 2.08 parts.
    part = setting.figures.rate("referrals") * 1.48 / 2.08
    yearly = part * (10.0 if home.troubled else 1.0)
    times = streams.happens_times(chance, yearly * _HISTORY_YEARS)
    first = setting.ends_on - datetime.timedelta(days=int(_HISTORY_YEARS * YEAR_DAYS))
    found = []
    for _ in range(times):
        day = streams.day_between(chance, first, setting.ends_on - 2 * DAY)
        stay = schooling.stay_on(home.stays, day)
        if stay.in_area:
            found.append(day)
    return tuple(sorted(found))


def live(
    setting: settings.Setting,
    person: values.Person,
    home: values.Household,
    dates: tuple[datetime.date, ...],
    chance: random.Random,
) -> tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]:
    """Return a child's referrals, none within another, and the times of being looked after that came of them."""
    referrals: list[values.Referral] = []
    periods: list[values.CarePeriod] = []
    eighteenth = calendar_days.birthday(person.birth_date, 18)
    busy_until = datetime.date.min
    for day in dates:
        if day <= busy_until or day < person.birth_date or day >= eighteenth or chance.random() > 0.82:
            continue
        referral = _referral(setting, day, chance)
        assessed = referral.assessment_ended_date
        settled = assessed is not None and assessed < min(eighteenth, setting.ends_on) - 40 * DAY
        if settled and chance.random() < 0.057:
            period = placements.period(setting, person, home, referral, chance)
            periods.append(period)
            closed = period.ended_date + 30 * DAY if period.ended_date else None
            referral = dataclasses.replace(
                referral,
                closed_date=closed if closed and closed < setting.ends_on else None,
                closure_reason="RC7" if closed and closed < setting.ends_on else "",
            )
        referral = _until_adult(setting, referral, eighteenth)
        referrals.append(referral)
        busy_until = referral.closed_date or (datetime.date.min if referral.lapsed else datetime.date.max)
    return tuple(referrals), tuple(periods)


def care_leaver(
    setting: settings.Setting, person: values.Person, home: values.Household, chance: random.Random
) -> tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]:
    """Return the time in care of a young adult who left it at eighteen."""
    eighteenth = calendar_days.birthday(person.birth_date, 18)
    started = eighteenth - datetime.timedelta(days=int(chance.uniform(1.0, 6.0) * YEAR_DAYS))
    referral = dataclasses.replace(
        _referral(setting, started - 60 * DAY, chance), closed_date=eighteenth, closure_reason="RC7", lapsed=False
    )
    period = placements.period(setting, person, home, referral, chance, until=eighteenth)
    return (referral,), (period,)


def unaccompanied(
    setting: settings.Setting, person: values.Person, home: values.Household, chance: random.Random
) -> tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]:
    """Return the care of a child who came to the country without an adult who answers for them."""
    arrived = home.stays[-1].started_date
    referral = values.Referral(
        referred_date=arrived,
        source="7",
        need="N8",
        assessment_started_date=calendar_days.on_working_day(arrived),
        assessment_ended_date=calendar_days.working_days_after(arrived, 12),
        factors=("9A",),
    )
    eighteenth = calendar_days.birthday(person.birth_date, 18)
    period = placements.period(setting, person, home, referral, chance, until=eighteenth)
    first = dataclasses.replace(period.placements[0], started_date=arrived)
    placed = tuple(dataclasses.replace(placement, legal_status="V2") for placement in (first, *period.placements[1:]))
    period = dataclasses.replace(period, placements=placed, unaccompanied=True)
    return (_until_adult(setting, referral, eighteenth),), (period,)


def _referral(setting: settings.Setting, day: datetime.date, chance: random.Random) -> values.Referral:
    source, need, drawn = _SOURCE_DRAW.draw(chance), _NEED_DRAW.draw(chance), chance.random()
    base = values.Referral(referred_date=day, source=source, need=need)
    if drawn < 0.07:
        return dataclasses.replace(base, no_further_action=True, closed_date=day, closure_reason="RC8")
    if drawn < 0.078 and (setting.ends_on - day).days < 300:
        return dataclasses.replace(base, lapsed=True)
    begun = calendar_days.on_working_day(day + DAY * int(chance.random() * 4))
    late = chance.random() < 0.17
    ended = calendar_days.working_days_after(
        begun, 46 + int(chance.random() * 25) if late else 8 + int(chance.random() * 36)
    )
    factors = tuple(sorted({_FACTOR_DRAW.draw(chance) for _ in range(1 + int(chance.random() * 3))}))
    assessed = dataclasses.replace(
        base,
        assessment_started_date=begun,
        assessment_ended_date=ended if ended < setting.ends_on else None,
        factors=factors if ended < setting.ends_on else (),
    )
    if ended >= setting.ends_on:
        return assessed
    return _after_assessment(setting, assessed, begun, ended, chance)


def _after_assessment(
    setting: settings.Setting,
    referral: values.Referral,
    begun: datetime.date,
    ended: datetime.date,
    chance: random.Random,
) -> values.Referral:
    drawn = chance.random()
    if drawn < 0.36:
        reason = "RC9" if chance.random() < 0.4 else "RC8"
        closed_now = dataclasses.replace(referral, closed_date=ended, closure_reason=reason)
        return _with_enquiry(setting, closed_now, begun, chance) if chance.random() < 0.3 else closed_now
    if drawn < 0.47:
        return _protected(setting, referral, begun, chance)
    closed = ended + DAY * streams.days_spread(chance, 162, 0.9)
    if chance.random() < 0.25:
        referral = _with_enquiry(setting, referral, begun, chance)
    plan = calendar_days.on_working_day(ended + DAY * int(1 + chance.random() * 10))
    over = closed < setting.ends_on
    return dataclasses.replace(
        referral,
        plan_date=plan if plan < min(closed, setting.ends_on) else None,
        closed_date=closed if over else None,
        closure_reason="RC7" if over else "",
    )


def _with_enquiry(
    setting: settings.Setting, referral: values.Referral, begun: datetime.date, chance: random.Random
) -> values.Referral:
    """Add an enquiry under section 47 that needed no conference."""
    day = calendar_days.on_working_day(begun + DAY * int(chance.random() * 5))
    if day >= setting.ends_on:
        return referral
    return dataclasses.replace(
        referral, enquiry_date=day, conference_target_date=calendar_days.working_days_after(day, 15)
    )


def _protected(
    setting: settings.Setting, referral: values.Referral, begun: datetime.date, chance: random.Random
) -> values.Referral:
    """Return a referral that led to an initial conference and a child protection plan."""
    enquiry = calendar_days.on_working_day(begun + DAY * int(chance.random() * 6))
    late = chance.random() < 0.21
    conference = calendar_days.working_days_after(
        enquiry, 16 + int(chance.random() * 10) if late else 9 + int(chance.random() * 6)
    )
    if conference >= setting.ends_on:
        return dataclasses.replace(
            referral, enquiry_date=enquiry, conference_target_date=calendar_days.working_days_after(enquiry, 15)
        )
    planned = dataclasses.replace(
        referral,
        enquiry_date=enquiry,
        conference_target_date=calendar_days.working_days_after(enquiry, 15),
        conference_date=conference,
    )
    length = streams.days_spread(chance, 260, 0.55)
    ended = calendar_days.on_working_day(conference + DAY * max(80, length))
    over = ended < setting.ends_on
    reviews = _reviews(conference, min(ended, setting.ends_on))
    protection = values.ProtectionPlan(
        started_date=conference,
        ended_date=ended if over else None,
        category=_CATEGORY_DRAW.draw(chance),
        review_dates=reviews,
    )
    closed = ended + DAY * streams.days_spread(chance, 90, 0.6)
    return dataclasses.replace(
        planned,
        protection=protection,
        closed_date=closed if closed < setting.ends_on else None,
        closure_reason="RC7" if closed < setting.ends_on else "",
    )


def _reviews(started: datetime.date, until: datetime.date) -> tuple[datetime.date, ...]:
    """Return review conferences: the first within three months, the next within six months each."""
    found = []
    day = calendar_days.on_working_day(started + 85 * DAY)
    while day < until:
        found.append(day)
        day = calendar_days.on_working_day(day + 175 * DAY)
    return tuple(found)


def _until_adult(setting: settings.Setting, referral: values.Referral, eighteenth: datetime.date) -> values.Referral:
    """End at eighteen what children's services do."""
    over = referral.closed_date is not None and referral.closed_date <= eighteenth
    if over or referral.lapsed or eighteenth >= setting.ends_on:
        return referral
    plan = referral.protection
    if plan is not None:
        ended = min(plan.ended_date or eighteenth, eighteenth)
        reviews = tuple(day for day in plan.review_dates if day < ended)
        plan = dataclasses.replace(plan, ended_date=ended, review_dates=reviews) if plan.started_date < ended else None
    return dataclasses.replace(
        referral,
        assessment_ended_date=min(referral.assessment_ended_date or eighteenth, eighteenth),
        plan_date=referral.plan_date if referral.plan_date and referral.plan_date < eighteenth else None,
        conference_date=referral.conference_date if plan else None,
        protection=plan,
        closed_date=eighteenth,
        closure_reason="RC7",
    )
