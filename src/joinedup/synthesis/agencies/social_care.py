"""Children's social care: its case numbers, and its own list of children with names.

Belongs here: who is known to social care under which number, and the list.
Not here: the statutory returns (in_need, looked_after).
"""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence

from joinedup.exchange.csv_person_list import schema, write
from joinedup.synthesis import errors, values
from joinedup.synthesis.agencies import desk as desks

AGENCY = "social_care"
#: Teams: code, name, telephone.
TEAMS = (
    ("MASH", "Front door (MASH)", desks.phone(300)),
    ("ASSESS1", "Assessment team east", desks.phone(301)),
    ("ASSESS2", "Assessment team west", desks.phone(302)),
    ("CIN1", "Child in need team east", desks.phone(303)),
    ("CIN2", "Child in need team west", desks.phone(304)),
    ("CP1", "Child protection team", desks.phone(305)),
    ("CLA1", "Children looked after team", desks.phone(306)),
    ("LC1", "Leaving care team", desks.phone(307)),
    ("DCT1", "Disabled children team", desks.phone(308)),
)
_BY_CODE = {code: (name, phone) for code, name, phone in TEAMS}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One child under one case number: with some referrals, or all."""

    case_id: str
    life: values.Life
    said: errors.Said
    referrals: tuple[values.Referral, ...]
    care: tuple[values.CarePeriod, ...]


def open_cases(desk: desks.Desk) -> list[Case]:
    """Return every child known to social care in six years, a few of them under two numbers.

    Shapes: a child with two numbers has the earliest referral under the one and the rest under the other.
    """
    numbers = desks.LocalNumbers(desk.seed, desk.agency)
    found: list[Case] = []
    for life, sibling in desk.lives_with_siblings():
        if not life.referrals:
            continue
        chance = desk.chance(life.person)
        parts: list[tuple[tuple[values.Referral, ...], tuple[values.CarePeriod, ...]]] = [(life.referrals, life.care)]
        if len(life.referrals) > 1 and chance.random() < 4 * desk.habits.listed_twice:
            parts = [(life.referrals[:1], ()), (life.referrals[1:], life.care)]
        for referrals, care in parts:
            last = referrals[-1]
            met = last.assessment_started_date or last.referred_date
            said = desk.scribe.write_down(life, min(met, desk.ends_on), chance, sibling=sibling)
            case_id = numbers.next()
            desk.truth.record(
                desk.agency, "case", case_id, life.person.key, has_number=bool(said.nhs_number or said.upn) or None
            )
            found.append(Case(case_id=case_id, life=life, said=said, referrals=referrals, care=care))
    return sorted(found, key=lambda case: case.case_id)


def write_list(desk: desks.Desk, cases: Sequence[Case]) -> Iterator[desks.FileWritten]:
    """Write the list of children with names, a row for each service that holds or last held the case."""
    yield desk.write("social_care_children.csv", _rows(desk, cases), write.write)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    team: str
    kind: str
    started_date: datetime.date
    ended_date: datetime.date | None
    # A referral that no one took up waits at the front door under nobody's name.
    is_lapsed: bool = False

    @property
    def is_taken_up(self) -> bool:
        return self.ended_date is None and not self.is_lapsed


def _services(case: Case, on: datetime.date) -> Iterator[_Service]:
    """Yield what social care does for a child: the latest case, a protection plan, being looked after."""
    side = "1" if case.life.home.ward_index % 2 == 0 else "2"
    last = case.referrals[-1]
    if last.lapsed or last.no_further_action:
        yield _Service(
            team="MASH",
            kind="child_in_need",
            started_date=last.referred_date,
            ended_date=last.closed_date,
            is_lapsed=last.lapsed,
        )
    else:
        planned = last.plan_date is not None or last.protection is not None
        team = "DCT1" if last.need == "N2" else f"CIN{side}" if planned else f"ASSESS{side}"
        yield _Service(team=team, kind="child_in_need", started_date=last.referred_date, ended_date=last.closed_date)
    if last.protection is not None:
        yield _Service(
            team="CP1",
            kind="child_protection",
            started_date=last.protection.started_date,
            ended_date=last.protection.ended_date,
        )
    for period in case.care[-1:]:
        grown = desks.age_on(case.life.person, on) >= 18
        yield _Service(
            team="LC1" if grown else "CLA1",
            kind="looked_after",
            started_date=period.started_date,
            ended_date=period.ended_date,
        )


def _rows(desk: desks.Desk, cases: Sequence[Case]) -> Iterator[schema.Person]:
    for case in cases:
        said, adults = case.said, case.life.home.adults
        first = adults[0] if adults else None
        second = adults[1] if len(adults) > 1 else None
        for service in _services(case, desk.ends_on):
            name, phone = _BY_CODE[service.team]
            yield schema.Person(
                id_scheme="case",
                local_id=case.case_id,
                given_name=said.given,
                middle_names=said.middle,
                family_name=said.family,
                known_as=said.known_as,
                former_family_name=said.former_family,
                birth_date=said.birth_date,
                sex=said.sex,
                nhs_number=said.nhs_number,
                upn=said.upn,
                address=desks.address_line(said.address),
                postcode=said.postcode,
                carer_1_name=desks.carer_name(first),
                carer_1_relationship=first.relationship if first else "",
                carer_1_phone=first.phone if first else "",
                carer_2_name=desks.carer_name(second),
                carer_2_relationship=second.relationship if second else "",
                carer_2_phone=second.phone if second else "",
                key_worker=desks.worker(case.life.home.index) if service.is_taken_up else "",
                key_worker_phone=phone,
                team_code=service.team,
                service=name,
                service_type=service.kind,
                level="specialist",
                involved_from=service.started_date,
                involved_to=service.ended_date,
            )
