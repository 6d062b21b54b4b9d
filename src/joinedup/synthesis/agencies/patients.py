"""The NHS: every child on a general practice's list, as the Personal Demographics Service gives patients.

Belongs here: projecting registrations onto Patient resources. Not here: community health (its own agency).
"""

import random
from collections.abc import Iterator

from joinedup.exchange.fhir import schema, write
from joinedup.synthesis import errors, values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.calendar_days import DAY

_GENDERS = {"F": "female", "M": "male", "": "unknown"}


def write_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write one file of patients: those on a list now, or until a year and a half ago."""
    yield desk.write("patients.ndjson", sorted(_patients(desk), key=lambda row: row.id), write.write)


def _patients(desk: desks.Desk) -> Iterator[schema.Patient]:
    for life, _sibling in desk.lives_with_siblings():
        if not life.registrations or _gone(life, desk):
            continue
        chance = desk.chance(life.person)
        twice = bool(life.person.former_nhs_number) and chance.random() < 0.5
        yield _patient(desk, life, life.person.nhs_number, chance, tells_former=not twice)
        if twice:
            # A baby registered twice, and the two numbers not yet known to be one child's.
            yield _patient(desk, life, life.person.former_nhs_number, chance, tells_former=False)


def _gone(life: values.Life, desk: desks.Desk) -> bool:
    ended = life.registrations[-1].ended_date
    return ended is not None and ended < desk.ends_on - 550 * DAY


def _patient(
    desk: desks.Desk, life: values.Life, number: str, chance: random.Random, *, tells_former: bool
) -> schema.Patient:
    person = life.person
    said = desk.scribe.write_down(life, desk.ends_on, chance)
    desk.truth.record(desk.agency, "nhs", number, person.key, has_number=True)
    given, family = baby_name(life, desk, said, chance, days=42)
    latest = life.registrations[-1]
    drawn = chance.random()
    adult = desks.carer(life)
    return schema.Patient(
        id=number,
        nhs_number=number,
        verification="01" if drawn > 0.015 else "02",
        former_nhs_numbers=(person.former_nhs_number,) if tells_former and person.former_nhs_number else (),
        confidentiality="R" if drawn > 0.997 else "U",
        version=str(1 + person.key % 7),
        names=_names(life, said, given, family),
        gender=_GENDERS[said.sex],
        birth_date=said.birth_date,
        addresses=_addresses(life, said),
        practices=(
            schema.Practice(
                ods_code=latest.surgery.code, started_date=latest.started_date, ended_date=latest.ended_date
            ),
        ),
        contacts=(
            (
                schema.Contact(
                    relationship="MTH" if adult.relationship == "mother" else "FTH",
                    given=(adult.given,),
                    family=adult.family,
                    phone=adult.phone,
                ),
            )
            if adult and drawn < 0.6
            else ()
        ),
    )


def baby_name(
    life: values.Life, desk: desks.Desk, said: errors.Said, chance: random.Random, *, days: int
) -> tuple[str, str]:
    """Return the names in use: a new-born may still be "Baby" with the mother's family name."""
    person = life.person
    young = (desk.ends_on - person.birth_date).days < days
    adult = desks.carer(life)
    if young and person.born_unnamed and adult is not None and chance.random() < 0.8:
        word = "Baby" if not person.twin else f"Twin {1 + person.key % 2}"
        return word, errors.plain(adult.family)
    return said.given, said.family


def _names(life: values.Life, said: errors.Said, given: str, family: str) -> tuple[schema.Name, ...]:
    spans = life.person.names
    usual = schema.Name(use="usual", given=tuple(part for part in (given, said.middle) if part), family=family)
    found = [usual]
    if len(spans) > 1 and family == spans[-1].family:
        found[0] = schema.Name(use="usual", given=usual.given, family=family, started_date=spans[-1].since_date)
        found.append(schema.Name(use="old", given=usual.given, family=spans[0].family, ended_date=spans[-1].since_date))
    if said.known_as:
        found.append(schema.Name(use="nickname", given=(said.known_as,), family=family))
    return tuple(found)


def _addresses(life: values.Life, said: errors.Said) -> tuple[schema.Address, ...]:
    stay = next((stay for stay in life.stays if stay.address is said.address), None)
    home = schema.Address(
        lines=(said.address.line, said.address.ward, said.address.town),
        postcode=said.postcode,
        started_date=max(stay.started_date, life.person.birth_date) if stay else None,
    )
    born = life.person.birth_date
    earlier = [
        old
        for old in life.stays
        if stay is not None and old.started_date < stay.started_date and (old.ended_date or born) > born
    ]
    if not earlier:
        return (home,)
    old = earlier[-1]
    return (
        home,
        schema.Address(
            use="old",
            lines=(old.address.line, old.address.ward, old.address.town),
            postcode=old.address.postcode,
            started_date=max(old.started_date, born),
            ended_date=old.ended_date,
        ),
    )
