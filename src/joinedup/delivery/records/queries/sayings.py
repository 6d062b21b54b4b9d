"""Reads of what current source records say of some person records; each line leads back to its source record."""

import dataclasses
import datetime
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from joinedup.delivery.records import models, rules

_IDENTITY_FIELDS = tuple(field.name for field in dataclasses.fields(rules.Identity))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """Who a child is, as one source record says it."""

    person_record_id: uuid.UUID
    source_record_id: uuid.UUID
    agency_id: uuid.UUID
    agency_name: str
    agency_kind: str
    received_at: datetime.datetime
    identity: rules.Identity


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """A service that is or was helping, from when until when, as its newest source record says it."""

    agency_id: uuid.UUID
    agency_name: str
    agency_phone: str
    kind: str
    level: str
    service: str
    practitioner: str
    phone: str
    started_date: datetime.date | None
    ended_date: datetime.date | None
    answers: bool
    source_record_id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RelativeLine:
    """A person named beside the child."""

    relationship: str
    name: str
    phone: str
    local_id: str
    agency_id: uuid.UUID
    agency_name: str
    person_record_id: uuid.UUID
    source_record_id: uuid.UUID


def get_known_identities(*, person_record_ids: Sequence[uuid.UUID]) -> Iterator[tuple[uuid.UUID, rules.Identity]]:
    """Return all that was ever said of who these persons are, save what was taken back.

    Shapes: names and addresses that were replaced since are among them, so that a child stays findable by them.
    """
    rows = models.IdentityStatement.objects.filter(person_record_id__in=list(person_record_ids)).exclude(
        source_record__batch__state=models.Batch.State.UNDONE
    )
    for row in rows.order_by("id").iterator():
        yield row.person_record_id, _identity(row)


def _identity(row: models.IdentityStatement) -> rules.Identity:
    stated = {name: getattr(row, name) for name in _IDENTITY_FIELDS}
    stated["former_nhs_numbers"] = tuple(row.former_nhs_numbers or ())
    return rules.Identity(**stated)


def get_statements(*, person_record_ids: Sequence[uuid.UUID]) -> list[StatementLine]:
    """Return who a child is, as each current source record says it, oldest first.

    Shapes: 1 query.
    """
    rows = (
        models.IdentityStatement.objects.filter(person_record_id__in=list(person_record_ids), is_current=True)
        .select_related("source_record__batch__agency")
        .order_by("source_record__batch__received_at", "id")
    )
    return [
        StatementLine(
            person_record_id=row.person_record_id,
            source_record_id=row.source_record_id,
            agency_id=row.source_record.batch.agency_id,
            agency_name=row.source_record.batch.agency.name,
            agency_kind=row.source_record.batch.agency.kind,
            received_at=row.source_record.batch.received_at,
            identity=_identity(row),
        )
        for row in rows
    ]


def get_sayings_of_identity(*, person_record_ids: Sequence[uuid.UUID]) -> list[StatementLine]:
    """Return all that is now said of who a child is: each different statement of an agency once, its newest row.

    Shapes: 1 query, oldest first; a register of attendance that says the same hundred times is one line.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATED, [list(person_record_ids)])
        return [_line(row) for row in cursor.fetchall()]


_STATED = f"""
SELECT * FROM (
    SELECT DISTINCT ON (a.id, i.identity_hash)
           i.id, i.person_record_id, i.source_record_id, a.id AS agency_id, a.name, a.kind, b.received_at,
           {", ".join(f"i.{name}" for name in _IDENTITY_FIELDS)}
    FROM records_identitystatement i
    JOIN records_sourcerecord s ON s.id = i.source_record_id
    JOIN records_batch b ON b.id = s.batch_id
    JOIN agencies_agency a ON a.id = b.agency_id
    WHERE i.person_record_id = ANY(%s) AND i.is_current
    ORDER BY a.id, i.identity_hash, b.received_at DESC, i.source_record_id DESC
) stated
ORDER BY received_at, id
"""  # noqa: S608  (only our own column names are put together)  # nosec B608


def _line(row: tuple[Any, ...]) -> StatementLine:
    _, person, source, agency, name, kind, received_at, *said = row
    stated = dict(zip(_IDENTITY_FIELDS, said, strict=True))
    former = stated["former_nhs_numbers"]
    stated["former_nhs_numbers"] = tuple(json.loads(former)) if isinstance(former, str) else tuple(former or ())
    return StatementLine(
        person_record_id=person,
        source_record_id=source,
        agency_id=agency,
        agency_name=name,
        agency_kind=kind,
        received_at=received_at,
        identity=rules.Identity(**stated),
    )


def get_help(*, person_record_ids: Sequence[uuid.UUID]) -> list[HelpLine]:
    """Return who is and was helping: one line a service and start, newest word of it, open ones first.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HELP, [list(person_record_ids)])
        names = [column.name for column in cursor.description or ()]
        return [HelpLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_HELP = """
SELECT * FROM (
    SELECT DISTINCT ON (a.id, i.kind, coalesce(i.team_id::text, i.service), i.started_date)
           a.id AS agency_id, a.name AS agency_name, a.phone AS agency_phone, i.kind, i.level,
           coalesce(t.name, nullif(i.service, ''), a.name) AS service, i.practitioner,
           coalesce(nullif(i.phone, ''), nullif(t.phone, ''), a.phone) AS phone,
           i.started_date, i.ended_date, i.answers, i.source_record_id
    FROM records_involvement i
    JOIN records_personrecord p ON p.id = i.person_record_id
    JOIN agencies_agency a ON a.id = p.agency_id
    LEFT JOIN agencies_team t ON t.id = i.team_id
    WHERE i.person_record_id = ANY(%s) AND i.is_current
    ORDER BY a.id, i.kind, coalesce(i.team_id::text, i.service), i.started_date, i.id DESC
) newest
ORDER BY (ended_date IS NOT NULL), answers DESC, started_date DESC NULLS LAST, service, source_record_id
"""


def get_relatives(*, person_record_ids: Sequence[uuid.UUID]) -> list[RelativeLine]:
    """Return the people named beside the child, each relationship and name once.

    Shapes: 1 query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RELATIVES, [list(person_record_ids)])
        names = [column.name for column in cursor.description or ()]
        return [RelativeLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_RELATIVES = """
SELECT DISTINCT ON (r.relationship, lower(r.name), a.id)
       r.relationship, r.name, r.phone, r.local_id, a.id AS agency_id, a.name AS agency_name,
       r.person_record_id, r.source_record_id
FROM records_relative r
JOIN records_personrecord p ON p.id = r.person_record_id
JOIN agencies_agency a ON a.id = p.agency_id
WHERE r.person_record_id = ANY(%s) AND r.is_current
ORDER BY r.relationship, lower(r.name), a.id, r.id DESC
"""
