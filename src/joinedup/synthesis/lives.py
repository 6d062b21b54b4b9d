"""Whole lives: every child's story put together from school, care and the rest, family by family.

Belongs here: composing a life in the order in which one thing bears on another. Not here: the parts themselves.
"""

import dataclasses
import datetime
from collections.abc import Iterator

from joinedup.synthesis import care, happenings, households, numbers, schooling, streams, values

DAY = datetime.timedelta(days=1)


def live(setting: households.Setting, children: int) -> Iterator[values.Life]:
    """Yield the lives of exactly so many children, brothers and sisters together, in the order of their keys.

    Shapes: the last family may lose its youngest, so that the number is right.
    """
    nhs, pupil = numbers.NhsNumbers(setting.seed), numbers.PupilNumbers()
    index, key = 0, 0
    while key < children:
        family = households.draw_family(setting, index, key)
        index += 1
        if not family.children:
            continue
        kept = family.children[: children - key]
        key += len(kept)
        yield from _family_lives(setting, family.home, kept, nhs, pupil)


def _family_lives(
    setting: households.Setting,
    home: values.Household,
    children: tuple[values.Person, ...],
    nhs: numbers.NhsNumbers,
    pupil: numbers.PupilNumbers,
) -> Iterator[values.Life]:
    chance = streams.stream(setting.seed, "family life", home.index)
    caring = care.Care(area=setting.area, figures=setting.figures, ends_on=setting.ends_on)
    daily = happenings.Daily(area=setting.area, figures=setting.figures, ends_on=setting.ends_on)
    referred = care.family_referral_dates(caring, home, chance)
    noticed = happenings.family_notice_dates(daily, home, chance)
    elder: values.Schooling | None = None
    for person in children:
        story = _Story(setting=setting, caring=caring, daily=daily, home=home, referred=referred, noticed=noticed)
        life = story.of(households.with_numbers(person, nhs, chance), elder, pupil)
        elder = life.schooling if life.schooling.enrolments else elder
        yield life


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    setting: households.Setting
    caring: care.Care
    daily: happenings.Daily
    home: values.Household
    referred: tuple[datetime.date, ...]
    noticed: tuple[datetime.date, ...]

    def of(self, person: values.Person, elder: values.Schooling | None, pupil: numbers.PupilNumbers) -> values.Life:
        chance = streams.stream(self.setting.seed, "life", person.key)
        grown = (self.setting.ends_on - person.birth_date).days > 19 * 365.25
        if grown:
            referrals, periods = care.care_leaver(self.caring, person, self.home, chance)
        else:
            referrals, periods = care.live(self.caring, person, self.home, self.referred, chance)
        if periods:
            person = dataclasses.replace(person, stays=care.stays_with_placements(self.home, periods))
        stays = person.stays or self.home.stays
        schools = schooling.Schools(area=self.setting.area, figures=self.setting.figures, ends_on=self.setting.ends_on)
        school_life, plants = schooling.live(schools, person, self.home, chance, like=elder)
        if school_life.enrolments:
            person = _with_pupil_numbers(person, school_life, pupil)
        registered = happenings.registrations(self.daily, person, stays, chance)
        need = happenings.Need(
            stays=stays,
            ward=stays[-1].address.ward,
            hardship=self.home.hardship,
            troubled=self.home.troubled,
            young_carer=school_life.young_carer,
        )
        life = values.Life(
            person=person,
            home=self.home,
            schooling=school_life,
            registrations=registered,
            contacts=happenings.health_contacts(self.daily, person, stays, chance),
            notices=happenings.notices(self.daily, person, self.home, self.noticed, chance),
            referrals=referrals,
            care=periods,
            youth_cases=happenings.youth_cases(self.daily, person, self.home, chance),
            memberships=happenings.memberships(self.daily, person, need, chance),
            plants=plants,
        )
        return dataclasses.replace(life, plants=(*plants, *self._more_plants(life)))

    def _more_plants(self, life: values.Life) -> Iterator[values.Plant]:
        """Name the cases that came about by chance and that a list of lost children must find."""
        for referral in life.referrals:
            if referral.lapsed:
                yield values.Plant(kind=values.PlantKind.REFERRAL_LAPSED, since_date=referral.referred_date)
        stays = life.stays
        newcomer = len(stays) > 1 and stays[-1].in_area and not stays[-2].in_area
        recent = stays[-1].started_date > self.setting.ends_on - 365 * DAY
        year = schooling.school_year(life.person.birth_date, self.setting.ends_on - 40 * DAY)
        on_roll = any(enrolment.leaving_date is None for enrolment in life.schooling.enrolments)
        on_list = any(registration.ended_date is None for registration in life.registrations)
        if newcomer and recent and not on_roll and not on_list:
            yield values.Plant(kind=values.PlantKind.MOVED_IN_NOT_SEEN, since_date=stays[-1].started_date)
        elif 1 <= year <= 10 and stays[-1].in_area and not on_roll and not on_list:
            yield values.Plant(kind=values.PlantKind.NO_UNIVERSAL_SERVICE, since_date=stays[-1].started_date)


def _with_pupil_numbers(
    person: values.Person, school_life: values.Schooling, pupil: numbers.PupilNumbers
) -> values.Person:
    """Give a pupil the number that the first school allocates, and now and then a temporary one before it."""
    first = school_life.enrolments[0]
    year = first.entry_date.year
    temporary = pupil.temporary(first.school.code, year) if person.key % 61 == 7 else ""
    return dataclasses.replace(person, upn=pupil.permanent(first.school.code, year), temporary_upn=temporary)
