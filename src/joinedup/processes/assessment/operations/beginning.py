"""Beginning an assessment: of whom, on which form, filled in with what the index knows and who said so.

Belongs here: the first write, and taking a child in later. Not here: answers that people write (writing).
"""

import dataclasses
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.assessment import models, prefilling, queries, rules, shipped
from joinedup.processes.assessment.operations import allowing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Of whom an assessment is begun, and what led to it.

    Shapes: `numbers` are child numbers, the first of the child from whose page it is begun.
    """

    numbers: Sequence[str]
    purpose: str = ""
    referral_date: datetime.date | None = None
    contact_id: uuid.UUID | None = None
    episode_id: uuid.UUID | None = None


@transaction.atomic
def begin(*, begun: Begun, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Begin an assessment of a family on the present form; return its identifier.

    Errors: NotAllowed unless the matrix lets the viewer assess each of the children; those of open_child.
    """
    opened = queries.open_to_assess(viewer=by, numbers=begun.numbers, purpose=begun.purpose, act="assessment.begin")
    children = [one.card.id for one in opened]
    row = models.Assessment.objects.create(
        form=keep_form(at=at),
        child_ids=sorted(children),
        referral_date=begun.referral_date,
        contact_id=begun.contact_id,
        episode_id=begun.episode_id,
        agency_id=by.home_id,
        begun_at=at,
        begun_by_id=allowing.person(by),
        begun_by_name=by.name,
    )
    take_in(row, children, at=at)
    make_places(row, rules.places(shipped.form(), children), facts=prefilling.facts_of(opened, on=at.date()), at=at)
    audit_operations.record(by=by, act="assessment.begun", subjects=children, record_ref=str(row.id))
    events_operations.publish("assessment.begun", at=at, assessment_id=str(row.id), children=len(children))
    return row.id


@transaction.atomic
def add_child(*, asked: queries.Asked, joining: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Take a brother or sister into an assessment: what is shared is written already, their own part is new.

    Errors: NotAllowed unless the viewer may assess the child who joins and write of those in it; NotInState once it is
    superseded, and for a child who is in it; NoSuchAssessment; those of open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.child.add")
    (one,) = queries.open_more_to_assess(viewer=by, numbers=[joining], event_id=opened.event_id)
    if one.card.id in opened.row.child_ids:
        raise rules.NotInState
    take_in(opened.row, [one.card.id], at=at)
    own = [place for place in rules.places(opened.form, [one.card.id]) if place.child_id is not None]
    make_places(opened.row, own, facts=prefilling.facts_of([one], on=at.date()), at=at)
    allowing.write_on(opened.row)
    children = [*opened.row.child_ids, one.card.id]
    audit_operations.record(by=by, act="assessment.child.added", subjects=children, record_ref=str(opened.row.id))
    events_operations.publish("assessment.child-added", at=at, assessment_id=str(opened.row.id))


def keep_form(*, at: datetime.datetime) -> models.FormVersion:
    """Return the present form as it is kept; the first assessment on a version keeps it for ever."""
    given = shipped.definition()
    content_hash = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
    form, _ = models.FormVersion.objects.get_or_create(
        content_hash=content_hash,
        defaults={"code": given["code"], "version": given["version"], "definition": given, "kept_at": at},
    )
    return form


def take_in(row: models.Assessment, children: Iterable[uuid.UUID], *, at: datetime.datetime) -> None:
    """Let an assessment be of these children; its rows follow by themselves."""
    for child_id in children:
        models.AssessmentChild.objects.update_or_create(
            assessment=row, child_id=child_id, defaults={"left_at": None}, create_defaults={"joined_at": at}
        )


def make_places(
    row: models.Assessment,
    places: Iterable[rules.Place],
    *,
    facts: dict[rules.Place, prefilling.Fact],
    at: datetime.datetime,
) -> None:
    """Make a place for each answer; what the index knows stands there as its first version."""
    held = models.Assessment.objects.values_list("child_ids", flat=True).get(pk=row.pk)
    taken = {rules.Place(code=field, child_id=child) for field, child in row.answers.values_list("field", "child_id")}
    answers = []
    for place in places:
        fact = facts.get(place)
        if place not in taken:
            answers.append(
                models.Answer(
                    id=ids.uuid7(),
                    assessment=row,
                    child_id=place.child_id,
                    child_ids=held if place.child_id is None else [place.child_id],
                    field=place.code,
                    words=fact.words if fact else "",
                    number=1 if fact else 0,
                    written_at=at if fact else None,
                    agency_name=fact.agency_name if fact else "",
                )
            )
    models.Answer.objects.bulk_create(answers)
    models.AnswerWords.objects.bulk_create(
        models.AnswerWords(answer=answer, number=1, words=answer.words, written_at=at, agency_name=answer.agency_name)
        for answer in answers
        if answer.number
    )
