"""Saying what one thinks and whom one lets see it, answering it, and telling once what new workers should know.

Belongs here: words of the family, and the answer. Not here: a worry, which goes to the front door (inbasket).
"""

import datetime
import uuid

from django.db import connection, transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import models, rules
from joinedup.processes.participation.queries import saying

_READS_PLAN = "T2"


@transaction.atomic
def give_view(  # of whose life, which words, on what occasion, for whom, by whom and when
    *,
    number: str,
    words: str,
    occasion: rules.Occasion,
    shown_to: rules.ShownTo,
    by: access_rules.Viewer,
    at: datetime.datetime,
    named_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Keep what a child or parent thinks, for those alone whom they let see it.

    Shapes: `named_id` is a practitioner who works with the child, where one person alone is to see it.
    Errors: SayMore; NobodyNamed; NoSuchChild for a page that is not the viewer's own.
    """
    said = rules.check_said(words)
    child_id, user_id = _own(number=number, by=by, act="participation.view.given")
    named = _named(child_id, named_id) if shown_to is rules.ShownTo.NAMED else None
    view = models.View(
        child_id=child_id,
        # The database writes whose voice it is, and refuses whoever's page it is not.
        voice=rules.Voice.CHILD,
        given_by_id=user_id,
        given_at=at,
        occasion=occasion,
        words=said,
        shown_to=shown_to,
        named_id=None if named is None else named.user_id,
        named_name="" if named is None else named.name,
    )
    view.save(force_insert=True)
    events_operations.publish("participation.view.given", at=at, view_id=str(view.pk))
    return view.pk


def _own(*, number: str, by: access_rules.Viewer, act: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Open the viewer's own page for an act; return of which child it is, and who they are.

    Errors: NoSuchChild for a page that is not the viewer's own.
    """
    opened = childindex_queries.open_child(viewer=by, number=number, purpose="", act=act)
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_is_own(%s)", [opened.card.id])
        (is_own,) = cursor.fetchone()
    if not is_own or by.user_id is None:
        raise people_queries.NoSuchChild(number)
    return opened.card.id, by.user_id


def _named(child_id: uuid.UUID, practitioner_id: uuid.UUID | None) -> addressees.PersonCard:
    """Return the one person who is to see it, of those who work with the child.

    Errors: NobodyNamed.
    """
    found = {} if practitioner_id is None else addressees.get_people(practitioner_ids=[practitioner_id])
    for card in found.values():
        with connection.cursor() as cursor:
            cursor.execute("SELECT participation_helps(%s, %s)", [child_id, card.user_id])
            (helps,) = cursor.fetchone()
        if helps:
            return card
    raise rules.NobodyNamed


@transaction.atomic
def answer_view(  # which, of whom, why one looks, in which words, by whom and when
    *, number: str, purpose: str, view_id: uuid.UUID, words: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Say what was done about what somebody thinks; whoever said it reads the answer.

    Errors: SayMore; as `childindex_queries.open_child`; NoSuchView, for one that is not shown to the viewer too; NotAllowed;
    Answered.
    """
    said = rules.check_said(words)
    opened = childindex_queries.open_child(viewer=by, number=number, purpose=purpose, act="participation.view.answered")
    view = models.View.objects.filter(pk=view_id, child_id=opened.card.id).first()
    if view is None or by.user_id is None:
        raise rules.NoSuchView(view_id)
    looker = rules.Looker(user_id=by.user_id, grounds=opened.grounds, reads_plan=_READS_PLAN in opened.tiers)
    if not rules.may_answer(saying.choice_of(view), looker):
        raise rules.NotAllowed
    # Two may press at once: the database lets the first.
    answered = models.View.objects.filter(pk=view_id, answered_at=None).update(
        answer=said, answered_at=at, answered_by_id=by.user_id, answered_by_name=by.name
    )
    if not answered:
        raise rules.Answered(view_id)
    audit_operations.record(by=by, act="participation.view.answer-kept", subjects=[opened.card.id])
    events_operations.publish("participation.view.answered", at=at, view_id=str(view_id))


@transaction.atomic
def write_about_me(  # whose page, what stands on it, by whom and when
    *,
    number: str,
    know: str,
    like: str,
    helps: str,
    hinders: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Keep what a child wants whoever helps to know; what stood before is kept, and shown no more.

    Errors: SayMore where nothing is said at all; NoSuchChild for a page that is not the viewer's own.
    """
    given = {
        name: text.strip()[: rules.MOST_LETTERS]
        for name, text in zip(("know", "like", "helps", "hinders"), (know, like, helps, hinders), strict=True)
    }
    if not any(given.values()):
        raise rules.SayMore
    child_id, user_id = _own(number=number, by=by, act="participation.about.written")
    models.AboutMe(child_id=child_id, given_by_id=user_id, written_at=at, **given).save(force_insert=True)
    events_operations.publish("participation.about.written", at=at, child_id=str(child_id))
