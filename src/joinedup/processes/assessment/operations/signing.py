"""Signing an assessment off: complete, by whom and when; what is written afterwards is its next version."""

import datetime

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.assessment import models, queries, rules
from joinedup.processes.assessment.operations import allowing


@transaction.atomic
def sign_off(*, asked: queries.Asked, by: access_rules.Viewer, at: datetime.datetime) -> int:
    """Sign an assessment as it stands; return the number of the version.

    The one that it was begun again from is superseded.
    Errors: NotAllowed unless the viewer may write of every child; rules.NotInState; rules.StillBeside; rules.NotComplete;
    NoSuchAssessment; those of childindex_queries.open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.sign")
    row = opened.row
    if not opened.may_write_all:
        raise queries.NotAllowed(asked.number)
    answers = queries.get_answers(opened)
    rules.check_can_sign(
        opened.form,
        state=rules.State(row.state),
        children=row.child_ids,
        answers={place: card.words for place, card in answers.items()},
        waiting=len(queries.get_waiting(opened)),
    )
    row.signed_number += 1
    row.state = rules.State.SIGNED_OFF
    row.save(update_fields=["signed_number", "state"])
    models.SignedVersion.objects.create(
        assessment=row,
        number=row.signed_number,
        signed_at=at,
        signed_by_id=allowing.person(by),
        signed_by_name=by.name,
        agency_name=allowing.agency_of(by),
        numbers={str(card.id): card.number for card in answers.values()},
    )
    if row.came_by == models.Assessment.CameBy.AGAIN and row.came_from_id is not None:
        models.Assessment.objects.filter(pk=row.came_from_id).update(state=rules.State.SUPERSEDED)
    audit_operations.record(
        by=by, act="assessment.signed-off", subjects=row.child_ids, record_ref=f"{row.id} version {row.signed_number}"
    )
    events_operations.publish(
        "assessment.signed-off", at=at, assessment_id=str(row.id), number=row.signed_number, children=len(row.child_ids)
    )
    return row.signed_number
