"""Writing spans in care: a legal status or a placement begins, ends, or is corrected by a later row.

Belongs here: one span. Not here: the steps of a concern (stepping).
"""

import datetime
import uuid

from django.db import IntegrityError, transaction

from joinedup.foundation import clock
from joinedup.processes.protection import models, rules, shipped
from joinedup.processes.protection.operations import entering
from joinedup.processes.protection.operations.entering import Asking, Entered


@transaction.atomic
def begin_span(*, asking: Asking, kind: rules.SpanKind, code: str, started_on: datetime.date, words: str) -> uuid.UUID:
    """Say that a child is looked after under a legal status, or lives in a placement, from a day on.

    Errors: as `entering.enter`; SayMore, for a code that is not valid on that day too; EndsBeforeItBegins; Overlaps.
    """
    said = rules.check_words(words)
    entered = entering.enter(asking, act=rules.SPAN_BEGUN, name=rules.SPAN_BEGUN)
    _check_code(kind, code, started_on)
    _check_days(started_on, None, asking=asking)
    span = _write(entered, asking, kind=kind, code=code, started_on=started_on, words=said)
    entering.announce(rules.SPAN_BEGUN, at=asking.at, span_id=str(span.pk))
    return span.pk


@transaction.atomic
def end_span(*, asking: Asking, span_id: uuid.UUID, ended_on: datetime.date, words: str) -> None:
    """Say that a span ended on a day, and why; another may begin on the same day.

    Errors: as `entering.enter`; SayMore; NoSuchConcern where no such span runs; EndsBeforeItBegins.
    """
    said = rules.check_words(words)
    entered = entering.enter(asking, act=rules.SPAN_ENDED, name=rules.SPAN_ENDED)
    running = models.CareSpan.objects.select_for_update().filter(
        pk=span_id, child_id=entered.child_id, ended_on=None, is_corrected=False
    )
    span = running.first()
    if span is None:
        raise rules.NoSuchConcern(span_id)
    _check_days(span.started_on, ended_on, asking=asking)
    running.update(ended_on=ended_on, ended_words=said, ended_recorded_at=asking.at, ended_by_name=entered.me.name)
    entering.announce(rules.SPAN_ENDED, at=asking.at, span_id=str(span_id))


@transaction.atomic
def correct_span(  # which span, and what it should have said
    *,
    asking: Asking,
    span_id: uuid.UUID,
    code: str,
    started_on: datetime.date,
    ended_on: datetime.date | None,
    words: str,
    why: str,
) -> uuid.UUID:
    """Write a span anew in the place of one that was wrong, and why; what was written stays and is marked.

    Errors: as `begin_span`; NoSuchConcern where no such span stands.
    """
    said, reason = rules.check_words(words), rules.check_words(why)
    entered = entering.enter(asking, act=rules.SPAN_BEGUN, name="care.corrected")
    # Not locked, for one that has ended is changed no more: the database marks what is corrected, once.
    wrong = _standing(entered, span_id)
    if wrong is None:
        raise rules.NoSuchConcern(span_id)
    kind = rules.SpanKind(wrong.kind)
    _check_code(kind, code, started_on)
    _check_days(started_on, ended_on, asking=asking)
    span = _write(
        entered,
        asking,
        kind=kind,
        code=code,
        started_on=started_on,
        ended_on=ended_on,
        words=said,
        corrects=wrong,
        why=reason,
    )
    entering.announce("care.corrected", at=asking.at, span_id=str(span.pk))
    return span.pk


def _write(  # the span, and what it corrects
    entered: Entered,
    asking: Asking,
    *,
    kind: rules.SpanKind,
    code: str,
    started_on: datetime.date,
    words: str,
    ended_on: datetime.date | None = None,
    corrects: models.CareSpan | None = None,
    why: str = "",
) -> models.CareSpan:
    has_ended = ended_on is not None
    try:
        with transaction.atomic():
            return models.CareSpan.objects.create(
                child_id=entered.child_id,
                kind=kind,
                code=code,
                started_on=started_on,
                words=words,
                ended_on=ended_on,
                ended_words=words if has_ended else "",
                ended_recorded_at=asking.at if has_ended else None,
                ended_by_name=entered.me.name if has_ended else "",
                corrects=corrects,
                why_corrected=why,
                recorded_at=asking.at,
                recorded_by_name=entered.me.name,
            )
    except IntegrityError:
        if corrects is not None and _standing(entered, corrects.pk) is None:
            raise rules.NoSuchConcern(corrects.pk) from None
        raise rules.Overlaps(started_on) from None


def _standing(entered: Entered, span_id: uuid.UUID) -> models.CareSpan | None:
    return models.CareSpan.objects.filter(pk=span_id, child_id=entered.child_id, is_corrected=False).first()


def _check_code(kind: rules.SpanKind, code: str, on: datetime.date) -> None:
    if not any(one.code == code and one.is_valid(on) for one in shipped.codes(kind)):
        raise rules.SayMore("code")


def _check_days(started_on: datetime.date, ended_on: datetime.date | None, *, asking: Asking) -> None:
    today = clock.local(asking.at).date()
    if not started_on <= (ended_on or today) <= today:
        raise rules.EndsBeforeItBegins(started_on)
