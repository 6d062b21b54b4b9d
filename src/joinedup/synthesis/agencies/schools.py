"""The council's education service: school census tables for the last three terms.

Belongs here: projecting school lives onto census rows. Not here: how schools were chosen (schooling).
"""

import dataclasses
import datetime
from collections.abc import Iterator

from joinedup.exchange.school_census import schema, write
from joinedup.synthesis import errors, schooling, values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.calendar_days import DAY

_TERMS = (("autumn", 10, 1), ("spring", 1, 3), ("summer", 5, 3))
_LANGUAGES = {
    "polish": "POL", "romanian": "RMN", "pakistani": "URD", "bangladeshi": "BNG", "indian_hindu": "GUJ", "sikh": "PNJ",
    "south_indian": "TAM", "arabic": "ARA", "somali": "SOM", "chinese": "CHI", "turkish_kurdish": "TUR", "afghan": "PRS",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One census: its name, its day, and the day of the census before."""

    name: str
    day: datetime.date
    before: datetime.date


def census_days(year: int) -> list[tuple[str, datetime.date]]:
    """Return the census days of a calendar year.

    Source: DfE: first Thursday of October, third Thursday of January and of May.
    """
    found = []
    for term, month, which in _TERMS:
        first = datetime.date(year, month, 1)
        found.append((term, first + datetime.timedelta(days=(3 - first.weekday()) % 7 + 7 * (which - 1))))
    return found


def last_terms(ends_on: datetime.date, count: int = 3) -> tuple[Term, ...]:
    """Return the last censuses taken before a date, the earliest first."""
    days = sorted(
        ((day, term) for year in range(ends_on.year - 2, ends_on.year + 1) for term, day in census_days(year)),
    )
    taken = [(day, term) for day, term in days if day < ends_on - 14 * DAY]
    return tuple(
        Term(name=f"{day.year}_{term}", day=day, before=before)
        for (before, _), (day, term) in zip(taken[-count - 1 : -1], taken[-count:], strict=True)
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One child on one school's roll, with what the school has written down."""

    pupil_id: str
    life: values.Life
    enrolment: values.Enrolment
    said: errors.Said
    follows_moves: bool
    follows_names: bool

    def family_name(self, on: datetime.date) -> str:
        """Return the family name on the roll, changed after the family's change where the school heard of it."""
        spans = self.life.person.names
        if self.follows_names and len(spans) > 1 and self.enrolment.entry_date < spans[-1].since_date <= on:
            return errors.plain(spans[-1].family)
        return self.said.family

    def postcode(self, on: datetime.date) -> str:
        """Return the postcode on the roll."""
        if not self.follows_moves or not self.said.postcode:
            return self.said.postcode
        stay = schooling.stay_on(self.life.stays, on)
        return stay.address.postcode if stay.started_date > self.enrolment.entry_date else self.said.postcode


def write_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write seven tables for each of three terms."""
    terms = last_terms(desk.ends_on)
    pupils = sorted(
        (pupil for pupil in _pupils(desk) if _ever_counted(pupil, terms)),
        key=lambda pupil: (pupil.enrolment.school.code, pupil.pupil_id),
    )
    for pupil in pupils:
        desk.truth.record(desk.agency, "pupil", pupil.pupil_id, pupil.life.person.key, has_number=bool(pupil.said.upn))
    for term in terms:
        on_roll = [pupil for pupil in pupils if _is_on_roll(pupil.enrolment, term.day)]
        left = [pupil for pupil in pupils if _left_since(pupil.enrolment, term)]
        writer = write.write
        yield desk.write(f"{term.name}_pupilonroll.csv", (_on_roll(p, term) for p in on_roll), writer)
        yield desk.write(f"{term.name}_addressesonroll.csv", _addresses(desk, on_roll, term), writer)
        yield desk.write(f"{term.name}_senneeds.csv", _sen_needs(desk, on_roll, term), writer)
        yield desk.write(f"{term.name}_termlyexclusionsonroll.csv", _exclusions_on(desk, on_roll, term), writer)
        yield desk.write(f"{term.name}_pupilnolongeronroll.csv", (_leaver(p, term) for p in left), writer)
        yield desk.write(f"{term.name}_addressesoffroll.csv", _addresses_off(desk, left, term), writer)
        yield desk.write(f"{term.name}_termlyexclusionsoffroll.csv", _exclusions_off(desk, left, term), writer)


def _pupils(desk: desks.Desk) -> Iterator[Pupil]:
    for life, sibling in desk.lives_with_siblings():
        for enrolment in life.schooling.enrolments:
            chance = desk.chance(life.person, enrolment.school.code)
            met = min(max(enrolment.entry_date, life.person.birth_date), desk.ends_on)
            yield Pupil(
                pupil_id=desks.token(desk.seed, "pupil", enrolment.school.code, life.person.key),
                life=life,
                enrolment=enrolment,
                said=desk.scribe.write_down(life, met, chance, sibling=sibling),
                follows_moves=chance.random() < 0.8,
                follows_names=chance.random() < 0.7,
            )


def _ever_counted(pupil: Pupil, terms: tuple[Term, ...]) -> bool:
    return any(_is_on_roll(pupil.enrolment, term.day) or _left_since(pupil.enrolment, term) for term in terms)


def _is_on_roll(enrolment: values.Enrolment, day: datetime.date) -> bool:
    return enrolment.entry_date <= day and (enrolment.leaving_date is None or enrolment.leaving_date > day)


def _left_since(enrolment: values.Enrolment, term: Term) -> bool:
    return enrolment.leaving_date is not None and term.before < enrolment.leaving_date <= term.day


def _year(pupil: Pupil, on: datetime.date) -> str:
    year = schooling.school_year(pupil.life.person.birth_date, on)
    return "N2" if year < 0 else "R" if year == 0 else str(min(year, 14))


def _on_roll(pupil: Pupil, term: Term) -> schema.OnRoll:
    said, life = pupil.said, pupil.life
    return schema.OnRoll(
        pupil_id=pupil.pupil_id,
        school_code=pupil.enrolment.school.code,
        birth_date=said.birth_date,
        family_name=pupil.family_name(term.day),
        given_name=said.given,
        middle_names=said.middle,
        former_family_name=said.former_family,
        upn=said.upn,
        former_upn=said.former_upn if said.former_upn != said.upn else "",
        sex=said.sex,
        entry_date=pupil.enrolment.entry_date,
        pupilonrollorderseqcolumn="1",
        sourceid=desks.token(0, "source", pupil.enrolment.school.code)[:8],
        parttime="True" if _year(pupil, term.day) == "N2" else "False",
        termlysessionspossible="130",
        enrolstatus="C",
        boarder="N",
        sen_provision=life.schooling.sen_provision,
        ncyearactual=_year(pupil, term.day),
        language=_LANGUAGES.get(life.person.community, "ENG"),
        ethnicity=life.person.ethnicity,
        youngcarer="YCS" if life.schooling.young_carer else "N",
    )


def _leaver(pupil: Pupil, term: Term) -> schema.NoLongerOnRoll:
    said, leaving = pupil.said, pupil.enrolment.leaving_date or term.day
    return schema.NoLongerOnRoll(
        pupil_id=pupil.pupil_id,
        school_code=pupil.enrolment.school.code,
        birth_date=said.birth_date,
        family_name=pupil.family_name(leaving),
        given_name=said.given,
        middle_names=said.middle,
        former_family_name=said.former_family,
        upn=said.upn,
        former_upn=said.former_upn if said.former_upn != said.upn else "",
        sex=said.sex,
        entry_date=pupil.enrolment.entry_date,
        leaving_date=leaving,
        pupilnolongeronrollorderseqcolumn="1",
        parttime="False",
        boarder="N",
        language=_LANGUAGES.get(pupil.life.person.community, "ENG"),
        ncyearleaving=_year(pupil, leaving),
        ethnicity=pupil.life.person.ethnicity,
    )


def _addresses(desk: desks.Desk, pupils: list[Pupil], term: Term) -> Iterator[schema.AddressOnRoll]:
    for pupil in pupils:
        yield schema.AddressOnRoll(
            pupil_id=pupil.pupil_id,
            school_code=pupil.enrolment.school.code,
            record_id=desks.token(desk.seed, "address", term.name, pupil.pupil_id),
            addressesonrollorderseqcolumn="1",
            postcode=pupil.postcode(term.day),
        )


def _addresses_off(desk: desks.Desk, pupils: list[Pupil], term: Term) -> Iterator[schema.AddressOffRoll]:
    for pupil in pupils:
        yield schema.AddressOffRoll(
            pupil_id=pupil.pupil_id,
            school_code=pupil.enrolment.school.code,
            record_id=desks.token(desk.seed, "address off", term.name, pupil.pupil_id),
            addressesoffrollorderseqcolumn="1",
            postcode=pupil.postcode(pupil.enrolment.leaving_date or term.day),
        )


def _sen_needs(desk: desks.Desk, pupils: list[Pupil], term: Term) -> Iterator[schema.SenNeed]:
    for pupil in pupils:
        if pupil.life.schooling.sen_provision == "N":
            continue
        yield schema.SenNeed(
            pupil_id=pupil.pupil_id,
            school_code=pupil.enrolment.school.code,
            record_id=desks.token(desk.seed, "sen", term.name, pupil.pupil_id),
            senneedsorderseqcolumn="1",
            sentyperank="1",
            sentype=pupil.life.schooling.sen_type,
        )


def _since(pupil: Pupil, term: Term) -> Iterator[tuple[int, values.Exclusion]]:
    for place, exclusion in enumerate(pupil.life.schooling.exclusions):
        here = exclusion.school_code == pupil.enrolment.school.code
        if here and term.before < exclusion.start_date <= term.day:
            yield place, exclusion


def _exclusions_on(desk: desks.Desk, pupils: list[Pupil], term: Term) -> Iterator[schema.ExclusionOnRoll]:
    for pupil in pupils:
        for place, exclusion in _since(pupil, term):
            yield schema.ExclusionOnRoll(
                pupil_id=pupil.pupil_id,
                school_code=pupil.enrolment.school.code,
                record_id=desks.token(desk.seed, "exclusion", pupil.pupil_id, place),
                termlyexclusionsonrollorderseqcolumn=str(place + 1),
                start_date=exclusion.start_date,
                sessions=f"{exclusion.sessions}.0" if exclusion.sessions else "",
                reason1=exclusion.reason,
                category="PERM" if exclusion.permanent else "SUSP",
                sen_provision=pupil.life.schooling.sen_provision,
            )


def _exclusions_off(desk: desks.Desk, pupils: list[Pupil], term: Term) -> Iterator[schema.ExclusionOffRoll]:
    for pupil in pupils:
        for place, exclusion in _since(pupil, term):
            yield schema.ExclusionOffRoll(
                pupil_id=pupil.pupil_id,
                school_code=pupil.enrolment.school.code,
                record_id=desks.token(desk.seed, "exclusion off", pupil.pupil_id, place),
                termlyexclusionsoffrollorderseqcolumn=str(place + 1),
                start_date=exclusion.start_date,
                sessions=f"{exclusion.sessions}.0" if exclusion.sessions else "",
                reason1=exclusion.reason,
                category="PERM" if exclusion.permanent else "SUSP",
                sen_provision=pupil.life.schooling.sen_provision,
            )
