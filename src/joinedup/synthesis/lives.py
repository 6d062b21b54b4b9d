"""Whole lives: every child's story put together from school, care and the rest, family by family.

Belongs here: composing a life in the order in which one thing bears on another. Not here: the parts themselves.
"""

import dataclasses
import datetime
from collections.abc import Iterator

from joinedup.synthesis import (
    calendar_days,
    care,
    happenings,
    households,
    numbers,
    placements,
    schooling,
    settings,
    streams,
    values,
)
from joinedup.synthesis.calendar_days import DAY

#: Source: Working Together: the assessment of a referral takes at most 45 working days.
_ASSESSED_WITHIN_WORKING_DAYS = 45


def live(setting: settings.Setting, children: int) -> Iterator[values.Life]:
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
    setting: settings.Setting,
    home: values.Household,
    children: tuple[values.Person, ...],
    nhs: numbers.NhsNumbers,
    pupil: numbers.PupilNumbers,
) -> Iterator[values.Life]:
    chance = streams.stream(setting.seed, "family life", home.index)
    referred = care.family_referral_dates(setting, home, chance)
    noticed = happenings.family_notice_dates(setting, home, chance)
    elder: values.Schooling | None = None
    for person in children:
        story = _Story(setting=setting, home=home, referred=referred, noticed=noticed)
        life = story.of(households.with_numbers(person, nhs, chance), elder, pupil)
        elder = life.schooling if life.schooling.enrolments else elder
        yield life


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    setting: settings.Setting
    home: values.Household
    referred: tuple[datetime.date, ...]
    noticed: tuple[datetime.date, ...]

    def of(self, person: values.Person, elder: values.Schooling | None, pupil: numbers.PupilNumbers) -> values.Life:
        chance = streams.stream(self.setting.seed, "life", person.key)
        grown = (self.setting.ends_on - person.birth_date).days > 19 * 365.25
        if not self.home.adults:
            referrals, periods = care.unaccompanied(self.setting, person, self.home, chance)
        elif grown:
            referrals, periods = care.care_leaver(self.setting, person, self.home, chance)
        else:
            referrals, periods = care.live(self.setting, person, self.home, self.referred, chance)
        if periods:
            person = dataclasses.replace(person, stays=placements.stays_with_placements(self.home, periods))
        stays = person.stays or self.home.stays
        school_life, plants = schooling.live(self.setting, person, self.home, chance, like=elder)
        unseen = bool(self.home.adults) and self._is_new(stays) and self._goes_unseen(person)
        if unseen:
            school_life = dataclasses.replace(school_life, enrolments=(), exclusions=())
            plants = (values.Plant(kind=values.PlantKind.MOVED_IN_NOT_SEEN, since_date=stays[-1].started_date),)
        if school_life.enrolments:
            person = _with_pupil_numbers(person, school_life, pupil)
        registered = () if unseen else happenings.registrations(self.setting, person, stays, chance)
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
            contacts=() if unseen else happenings.health_contacts(self.setting, person, stays, chance),
            notices=happenings.notices(self.setting, person, self.home, self.noticed, chance),
            referrals=referrals,
            care=periods,
            youth_cases=happenings.youth_cases(self.setting, person, self.home, chance),
            memberships=() if unseen else happenings.memberships(self.setting, person, need, chance),
            plants=plants,
        )
        return dataclasses.replace(life, plants=(*plants, *self._more_plants(life)))

    def _is_new(self, stays: tuple[values.Stay, ...]) -> bool:
        """Say whether the family came into the borough within the last ten months."""
        came = len(stays) > 1 and stays[-1].in_area and not stays[-2].in_area
        return came and stays[-1].started_date > self.setting.ends_on - 300 * DAY

    def _goes_unseen(self, person: values.Person) -> bool:
        """Say whether no school and no practice has seen a newcomer; brothers and sisters share it."""
        chance = streams.stream(self.setting.seed, "unseen", person.household)
        return chance.random() < self.setting.figures.rate("moved_in_not_seen")

    def _more_plants(self, life: values.Life) -> Iterator[values.Plant]:
        """Name the cases that came about by chance and that a list of lost children must find."""
        # Whoever is referred again is taken up again; and the time in which a referral must be assessed has to be over.
        for referral in life.referrals[-1:]:
            due = calendar_days.working_days_after(referral.referred_date, _ASSESSED_WITHIN_WORKING_DAYS)
            if referral.lapsed and due < self.setting.ends_on:
                yield values.Plant(kind=values.PlantKind.REFERRAL_LAPSED, since_date=referral.referred_date)
        since = life.stays[-1].started_date
        if not life.stays[-1].in_area and not any(registration.ended_date for registration in life.registrations):
            yield values.Plant(kind=values.PlantKind.LEFT_AREA_UNTOLD, since_date=since)
        year = schooling.school_year(life.person.birth_date, self.setting.ends_on - 40 * DAY)
        on_roll = any(self._counts_as_on_roll(enrolment) for enrolment in life.schooling.enrolments)
        on_list = any(registration.ended_date is None for registration in life.registrations)
        in_care = any(period.ended_date is None for period in life.care)
        known_reason = in_care or any(plant.kind == values.PlantKind.HOME_EDUCATED for plant in life.plants)
        if 1 <= year <= 11 and life.stays[-1].in_area and not on_roll and not on_list and not known_reason:
            yield values.Plant(kind=values.PlantKind.NO_UNIVERSAL_SERVICE, since_date=since)

    def _counts_as_on_roll(self, enrolment: values.Enrolment) -> bool:
        """Say whether a pupil is on a roll, or left it after the last census: between schools, or done with school."""
        return enrolment.leaving_date is None or enrolment.leaving_date > self.setting.ends_on - 100 * DAY


def _with_pupil_numbers(
    person: values.Person, school_life: values.Schooling, pupil: numbers.PupilNumbers
) -> values.Person:
    """Give a pupil the number that the first school allocates, and now and then a temporary one before it."""
    first = school_life.enrolments[0]
    year = first.entry_date.year
    temporary = pupil.temporary(first.school.code, year) if person.key % 61 == 7 else ""
    return dataclasses.replace(person, upn=pupil.permanent(first.school.code, year), temporary_upn=temporary)
