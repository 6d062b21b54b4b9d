"""School lives: which rolls a child has been on, exclusions, special needs, and the pupils whom no roll holds.

Belongs here: education as it happened. Not here: what a census says of it (agencies.schools).
"""

import dataclasses
import datetime
import random

from joinedup.synthesis import places, settings, streams, values
from joinedup.synthesis.calendar_days import DAY

_LAST_YEAR = 13
_SEN_TYPES = ("SPLD", "MLD", "SLD", "SEMH", "SLCN", "HI", "VI", "PD", "ASD", "OTH", "NSA")
_SEN_DRAW = streams.Weighted.of(_SEN_TYPES, (13, 12, 2, 20, 27, 1.5, 1, 2.5, 14, 4, 3))
_REASONS = ("PP", "PA", "VP", "VA", "BU", "RA", "DA", "SM", "TH", "DB", "DM", "MT")
_REASON_DRAW = streams.Weighted.of(_REASONS, (15, 6, 6, 20, 2, 1, 4, 1, 1, 35, 5, 4))


def school_year(birth_date: datetime.date, on: datetime.date) -> int:
    """Return the national curriculum year on a date: 0 for reception, 1 for year 1; below 0 before school.

    Source: School years run from 1 September; reception follows the fourth birthday.
    """
    academic = on.year if on.month >= 9 else on.year - 1
    starts = birth_date.year + (5 if birth_date.month >= 9 else 4)
    return academic - starts


def first_day(birth_date: datetime.date, year: int) -> datetime.date:
    """Return the first school day of a national curriculum year for a child."""
    starts = birth_date.year + (5 if birth_date.month >= 9 else 4)
    return datetime.date(starts + year, 9, 3)


def stay_on(stays: tuple[values.Stay, ...], on: datetime.date) -> values.Stay:
    """Return where someone lived on a date; the first home before, the last after."""
    for stay in stays:
        if stay.ended_date is None or stay.ended_date >= on:
            return stay
    return stays[-1]


def live(
    setting: settings.Setting,
    person: values.Person,
    home: values.Household,
    chance: random.Random,
    *,
    like: values.Schooling | None,
) -> tuple[values.Schooling, tuple[values.Plant, ...]]:
    """Return a child's school life, and the cases in it that a list of lost children must find.

    `like` is an elder brother's or sister's school life: families keep to a school.
    """
    figure = setting.figures.rate
    needs = _needs(setting, home, chance)
    drawn = chance.random()
    year_now = school_year(person.birth_date, setting.ends_on - 40 * DAY)
    if drawn < figure("independent_schools") * (1.25 - home.hardship):
        return needs, ()
    if drawn > 1 - figure("home_educated") * 0.5 and 0 <= year_now <= 11:
        plant = values.Plant(kind=values.PlantKind.HOME_EDUCATED, since_date=first_day(person.birth_date, 0))
        return needs, (plant,)
    enrolments, plants = _enrolments(setting, person, home, chance, needs, like)
    exclusions = _exclusions(setting, home, enrolments, person, chance)
    return dataclasses.replace(needs, enrolments=enrolments, exclusions=exclusions), plants


def _needs(setting: settings.Setting, home: values.Household, chance: random.Random) -> values.Schooling:
    figure = setting.figures.rate
    drawn = chance.random()
    planned = figure("school_education_health_care_plan")
    provision = "E" if drawn < planned else "K" if drawn < planned + figure("school_sen_support") else "N"
    return values.Schooling(
        sen_provision=provision,
        sen_type=_SEN_DRAW.draw(chance) if provision != "N" else "",
        free_meals=chance.random() < figure("free_school_meals") * (0.35 + 1.3 * home.hardship),
        young_carer=chance.random() < 0.006 + 0.012 * home.hardship,
    )


def _phase_school(
    setting: settings.Setting, phase: str, address: values.Address, chance: random.Random, like: values.Schooling | None
) -> values.School:
    if like is not None and chance.random() < 0.85:
        for enrolment in reversed(like.enrolments):
            if enrolment.school.phase == phase:
                return enrolment.school
    sites = setting.area.primaries if phase == "primary" else setting.area.secondaries
    return places.near(sites, address, chance)


def _enrolments(
    setting: settings.Setting,
    person: values.Person,
    home: values.Household,
    chance: random.Random,
    needs: values.Schooling,
    like: values.Schooling | None,
) -> tuple[tuple[values.Enrolment, ...], tuple[values.Plant, ...]]:
    stays = person.stays or home.stays
    found: list[values.Enrolment] = []
    plants: tuple[values.Plant, ...] = ()
    special = needs.sen_provision == "E" and chance.random() < 0.3
    begins, leaves = _school_span(setting, person, chance)
    for first, last in _spans_inside(stays, begins, leaves):
        for phase, start, end in _phases(person, first, last):
            if special:
                school = setting.area.special
            else:
                school = _phase_school(setting, phase, stay_on(stays, start).address, chance, like)
            found.extend(_with_moves(setting, school, start, end, stays, chance))
    merged = [enrolment for enrolment in _merged(found) if enrolment.entry_date <= setting.ends_on]
    ended = [_closed(setting, enrolment, person, stays, last=enrolment is merged[-1]) for enrolment in merged]
    if ended and ended[-1].leaving_date is None:
        ended[-1], plants = _perhaps_lost(setting, person, ended[-1], chance)
    return tuple(ended), plants


def _school_span(
    setting: settings.Setting, person: values.Person, chance: random.Random
) -> tuple[datetime.date, datetime.date]:
    """Return a child's first day at school (nursery for some) and the last day of school."""
    nursery = chance.random() < 0.4
    begins = first_day(person.birth_date, -1 if nursery else 0)
    last_year = 12 + chance.randrange(2) if chance.random() < 0.45 else 11
    return begins, first_day(person.birth_date, last_year + 1) - 45 * DAY


def _spans_inside(
    stays: tuple[values.Stay, ...], begins: datetime.date, leaves: datetime.date
) -> list[tuple[datetime.date, datetime.date]]:
    """Return the times within school age at which the child lived in the borough."""
    found: list[tuple[datetime.date, datetime.date]] = []
    for stay in stays:
        if not stay.in_area:
            continue
        # Before the first known home the child is taken to have lived there.
        first = begins if stay is stays[0] else max(begins, stay.started_date)
        last = min(leaves, stay.ended_date or leaves)
        if first > last:
            continue
        if found and first <= found[-1][1] + 2 * DAY:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _phases(
    person: values.Person, first: datetime.date, last: datetime.date
) -> list[tuple[str, datetime.date, datetime.date]]:
    secondary_day = first_day(person.birth_date, 7)
    found = []
    if first < secondary_day:
        found.append(("primary", first, min(last, secondary_day - 45 * DAY)))
    if last >= secondary_day:
        found.append(("secondary", max(first, secondary_day), last))
    return [(phase, start, end) for phase, start, end in found if start < end]


def _with_moves(
    setting: settings.Setting,
    school: values.School,
    start: datetime.date,
    end: datetime.date,
    stays: tuple[values.Stay, ...],
    chance: random.Random,
) -> list[values.Enrolment]:
    """Return one phase's enrolments, with a change of school in some."""
    years = max(0.0, (min(end, setting.ends_on) - start).days / 365.25)
    moves = streams.happens_times(chance, setting.figures.rate("school_moves") * years)
    if not moves or school.phase == "special" or years < 0.5:
        return [values.Enrolment(school=school, entry_date=start, leaving_date=end)]
    day = streams.day_between(chance, start + 60 * DAY, min(end, setting.ends_on) - 30 * DAY)
    sites = setting.area.primaries if school.phase == "primary" else setting.area.secondaries
    others = [site for site in sites if site.code != school.code]
    second = places.near(others, stay_on(stays, day).address, chance, pull=0.5)
    gap = DAY * (3 + int(chance.random() * 25))
    if day + gap >= end:
        return [values.Enrolment(school=school, entry_date=start, leaving_date=end)]
    return [
        values.Enrolment(school=school, entry_date=start, leaving_date=day),
        values.Enrolment(school=second, entry_date=day + gap, leaving_date=end),
    ]


def _merged(found: list[values.Enrolment]) -> list[values.Enrolment]:
    """Join enrolments at one school that follow each other, as in a special school for all ages."""
    merged: list[values.Enrolment] = []
    for enrolment in found:
        if merged and merged[-1].school.code == enrolment.school.code:
            merged[-1] = dataclasses.replace(merged[-1], leaving_date=enrolment.leaving_date)
        else:
            merged.append(enrolment)
    return merged


def _closed(
    setting: settings.Setting,
    enrolment: values.Enrolment,
    person: values.Person,
    stays: tuple[values.Stay, ...],
    *,
    last: bool,
) -> values.Enrolment:
    """Say why an enrolment ended, or that it has not."""
    leaving = enrolment.leaving_date
    if leaving is None or leaving >= setting.ends_on:
        return dataclasses.replace(enrolment, leaving_date=None)
    if not last:
        because = values.LeftBecause.NEXT_SCHOOL
    elif school_year(person.birth_date, leaving) >= 11:
        because = values.LeftBecause.FINISHED
    elif not stay_on(stays, leaving + 2 * DAY).in_area:
        because = values.LeftBecause.MOVED_AWAY
    else:
        because = values.LeftBecause.NEXT_SCHOOL
    return dataclasses.replace(enrolment, because=because)


def _perhaps_lost(
    setting: settings.Setting, person: values.Person, enrolment: values.Enrolment, chance: random.Random
) -> tuple[values.Enrolment, tuple[values.Plant, ...]]:
    """Take a few pupils off the last roll with no other to follow: some to home education, some no one knows where."""
    drawn = chance.random()
    year = school_year(person.birth_date, setting.ends_on - 40 * DAY)
    if drawn > 0.011 or not 1 <= year <= 10:
        return enrolment, ()
    # Twenty school days and more before the last census, so that the loss shows in it.
    day = streams.day_between(chance, setting.ends_on - 320 * DAY, setting.ends_on - 150 * DAY)
    if day <= enrolment.entry_date + 30 * DAY:
        return enrolment, ()
    lost = drawn < 0.005
    because = values.LeftBecause.LOST if lost else values.LeftBecause.HOME_EDUCATED
    kind = values.PlantKind.LEFT_ROLL_ON_NONE if lost else values.PlantKind.HOME_EDUCATED
    ended = dataclasses.replace(enrolment, leaving_date=day, because=because)
    return ended, (values.Plant(kind=kind, since_date=day),)


def _exclusions(
    setting: settings.Setting,
    home: values.Household,
    enrolments: tuple[values.Enrolment, ...],
    person: values.Person,
    chance: random.Random,
) -> tuple[values.Exclusion, ...]:
    """Return the suspensions and exclusions of the last two years; they gather on a few pupils."""
    prone = chance.random() < (0.16 if home.troubled else 0.028)
    mean = 1.75 if prone else 0.014
    found = []
    for enrolment in enrolments:
        first = max(enrolment.entry_date, setting.ends_on - 730 * DAY)
        last = min(enrolment.leaving_date or setting.ends_on, setting.ends_on - 42 * DAY)
        if last <= first or school_year(person.birth_date, last) < 1:
            continue
        years = (last - first).days / 365.25
        for _ in range(streams.happens_times(chance, mean * years)):
            permanent = chance.random() < 0.011
            found.append(
                values.Exclusion(
                    school_code=enrolment.school.code,
                    start_date=streams.day_between(chance, first, last),
                    sessions=0 if permanent else 2 * (1 + int(chance.random() ** 2 * 9)),
                    reason=_REASON_DRAW.draw(chance),
                    permanent=permanent,
                )
            )
    return tuple(sorted(found, key=lambda exclusion: exclusion.start_date))
