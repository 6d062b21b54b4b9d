"""The police and the youth justice service: notifications and cases.

Belongs here: projecting notices and cases onto rows. Not here: what happened (happenings).
"""

from collections.abc import Iterator

from joinedup.exchange.csv_police import schema as police_schema
from joinedup.exchange.csv_police import write as police_write
from joinedup.exchange.csv_youth_justice import schema as justice_schema
from joinedup.exchange.csv_youth_justice import write as justice_write
from joinedup.synthesis import values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.calendar_days import DAY

POLICE_UNIT = ("PPU1", "Public protection unit", desks.phone(401))
JUSTICE_TEAM = ("YJS1", "Youth justice service", desks.phone(402))
_CATEGORIES = {
    "domestic_abuse": "Domestic abuse, child present",
    "missing": "Missing child",
    "concern_for_child": "Concern for child",
    "anti_social_behaviour": "Anti-social behaviour",
    "criminal_damage": "Criminal damage",
    "assault": "Assault",
}
_INTERVENTIONS = {
    "prevention": "prevention",
    "turnaround": "turnaround",
    "out_of_court": "youth_conditional_caution",
    "referral_order": "referral_order",
    "youth_rehabilitation_order": "youth_rehabilitation_order",
}


def write_police_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write the notifications of two years, in the order of their dates."""
    rows = sorted(_notifications(desk), key=lambda row: (row.notification_date or desk.ends_on, row.reference))
    yield desk.write(f"police_notifications_{desk.ends_on.year}.csv", rows, police_write.write)


def _notifications(desk: desks.Desk) -> Iterator[police_schema.Notification]:
    nominals = desks.LocalNumbers(desk.seed, desk.agency, prefix="N")
    since = desk.ends_on - 730 * DAY
    for life in desk.lives:
        recent = [notice for notice in life.notices if notice.happened_date >= since]
        if not recent:
            continue
        chance = desk.chance(life.person)
        nominal = nominals.next()
        for notice in recent:
            # An officer at the door does not always find the person that the system holds already.
            if notice is not recent[0] and chance.random() < desk.habits.listed_twice:
                nominal = nominals.next()
            said = desk.scribe.write_down(life, notice.happened_date, chance)
            desk.truth.record(desk.agency, "nominal", nominal, life.person.key)
            adult = desks.carer(life) if chance.random() < 0.6 else None
            notified = min(notice.happened_date + DAY * int(chance.random() * 4), desk.ends_on)
            incident = desks.token(desk.seed, "incident", life.home.index, notice.happened_date)
            yield police_schema.Notification(
                reference=f"PN{notified.year}-{incident[:8].upper()}",
                notification_date=notified,
                incident_date=notice.happened_date,
                nominal_ref=nominal,
                given_name=said.given,
                family_name=said.family,
                known_as=said.known_as,
                birth_date=said.birth_date,
                sex=said.sex,
                address=desks.address_line(said.address),
                postcode=said.postcode,
                role=notice.role,
                category=_CATEGORIES[notice.kind],
                adult_name=desks.carer_name(adult),
                adult_relationship=adult.relationship if adult else "",
                adult_phone=adult.phone if adult else "",
                unit_code=POLICE_UNIT[0],
                unit=POLICE_UNIT[1],
                officer=f"PC {1000 + int(chance.random() * 900)}",
                unit_phone=POLICE_UNIT[2],
            )


def write_justice_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write the cases of three years."""
    rows = sorted(_cases(desk), key=lambda row: row.case_ref)
    yield desk.write(f"youth_justice_cases_{desk.ends_on.year}.csv", rows, justice_write.write)


def _cases(desk: desks.Desk) -> Iterator[justice_schema.Case]:
    numbers = desks.LocalNumbers(desk.seed, desk.agency, prefix="Y")
    cases = desks.LocalNumbers(desk.seed, f"{desk.agency} cases", prefix="YC")
    for life, sibling in desk.lives_with_siblings():
        if not life.youth_cases:
            continue
        chance = desk.chance(life.person)
        local = numbers.next()
        for case in life.youth_cases:
            if case is not life.youth_cases[0] and chance.random() < desk.habits.listed_twice:
                local = numbers.next()
            yield _case(desk, life, sibling, case, local, cases.next())


def _case(
    desk: desks.Desk,
    life: values.Life,
    sibling: values.Person | None,
    case: values.YouthCase,
    local: str,
    reference: str,
) -> justice_schema.Case:
    chance = desk.chance(life.person, reference)
    said = desk.scribe.write_down(life, case.started_date, chance, sibling=sibling)
    desk.truth.record(
        desk.agency, "young_person", local, life.person.key, has_number=bool(said.nhs_number or said.upn) or None
    )
    adult = desks.carer(life)
    return justice_schema.Case(
        person_ref=local,
        case_ref=reference,
        given_name=said.given,
        middle_names=said.middle,
        family_name=said.family,
        known_as=said.known_as,
        birth_date=said.birth_date,
        sex=said.sex,
        nhs_number=said.nhs_number,
        upn=said.upn,
        address=desks.address_line(said.address),
        postcode=said.postcode,
        carer_name=desks.carer_name(adult),
        carer_relationship=adult.relationship if adult else "",
        carer_phone=adult.phone if adult else "",
        intervention=_INTERVENTIONS[case.kind],
        started_date=case.started_date,
        ended_date=case.ended_date,
        team_code=JUSTICE_TEAM[0],
        team=JUSTICE_TEAM[1],
        case_manager=desks.worker(life.person.key),
        phone=JUSTICE_TEAM[2],
    )
