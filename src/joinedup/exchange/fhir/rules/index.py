"""What the index may hold of a patient: who it is, the practice, the people beside; less of a restricted patient.

Belongs here: a typed row into the store's values. Not here: JSON (resources).
"""

import dataclasses
import datetime
from collections.abc import Iterable

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.fhir import schema
from joinedup.exchange.fhir.rules import names
from joinedup.exchange.opening import cells, identities

_EARLIEST = datetime.date(1880, 1, 1)
#: Which address is the home, best first; temporary and old ones are not.
_HOME_USES = {"home": 0, "": 1, "billing": 2}


def reasons_against(patient: schema.Patient) -> tuple[str, ...]:
    """Say why a patient cannot be taken; nothing where it can."""
    named = any(name.family or name.given for name in patient.names)
    if patient.nhs_number or (named and (patient.id or patient.birth_date)):
        return ()
    return (
        "the patient cannot be tied to anyone: no right NHS number in identifier, and no name with id or birthDate",
    )


def is_restricted(row: schema.Patient) -> bool:
    """Say whether the NHS withholds where this patient lives and is treated."""
    return row.confidentiality not in ("", schema.Confidentiality.UNRESTRICTED)


def identity(row: schema.Patient, *, on: datetime.date, notes: list[str]) -> records_rules.Identity:
    """Say who the patient is: the usual name, the home address, the number and whether the NHS verified it.

    Units: a date of birth or death that lies after `on` is left out; a restricted patient's address is too.
    """
    name = names.usual(row.names, on) or schema.Name()
    address = _home(row, on, notes) or schema.Address()
    given = " ".join(name.given[:1])
    found = identities.identity(
        notes,
        given_name=given,
        middle_names=" ".join(name.given[1:]),
        family_name=name.family,
        preferred_name=names.preferred(row.names, given),
        former_family_name=names.former_family_name(row.names, name.family),
        birth_date=_plausible("birthDate", row.birth_date, on, notes),
        death_date=_plausible("deceasedDateTime", row.death_date, on, notes),
        sex=row.gender,
        nhs_number=row.nhs_number,
        nhs_number_verified=row.verification == "01",
        address=", ".join(address.lines),
        postcode=address.postcode,
    )
    return dataclasses.replace(found, former_nhs_numbers=row.former_nhs_numbers) if row.former_nhs_numbers else found


def involvements(row: schema.Patient, *, on: datetime.date) -> tuple[records_rules.Involvement, ...]:
    """List the general practices with which the patient is or was registered; none for a restricted patient."""
    if is_restricted(row):
        return ()
    return tuple(
        records_rules.Involvement(
            kind=records_rules.InvolvementKind.GENERAL_PRACTICE,
            level=records_rules.Level.UNIVERSAL,
            service="General practice",
            team_code=practice.ods_code,
            started_date=practice.started_date,
            # An end that is foreseen is not an end.
            ended_date=practice.ended_date if practice.ended_date and practice.ended_date <= on else None,
        )
        for practice in row.practices
    )


def relatives(row: schema.Patient) -> tuple[records_rules.Relative, ...]:
    """List the contacts that the patient's own resource names; none for a restricted patient."""
    if is_restricted(row):
        return ()
    return tuple(_relative(c.relationship, c.given, c.family, c.phone, "") for c in row.contacts)


def relative(row: schema.RelatedPerson) -> records_rules.Relative:
    """Give the person of a RelatedPerson resource."""
    return _relative(row.relationship, row.given, row.family, row.phone, row.nhs_number)


def _relative(
    relationship: str, given: Iterable[str], family: str, phone: str, local_id: str
) -> records_rules.Relative:
    words = schema.RELATIONSHIPS.get(relationship, relationship).lower()
    name = cells.words(" ".join(part for part in (*given, family) if part))
    return records_rules.Relative(relationship=words or "contact", name=name, phone=phone, local_id=local_id)


def _home(row: schema.Patient, on: datetime.date, notes: list[str]) -> schema.Address | None:
    if is_restricted(row):
        notes.append("meta.security: the patient is restricted; address, telephone and practice are not taken")
        return None
    fit = [address for address in row.addresses if address.use in _HOME_USES]
    return min(fit, key=lambda address: names.order(_HOME_USES[address.use], address, on), default=None)


def _plausible(name: str, date: datetime.date | None, on: datetime.date, notes: list[str]) -> datetime.date | None:
    if date is None or _EARLIEST <= date <= on:
        return date
    notes.append(f"{name}: {date.isoformat()} cannot be right and was left out")
    return None
