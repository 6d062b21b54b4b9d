"""Reads of what a child or parent thinks, and of what a child wants known, of a child who is open before the viewer.

Belongs here: the words that the database shows this viewer. Not here: opening the child (childindex), writing (operations).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Set

from django.conf import settings

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.participation import models, rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ViewCard:
    """What one person thinks, whom they let see it, and what was done about it.

    Shapes: `answer_due_on` is the last day on which an answer is in time; `may_answer` says whether this viewer owes it.
    """

    id: uuid.UUID
    voice: rules.Voice
    given_by_name: str
    given_at: datetime.datetime
    occasion: rules.Occasion
    words: str
    shown_to: rules.ShownTo
    named_name: str
    answer: str
    answered_at: datetime.datetime | None
    answered_by_name: str
    answer_due_on: datetime.date
    is_late: bool
    may_answer: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AboutCard:
    """What a child wants whoever helps to know, as they wrote it last."""

    know: str
    like: str
    helps: str
    hinders: str
    written_at: datetime.datetime


def get_views(
    *, viewer: access_rules.Viewer, child_id: uuid.UUID, grounds: Set[str], on: datetime.date
) -> list[ViewCard]:
    """Return what was said about this child's life and help, as far as whoever said it lets this viewer see it, newest first.

    Shapes: 1 query; `grounds` are those on which the child is open.
    """
    rows = models.View.objects.filter(child_id=child_id).order_by("-given_at", "-id")
    return [_card(row, viewer=viewer, grounds=frozenset(grounds), on=on) for row in rows]


def get_about(*, child_id: uuid.UUID) -> AboutCard | None:
    """Return what the child wants known, where they have written anything that this viewer sees.

    Shapes: 1 query.
    """
    row = models.AboutMe.objects.filter(child_id=child_id).order_by("-written_at", "-id").first()
    if row is None:
        return None
    return AboutCard(know=row.know, like=row.like, helps=row.helps, hinders=row.hinders, written_at=row.written_at)


def within_days() -> int:
    """Return how many days there are to answer."""
    return int(settings.VIEWS_ANSWERED_WITHIN_DAYS)


def choice_of(row: models.View) -> rules.Choice:
    """Return whom a view may be shown to, as the rules ask it."""
    return rules.Choice(
        voice=rules.Voice(row.voice),
        given_by_id=row.given_by_id,
        shown_to=rules.ShownTo(row.shown_to),
        named_id=row.named_id,
    )


def _card(row: models.View, *, viewer: access_rules.Viewer, grounds: frozenset[str], on: datetime.date) -> ViewCard:
    given_on, is_answered = clock.local(row.given_at).date(), row.answered_at is not None
    # That the row is here says that the database let the viewer read it.
    looker = None if viewer.user_id is None else rules.Looker(user_id=viewer.user_id, grounds=grounds, reads_plan=True)
    return ViewCard(
        id=row.pk,
        voice=rules.Voice(row.voice),
        given_by_name=row.given_by_name,
        given_at=row.given_at,
        occasion=rules.Occasion(row.occasion),
        words=row.words,
        shown_to=rules.ShownTo(row.shown_to),
        named_name=row.named_name,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
        answer_due_on=rules.answer_due_on(given_on=given_on, within_days=within_days()),
        is_late=rules.is_answer_late(given_on=given_on, within_days=within_days(), is_answered=is_answered, on=on),
        may_answer=not is_answered and looker is not None and rules.may_answer(choice_of(row), looker),
    )
