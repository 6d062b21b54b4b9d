"""Who helps a child, sorted by whether it has ended."""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from joinedup.delivery.records import queries as records_queries
from joinedup.processes.childindex import rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """Who helps a child now, who helped before, and which of those who help now answers for the child."""

    now: tuple[records_queries.HelpLine, ...]
    before: tuple[records_queries.HelpLine, ...]
    answers: records_queries.HelpLine | None


def helping_of(*, person_record_ids: Sequence[uuid.UUID], on: datetime.date) -> Helping:
    """Return who helps and helped, by these records; the last day of help still counts.

    Shapes: 1 query.
    """
    lines = records_queries.get_help(person_record_ids=person_record_ids)
    now = tuple(line for line in lines if line.ended_date is None or line.ended_date >= on)
    return Helping(now=now, before=tuple(line for line in lines if line not in now), answers=rules.who_answers(now))
