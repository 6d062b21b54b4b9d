"""Writing NHS patients: FHIR R4 NDJSON, one resource a line, in the shape of the Personal Demographics Service.

Belongs here: which property goes where. Not here: whether a patient makes sense (rules).
"""

import datetime
import json
from collections.abc import Iterable
from typing import BinaryIO

from joinedup.exchange.fhir import schema

Json = dict[str, object]


def write(rows: Iterable[schema.Patient | schema.RelatedPerson], out: BinaryIO) -> int:
    """Write the resources one a line, in the order given, and return how many there were.

    Shapes: memory for one resource at a time; the same rows give the same bytes.
    Source: HL7 FHIR R4 (4.0.1) Patient, RelatedPerson; NHS England, Personal Demographics Service FHIR API.
    """
    count = 0
    for row in rows:
        count += 1
        resource = patient(row) if isinstance(row, schema.Patient) else related_person(row)
        line = json.dumps(resource, ensure_ascii=False, separators=(",", ":"))
        out.write(line.encode("utf-8", "replace") + b"\n")
    return count


def patient(row: schema.Patient) -> Json:
    """Return the Patient resource of one row; nothing is written that the row does not say."""
    restricted = row.confidentiality != schema.Confidentiality.UNRESTRICTED
    resource: Json = {
        "resourceType": "Patient",
        "id": row.id,
        "identifier": _identifiers(row),
        "meta": {"versionId": row.version, "security": [_confidentiality(row.confidentiality)]},
        "name": [_name(name) for name in row.names],
        "gender": row.gender,
        "birthDate": _day(row.birth_date),
        "deceasedDateTime": f"{row.death_date.isoformat()}T00:00:00+00:00" if row.death_date else "",
        # What the service withholds from a restricted record is withheld here too, whatever the row says.
        "generalPractitioner": [] if restricted else [_practice(practice) for practice in row.practices],
        "telecom": [] if restricted else _phone(row.phone),
        "contact": [] if restricted else [_contact(contact) for contact in row.contacts],
        "address": [] if restricted else [_address(address) for address in row.addresses],
    }
    return _filled(resource)


def related_person(row: schema.RelatedPerson) -> Json:
    """Return the RelatedPerson resource of one row."""
    number = {"identifier": {"system": schema.NHS_NUMBER_SYSTEM, "value": row.patient_nhs_number}}
    own = [{"system": schema.NHS_NUMBER_SYSTEM, "value": row.nhs_number}] if row.nhs_number else []
    return _filled(
        {
            "resourceType": "RelatedPerson",
            "id": row.id,
            "identifier": own,
            "active": row.active,
            "patient": number,
            "relationship": _relationship(row.relationship),
            "name": _person_name(row.given, row.family),
            "telecom": _phone(row.phone),
            "period": _period(row.started_date, row.ended_date),
        }
    )


def _filled(resource: Json) -> Json:
    """Leave out what is empty: FHIR allows no empty property."""
    return {key: value for key, value in resource.items() if value not in ("", [], {}, None)}


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _period(start: datetime.date | None, end: datetime.date | None) -> Json:
    return _filled({"start": _day(start), "end": _day(end)})


def _identifiers(row: schema.Patient) -> list[Json]:
    found: list[Json] = []
    if row.nhs_number:
        current: Json = {"system": schema.NHS_NUMBER_SYSTEM, "value": row.nhs_number}
        if row.verification:
            current["extension"] = [_verification(row.verification)]
        found.append(current)
    for number in row.former_nhs_numbers:
        found.append({"use": "old", "system": schema.NHS_NUMBER_SYSTEM, "value": number})
    return found


def _verification(code: str) -> Json:
    coding = _filled(
        {
            "system": schema.VERIFICATION_SYSTEM,
            "version": "1.0.0",
            "code": code,
            "display": schema.VERIFICATION_STATUSES.get(code, ""),
        }
    )
    return {"url": schema.VERIFICATION_URL, "valueCodeableConcept": {"coding": [coding]}}


def _confidentiality(code: str) -> Json:
    words = schema.CONFIDENTIALITY_WORDS.get(code, "")
    return _filled({"system": schema.CONFIDENTIALITY_SYSTEM, "code": str(code), "display": words})


def _name(name: schema.Name) -> Json:
    return _filled(
        {
            "use": name.use,
            "period": _period(name.started_date, name.ended_date),
            "given": [given for given in name.given if given],
            "family": name.family,
            "prefix": [name.prefix] if name.prefix else [],
        }
    )


def _person_name(given: tuple[str, ...], family: str) -> list[Json]:
    name = _filled({"use": "usual", "given": [part for part in given if part], "family": family})
    return [name] if len(name) > 1 else []


def _address(address: schema.Address) -> Json:
    return _filled(
        {
            "use": address.use,
            "period": _period(address.started_date, address.ended_date),
            "line": [line for line in address.lines if line],
            "postalCode": address.postcode,
        }
    )


def _phone(number: str) -> list[Json]:
    return [{"system": "phone", "value": number, "use": "home"}] if number else []


def _practice(practice: schema.Practice) -> Json:
    identifier = _filled(
        {
            "system": schema.ODS_SYSTEM,
            "value": practice.ods_code,
            "period": _period(practice.started_date, practice.ended_date),
        }
    )
    return {"type": "Organization", "identifier": identifier}


def _relationship(relationship: str) -> list[Json]:
    """Give a coded relationship where the code is known, and the words alone otherwise."""
    if not relationship:
        return []
    if relationship in schema.RELATIONSHIPS:
        coding = {
            "system": schema.ROLE_SYSTEM,
            "code": relationship,
            "display": schema.RELATIONSHIPS[relationship],
        }
        return [{"coding": [coding]}]
    return [{"text": relationship}]


def _contact(contact: schema.Contact) -> Json:
    name = _person_name(contact.given, contact.family)
    return _filled(
        {
            "relationship": _relationship(contact.relationship),
            "name": name[0] if name else {},
            "telecom": _phone(contact.phone),
        }
    )
