"""The rest of a life: general practice, health contacts, police notices, youth justice, clubs and groups.

Belongs here: what happened outside school and social care. Not here: what was written down (agencies).
"""

import dataclasses
import datetime
import random

from joinedup.synthesis import places, schooling, settings, streams, values
from joinedup.synthesis.calendar_days import DAY, YEAR_DAYS


def registrations(
    setting: settings.Setting, person: values.Person, stays: tuple[values.Stay, ...], chance: random.Random
) -> tuple[values.Registration, ...]:
    """Return the general practices that a child was registered with; one child in a hundred with none."""
    if chance.random() < 0.01:
        return ()
    found: list[values.Registration] = []
    for stay in stays:
        if not stay.in_area:
            if found and found[-1].ended_date is None:
                found[-1] = dataclasses.replace(found[-1], ended_date=max(stay.started_date, found[-1].started_date))
            continue
        surgery = places.surgery_near(setting.area, stay.address, chance)
        begins = max(stay.started_date, person.birth_date) + DAY * int(3 + chance.random() * 40)
        if begins >= setting.ends_on:
            continue
        if found and found[-1].ended_date is None:
            if found[-1].surgery.code == surgery.code or chance.random() < 0.45:
                continue
            found[-1] = dataclasses.replace(found[-1], ended_date=max(begins, found[-1].started_date))
        found.append(values.Registration(surgery=surgery, started_date=begins))
    return tuple(found)


#: Reviews of the healthy child programme and of school health: kind, age in days, how many are reached.
_REVIEWS = (
    ("new_birth_visit", 12, 0.97),
    ("six_week_review", 48, 0.93),
    ("one_year_review", 370, 0.87),
    ("two_year_review", 800, 0.79),
    ("school_entry_check", 1_900, 0.93),
    ("teenage_booster", 5_050, 0.82),
)


def health_contacts(
    setting: settings.Setting, person: values.Person, stays: tuple[values.Stay, ...], chance: random.Random
) -> tuple[values.HealthContact, ...]:
    """Return reviews and checks due while the child lived in the borough, and whether they were attended.

    Source: Healthy Child Programme (mandated reviews); the shares reached are recalled, unverified.
    """
    found = []
    for kind, age_days, reached in _REVIEWS:
        day = person.birth_date + DAY * int(age_days * (0.95 + 0.12 * chance.random()))
        attended = chance.random() < reached
        if day < setting.ends_on and schooling.stay_on(stays, day).in_area:
            found.append(values.HealthContact(kind=kind, happened_date=day, attended=attended))
    return tuple(found)


_NOTICE_KINDS = (
    "domestic_abuse",
    "missing",
    "concern_for_child",
    "anti_social_behaviour",
    "criminal_damage",
    "assault",
)
_NOTICE_DRAW = streams.Weighted.of(_NOTICE_KINDS, (52, 10, 22, 8, 4, 4))
_YOUNG_ROLE_DRAW = streams.Weighted.of(("present", "victim", "subject"), (60, 25, 15))


def family_notice_dates(
    setting: settings.Setting, home: values.Household, chance: random.Random
) -> tuple[datetime.date, ...]:
    """Return incidents at a family's home over three years; the police name every child who lives there."""
    part = setting.figures.rate("police_notifications") * 0.8 / 2.6
    yearly = part * (15.0 if home.troubled else 1.0)
    first = setting.ends_on - datetime.timedelta(days=int(3 * YEAR_DAYS))
    days = [
        streams.day_between(chance, first, setting.ends_on - DAY)
        for _ in range(streams.happens_times(chance, yearly * 3))
    ]
    return tuple(sorted(day for day in days if schooling.stay_on(home.stays, day).in_area))


def notices(
    setting: settings.Setting,
    person: values.Person,
    home: values.Household,
    dates: tuple[datetime.date, ...],
    chance: random.Random,
) -> tuple[values.Notice, ...]:
    """Return the incidents at which the police named one child."""
    found = []
    for day in dates:
        age = (day - person.birth_date).days / YEAR_DAYS
        if 0 <= age < 18 and chance.random() < 0.8:
            found.append(
                values.Notice(
                    happened_date=day,
                    kind="domestic_abuse" if chance.random() < 0.75 else _NOTICE_DRAW.draw(chance),
                    role="present",
                    shared_with_front_door=chance.random() < 0.8,
                )
            )
    own_rate = 0.07 if home.troubled else 0.012
    for _ in range(streams.happens_times(chance, own_rate * 3)):
        day = streams.day_between(chance, setting.ends_on - 1_095 * DAY, setting.ends_on - DAY)
        if 10 <= (day - person.birth_date).days / YEAR_DAYS < 18:
            found.append(
                values.Notice(
                    happened_date=day,
                    kind=_NOTICE_DRAW.draw(chance),
                    role=_YOUNG_ROLE_DRAW.draw(chance),
                    shared_with_front_door=chance.random() < 0.6,
                )
            )
    return tuple(sorted(found, key=lambda notice: notice.happened_date))


_CASE_DRAW = streams.Weighted.of(
    ("prevention", "turnaround", "out_of_court", "referral_order", "youth_rehabilitation_order"), (30, 20, 28, 16, 6)
)


def youth_cases(
    setting: settings.Setting, person: values.Person, home: values.Household, chance: random.Random
) -> tuple[values.YouthCase, ...]:
    """Return youth justice cases of three years, prevention included."""
    part = setting.figures.rate("youth_justice_cases") / 2.0
    yearly = part * (9.0 if home.troubled else 1.0) * (1.4 if person.sex == "M" else 0.6)
    found = []
    for _ in range(streams.happens_times(chance, yearly * 3)):
        day = streams.day_between(chance, setting.ends_on - 1_095 * DAY, setting.ends_on - 5 * DAY)
        if 10 <= (day - person.birth_date).days / YEAR_DAYS < 17.9:
            ended = day + DAY * streams.days_spread(chance, 160, 0.5)
            found.append(
                values.YouthCase(
                    kind=_CASE_DRAW.draw(chance),
                    started_date=day,
                    ended_date=ended if ended < setting.ends_on else None,
                )
            )
    return tuple(sorted(found, key=lambda case: case.started_date)[:2])


#: What clubs offer: agency, activity, youngest and oldest age, weekday, share of children who join.
CLUBS = (
    ("leisure", "Swimming lessons", 4, 12, 5, 0.20),
    ("leisure", "Junior gym", 11, 17, 2, 0.10),
    ("leisure", "Football", 6, 15, 6, 0.13),
    ("leisure", "Gymnastics", 4, 12, 3, 0.08),
    ("leisure", "Dance", 5, 16, 1, 0.06),
    ("leisure", "Music centre", 8, 17, 4, 0.04),
    ("youth_club", "Open youth club", 11, 17, 4, 0.11),
    ("youth_club", "Homework club", 8, 15, 1, 0.035),
    ("youth_club", "Young carers' group", 8, 17, 2, 0.0),
    ("family_support", "Stay and play", 0, 4, 0, 0.10),
    ("family_support", "Family support sessions", 0, 16, 3, 0.012),
    ("family_support", "Counselling", 8, 18, 2, 0.008),
)


def memberships(
    setting: settings.Setting, person: values.Person, life: "Need", chance: random.Random
) -> tuple[values.Membership, ...]:
    """Return the clubs and groups a child belonged to in the last year and a half."""
    found = []
    for agency, activity, youngest, oldest, weekday, share in CLUBS:
        if chance.random() >= _likely(activity, agency, share, life):
            continue
        begins = streams.day_between(chance, setting.ends_on - 540 * DAY, setting.ends_on - 30 * DAY)
        age = (begins - person.birth_date).days / YEAR_DAYS
        if not youngest <= age <= oldest or not schooling.stay_on(life.stays, begins).in_area:
            continue
        ended = begins + DAY * streams.days_spread(chance, 330, 0.7)
        last = max(begins, person.birth_date + DAY * int((oldest + 1) * YEAR_DAYS))
        ended = min(ended, last)
        found.append(
            values.Membership(
                agency=agency,
                activity=activity,
                venue=f"{life.ward} {_VENUES[agency]}",
                started_date=begins,
                ended_date=ended if ended < setting.ends_on else None,
                weekday=weekday,
                keenness=0.55 + 0.4 * chance.random(),
            )
        )
    return tuple(found)


_VENUES = {"leisure": "Leisure Centre", "youth_club": "Youth Centre", "family_support": "Family Hub"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What makes a child likelier to come to a group."""

    stays: tuple[values.Stay, ...]
    ward: str
    hardship: float
    troubled: bool
    young_carer: bool


def _likely(activity: str, agency: str, share: float, life: Need) -> float:
    if activity == "Young carers' group":
        return 0.5 if life.young_carer else 0.0
    if agency == "family_support" and life.troubled:
        return share * 3.5
    if agency == "leisure":
        return share * (1.3 - 0.6 * life.hardship)
    return share * (0.6 + 0.8 * life.hardship)
