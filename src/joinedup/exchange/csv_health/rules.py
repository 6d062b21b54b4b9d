"""Rules of community health CSVs: a typed row into what the index may hold.

Belongs here: which id ties the row, what an immunisation shows. Not here: cells and dates (opening).
The index shows that an immunisation was given and for which programme; never batch, site, consent or a reason for none.
"""

import functools
import re

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_health import schema
from joinedup.exchange.opening import cells, formats, identities, tables

SERVICE = "Community health"
#: Who a row is about, where the NHS number does not say: the sender's own number within its own name space.
LOCAL_SCHEME = "patient"
NHS_SCHEME = "nhs"

_CLASS_LIST_NEEDS = "CHILD_NHS_NUMBER, or CHILD_FIRST_NAME or CHILD_LAST_NAME with CHILD_DATE_OF_BIRTH"
_IMMUNISATION_NEEDS = "NHS_NUMBER, LOCAL_PATIENT_ID, or PERSON_FORENAME or PERSON_SURNAME with PERSON_DOB"
_URN = re.compile(r"[0-9]{6}")
_INSTRUCTION = re.compile(r"(required|optional)\b", re.IGNORECASE)
_NO = frozenset({"n", "no", "false", "0"})
_YES = frozenset({"", "y", "yes", "true", "1"})


def class_list(
    row: schema.ClassListRow, mark: tables.Mark, _context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    """Read one child of a class list: who it is, its school, its parents."""
    if _INSTRUCTION.match(row.given_name):
        return _is_instruction(mark)
    identity = identities.identity(
        mark.notes,
        given_name=row.given_name,
        family_name=row.family_name,
        preferred_name=row.preferred_given_name,
        birth_date=row.birth_date,
        sex=row.gender,
        nhs_number=row.nhs_number,
        address="\n".join((row.address_line_1, row.address_line_2, row.town)),
        postcode=row.postcode,
    )
    return _reading(
        mark,
        identity,
        needs=_CLASS_LIST_NEEDS,
        # The NHS number is the child's own everywhere; a list has no other id.
        scheme=NHS_SCHEME if identity.nhs_number else "",
        local_id=identity.nhs_number,
        involvements=(_community_health(), *_school(row.school_urn, row.school_name, mark.notes)),
        relatives=_parents(row),
    )


def immunisation(
    row: schema.ImmunisationRow, mark: tables.Mark, _context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    """Read one immunisation record: who the child is, its school, and that it was given."""
    if _INSTRUCTION.match(row.given_name) or _INSTRUCTION.match(row.nhs_number):
        return _is_instruction(mark)
    identity = identities.identity(
        mark.notes,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        sex=row.gender,
        nhs_number=row.nhs_number,
        postcode=row.postcode,
    )
    scheme, local_id = _local_id(row, identity)
    return _reading(
        mark,
        identity,
        needs=_IMMUNISATION_NEEDS,
        scheme=scheme,
        local_id=local_id,
        involvements=(_community_health(), *_school(row.school_urn, row.school_name, mark.notes)),
        chronology=_given(row, mark.notes),
    )


@functools.lru_cache(maxsize=4096)
def programme_of(written: str) -> str:
    """Give the programme that a vaccine or programme name belongs to; empty where it is not known."""
    lower = written.lower()
    return next((programme for word, programme in schema.PROGRAMMES.items() if word in lower), "")


def _reading(
    mark: tables.Mark,
    identity: records_rules.Identity,
    *,
    needs: str,
    scheme: str,
    local_id: str,
    involvements: tuple[records_rules.Involvement, ...],
    chronology: tuple[records_rules.ChronologyEntry, ...] = (),
    relatives: tuple[records_rules.Relative, ...] = (),
) -> records_rules.Reading | records_rules.Refused:
    if not identities.can_be_tied(local_id, identity):
        return mark.refused(f"The row cannot be tied to anyone: it needs {needs}.", *mark.notes)
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        scheme=scheme,
        local_id=local_id,
        identity=identity,
        involvements=involvements,
        chronology=chronology,
        relatives=relatives,
        notes=tuple(mark.notes),
    )


def _is_instruction(mark: tables.Mark) -> records_rules.Refused:
    return mark.refused("The line holds instructions for filling in the table, not a child.")


def _local_id(row: schema.ImmunisationRow, identity: records_rules.Identity) -> tuple[str, str]:
    if identity.nhs_number:
        return NHS_SCHEME, identity.nhs_number
    if row.local_patient_id:
        # A local number means nothing without its name space: two systems count from 1.
        number = (
            f"{row.local_patient_id_uri}|{row.local_patient_id}" if row.local_patient_id_uri else row.local_patient_id
        )
        return LOCAL_SCHEME, number[: cells.ID_LIMIT]
    return "", ""


def _community_health() -> records_rules.Involvement:
    return records_rules.Involvement(
        kind=records_rules.InvolvementKind.COMMUNITY_HEALTH,
        level=records_rules.Level.UNIVERSAL,
        service=SERVICE,
    )


def _school(urn: str, name: str, notes: list[str]) -> tuple[records_rules.Involvement, ...]:
    """Give the school by its number, or by its name where the number names no school."""
    if urn == schema.HOME_EDUCATED:
        return (
            records_rules.Involvement(
                kind=records_rules.InvolvementKind.SCHOOL,
                level=records_rules.Level.UNIVERSAL,
                service=records_rules.EDUCATED_AT_HOME,
            ),
        )
    number = urn if _URN.fullmatch(urn) and urn != schema.SCHOOL_NOT_KNOWN else ""
    if urn and not number and urn != schema.SCHOOL_NOT_KNOWN:
        notes.append("The school number was left out: it is not six figures.")
    words = cells.words(name)[: cells.WORDS_LIMIT]
    if not number and (not words or urn == schema.SCHOOL_NOT_KNOWN):
        return ()
    return (
        records_rules.Involvement(
            kind=records_rules.InvolvementKind.SCHOOL,
            level=records_rules.Level.UNIVERSAL,
            service=words,
            team_code=number,
        ),
    )


def _parents(row: schema.ClassListRow) -> tuple[records_rules.Relative, ...]:
    written = (
        (row.parent_1_name, row.parent_1_relationship, row.parent_1_phone),
        (row.parent_2_name, row.parent_2_relationship, row.parent_2_phone),
    )
    return tuple(
        records_rules.Relative(
            relationship=cells.words(relationship)[: cells.WORDS_LIMIT].lower() or "parent or carer",
            name=cells.words(name)[: cells.WORDS_LIMIT],
            phone=cells.words(phone)[: cells.WORDS_LIMIT],
        )
        for name, relationship, phone in written
        if name or phone
    )


def _given(row: schema.ImmunisationRow, notes: list[str]) -> tuple[records_rules.ChronologyEntry, ...]:
    answer = row.vaccinated.lower()
    if answer in _NO:
        notes.append("VACCINATED says no: no immunisation is shown.")
        return ()
    if answer not in _YES:
        notes.append("VACCINATED is neither yes nor no: no immunisation is shown.")
        return ()
    if row.given_date is None:
        return ()
    programme = programme_of(row.programme) or programme_of(row.vaccine)
    words = f"Immunisation given: {programme}" if programme else "Immunisation given"
    return (records_rules.ChronologyEntry(kind="immunisation", happened_date=row.given_date, words=words),)
