"""The community health trust: its list of children, and school-age immunisations.

Belongs here: projecting health contacts onto class lists and immunisation records. Not here: general practice (patients).
"""

from collections.abc import Iterator

from joinedup.exchange.csv_health import schema, write
from joinedup.foundation import text
from joinedup.synthesis import errors, schooling, values
from joinedup.synthesis.agencies import desk as desks
from joinedup.synthesis.agencies import patients
from joinedup.synthesis.calendar_days import DAY

_GENDERS = {"F": "Female", "M": "Male", "": "Not known"}
ORGANISATION = "RY9"
PROGRAMMES = (("HPV", "Gardasil9", 8), ("MenACWY", "MenQuadfi", 9), ("Flu", "Fluenz", 6))


def write_files(desk: desks.Desk) -> Iterator[desks.FileWritten]:
    """Write the cohort list, and the immunisations of the last school year."""
    year = desk.ends_on.year
    # A list comes by school and name, not by family.
    cohort = sorted(_cohort(desk), key=lambda pair: (pair[1].school_urn, pair[1].family_name, pair[1].nhs_number))
    name = f"{year}_cohort.csv"
    for place, (life, row) in enumerate(cohort):
        _note(desk, life, row.nhs_number, f"{desk.agency}/{name}", place + 2)
    yield desk.write(name, (row for _, row in cohort), write.write)
    given = sorted(_immunisations(desk), key=lambda pair: (pair[1].given_date or desk.ends_on, pair[1].family_name))
    name = f"{year}_immunisations.csv"
    for place, (life, record) in enumerate(given):
        _note(desk, life, record.nhs_number, f"{desk.agency}/{name}", place + 2)
    yield desk.write(name, (record for _, record in given), write.write)


def _note(desk: desks.Desk, life: values.Life, number: str, path: str, line_number: int) -> None:
    """Note who a row is: by NHS number, which is the list's only id, or by its line where it has no sound number.

    A brother's or sister's number stands for its owner; the line says who was meant.
    """
    person, has_number = life.person, bool(number)
    sound = text.nhs_number(number) if number else None
    own = number in {person.nhs_number, person.former_nhs_number}
    if sound and own:
        desk.truth.record(desk.agency, "nhs", sound, person.key, has_number=True)
    else:
        desk.truth.row(desk.agency, "nhs" if sound else "", path, line_number, person.key, has_number=has_number)


#: A newcomer of whom another area's trust sends word, and a child educated at home, of whom the council does.
_TOLD_OF = frozenset({values.PlantKind.MOVED_IN_NOT_SEEN, values.PlantKind.HOME_EDUCATED})


def _known(life: values.Life, desk: desks.Desk) -> bool:
    """Say whether the trust lists a child: one it has met, or of whom another area's trust or the council has sent word."""
    age = desks.age_on(life.person, desk.ends_on)
    told = any(plant.kind in _TOLD_OF for plant in life.plants)
    met = any(contact.attended for contact in life.contacts)
    return age < 17.5 and life.stays[-1].in_area and (met or told)


def _cohort(desk: desks.Desk) -> Iterator[tuple[values.Life, schema.ClassListRow]]:
    for life, sibling in desk.lives_with_siblings():
        if not _known(life, desk):
            continue
        chance = desk.chance(life.person)
        for _ in range(2 if chance.random() < desk.habits.listed_twice else 1):
            said = desk.scribe.write_down(life, desk.ends_on, chance, sibling=sibling)
            given, family = patients.baby_name(life, desk, said, chance, days=330)
            yield life, _row(life, said, given, family, desk)


def _row(life: values.Life, said: errors.Said, given: str, family: str, desk: desks.Desk) -> schema.ClassListRow:
    enrolment = _school_now(life)
    year = schooling.school_year(life.person.birth_date, desk.ends_on - 40 * DAY)
    adult = desks.carer(life)
    home = any(plant.kind == values.PlantKind.HOME_EDUCATED for plant in life.plants)
    urn = enrolment.school.urn if enrolment else schema.HOME_EDUCATED if home else schema.SCHOOL_NOT_KNOWN
    return schema.ClassListRow(
        school_urn=urn,
        school_name=enrolment.school.name if enrolment else "",
        given_name=given,
        family_name=family,
        preferred_given_name=said.known_as,
        birth_date=said.birth_date,
        year_group=str(year) if 0 <= year <= 13 else "",
        gender=_GENDERS[said.sex],
        address_line_1=said.address.line,
        address_line_2=said.address.ward,
        town=said.address.town,
        postcode=said.postcode,
        nhs_number=said.nhs_number,
        parent_1_name=desks.carer_name(adult),
        parent_1_relationship=adult.relationship.capitalize() if adult else "",
        parent_1_phone=adult.phone if adult else "",
    )


def _school_now(life: values.Life) -> values.Enrolment | None:
    for enrolment in reversed(life.schooling.enrolments):
        if enrolment.leaving_date is None:
            return enrolment
    return None


def _immunisations(desk: desks.Desk) -> Iterator[tuple[values.Life, schema.ImmunisationRow]]:
    for life, sibling in desk.lives_with_siblings():
        enrolment = _school_now(life)
        year = schooling.school_year(life.person.birth_date, desk.ends_on - 40 * DAY)
        due = [(programme, vaccine) for programme, vaccine, when in PROGRAMMES if year == when]
        if not due or enrolment is None:
            continue
        chance = desk.chance(life.person, "/immunised")
        day = desk.ends_on - DAY * int(90 + chance.random() * 200)
        if day < life.person.birth_date or chance.random() > 0.93:
            continue
        said = desk.scribe.write_down(life, day, chance, sibling=sibling)
        came = chance.random() < 0.78
        programme, vaccine = due[0]
        yield (
            life,
            schema.ImmunisationRow(
                organisation_code=ORGANISATION,
                school_urn=enrolment.school.urn,
                school_name=enrolment.school.name,
                nhs_number=said.nhs_number,
                given_name=said.given,
                family_name=said.family,
                birth_date=said.birth_date,
                gender=_GENDERS[said.sex],
                postcode=said.postcode,
                vaccinated="Y" if came else "N",
                given_date=day,
                programme=programme,
                vaccine=vaccine if came else "",
                dose="1" if came else "",
            ),
        )
