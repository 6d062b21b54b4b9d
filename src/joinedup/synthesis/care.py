"""Children's social care as it happened: referrals, assessments, protection plans, and being looked after.

Belongs here: events and their dates. Not here: the returns that count them (agencies.in_need, agencies.looked_after).
"""

import dataclasses
import datetime
import random

from joinedup.synthesis import figures, places, streams, values

DAY = datetime.timedelta(days=1)
YEAR_DAYS = 365.25
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
_CHRISTMAS = {(12, 25), (12, 26), (1, 1)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What social care histories are drawn from."""

    area: places.Area
    figures: figures.Figures
    ends_on: datetime.date


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


def family_referral_dates(care: Care, home: values.Household, chance: random.Random) -> tuple[datetime.date, ...]:
    """Return the days on which a family was referred; a troubled family is referred again and again.

    Source: the yearly rate of the figures file, spread as 10 to 1 between troubled and other families.
    """
    # About one family in eight is troubled; 0.12 * 10 + 0.88 * 1 = 2.08 parts.
    part = care.figures.rate("referrals") * 1.48 / 2.08
    yearly = part * (10.0 if home.troubled else 1.0)
    times = streams.happens_times(chance, yearly * _HISTORY_YEARS)
    first = care.ends_on - datetime.timedelta(days=int(_HISTORY_YEARS * YEAR_DAYS))
    found = []
    for _ in range(times):
        day = streams.day_between(chance, first, care.ends_on - 2 * DAY)
        stay = _stay_on(home.stays, day)
        if stay.in_area:
            found.append(day)
    return tuple(sorted(found))


def _stay_on(stays: tuple[values.Stay, ...], on: datetime.date) -> values.Stay:
    for stay in stays:
        if stay.ended_date is None or stay.ended_date >= on:
            return stay
    return stays[-1]


def live(
    care: Care, person: values.Person, home: values.Household, dates: tuple[datetime.date, ...], chance: random.Random
) -> tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]:
    """Return a child's referrals, none within another, and the times of being looked after that came of them."""
    referrals: list[values.Referral] = []
    periods: list[values.CarePeriod] = []
    eighteenth = _birthday(person.birth_date, 18)
    busy_until = datetime.date.min
    for day in dates:
        if day <= busy_until or day < person.birth_date or day >= eighteenth or chance.random() > 0.82:
            continue
        referral = _referral(care, day, chance)
        looked_after = referral.assessment_ended_date and chance.random() < 0.066
        if looked_after and referral.assessment_ended_date is not None:
            period = _care_period(care, person, home, referral, chance)
            periods.append(period)
            closed = period.ended_date + 30 * DAY if period.ended_date else None
            referral = dataclasses.replace(
                referral,
                closed_date=closed if closed and closed < care.ends_on else None,
                closure_reason="RC7" if closed and closed < care.ends_on else "",
            )
        referral = _until_adult(referral, eighteenth)
        referrals.append(referral)
        busy_until = referral.closed_date or (datetime.date.min if referral.lapsed else datetime.date.max)
    return tuple(referrals), tuple(periods)


def care_leaver(
    care: Care, person: values.Person, home: values.Household, chance: random.Random
) -> tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]:
    """Return the time in care of a young adult who left it at eighteen."""
    eighteenth = _birthday(person.birth_date, 18)
    started = eighteenth - datetime.timedelta(days=int(chance.uniform(1.0, 6.0) * YEAR_DAYS))
    referral = dataclasses.replace(
        _referral(care, started - 60 * DAY, chance), closed_date=eighteenth, closure_reason="RC7", lapsed=False
    )
    period = _care_period(care, person, home, referral, chance, until=eighteenth)
    return (referral,), (period,)


def _birthday(birth_date: datetime.date, age: int) -> datetime.date:
    day = min(birth_date.day, 28) if birth_date.month == 2 else birth_date.day
    return birth_date.replace(year=birth_date.year + age, day=day)


def _referral(care: Care, day: datetime.date, chance: random.Random) -> values.Referral:
    source, need, drawn = _SOURCE_DRAW.draw(chance), _NEED_DRAW.draw(chance), chance.random()
    base = values.Referral(referred_date=day, source=source, need=need)
    if drawn < 0.07:
        return dataclasses.replace(base, no_further_action=True, closed_date=day, closure_reason="RC8")
    if drawn < 0.078 and (care.ends_on - day).days < 300:
        return dataclasses.replace(base, lapsed=True)
    begun = on_working_day(day + DAY * int(chance.random() * 4))
    late = chance.random() < 0.17
    ended = working_days_after(begun, 46 + int(chance.random() * 25) if late else 8 + int(chance.random() * 36))
    factors = tuple(sorted({_FACTOR_DRAW.draw(chance) for _ in range(1 + int(chance.random() * 3))}))
    assessed = dataclasses.replace(
        base,
        assessment_started_date=begun,
        assessment_ended_date=ended if ended < care.ends_on else None,
        factors=factors if ended < care.ends_on else (),
    )
    if ended >= care.ends_on:
        return assessed
    return _after_assessment(care, assessed, begun, ended, chance)


def _after_assessment(
    care: Care, referral: values.Referral, begun: datetime.date, ended: datetime.date, chance: random.Random
) -> values.Referral:
    drawn = chance.random()
    if drawn < 0.36:
        reason = "RC9" if chance.random() < 0.4 else "RC8"
        closed_now = dataclasses.replace(referral, closed_date=ended, closure_reason=reason)
        return _with_enquiry(care, closed_now, begun, chance) if chance.random() < 0.3 else closed_now
    if drawn < 0.47:
        return _protected(care, referral, begun, chance)
    closed = ended + DAY * streams.days_spread(chance, 185, 0.9)
    if chance.random() < 0.25:
        referral = _with_enquiry(care, referral, begun, chance)
    plan = on_working_day(ended + DAY * int(1 + chance.random() * 10))
    over = closed < care.ends_on
    return dataclasses.replace(
        referral,
        plan_date=plan if plan < min(closed, care.ends_on) else None,
        closed_date=closed if over else None,
        closure_reason="RC7" if over else "",
    )


def _with_enquiry(
    care: Care, referral: values.Referral, begun: datetime.date, chance: random.Random
) -> values.Referral:
    """Add an enquiry under section 47 that needed no conference."""
    day = on_working_day(begun + DAY * int(chance.random() * 5))
    if day >= care.ends_on:
        return referral
    return dataclasses.replace(referral, enquiry_date=day, conference_target_date=working_days_after(day, 15))


def _protected(care: Care, referral: values.Referral, begun: datetime.date, chance: random.Random) -> values.Referral:
    """Return a referral that led to an initial conference and a child protection plan."""
    enquiry = on_working_day(begun + DAY * int(chance.random() * 6))
    late = chance.random() < 0.21
    conference = working_days_after(enquiry, 16 + int(chance.random() * 10) if late else 9 + int(chance.random() * 6))
    if conference >= care.ends_on:
        return dataclasses.replace(
            referral, enquiry_date=enquiry, conference_target_date=working_days_after(enquiry, 15)
        )
    planned = dataclasses.replace(
        referral,
        enquiry_date=enquiry,
        conference_target_date=working_days_after(enquiry, 15),
        conference_date=conference,
    )
    length = streams.days_spread(chance, 260, 0.55)
    ended = on_working_day(conference + DAY * max(80, length))
    over = ended < care.ends_on
    reviews = _reviews(conference, min(ended, care.ends_on))
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
        closed_date=closed if closed < care.ends_on else None,
        closure_reason="RC7" if closed < care.ends_on else "",
    )


def _reviews(started: datetime.date, until: datetime.date) -> tuple[datetime.date, ...]:
    """Return review conferences: the first within three months, the next within six months each."""
    found = []
    day = on_working_day(started + 85 * DAY)
    while day < until:
        found.append(day)
        day = on_working_day(day + 175 * DAY)
    return tuple(found)


def _until_adult(referral: values.Referral, eighteenth: datetime.date) -> values.Referral:
    """End at eighteen what children's services do."""
    if referral.closed_date and referral.closed_date <= eighteenth:
        return referral
    if referral.lapsed or (referral.closed_date is None and referral.referred_date.year + 18 < eighteenth.year):
        return referral
    return referral


_PLACE_DRAW = streams.Weighted.of(
    (
        ("U6", "PR4"),
        ("U5", "PR1"),
        ("U4", "PR4"),
        ("U1", "PR1"),
        ("K2", "PR4"),
        ("P1", "PR0"),
        ("H5", "PR4"),
        ("U3", "PR1"),
    ),
    (33, 24, 5, 11, 11, 7, 0, 5),
)


def _care_period(
    care: Care,
    person: values.Person,
    home: values.Household,
    referral: values.Referral,
    chance: random.Random,
    until: datetime.date | None = None,
) -> values.CarePeriod:
    """Return a time of being looked after: one to four placements."""
    assessed = referral.assessment_ended_date or referral.referred_date + 45 * DAY
    started = on_working_day(assessed + DAY * int(1 + chance.random() * 20))
    eighteenth = _birthday(person.birth_date, 18)
    ended = until or min(started + DAY * streams.days_spread(chance, 640, 1.0), eighteenth)
    started = min(started, ended - 20 * DAY)
    alive_until = ended if ended < care.ends_on else None
    moves = streams.happens_times(chance, 0.45 * (min(ended, care.ends_on) - started).days / YEAR_DAYS)
    cuts = sorted(
        {
            streams.day_between(chance, started + 15 * DAY, min(ended, care.ends_on) - 5 * DAY)
            for _ in range(min(3, moves))
        }
    )
    cuts = [day for day in cuts if started < day < min(ended, care.ends_on)]
    status = "C2" if chance.random() < 0.62 else "C1" if chance.random() < 0.4 else "V2"
    edges = [started, *cuts]
    placements = []
    for place, begins in enumerate(edges):
        last = place == len(edges) - 1
        ends = alive_until if last else edges[place + 1]
        kind, provider = _PLACE_DRAW.draw(chance)
        ended_reason = ""
        if ends is not None:
            ended_reason = _end_reason(last=last, adult=ended >= eighteenth, chance=chance)
        placements.append(
            values.Placement(
                started_date=begins,
                ended_date=ends,
                reason_began="S" if place == 0 else "P",
                legal_status=status,
                place=kind,
                provider=provider,
                reason_ended=ended_reason,
                reason_changed="" if last else chance.choice(("CHILD", "PLACE", "CARPL", "LAREQ", "OTHER")),
                address=_placement_address(care, home, kind, chance),
            )
        )
    return values.CarePeriod(
        placements=tuple(placements),
        need=referral.need,
        home_postcode=_stay_on(home.stays, started).address.postcode,
    )


def _end_reason(*, last: bool, adult: bool, chance: random.Random) -> str:
    if not last:
        return "X1"
    if adult:
        return "E7"
    return chance.choice(("E4A", "E4A", "E46", "E48", "E8", "E41"))


def _placement_address(care: Care, home: values.Household, kind: str, chance: random.Random) -> values.Address:
    if kind == "P1":
        return home.stays[-1].address
    if chance.random() < 0.25:
        return places.address_elsewhere(care.area, chance)
    return places.address_in(care.area.ward_draw.draw(chance), chance)


def stays_with_placements(home: values.Household, periods: tuple[values.CarePeriod, ...]) -> tuple[values.Stay, ...]:
    """Return where a looked-after child lived: the family's homes, with placements laid over them."""
    placed = [placement for period in periods for placement in period.placements]
    found: list[values.Stay] = []
    for stay in home.stays:
        since = stay.started_date
        for placement in placed:
            until = stay.ended_date or datetime.date.max
            if not since <= placement.started_date <= until:
                continue
            if placement.started_date > since:
                found.append(dataclasses.replace(stay, started_date=since, ended_date=placement.started_date - DAY))
            since = (placement.ended_date or datetime.date.max - DAY) + DAY
        if since <= (stay.ended_date or datetime.date.max - 2 * DAY):
            found.append(dataclasses.replace(stay, started_date=since))
    found.extend(_placement_stay(placement) for placement in placed)
    return tuple(sorted(found, key=lambda stay: stay.started_date))


def _placement_stay(placement: values.Placement) -> values.Stay:
    ended = placement.ended_date - DAY if placement.ended_date else None
    return values.Stay(
        address=placement.address,
        started_date=placement.started_date,
        ended_date=ended,
        in_area=placement.address.ward_index >= 0,
    )
