"""Reads of how fresh each agency's records are, and of why rows were refused, counted in the database."""

import dataclasses
import datetime
import uuid

from django.db import connection


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedCard:
    """What one agency has sent that counts now: batches that are loaded, neither waiting nor taken back."""

    agency_code: str
    agency_name: str
    batches: int
    rows_accepted: int
    rows_refused: int
    last_received_at: datetime.datetime | None


def get_feeds() -> list[FeedCard]:
    """Return, for each agency that ever sent a file, what it has sent, by name.

    Shapes: 1 query, one line an agency.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FEEDS)
        names = [column.name for column in cursor.description or ()]
        return [FeedCard(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


_FEEDS = """
SELECT a.code AS agency_code, a.name AS agency_name, count(*) FILTER (WHERE b.state = 'loaded') AS batches,
       coalesce(sum(b.rows_new + b.rows_changed) FILTER (WHERE b.state = 'loaded'), 0)::bigint AS rows_accepted,
       coalesce(sum(b.rows_refused) FILTER (WHERE b.state = 'loaded'), 0)::bigint AS rows_refused,
       max(b.received_at) FILTER (WHERE b.state = 'loaded') AS last_received_at
FROM records_batch b JOIN agencies_agency a ON a.id = b.agency_id
GROUP BY a.id
ORDER BY lower(a.name), a.id
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many rows of a batch were refused for one reason."""

    reason: str
    rows: int


def count_refusals_by_reason(*, batch_id: uuid.UUID, most: int) -> list[ReasonCount]:
    """Return why rows of a batch were refused, the commonest reason first.

    Shapes: 1 query, at most `most` reasons; a row with two reasons is counted under both.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REASONS, [batch_id, most])
        return [ReasonCount(reason=reason, rows=rows) for reason, rows in cursor.fetchall()]


_REASONS = """
SELECT said.reason, count(*) FROM records_refusal r, jsonb_array_elements_text(r.reasons) AS said(reason)
WHERE r.batch_id = %s GROUP BY said.reason ORDER BY count(*) DESC, said.reason LIMIT %s
"""
