"""The SSDA903 return of looked-after children for the last year to 31 March.

Belongs here: projecting care periods onto the return's tables. Not here: what happened (care), case numbers (social_care).
"""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from joinedup.exchange.ssda903 import schema, write
from joinedup.synthesis import streams, values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.agencies import in_need, social_care
from joinedup.synthesis.calendar_days import DAY, YEAR_DAYS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year of a return."""

    first: datetime.date
    last: datetime.date

    def during(self, started: datetime.date, ended: datetime.date | None) -> bool:
        """Return whether a span touches the year."""
        return started <= self.last and (ended is None or ended >= self.first)

    def by_end(self, day: datetime.date | None) -> datetime.date | None:
        """Return a day unless it lies after the year."""
        return day if day is not None and day <= self.last else None


def write_files(desk: desks.Desk, cases: Sequence[social_care.Case]) -> Iterator[desks.FileWritten]:
    """Write the tables of the return; a table with no rows is not sent."""
    end = in_need.census_years(desk.ends_on)[-1]
    year = Year(first=datetime.date(end - 1, 4, 1), last=datetime.date(end, 3, 31))
    looked_after = [case for case in cases if _in_year(case, year)]
    leavers = [case for case in cases if _left_care(case, year)]
    known = [case for case in cases if _in_year(case, year) or _left_care(case, year)]
    tables: tuple[tuple[str, Iterator[Any]], ...] = (
        ("header", (_header(case) for case in known)),
        ("episodes", _each(looked_after, year, _episodes)),
        ("reviews", _each(looked_after, year, _reviews)),
        ("uasc", _unaccompanied(looked_after)),
        ("oc2", _each(looked_after, year, _health)),
        ("oc3", _care_leavers(leavers, year)),
        ("previous_permanence", _permanence(looked_after, year)),
        ("missing", _each(looked_after, year, _missing)),
        ("ad1", _each(looked_after, year, _adoption)),
        ("placed_for_adoption", _each(looked_after, year, _placed)),
        ("sw_episodes", _each(looked_after, year, _workers)),
    )
    for name, rows in tables:
        yield desk.write(f"ssda903_{end}_{name}.csv", rows, write.write)


def _in_year(case: social_care.Case, year: Year) -> bool:
    return any(year.during(period.started_date, period.ended_date) for period in case.care)


def _left_care(case: social_care.Case, year: Year) -> bool:
    return bool(case.care) and 17 <= desks.age_on(case.life.person, year.last) < 22


def _each(cases: Sequence[social_care.Case], year: Year, table: Any) -> Iterator[Any]:
    for case in cases:
        for period in case.care:
            if year.during(period.started_date, period.ended_date):
                yield from table(case, period, year)


def _born(case: social_care.Case) -> datetime.date:
    return case.said.birth_date or case.life.person.birth_date


def _header(case: social_care.Case) -> schema.Header:
    person = case.life.person
    mother = person.sex == "F" and person.key % 53 == 5 and desks.age_on(person, case.care[-1].started_date) > 15
    return schema.Header(
        child=case.case_id,
        sex=case.said.sex or "U",
        birth_date=_born(case),
        ethnicity=person.ethnicity,
        upn=case.said.upn or "UN1",
        is_mother="1" if mother else "0" if person.sex == "F" else "",
    )


def _episodes(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.Episode]:
    for placement in period.placements:
        if not year.during(placement.started_date, placement.ended_date):
            continue
        ended = year.by_end(placement.ended_date)
        yield schema.Episode(
            child=case.case_id,
            started_date=placement.started_date,
            reason_new_episode=placement.reason_began,
            legal_status=placement.legal_status,
            need_code=period.need,
            placement=placement.place,
            placement_provider=placement.provider,
            ended_date=ended,
            reason_ceased=placement.reason_ended if ended else "",
            reason_placement_changed=placement.reason_changed if ended else "",
            home_postcode=period.home_postcode,
            placement_postcode=placement.address.postcode,
        )


def _reviews(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.Review]:
    """Give the reviews held: within 20 working days, then three months, then every six."""
    chance = streams.stream(0, "reviews", case.life.person.key)
    day, gap = period.started_date + 24 * DAY, 85
    while day <= (year.by_end(period.ended_date) or year.last):
        if day >= year.first:
            young = (day - _born(case)).days < 4 * YEAR_DAYS
            code = "PN0" if young else chance.choice(("PN1", "PN1", "PN1", "PN3", "PN5", "PN7"))
            yield schema.Review(child=case.case_id, birth_date=_born(case), review_date=day, participation=code)
        day, gap = day + gap * DAY, 176


def _unaccompanied(cases: Sequence[social_care.Case]) -> Iterator[schema.Unaccompanied]:
    for case in cases:
        if any(period.unaccompanied for period in case.care):
            born = _born(case)
            yield schema.Unaccompanied(
                child=case.case_id,
                sex=case.said.sex or "U",
                birth_date=born,
                status_ends_date=born.replace(year=born.year + 18, day=min(born.day, 28)),
            )


def _health(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.YearOfHealth]:
    """Give the year's health for a child looked after all year."""
    if period.started_date > year.first or (period.ended_date is not None and period.ended_date <= year.last):
        return
    chance = streams.stream(0, "health", case.life.person.key)
    age = desks.age_on(case.life.person, year.last)
    scored = 4 <= age < 17
    yield schema.YearOfHealth(
        child=case.case_id,
        birth_date=_born(case),
        strengths_score=str(int(min(40, max(0, chance.gauss(13.5, 7))))) if scored else "",
        convicted="1" if age >= 10 and chance.random() < 0.02 else "0",
        health_check=("1" if chance.random() < 0.88 else "0") if age < 5 else "",
        immunisations="1" if chance.random() < 0.82 else "0",
        teeth_check="1" if chance.random() < 0.79 else "0",
        health_assessment="1" if chance.random() < 0.89 else "0",
        substance_misuse="1" if age > 12 and chance.random() < 0.06 else "0",
        intervention_received="0",
        intervention_offered="0",
    )


def _care_leavers(cases: Sequence[social_care.Case], year: Year) -> Iterator[schema.CareLeaver]:
    for case in cases:
        age = desks.age_on(case.life.person, year.last)
        ended = case.care[-1].ended_date
        if age < 17 or ended is None or ended > year.last:
            continue
        chance = streams.stream(0, "leaver", case.life.person.key)
        yield schema.CareLeaver(
            child=case.case_id,
            birth_date=_born(case),
            in_touch="YES" if chance.random() < 0.91 else "NO",
            activity=chance.choice(("F2", "F4", "P4", "G4", "G5", "F1")),
            accommodation=chance.choice(("B1", "C1", "K1", "T1", "U1", "V1", "Y1")),
        )


def _permanence(cases: Sequence[social_care.Case], year: Year) -> Iterator[schema.PreviousPermanence]:
    for case in cases:
        if any(period.started_date >= year.first for period in case.care):
            yield schema.PreviousPermanence(child=case.case_id, birth_date=_born(case), order="Z1")


def _missing(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.Missing]:
    """Give the times missing; they gather on some of those over eleven."""
    chance = streams.stream(0, "missing", case.life.person.key)
    if desks.age_on(case.life.person, year.last) < 11 or chance.random() > 0.25:
        return
    first = max(period.started_date, year.first)
    last = (year.by_end(period.ended_date) or year.last) - 3 * DAY
    for _ in range(1 + int(chance.random() ** 2 * 6)):
        if last <= first:
            return
        day = streams.day_between(chance, first, last)
        yield schema.Missing(
            child=case.case_id,
            birth_date=_born(case),
            kind="M" if chance.random() < 0.75 else "A",
            started_date=day,
            ended_date=day + DAY * int(chance.random() * 3),
        )


def _for_adoption(case: social_care.Case, period: values.CarePeriod, year: Year) -> bool:
    """Say whether permanence by adoption is planned: some of those who came into care under four."""
    young = (period.started_date - _born(case)).days < 4 * YEAR_DAYS
    long_enough = (year.last - period.started_date).days > 250
    return young and long_enough and period.ended_date is None and case.life.person.key % 4 == 1


def _adoption(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.Adoption]:
    if _for_adoption(case, period, year):
        yield schema.Adoption(
            child=case.case_id,
            birth_date=_born(case),
            decided_date=period.started_date + 150 * DAY,
            matched_date=period.started_date + 200 * DAY,
            foster_carer_adopts="0",
            adopters="2",
            sex_of_adopters="MF",
            status_of_adopters="L11",
        )


def _placed(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.PlacedForAdoption]:
    if _for_adoption(case, period, year):
        yield schema.PlacedForAdoption(
            child=case.case_id, birth_date=_born(case), placed_date=period.started_date + 225 * DAY
        )


def _workers(case: social_care.Case, period: values.CarePeriod, year: Year) -> Iterator[schema.SocialWorker]:
    """Give the social workers of the year; a quarter of children have more than one."""
    chance = streams.stream(0, "workers", case.life.person.key)
    first = max(period.started_date, year.first)
    last = year.by_end(period.ended_date)
    number = int(chance.random() * 60)
    end = last or year.last
    if (end - first).days > 120 and chance.random() < 0.27:
        change = streams.day_between(chance, first + 40 * DAY, end - 40 * DAY)
        yield _worker(case, number, first, change, "LEFTRL")
        yield _worker(case, number + 1, change, last, "")
    else:
        yield _worker(case, number, first, last, "")


def _worker(
    case: social_care.Case, number: int, started: datetime.date, ended: datetime.date | None, reason: str
) -> schema.SocialWorker:
    return schema.SocialWorker(
        child=case.case_id,
        birth_date=_born(case),
        worker=f"SW{100 + number}",
        started_date=started,
        ended_date=ended,
        reason=reason or ("OTHERS" if ended else ""),
    )
