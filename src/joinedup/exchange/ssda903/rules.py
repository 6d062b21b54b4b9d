"""Rules of the SSDA903 return: what each table's row says for the index.

Belongs here: typed row to reading. Not here: cells and dates (opening), columns (schema), the return's own checks.
The index learns that the council looks after a child, from when to when, and the dates of reviews and moves.
Legal status, needs, health, and what became of a care leaver stay in the source row. Adoption is called permanence.
"""

import datetime
from collections.abc import Mapping

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import cells, formats, identities, reference, tables
from joinedup.exchange.ssda903 import schema

#: The child's number in the council's case system, the same as in the children in need census.
SCHEME = "case"
SERVICE = "Children looked after"

_NOT_CEASED = ("", "X1")


def header(row: schema.Header, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say who the child is, as far as the return tells: it holds no names."""
    identity = identities.identity(mark.notes, birth_date=row.birth_date, sex=row.sex, upn=row.upn)
    return _reading(row.child, mark, identity=identity)


def unaccompanied(row: schema.Unaccompanied, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say who the child is; that they sought asylum stays in the source row."""
    return _reading(row.child, mark, identity=identities.identity(mark.notes, birth_date=row.birth_date, sex=row.sex))


def episode(row: schema.Episode, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say that the council looked after the child in this span, and what began and ended with it."""
    began = reference.words_of("ssda903", "reasons_new_episode").get(row.reason_new_episode.upper(), "")
    events = [*_entry("looked_after", began or "Looked after: something changed", row.started_date)]
    if row.reason_ceased.upper() not in _NOT_CEASED:
        events += _entry("looked_after", "Stopped being looked after", row.ended_date)
    return _reading(
        row.child,
        mark,
        _iso(row.started_date),
        involvements=(_looked_after(row.started_date, row.ended_date),),
        chronology=tuple(events),
    )


def review(row: schema.Review, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say that the child's case was reviewed."""
    return _reading(
        row.child,
        mark,
        _iso(row.review_date),
        chronology=_entry("review", "Review of a looked-after child", row.review_date),
    )


def year_of_health(row: schema.YearOfHealth, mark: tables.Mark, context: formats.Context) -> records_rules.Reading:
    """Say nothing but whom the row is about: health and convictions are case content."""
    return _reading(row.child, mark, str(context.year or ""))


def care_leaver(row: schema.CareLeaver, mark: tables.Mark, context: formats.Context) -> records_rules.Reading:
    """Say nothing but whom the row is about: how a care leaver lives is case content."""
    return _reading(row.child, mark, str(context.year or ""))


def adoption(row: schema.Adoption, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say that permanence was decided and a family matched."""
    events = (
        *_entry("permanence", "Decision on a permanent home", row.decided_date),
        *_entry("permanence", "Matched with a permanent family", row.matched_date),
    )
    return _reading(row.child, mark, _iso(row.decided_date), chronology=events)


def placed(row: schema.PlacedForAdoption, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say that the child was placed with a permanent family, and whether that ended."""
    events = (
        *_entry("permanence", "Placed with a permanent family", row.placed_date),
        *_entry("permanence", "Placement with a permanent family ended", row.ceased_date),
    )
    return _reading(row.child, mark, _iso(row.placed_date), chronology=events)


def previous_permanence(
    row: schema.PreviousPermanence, mark: tables.Mark, _context: formats.Context
) -> records_rules.Reading:
    """Say that the child had a permanent home before."""
    entry = _entry("permanence", "An earlier permanent home was agreed", row.order_date)
    return _reading(row.child, mark, _iso(row.order_date), chronology=entry)


def missing(row: schema.Missing, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say that the child was missing, or away without authorisation, from when to when."""
    words = reference.words_of("ssda903", "missing").get(row.kind.upper(), "Missing or away from placement")
    ended_date = _ordered(row.started_date, row.ended_date, "MIS_END", mark)
    entry = _entry("missing", words, row.started_date, ended_date=ended_date)
    return _reading(row.child, mark, _iso(row.started_date), chronology=entry)


def social_worker(row: schema.SocialWorker, mark: tables.Mark, _context: formats.Context) -> records_rules.Reading:
    """Say which social worker held the case in this span."""
    worker = cells.limited(row.worker, "social worker", mark.notes)
    involvement = _looked_after(row.started_date, row.ended_date, practitioner=worker)
    return _reading(row.child, mark, _iso(row.started_date), involvements=(involvement,))


def deprivation_of_liberty(
    row: schema.DeprivationOfLiberty, mark: tables.Mark, context: formats.Context
) -> records_rules.Reading:
    """Say that a court's order began, and when it ended."""
    ended_date = _ordered(row.started_date, row.ended_date, "DOLO_END", mark)
    if ended_date and ended_date > context.on:
        ended_date = None
    entry = _entry("court_order", "A court's order began", row.started_date, ended_date=ended_date)
    return _reading(row.child, mark, _iso(row.started_date), chronology=entry)


TABLE_RULES: Mapping[str, tables.Rule] = {
    "header": header,
    "episodes": episode,
    "reviews": review,
    "uasc": unaccompanied,
    "oc2": year_of_health,
    "oc3": care_leaver,
    "ad1": adoption,
    "placed_for_adoption": placed,
    "previous_permanence": previous_permanence,
    "missing": missing,
    "sw_episodes": social_worker,
    "dolo": deprivation_of_liberty,
}


def _reading(
    child: str,
    mark: tables.Mark,
    which: str = "",
    *,
    identity: records_rules.Identity | None = None,
    involvements: tuple[records_rules.Involvement, ...] = (),
    chronology: tuple[records_rules.ChronologyEntry, ...] = (),
) -> records_rules.Reading:
    return records_rules.Reading(
        place=mark.place,
        content_hash=mark.content_hash,
        table=mark.table,
        message_key=f"{mark.table}|{child}|{which}" if which else f"{mark.table}|{child}",
        scheme=SCHEME,
        local_id=child,
        identity=identity,
        involvements=involvements,
        chronology=chronology,
        notes=tuple(mark.notes),
    )


def _looked_after(
    started_date: datetime.date | None, ended_date: datetime.date | None, *, practitioner: str = ""
) -> records_rules.Involvement:
    return records_rules.Involvement(
        kind=records_rules.InvolvementKind.LOOKED_AFTER,
        level=records_rules.Level.SPECIALIST,
        service=SERVICE,
        started_date=started_date,
        ended_date=ended_date,
        practitioner=practitioner,
        answers=True,
    )


def _entry(
    kind: str, words: str, date: datetime.date | None, *, ended_date: datetime.date | None = None
) -> tuple[records_rules.ChronologyEntry, ...]:
    if date is None:
        return ()
    return (records_rules.ChronologyEntry(kind=kind, happened_date=date, words=words, ended_date=ended_date),)


def _ordered(
    started: datetime.date | None, ended: datetime.date | None, column: str, mark: tables.Mark
) -> datetime.date | None:
    if started and ended and ended < started:
        mark.notes.append(f"{column} was left out: it is before the start.")
        return None
    return ended


def _iso(date: datetime.date | None) -> str:
    return date.isoformat() if date else ""
