"""All that was written to protect a child, line by line, for whoever answers that child's request for a copy.

Belongs here: turning rows into lines, within a view that is open. Not here: which lines are given out (rights).
"""

import datetime
import uuid
from collections.abc import Iterator

from joinedup.delivery.records import queries as records_queries
from joinedup.processes.protection import models, rules, shipped

_PART = "protection"
_TIER = 3


def get_kept(*, child_id: uuid.UUID) -> list[records_queries.KeptLine]:
    """Return the steps of every concern, who took part in them, and spans in care, oldest first; what was corrected too.

    Shapes: 3 queries; what the view does not show is not in it. `person` names whoever took part or chaired.
    """
    return [*_of_steps(child_id), *_of_spans(child_id)]


def _of_steps(child_id: uuid.UUID) -> Iterator[records_queries.KeptLine]:
    present: dict[uuid.UUID, list[models.Presence]] = {}
    for one in models.Presence.objects.filter(child_id=child_id).order_by("id"):
        present.setdefault(one.step_id, []).append(one)
    for step in models.Step.objects.filter(child_id=child_id).order_by("happened_at", "recorded_at", "id"):
        said = " ".join(words for words in (step.words, step.childs_view, step.why_corrected) if words)
        is_current = not step.is_corrected
        yield _line(step.act, step.recorded_at, said, on=step.happened_at.date(), is_current=is_current)
        if step.chair:
            yield _line("chair", step.recorded_at, "", person=step.chair, is_current=is_current)
        for one in present.get(step.pk, []):
            yield _line("present", step.recorded_at, one.agency_name, person=one.person_name, is_current=is_current)


def _of_spans(child_id: uuid.UUID) -> Iterator[records_queries.KeptLine]:
    for span in models.CareSpan.objects.filter(child_id=child_id).order_by("started_on", "recorded_at", "id"):
        named = {code.code: code.words for code in shipped.codes(rules.SpanKind(span.kind))}
        words = (named.get(span.code, span.code), span.words, span.ended_words, span.why_corrected)
        said = " ".join(dict.fromkeys(part for part in words if part))
        yield _line(
            span.kind,
            span.recorded_at,
            said,
            on=span.started_on,
            until=span.ended_on,
            is_current=not span.is_corrected,
        )


def _line(  # what it is, when it was written, what is said and of whom
    kind: str,
    at: datetime.datetime,
    words: str,
    *,
    person: str = "",
    on: datetime.date | None = None,
    until: datetime.date | None = None,
    is_current: bool,
) -> records_queries.KeptLine:
    return records_queries.KeptLine(
        part=_PART,
        kind=kind,
        words=words,
        person=person,
        phone="",
        started_date=on,
        ended_date=until,
        tier=_TIER,
        agency_name="",
        source_record_id=None,
        person_record_id=None,
        received_at=at,
        is_current=is_current,
    )
