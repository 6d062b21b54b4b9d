"""All that was sent about a child and what agencies answered, line by line, for whoever answers a request for a copy.

Belongs here: turning items into lines, within a view that is open. Not here: which lines are given out (rights).
"""

import datetime
import uuid
from collections.abc import Iterator

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.processes.inbasket import models

_PART = "contact"
_TIER = 2


def get_kept(*, child_id: uuid.UUID) -> list[records_queries.KeptLine]:
    """Return what was sent about a child, what agencies shared or why they did not, and why each step was taken.

    Shapes: 3 queries, oldest first; `agency_name` is the sender's, or that of the team whose step it was.
    """
    items = models.Item.objects.filter(child_id=child_id)
    messages = models.Message.objects.filter(item__in=items).select_related("item")
    shared = models.Disclosure.objects.filter(item__in=items).select_related("agency")
    acts = models.ItemAct.objects.filter(item__in=items).exclude(why="").select_related("item__agency")
    lines = [
        *(line for one in messages for line in _of_message(one)),
        *(
            _line("shared" if one.is_shared else "not_shared", one.agency.name, one.at, one.words or one.why)
            for one in shared
        ),
        *(_line(f"why_{one.act}", one.item.agency.name, one.at, one.why) for one in acts),
    ]
    return sorted(lines, key=lambda line: line.received_at)


def _of_message(message: models.Message) -> Iterator[records_queries.KeptLine]:
    at, by = message.item.received_at, message.sender_agency
    yield _line(message.item.kind, by, at, message.words)
    if message.consent_why:
        yield _line("consent", by, at, message.consent_why)


def _line(kind: str, agency_name: str, at: datetime.datetime, words: str) -> records_queries.KeptLine:
    return records_queries.KeptLine(
        part=_PART,
        kind=kind,
        words=words,
        person="",
        phone="",
        started_date=clock.local(at).date(),
        ended_date=None,
        tier=_TIER,
        agency_name=agency_name,
        source_record_id=None,
        person_record_id=None,
        received_at=at,
        is_current=True,
    )
