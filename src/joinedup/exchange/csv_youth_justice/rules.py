"""Rules of youth justice cases: what one row says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema).
The index learns that a case is open, since when, and whom to ring; never what it is about.
"""

import functools
from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_youth_justice import schema
from joinedup.exchange.opening import cells, dialects, formats, identities, reference, tables

#: The service's number for a young person.
SCHEME = "young_person"
SERVICE = "Youth justice service"


def case(row: schema.Case, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say who the young person is, and that a case is or was open."""
    notes = mark.notes
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=f"case|{row.case_ref}",
        scheme=SCHEME,
        local_id=row.person_ref,
        identity=identities.identity(
            notes,
            given_name=row.given_name,
            middle_names=row.middle_names,
            family_name=row.family_name,
            preferred_name=row.known_as,
            former_family_name=row.former_family_name,
            birth_date=row.birth_date,
            sex=row.sex,
            nhs_number=row.nhs_number,
            upn=row.upn,
            address=row.address,
            postcode=row.postcode,
        ),
        involvements=(_involvement(row, notes),),
        chronology=_entries(row),
        relatives=identities.relatives(notes, (row.carer_name, row.carer_relationship or "carer", row.carer_phone)),
        notes=tuple(notes),
    )


TABLE_RULES: Mapping[str, tables.Rule] = {"case": case}


@functools.lru_cache(maxsize=1024)
def level_of(intervention: str) -> records_rules.Level:
    """Return how much help an intervention is; one that is not on the list is taken as statutory."""
    for code, level in reference.words_of("csv_youth_justice", "interventions").items():
        if dialects.folded(code) == dialects.folded(intervention):
            return records_rules.Level(level)
    return records_rules.Level.SPECIALIST


def _involvement(row: schema.Case, notes: list[str]) -> records_rules.Involvement:
    level = level_of(row.intervention)
    return records_rules.Involvement(
        kind=records_rules.InvolvementKind.YOUTH_JUSTICE,
        level=level,
        service=cells.limited(row.team, "team", notes) or SERVICE,
        team_code=cells.limited(row.team_code, "team_code", notes, limit=cells.TEAM_CODE_LIMIT),
        started_date=row.started_date,
        ended_date=row.ended_date,
        practitioner=cells.limited(row.case_manager, "case_manager", notes),
        phone=cells.limited(row.phone, "phone", notes, limit=cells.PHONE_LIMIT),
        # A statutory case has a manager who answers for it; prevention is an offer beside those who answer.
        answers=level is records_rules.Level.SPECIALIST,
    )


def _entries(row: schema.Case) -> tuple[records_rules.ChronologyEntry, ...]:
    events = (("Youth justice case opened", row.started_date), ("Youth justice case closed", row.ended_date))
    return tuple(
        records_rules.ChronologyEntry(kind="youth_justice", happened_date=date, words=words)
        for words, date in events
        if date
    )
