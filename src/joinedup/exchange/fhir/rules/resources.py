"""A JSON resource as a typed row: which number is current, which label is the strictest, who is related and how.

Belongs here: one resource, as it was sent. Not here: what the index may hold of it (index).
"""

import datetime
import re
from collections.abc import Iterator

from joinedup.exchange.fhir import schema
from joinedup.exchange.fhir.rules import elements, names
from joinedup.exchange.fhir.rules.elements import Json
from joinedup.foundation import text

_COUNT = re.compile("[0-9]{1,18}")
_PATIENT_IN_ADDRESS = re.compile(r"/Patient/([0-9]{10})/RelatedPerson/")


def patient(resource: Json, notes: list[str]) -> schema.Patient:
    """Turn a Patient resource into a typed row, adding to `notes` what was put right or left out.

    Source: HL7 FHIR R4 (4.0.1) Patient; NHS England, Personal Demographics Service FHIR API.
    """
    numbers = list(_numbers(resource, notes))
    current = next((number for number, _, old in numbers if not old), "")
    verification = next((status for _, status, old in numbers if not old), "")
    former = [number for number, _, old in numbers if old]
    superseded_by = _linked_number(resource, "replaced-by")
    if superseded_by and superseded_by != current:
        notes.append("link: this record was replaced by another; its NHS number is kept as a former one")
        former, current, verification = [current, *former], superseded_by, ""
    replaced = _linked_number(resource, "replaces")
    return schema.Patient(
        id=elements.text_in(resource, "id"),
        nhs_number=current,
        verification=verification,
        former_nhs_numbers=tuple(dict.fromkeys(n for n in (*former, replaced) if n and n != current)),
        confidentiality=_confidentiality(resource),
        version=elements.text_in(elements.object_in(resource, "meta"), "versionId"),
        names=tuple(_name(name) for name in elements.objects_in(resource, "name")),
        gender=elements.text_in(resource, "gender"),
        birth_date=_date(resource, "birthDate", notes),
        death_date=_death(resource, notes),
        phone=elements.phone_in(resource),
        addresses=tuple(_address(address) for address in elements.objects_in(resource, "address")),
        practices=tuple(_practices(resource)),
        contacts=tuple(_contact(contact) for contact in elements.objects_in(resource, "contact")),
    )


def version(resource: Json) -> int:
    """Return how often the service has said this resource, where it counts by whole numbers; else 0.

    Source: HL7 FHIR R4 (4.0.1) Resource.meta.versionId; a count in the Personal Demographics Service.
    """
    written = elements.text_in(elements.object_in(resource, "meta"), "versionId")
    return int(written) if _COUNT.fullmatch(written) else 0


def related_person(resource: Json, notes: list[str], full_address: object = "") -> schema.RelatedPerson:
    """Turn a RelatedPerson resource into a typed row; where it does not name the patient, its full address may.

    Source: HL7 FHIR R4 (4.0.1) RelatedPerson; NHS England, Personal Demographics Service FHIR API.
    """
    written = _referred(elements.object_in(resource, "patient")) or _patient_in(full_address)
    own = next((number for number, _, old in _numbers(resource, notes, with_id=False) if not old), "")
    given, family = _best_person_name(resource)
    period = elements.object_in(resource, "period")
    return schema.RelatedPerson(
        id=elements.text_in(resource, "id"),
        patient_nhs_number=elements.nhs_number_of(written, "patient", notes),
        relationship=_relationship(resource),
        nhs_number=own,
        given=given,
        family=family,
        phone=elements.phone_in(resource),
        active=resource.get("active") is not False,
        started_date=elements.date_of(elements.text_in(period, "start")),
        ended_date=elements.date_of(elements.text_in(period, "end")),
    )


def superseded_number(full_address: object, row: schema.Patient) -> str:
    """Give the NHS number under which a patient was asked for, where the answer came under another.

    Source: NHS England, Personal Demographics Service FHIR API: a superseded number is answered with the current record.
    """
    asked = text.nhs_number(elements.last_part(full_address)) if isinstance(full_address, str) else None
    return asked if asked and asked != row.nhs_number and asked not in row.former_nhs_numbers else ""


def _numbers(resource: Json, notes: list[str], *, with_id: bool = True) -> Iterator[tuple[str, str, bool]]:
    """Give each NHS number with its verification status, and whether it is an old one."""
    found = False
    for identifier in elements.objects_in(resource, "identifier"):
        if identifier.get("system") == schema.NHS_NUMBER_SYSTEM:
            found = True
            number = elements.nhs_number_of(elements.text_in(identifier, "value"), "identifier", notes)
            if number:
                yield number, _verification(identifier), identifier.get("use") == "old"
    if with_id and not found and (number := text.nhs_number(elements.text_in(resource, "id")) or ""):
        yield number, "", False


def _verification(identifier: Json) -> str:
    for extension in elements.objects_in(identifier, "extension"):
        if extension.get("url") == schema.VERIFICATION_URL:
            for coding in elements.objects_in(elements.object_in(extension, "valueCodeableConcept"), "coding"):
                return elements.text_in(coding, "code")
    return ""


def _linked_number(resource: Json, kind: str) -> str:
    for link in elements.objects_in(resource, "link"):
        if link.get("type") == kind:
            return text.nhs_number(_referred(elements.object_in(link, "other"))) or ""
    return ""


def _referred(reference: Json) -> str:
    """Give the number by which one resource points at another: by its identifier, or in its address."""
    return elements.text_in(elements.object_in(reference, "identifier"), "value") or elements.last_part(
        elements.text_in(reference, "reference")
    )


def _patient_in(full_address: object) -> str:
    """Give the patient's number in the address of a related person: `.../Patient/9000000009/RelatedPerson/507B7621`."""
    found = _PATIENT_IN_ADDRESS.search(full_address) if isinstance(full_address, str) else None
    return found[1] if found else ""


def _confidentiality(resource: Json) -> str:
    codes = [
        elements.text_in(label, "code")
        for label in elements.objects_in(elements.object_in(resource, "meta"), "security")
    ]
    # The strictest label counts, whatever else stands beside it.
    strict = [code for code in codes if code and code != schema.Confidentiality.UNRESTRICTED]
    return strict[0] if strict else "".join(codes[:1])


def _name(name: Json) -> schema.Name:
    period = elements.object_in(name, "period")
    return schema.Name(
        use=elements.text_in(name, "use"),
        given=elements.texts_in(name, "given"),
        family=elements.text_in(name, "family"),
        prefix=" ".join(elements.texts_in(name, "prefix")),
        started_date=elements.date_of(elements.text_in(period, "start")),
        ended_date=elements.date_of(elements.text_in(period, "end")),
    )


def _address(address: Json) -> schema.Address:
    period = elements.object_in(address, "period")
    return schema.Address(
        use=elements.text_in(address, "use"),
        lines=elements.texts_in(address, "line"),
        postcode=elements.text_in(address, "postalCode"),
        started_date=elements.date_of(elements.text_in(period, "start")),
        ended_date=elements.date_of(elements.text_in(period, "end")),
    )


def _practices(resource: Json) -> Iterator[schema.Practice]:
    for practice in elements.objects_in(resource, "generalPractitioner"):
        identifier = elements.object_in(practice, "identifier")
        code = elements.text_in(identifier, "value").upper()
        if code and identifier.get("system", schema.ODS_SYSTEM) == schema.ODS_SYSTEM:
            period = elements.object_in(identifier, "period")
            yield schema.Practice(
                ods_code=code,
                started_date=elements.date_of(elements.text_in(period, "start")),
                ended_date=elements.date_of(elements.text_in(period, "end")),
            )


def _contact(contact: Json) -> schema.Contact:
    name = elements.object_in(contact, "name")
    return schema.Contact(
        relationship=_relationship(contact),
        given=elements.texts_in(name, "given"),
        family=elements.text_in(name, "family"),
        phone=elements.phone_in(contact),
    )


def _relationship(resource: Json) -> str:
    """Give the code where it is one that we write, else the words that came with it."""
    for concept in elements.objects_in(resource, "relationship"):
        for coding in elements.objects_in(concept, "coding"):
            code = elements.text_in(coding, "code")
            if coding.get("system") == schema.ROLE_SYSTEM and code in schema.RELATIONSHIPS:
                return code
            if words := elements.text_in(coding, "display") or code:
                return words
        if words := elements.text_in(concept, "text"):
            return words
    return ""


def _best_person_name(resource: Json) -> tuple[tuple[str, ...], str]:
    name = names.usual(tuple(_name(name) for name in elements.objects_in(resource, "name")), None)
    return (name.given, name.family) if name else ((), "")


def _date(resource: Json, key: str, notes: list[str]) -> datetime.date | None:
    written = elements.text_in(resource, key)
    found = elements.date_of(written) if written else None
    if written and found is None:
        notes.append(f"{key}: {written[:20]} is not a whole date and was left out")
    return found


def _death(resource: Json, notes: list[str]) -> datetime.date | None:
    if resource.get("deceasedBoolean") is True:
        notes.append("deceasedBoolean: the patient has died; the date is not given")
    return _date(resource, "deceasedDateTime", notes)
