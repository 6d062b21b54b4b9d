"""Rules of police notifications: what one row says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema).
The index learns that there was a notification, when, and which unit to ring; category, role and narrative stay in the row.
"""

from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_police import schema
from joinedup.exchange.opening import cells, formats, identities, tables

#: The force's number for a person.
SCHEME = "nominal"


def notification(
    row: schema.Notification, mark: tables.Mark, _context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    """Say that the police named a child in a notification, and whom to ring about it."""
    notes = mark.notes
    identity = identities.identity(
        notes,
        given_name=row.given_name,
        middle_names=row.middle_names,
        family_name=row.family_name,
        preferred_name=row.known_as,
        former_family_name=row.former_family_name,
        birth_date=row.birth_date,
        sex=row.sex,
        address=row.address,
        postcode=row.postcode,
    )
    local_id = cells.limited(row.nominal_ref, "nominal_ref", notes, limit=cells.ID_LIMIT)
    if not identities.can_be_tied(local_id, identity):
        return mark.refused(identities.NO_ONE)
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=f"{row.reference}|{local_id or identities.key(identity)}",
        scheme=SCHEME,
        local_id=local_id,
        identity=identity,
        involvements=(_unit(row, notes),),
        chronology=_entries(row),
        relatives=identities.relatives(notes, (row.adult_name, row.adult_relationship or "adult", row.adult_phone)),
        notes=tuple(notes),
    )


TABLE_RULES: Mapping[str, tables.Rule] = {"notification": notification}


def _unit(row: schema.Notification, notes: list[str]) -> records_rules.Involvement:
    """A notification is over on its day: the police are not helping the child from then on."""
    return records_rules.Involvement(
        kind=records_rules.InvolvementKind.POLICE,
        level=records_rules.Level.TARGETED,
        service=cells.limited(row.unit, "unit", notes),
        team_code=cells.limited(row.unit_code, "unit_code", notes, limit=cells.TEAM_CODE_LIMIT),
        started_date=row.notification_date,
        ended_date=row.notification_date,
        practitioner=cells.limited(row.officer, "officer", notes),
        phone=cells.limited(row.unit_phone, "unit_phone", notes, limit=cells.PHONE_LIMIT),
    )


def _entries(row: schema.Notification) -> tuple[records_rules.ChronologyEntry, ...]:
    happened_date = row.incident_date or row.notification_date
    if happened_date is None:
        return ()
    return (records_rules.ChronologyEntry(kind="police", happened_date=happened_date, words="Police notification"),)
