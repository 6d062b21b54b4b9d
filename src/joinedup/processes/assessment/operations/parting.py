"""Taking children out when families part, and beginning an assessment again: copies that keep who wrote what, and when.

Belongs here: one assessment coming from another. Not here: taking a child in (beginning).
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.assessment import models, queries, rules, shipped
from joinedup.processes.assessment.operations import allowing, beginning


@transaction.atomic
def part(
    *, asked: queries.Asked, leaving: Sequence[uuid.UUID], by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Take children out into an assessment of their own; return its identifier.

    Their own answers go with them; what is shared is copied with its history, and written on apart from then on.
    Errors: NotAllowed unless the viewer may write of every child; rules.NobodyLeft; rules.NotInState; NoSuchAssessment;
    those of childindex_queries.open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.part")
    if not opened.may_write_all:
        raise queries.NotAllowed(asked.number)
    rules.check_can_part(leaving=leaving, children=opened.row.child_ids)
    row = _come_from(opened, children=leaving, came_by=models.Assessment.CameBy.PARTED, by=by, at=at)
    opened.row.answers.filter(child_id__in=leaving).update(assessment=row)
    copies = _copy(opened.row.answers.filter(child=None), to=row, children=leaving)
    for signed in opened.row.signed.order_by("number"):
        numbers = {str(copies.get(uuid.UUID(key), key)): number for key, number in signed.numbers.items()}
        signed.pk, signed.assessment, signed.numbers = ids.uuid7(), row, numbers
        signed.save(force_insert=True)
    opened.row.children.filter(child_id__in=leaving).update(left_at=at)
    _tell("assessment.parted", opened.row, row, children=opened.row.child_ids, by=by, at=at)
    return row.id


@transaction.atomic
def begin_again(*, asked: queries.Asked, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Begin a signed assessment again on the present form, with what still has a place in it; return its identifier.

    The earlier one is superseded once this is signed.
    Errors: NotAllowed unless the viewer may write of every child; rules.NotInState unless it is signed; NoSuchAssessment;
    those of childindex_queries.open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.begin-again")
    if not opened.may_write_all:
        raise queries.NotAllowed(asked.number)
    if opened.row.state != rules.State.SIGNED_OFF:
        raise rules.NotInState
    children = opened.row.child_ids
    row = _come_from(opened, children=children, came_by=models.Assessment.CameBy.AGAIN, by=by, at=at)
    form = shipped.form()
    _copy(opened.row.answers.filter(field__in=[field.code for field in form.fields()]), to=row, children=children)
    beginning.make_places(row, rules.places(form, children), facts={}, at=at)
    _tell("assessment.begun-again", opened.row, row, children=children, by=by, at=at)
    return row.id


def _come_from(
    opened: queries.Opened,
    *,
    children: Sequence[uuid.UUID],
    came_by: models.Assessment.CameBy,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> models.Assessment:
    earlier = opened.row
    is_again = came_by == models.Assessment.CameBy.AGAIN
    row = models.Assessment.objects.create(
        form=beginning.keep_form(at=at) if is_again else earlier.form,
        state=rules.State.BEGUN if is_again else earlier.state,
        child_ids=sorted(children),
        referral_date=None if is_again else earlier.referral_date,
        contact_id=earlier.contact_id,
        episode_id=earlier.episode_id,
        agency_id=earlier.agency_id,
        begun_at=at if is_again else earlier.begun_at,
        begun_by_id=allowing.person(by) if is_again else earlier.begun_by_id,
        begun_by_name=by.name if is_again else earlier.begun_by_name,
        signed_number=0 if is_again else earlier.signed_number,
        came_from_id=earlier.id,
        came_by=came_by,
    )
    beginning.take_in(row, children, at=at)
    return row


def _copy(
    answers: QuerySet[models.Answer], *, to: models.Assessment, children: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, uuid.UUID]:
    """Copy answers with all their versions and what waits; return the copies by what they are of."""
    copies = {row.id: ids.uuid7() for row in answers.order_by("id")}
    rows = list(answers.order_by("id"))
    waiting = list(models.WaitingWords.objects.filter(answer_id__in=copies, chosen_at=None))
    words = list(models.AnswerWords.objects.filter(answer_id__in=copies).order_by("id"))
    for row in rows:
        row.pk, row.assessment = copies[row.id], to
        row.child_ids = sorted(children) if row.child_id is None else [row.child_id]
    models.Answer.objects.bulk_create(rows)
    for each in (words, waiting):
        for one in each:
            one.pk, one.answer_id = ids.uuid7(), copies[one.answer_id]
    models.AnswerWords.objects.bulk_create(words)
    models.WaitingWords.objects.bulk_create(waiting)
    return copies


def _tell(
    kind: str,
    earlier: models.Assessment,
    row: models.Assessment,
    *,
    children: Sequence[uuid.UUID],
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    audit_operations.record(by=by, act=kind, subjects=children, record_ref=f"{earlier.id} {row.id}")
    events_operations.publish(kind, at=at, assessment_id=str(earlier.id), other_id=str(row.id))
