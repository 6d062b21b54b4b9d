"""Rules of the school census: what each table's row says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema).
The index learns which school, since when, and that a pupil was suspended or given more support; never for what.
"""

import datetime
from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import cells, formats, identities, reference, tables
from joinedup.exchange.school_census import schema

#: The pupil's number within the census; stable over terms.
SCHEME = "pupil"

_THURSDAY = 3
_CENSUS_MONTHS = {"autumn": (10, 1), "spring": (1, 3), "summer": (5, 3)}


def census_date(context: formats.Context) -> datetime.date | None:
    """Return the day on which the census of a file was taken, where the file's name says its year and term.

    Source: Department for Education: the first Thursday of October, the third of January and of May.
    """
    if context.year is None or context.term not in _CENSUS_MONTHS:
        return None
    month, which = _CENSUS_MONTHS[context.term]
    first = datetime.date(context.year, month, 1)
    return first + datetime.timedelta(days=(_THURSDAY - first.weekday()) % 7 + 7 * (which - 1))


def on_roll(row: schema.OnRoll, mark: tables.Mark, context: formats.Context) -> records_rules.Reading:
    """Say who a pupil is and which school's roll they are on."""
    joined = _entries("Joined a school's roll", row.entry_date, context)
    return _pupil(row, mark, context, ended_date=None, chronology=joined)


def leaver(row: schema.NoLongerOnRoll, mark: tables.Mark, context: formats.Context) -> records_rules.Reading:
    """Say who a pupil is and when they left a school's roll."""
    if row.leaving_date is None:
        mark.notes.append("leavingdate is empty, so the roll they left is not dated.")
    moves = (
        *_entries("Joined a school's roll", row.entry_date, context),
        *_entries("Left a school's roll", row.leaving_date, context),
    )
    return _pupil(row, mark, context, ended_date=row.leaving_date, chronology=moves)


def exclusion(
    row: schema.ExclusionOnRoll | schema.ExclusionOffRoll, mark: tables.Mark, context: formats.Context
) -> records_rules.Reading:
    """Say that a pupil was suspended or excluded, and from when; never for what."""
    categories = reference.words_of("school_census", "exclusion_categories")
    words = categories.get(row.category.upper(), "Suspended or excluded from school")
    return _about(row.pupil_id, row.record_id, mark, context, _entries(words, row.start_date, context))


def address(
    row: schema.AddressOnRoll | schema.AddressOffRoll, mark: tables.Mark, context: formats.Context
) -> records_rules.Reading:
    """Say where a pupil lives, as far as the census tells: a postcode."""
    identity = identities.identity(mark.notes, postcode=row.postcode)
    return _about(row.pupil_id, row.record_id, mark, context, (), identity=identity if identity.postcode else None)


def sen_need(row: schema.SenNeed, mark: tables.Mark, context: formats.Context) -> records_rules.Reading:
    """Say that a school gives a pupil more support, on the day of the census; never for which need."""
    entries = _entries("Additional support recorded at school", census_date(context), context)
    return _about(row.pupil_id, row.record_id, mark, context, entries)


TABLE_RULES: Mapping[str, tables.Rule] = {
    "onroll": on_roll,
    "leavers": leaver,
    "exclusions_onroll": exclusion,
    "exclusions_offroll": exclusion,
    "addresses_onroll": address,
    "addresses_offroll": address,
    "sen_needs": sen_need,
}


def _pupil(
    row: schema.OnRoll | schema.NoLongerOnRoll,
    mark: tables.Mark,
    context: formats.Context,
    *,
    ended_date: datetime.date | None,
    chronology: tuple[records_rules.ChronologyEntry, ...],
) -> records_rules.Reading:
    identity = identities.identity(
        mark.notes,
        given_name=row.given_name,
        middle_names=row.middle_names,
        family_name=row.family_name,
        former_family_name=row.former_family_name,
        birth_date=row.birth_date,
        sex=row.sex,
        upn=row.upn,
        former_upn=row.former_upn,
    )
    # A leaver without a date of leaving must not look like a pupil on roll.
    undated = isinstance(row, schema.NoLongerOnRoll) and ended_date is None
    involvement = records_rules.Involvement(
        kind=records_rules.InvolvementKind.SCHOOL,
        level=records_rules.Level.UNIVERSAL,
        team_code=cells.limited(row.school_code, "school code", mark.notes, limit=cells.TEAM_CODE_LIMIT),
        started_date=row.entry_date,
        ended_date=ended_date,
    )
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=_key(context, mark.table, row.pupil_id),
        scheme=SCHEME,
        local_id=row.pupil_id,
        identity=identity,
        involvements=() if undated else (involvement,),
        chronology=chronology,
        notes=tuple(mark.notes),
    )


def _about(
    pupil_id: str,
    record_id: str,
    mark: tables.Mark,
    context: formats.Context,
    chronology: tuple[records_rules.ChronologyEntry, ...],
    identity: records_rules.Identity | None = None,
) -> records_rules.Reading:
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=_key(context, mark.table, record_id),
        scheme=SCHEME,
        local_id=pupil_id,
        identity=identity,
        chronology=chronology,
        notes=tuple(mark.notes),
    )


def _entries(
    words: str, date: datetime.date | None, context: formats.Context
) -> tuple[records_rules.ChronologyEntry, ...]:
    if date is None or date > context.on:
        return ()
    return (records_rules.ChronologyEntry(kind="school", happened_date=date, words=words),)


def _key(context: formats.Context, table: str, record_id: str) -> str:
    collection = f"{context.year}_{context.term}" if context.year and context.term else ""
    return f"{collection}|{table}|{record_id}"
