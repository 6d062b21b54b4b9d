"""What people asked about their own data: the requests, the facts they dispute, and the marks that stand beside facts.

Belongs here: reads for those who answer for rights, and of marks for everyone who sees the child; a view must be open.
"""

import dataclasses
import datetime
import uuid

from django.db import connection

from joinedup.foundation import clock
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.governance.rights import models, rules

_MOST_LISTED = 200


class NoSuchRequest(Exception):
    """There is no such request, or none that this viewer may know of."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """One request, with where it stands and by when it is answered."""

    id: uuid.UUID
    number: str
    kind: rules.Kind
    child_id: uuid.UUID
    child_number: str
    asker: rules.Asker
    asker_name: str
    identity_checked: str
    asked_on: datetime.date
    asked: str
    recorded_at: datetime.datetime
    recorded_by_id: uuid.UUID
    recorded_by_name: str
    confirmed_at: datetime.datetime | None
    confirmed_by_name: str
    extended_why: str
    pack_made_at: datetime.datetime | None
    pack_made_by_name: str
    pack_sha256: str
    closed_at: datetime.datetime | None
    closed_by_name: str
    outcome: str
    answer: str
    state: rules.State
    due_on: datetime.date

    def is_late(self, *, on: datetime.date) -> bool:
        """Return whether the request was not, or was not yet, answered in time."""
        answered = on if self.closed_at is None else clock.local(self.closed_at).date()
        return answered > self.due_on


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DisputeCard:
    """One disputed fact of a request."""

    id: uuid.UUID
    mark: rules.Mark
    decided_at: datetime.datetime | None
    decided_by_name: str
    why: str


_WORKED_OUT = {"kind", "asker", "state", "due_on"}
_COPIED = tuple(field.name for field in dataclasses.fields(RequestCard) if field.name not in _WORKED_OUT)


def request_card(row: models.DataRequest) -> RequestCard:
    """Return a request with what follows from its days."""
    return RequestCard(
        kind=rules.Kind(row.kind),
        asker=rules.Asker(row.asker),
        state=rules.state_of(confirmed_at=row.confirmed_at, closed_at=row.closed_at),
        due_on=rules.due_on(
            asked_on=row.asked_on, calendar=timescales_queries.get_calendar(), is_extended=bool(row.extended_why)
        ),
        **{name: getattr(row, name) for name in _COPIED},
    )


def get_requests() -> list[RequestCard]:
    """Return the requests, those not answered first, the oldest first; then the answered ones, newest first.

    Shapes: 1 query, at most 200.
    """
    cards = [
        request_card(row) for row in models.DataRequest.objects.order_by("-closed_at", "asked_on", "id")[:_MOST_LISTED]
    ]
    return sorted(cards, key=lambda card: card.closed_at is not None)


def get_request(*, request_id: uuid.UUID) -> RequestCard:
    """Return one request.

    Errors: NoSuchRequest.
    """
    row = models.DataRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise NoSuchRequest(request_id)
    return request_card(row)


def get_disputes(*, request_id: uuid.UUID) -> list[DisputeCard]:
    """Return the disputed facts of a request, oldest first.

    Shapes: 1 query.
    """
    rows = models.DisputedFact.objects.filter(request_id=request_id).order_by("disputed_at", "id")
    return [
        DisputeCard(
            id=row.id, mark=_mark(row), decided_at=row.decided_at, decided_by_name=row.decided_by_name, why=row.why
        )
        for row in rows
    ]


def get_rulings(*, request_id: uuid.UUID) -> dict[str, rules.Ruling]:
    """Return what was decided of lines that were held back, by their keys.

    Shapes: 1 query.
    """
    rows = models.Redaction.objects.filter(request_id=request_id).values_list("key", "ruling")
    return {key: rules.Ruling(ruling) for key, ruling in rows}


# Written out, as every child's page asks it: putting it together anew cost more than its answer, which is mostly none.
_DISPUTED = """
SELECT source_record_id, agency_name, part, kind, value, words, disputed_at, decision
FROM rights_disputedfact WHERE child_id = %s ORDER BY disputed_at, id
"""


def get_marks(*, child_id: uuid.UUID) -> list[rules.Mark]:
    """Return what is disputed in a child's record, for whoever sees the child: that child must be opened.

    Shapes: 1 query; the newest word on each fact alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DISPUTED, [child_id])
        marks = [
            rules.Mark(
                source_record_id=source_record_id,
                agency_name=agency_name,
                part=part,
                kind=kind,
                value=value,
                words=words,
                since=clock.local(disputed_at).date(),
                decision=rules.Decision(decision),
            )
            for source_record_id, agency_name, part, kind, value, words, disputed_at, decision in cursor.fetchall()
        ]
    newest = {(mark.agency_name, mark.part, mark.kind, mark.value): mark for mark in marks}
    return list(newest.values())


def _mark(row: models.DisputedFact) -> rules.Mark:
    return rules.Mark(
        source_record_id=row.source_record_id,
        agency_name=row.agency_name,
        part=row.part,
        kind=row.kind,
        value=row.value,
        words=row.words,
        since=clock.local(row.disputed_at).date(),
        decision=rules.Decision(row.decision),
    )
