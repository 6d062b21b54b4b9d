"""The children in need census: two years of returns from the same cases.

Belongs here: projecting referrals onto the census. Not here: what happened (care), case numbers (social_care).
"""

import datetime
import functools
from collections.abc import Iterator, Sequence

from joinedup.exchange.cin_census import schema, write
from joinedup.synthesis import places, values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.agencies import social_care

_DISABILITIES = ("LD", "AUT", "BEH", "COMM", "MOB", "HEAR", "VIS", "CON", "INC", "PC")


def census_years(ends_on: datetime.date, count: int = 2) -> tuple[int, ...]:
    """Return the last years whose census day, 31 March, lies before a date."""
    last = ends_on.year if ends_on > datetime.date(ends_on.year, 4, 1) else ends_on.year - 1
    return tuple(range(last - count + 1, last + 1))


def write_files(desk: desks.Desk, cases: Sequence[social_care.Case]) -> Iterator[desks.FileWritten]:
    """Write one return for each of two years."""
    for year in census_years(desk.ends_on):
        header = schema.Header(
            year=year,
            reference_date=datetime.date(year, 3, 31),
            lea=places.LEA,
            sent_at=datetime.datetime.combine(datetime.date(year, 5, 20), datetime.time(9, 30)),
        )
        rows = _children(cases, year)
        yield desk.write(f"cin_census_{year}.xml", rows, functools.partial(write.write, header=header))


def _children(cases: Sequence[social_care.Case], year: int) -> Iterator[schema.Child]:
    first, last = datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)
    for case in cases:
        person = case.life.person
        episodes = tuple(
            _episode(case, referral, last)
            for referral in case.referrals
            if referral.referred_date <= last
            and (referral.closed_date is None or referral.closed_date >= first)
            and (not referral.lapsed or referral.referred_date >= first)
        )
        if not episodes or person.birth_date > last:
            continue
        upn = case.said.upn
        disabled = "N2" in {referral.need for referral in case.referrals}
        yield schema.Child(
            la_child_id=case.case_id,
            upn=upn,
            former_upn=case.said.former_upn if upn and case.said.former_upn != upn else "",
            upn_unknown="" if upn else ("UN1" if desks.age_on(person, last) < 5 else "UN3"),
            birth_date=case.said.birth_date or person.birth_date,
            sex=case.said.sex or "U",
            ethnicity=person.ethnicity,
            disabilities=(_DISABILITIES[person.key % len(_DISABILITIES)],) if disabled else ("NONE",),
            episodes=episodes,
        )


def _by(day: datetime.date | None, last: datetime.date) -> datetime.date | None:
    return day if day is not None and day <= last else None


def _episode(case: social_care.Case, referral: values.Referral, last: datetime.date) -> schema.Episode:
    closed = _by(referral.closed_date, last)
    return schema.Episode(
        referral_date=referral.referred_date,
        referral_source=referral.source,
        primary_need=referral.need,
        closure_date=closed,
        closure_reason=referral.closure_reason if closed else "",
        conference_date=_by(referral.conference_date, last),
        assessments=_assessments(referral, last),
        in_need_plans=_plans(referral, closed, last),
        section47s=_enquiries(referral, last),
        no_further_action=referral.no_further_action,
        protection_plans=_protection(case, referral, last),
    )


def _assessments(referral: values.Referral, last: datetime.date) -> tuple[schema.Assessment, ...]:
    started = _by(referral.assessment_started_date, last)
    if started is None:
        return ()
    ended = _by(referral.assessment_ended_date, last)
    return (schema.Assessment(started_date=started, authorised_date=ended, factors=referral.factors if ended else ()),)


def _plans(
    referral: values.Referral, closed: datetime.date | None, last: datetime.date
) -> tuple[schema.InNeedPlan, ...]:
    started = _by(referral.plan_date, last)
    return (schema.InNeedPlan(started_date=started, ended_date=closed),) if started else ()


def _enquiries(referral: values.Referral, last: datetime.date) -> tuple[schema.Section47, ...]:
    started = _by(referral.enquiry_date, last)
    if started is None:
        return ()
    held = _by(referral.conference_date, last)
    return (
        schema.Section47(
            started_date=started,
            conference_target_date=referral.conference_target_date,
            conference_date=held,
            conference_not_required=referral.conference_date is None,
        ),
    )


def _protection(
    case: social_care.Case, referral: values.Referral, last: datetime.date
) -> tuple[schema.ProtectionPlan, ...]:
    plan = referral.protection
    if plan is None or plan.started_date > last:
        return ()
    earlier = [
        other
        for other in case.referrals
        if other.protection is not None and other.referred_date < referral.referred_date
    ]
    return (
        schema.ProtectionPlan(
            started_date=plan.started_date,
            ended_date=_by(plan.ended_date, last),
            first_category=plan.category,
            latest_category=plan.category,
            previous_plans=len(earlier),
            review_dates=tuple(day for day in plan.review_dates if day <= last),
        ),
    )
