"""Being looked after as it happened: placements under a legal status, and where the child lived meanwhile.

Belongs here: periods of care and their placements. Not here: referrals (care), the return (agencies.looked_after).
"""

import dataclasses
import datetime
import random

from joinedup.synthesis import calendar_days, places, schooling, settings, streams, values
from joinedup.synthesis.calendar_days import DAY, YEAR_DAYS

_PLACE_DRAW = streams.Weighted.of(
    (
        ("U6", "PR4"),
        ("U5", "PR1"),
        ("U4", "PR4"),
        ("U1", "PR1"),
        ("K2", "PR4"),
        ("P1", "PR0"),
        ("U3", "PR1"),
    ),
    (33, 24, 5, 11, 11, 7, 5),
)


def period(
    setting: settings.Setting,
    person: values.Person,
    home: values.Household,
    referral: values.Referral,
    chance: random.Random,
    until: datetime.date | None = None,
) -> values.CarePeriod:
    """Return a time of being looked after: one to four placements."""
    assessed = referral.assessment_ended_date or referral.referred_date + 45 * DAY
    started = calendar_days.on_working_day(assessed + DAY * int(1 + chance.random() * 20))
    eighteenth = calendar_days.birthday(person.birth_date, 18)
    ended = until or min(started + DAY * streams.days_spread(chance, 640, 1.0), eighteenth)
    started = min(started, ended - 20 * DAY)
    alive_until = ended if ended < setting.ends_on else None
    status = "C2" if chance.random() < 0.62 else "C1" if chance.random() < 0.4 else "V2"
    edges = [started, *_moves(started, min(ended, setting.ends_on), chance)]
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
                address=_placement_address(setting, home, kind, chance),
            )
        )
    return values.CarePeriod(
        placements=tuple(placements),
        need=referral.need,
        home_postcode=schooling.stay_on(home.stays, started).address.postcode,
    )


def _moves(started: datetime.date, until: datetime.date, chance: random.Random) -> list[datetime.date]:
    """Return the days on which a child moved to another placement: at most three, about one every two years."""
    times = streams.happens_times(chance, 0.45 * (until - started).days / YEAR_DAYS)
    days = {streams.day_between(chance, started + 15 * DAY, until - 5 * DAY) for _ in range(min(3, times))}
    return sorted(day for day in days if started < day < until)


def _end_reason(*, last: bool, adult: bool, chance: random.Random) -> str:
    if not last:
        return "X1"
    if adult:
        return "E7"
    return chance.choice(("E4A", "E4A", "E46", "E48", "E8", "E41"))


def _placement_address(
    setting: settings.Setting, home: values.Household, kind: str, chance: random.Random
) -> values.Address:
    if kind == "P1":
        return home.stays[-1].address
    if chance.random() < 0.25:
        return places.address_elsewhere(setting.area, chance)
    return places.address_in(setting.area.ward_draw.draw(chance), chance)


def stays_with_placements(home: values.Household, periods: tuple[values.CarePeriod, ...]) -> tuple[values.Stay, ...]:
    """Return where a looked-after child lived: the family's homes, with placements laid over them."""
    placed = [_placement_stay(placement) for period in periods for placement in period.placements]
    found = list(placed)
    for stay in home.stays:
        found.extend(_outside(stay, placed))
    return tuple(sorted(found, key=lambda stay: stay.started_date))


def _outside(stay: values.Stay, placed: list[values.Stay]) -> list[values.Stay]:
    """Return the parts of a stay that lie before, between and after placements, which are in order of time."""
    found = []
    since, until = stay.started_date, stay.ended_date or datetime.date.max
    for placement in placed:
        if placement.started_date > until:
            break
        if placement.started_date > since:
            found.append(dataclasses.replace(stay, started_date=since, ended_date=placement.started_date - DAY))
        if placement.ended_date is None:
            return found
        since = max(since, placement.ended_date + DAY)
    if since <= until:
        found.append(dataclasses.replace(stay, started_date=since))
    return found


def _placement_stay(placement: values.Placement) -> values.Stay:
    ended = placement.ended_date - DAY if placement.ended_date else None
    return values.Stay(
        address=placement.address,
        started_date=placement.started_date,
        ended_date=ended,
        in_area=placement.address.ward_index >= 0,
    )
