"""Rules of an agency's own list of children: what one row says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema).
"""

import functools
from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_person_list import schema
from joinedup.exchange.opening import cells, dialects, formats, identities, reference, tables

#: Where the list does not say whose number `local_id` is, it is the agency's case number.
SCHEME = "case"

_LEVELS = {
    "universal": records_rules.Level.UNIVERSAL,
    "1": records_rules.Level.UNIVERSAL,
    "targeted": records_rules.Level.TARGETED,
    "additional": records_rules.Level.TARGETED,
    "early help": records_rules.Level.TARGETED,
    "2": records_rules.Level.TARGETED,
    "3": records_rules.Level.TARGETED,
    "specialist": records_rules.Level.SPECIALIST,
    "statutory": records_rules.Level.SPECIALIST,
    "4": records_rules.Level.SPECIALIST,
}
_KINDS = {dialects.folded(kind): kind for kind in records_rules.InvolvementKind}
_UNIVERSAL_KINDS = frozenset(
    {
        records_rules.InvolvementKind.SCHOOL,
        records_rules.InvolvementKind.GENERAL_PRACTICE,
        records_rules.InvolvementKind.COMMUNITY_HEALTH,
        records_rules.InvolvementKind.LEISURE,
        records_rules.InvolvementKind.VOLUNTARY,
    }
)
_ANSWERING_KINDS = frozenset(
    {
        records_rules.InvolvementKind.CHILD_IN_NEED,
        records_rules.InvolvementKind.CHILD_PROTECTION,
        records_rules.InvolvementKind.LOOKED_AFTER,
    }
)


def person(
    row: schema.Person, mark: tables.Mark, _context: formats.Context
) -> records_rules.Reading | records_rules.Refused:
    """Say who a child is, who cares for them, and which service of the agency helps them."""
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
        nhs_number=row.nhs_number,
        upn=row.upn,
        address=row.address,
        postcode=row.postcode,
    )
    local_id = cells.limited(row.local_id, "local_id", notes, limit=cells.ID_LIMIT)
    if not identities.can_be_tied(local_id, identity):
        return mark.refused(identities.NO_ONE)
    scheme = cells.words(row.id_scheme)[:20].lower() or SCHEME
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=_key(row, scheme, local_id),
        scheme=scheme,
        local_id=local_id,
        identity=identity,
        involvements=_involvements(row, notes),
        chronology=_entries(row),
        relatives=identities.relatives(
            notes,
            (row.carer_1_name, row.carer_1_relationship or "carer", row.carer_1_phone),
            (row.carer_2_name, row.carer_2_relationship or "carer", row.carer_2_phone),
        ),
        notes=tuple(notes),
    )


TABLE_RULES: Mapping[str, tables.Rule] = {"person": person}


@functools.lru_cache(maxsize=4096)
def kind_of(service_type: str, service: str) -> records_rules.InvolvementKind:
    """Return what a service is to a child: by its type where the row gives one, else by words in its name."""
    if kind := _KINDS.get(dialects.folded(service_type)):
        return kind
    name = f"{service_type} {service}".lower()
    for word, found in reference.words_of("csv_person_list", "service_words").items():
        if word in name:
            return records_rules.InvolvementKind(found)
    return records_rules.InvolvementKind.VOLUNTARY


def _involvements(row: schema.Person, notes: list[str]) -> tuple[records_rules.Involvement, ...]:
    if not (row.service or row.service_type or row.key_worker or row.team_code):
        return ()
    kind = kind_of(row.service_type, row.service)
    usual = records_rules.Level.UNIVERSAL if kind in _UNIVERSAL_KINDS else records_rules.Level.SPECIALIST
    level = _LEVELS.get(row.level.lower(), usual)
    involvement = records_rules.Involvement(
        kind=kind,
        level=level,
        service=cells.limited(row.service, "service", notes),
        team_code=cells.limited(row.team_code, "team_code", notes, limit=cells.TEAM_CODE_LIMIT),
        started_date=row.involved_from,
        ended_date=row.involved_to,
        practitioner=cells.limited(row.key_worker, "key_worker", notes),
        phone=cells.limited(row.key_worker_phone, "key_worker_phone", notes, limit=cells.PHONE_LIMIT),
        answers=kind in _ANSWERING_KINDS and level is records_rules.Level.SPECIALIST,
    )
    return (involvement,)


def _entries(row: schema.Person) -> tuple[records_rules.ChronologyEntry, ...]:
    if row.involved_from is None:
        return ()
    words = "A service began to help"
    return (records_rules.ChronologyEntry(kind="service", happened_date=row.involved_from, words=words),)


def _key(row: schema.Person, scheme: str, local_id: str) -> str:
    """One message for each child and service; without a local id the content itself is the key."""
    if not local_id:
        return ""
    started = row.involved_from.isoformat() if row.involved_from else ""
    return f"person|{scheme}|{local_id}|{dialects.folded(row.service)[:60]}|{started}"
