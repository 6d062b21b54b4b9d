"""Rules of attendance at activities: what one session says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema).
The index learns that a child came, or was expected and did not come, and whom to ring.
"""

from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_attendance import schema
from joinedup.exchange.opening import cells, formats, identities, tables

#: The provider's number for a member.
SCHEME = "member"

_CAME = frozenset({"y", "yes", "1", "true", "attended", "present", "came", ""})
_VOLUNTARY = frozenset({"voluntary", "charity", "community", "vcs", "vcse"})
_ACTIVITY_LIMIT = 100


def session(
    row: schema.Session, mark: tables.Mark, context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    """Say that a child came to a session, or missed it."""
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
    local_id = cells.limited(row.member_no, "member_no", notes, limit=cells.ID_LIMIT)
    if not identities.can_be_tied(local_id, identity):
        return mark.refused(identities.NO_ONE)
    activity = cells.limited(row.activity, "activity", notes, limit=_ACTIVITY_LIMIT)
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=f"{local_id or identities.key(identity)}|{activity}|{row.session_date}",
        scheme=SCHEME,
        local_id=local_id,
        identity=identity,
        involvements=(_involvement(row, notes),),
        chronology=_entries(row, activity),
        relatives=identities.relatives(notes, (row.carer_name, "carer", row.carer_phone)),
        notes=tuple(notes),
    )


TABLE_RULES: Mapping[str, tables.Rule] = {"session": session}


def _involvement(row: schema.Session, notes: list[str]) -> records_rules.Involvement:
    kinds = records_rules.InvolvementKind
    return records_rules.Involvement(
        kind=kinds.VOLUNTARY if row.sector.lower() in _VOLUNTARY else kinds.LEISURE,
        level=records_rules.Level.UNIVERSAL,
        service=cells.limited(row.provider, "provider", notes),
        team_code=cells.limited(row.provider_code, "provider_code", notes, limit=cells.TEAM_CODE_LIMIT),
        started_date=row.joined_date,
        practitioner=cells.limited(row.contact, "contact", notes),
        phone=cells.limited(row.contact_phone, "contact_phone", notes, limit=cells.PHONE_LIMIT),
    )


def _entries(row: schema.Session, activity: str) -> tuple[records_rules.ChronologyEntry, ...]:
    if row.session_date is None:
        return ()
    verb = "Attended" if row.attended.lower() in _CAME else "Missed"
    words = f"{verb} {activity or 'a session'}"
    return (records_rules.ChronologyEntry(kind="attendance", happened_date=row.session_date, words=words),)
