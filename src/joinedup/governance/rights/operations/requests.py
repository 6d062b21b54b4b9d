"""Writing a request down, confirming it, looking at the record by it, extending it, and answering it."""

import datetime
import secrets
import uuid

from django.db import connection, transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.governance.rights import models, queries, rules
from joinedup.governance.rights.operations import asking, deleting
from joinedup.processes.assessment import queries as assessment_queries
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.protection import queries as protection_queries

_PURPOSE = childindex_rules.Purpose.FAMILY_REQUEST


@transaction.atomic
def record(  # what is asked, of whom, by whom, how that was checked, when, and who writes it down
    *,
    kind: rules.Kind,
    number: str,
    asker: rules.Asker,
    asker_name: str,
    identity_checked: str,
    asked_on: datetime.date,
    asked: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    """Write a request down; nothing of the record is seen until a second person has confirmed it.

    Errors: NotAllowed; NoSuchChild; TooFewLetters; InTheFuture.
    """
    recorded_by_id = asking.check_may(by)
    said, checked = rules.check_said(asked), rules.check_said(identity_checked)
    if asked_on > clock.local(at).date():
        raise rules.InTheFuture
    audit_operations.open_view(viewer=by, act="rights.request.asked", record_ref=number[:20])
    child_id, child_number = asking.subject_of(number)
    request = models.DataRequest(
        number=f"R{at:%y%m%d}-{''.join(secrets.choice(deleting.SYMBOLS) for _ in range(5))}",
        kind=kind,
        child_id=child_id,
        child_number=child_number,
        asker=asker,
        asker_name=asker_name.strip()[:200],
        identity_checked=checked[:300],
        asked_on=asked_on,
        asked=said,
        recorded_at=at,
        recorded_by_id=recorded_by_id,
        recorded_by_name=by.name,
    )
    request.save(force_insert=True)
    audit_operations.record(by=by, act="rights.request.recorded", subjects=[child_id], record_ref=request.number)
    return request.id


@transaction.atomic
def confirm(*, request_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Confirm that whoever asked is who they say: from now on these two persons may look at this one record.

    Errors: NotAllowed; NoSuchRequest; OwnRequest; NotInState.
    """
    request = locked(request_id, by=by, act="confirm", states={rules.State.RECORDED})
    if request.recorded_by_id == by.user_id:
        raise rules.OwnRequest
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_confirm(%s)", [request_id])
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise asking.NotAllowed
    audit_operations.record(
        by=by, act="rights.request.confirmed", subjects=[request.child_id], record_ref=request.number
    )


def locked(  # which, by whom, for which act, and where it must stand
    request_id: uuid.UUID, *, by: access_rules.Viewer, act: str, states: set[rules.State]
) -> models.DataRequest:
    """Return a request that nobody else changes meanwhile, and write that this is asked for.

    Errors: NotAllowed; NoSuchRequest; NotInState.
    """
    asking.check_may(by)
    audit_operations.open_view(viewer=by, act=f"rights.request.{act}-asked", record_ref=str(request_id))
    request = models.DataRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise queries.NoSuchRequest(request_id)
    state = rules.state_of(confirmed_at=request.confirmed_at, closed_at=request.closed_at)
    if state not in states:
        raise rules.NotInState(state)
    return request


@transaction.atomic
def see_record(*, request: queries.RequestCard, by: access_rules.Viewer) -> list[records_queries.KeptLine]:
    """Return all that is kept of the child, for whoever works the request, and write that they saw it.

    Shapes: at most 25 queries; first what agencies sent, then what was written here. What the database does not show this
    person is not in it.
    Errors: NotInState where the request is not open.
    """
    if request.state is not rules.State.OPEN:
        raise rules.NotInState(request.state)
    audit_operations.open_view(
        viewer=by,
        act="rights.record.seen",
        purpose=_PURPOSE,
        record_ref=request.number,
        subjects=[request.child_id],
    )
    opened = childindex_queries.open_children(child_ids=[request.child_id], given=by.given)
    return [
        *records_queries.get_everything(person_record_ids=[record.person_record_id for record in opened]),
        *inbasket_queries.get_kept(child_id=request.child_id),
        *assessment_queries.get_kept(child_id=request.child_id),
        *casework_queries.get_kept(child_id=request.child_id),
        *protection_queries.get_kept(child_id=request.child_id),
    ]


@transaction.atomic
def extend(*, request_id: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Take two more months, within the first; the person who asked must be told why.

    Errors: NotAllowed; NoSuchRequest; NotInState; TooLate; TooFewLetters.
    """
    said = rules.check_said(why)
    open_states = {rules.State.RECORDED, rules.State.OPEN}
    request = locked(request_id, by=by, act="extend", states=open_states)
    rules.check_can_extend(
        asked_on=request.asked_on,
        is_extended=bool(request.extended_why),
        state=rules.state_of(confirmed_at=request.confirmed_at, closed_at=request.closed_at),
        on=clock.local(at).date(),
        calendar=timescales_queries.get_calendar(),
    )
    request.extended_why = said
    request.save(update_fields=["extended_why"])
    audit_operations.record(
        by=by, act="rights.request.extended", subjects=[request.child_id], record_ref=request.number, reason=said
    )


@transaction.atomic
def answer(  # which, how, in which words, by whom and when
    *, request_id: uuid.UUID, outcome: rules.Outcome, words: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Close a request with its answer; nobody looks at the record by it any longer.

    Errors: NotAllowed; NoSuchRequest; NotInState; StillWaiting where a disputed fact is undecided; NoPackYet;
    TooFewLetters.
    """
    said = rules.check_said(words)
    request = locked(request_id, by=by, act="answer", states={rules.State.RECORDED, rules.State.OPEN})
    if outcome is rules.Outcome.GRANTED and request.kind == rules.Kind.ACCESS and not request.pack_sha256:
        raise rules.NoPackYet
    waiting = models.DisputedFact.objects.filter(request_id=request_id, decided_at=None).count()
    if waiting:
        raise rules.StillWaiting(waiting)
    request.outcome, request.answer, request.closed_at, request.closed_by_name = outcome, said, at, by.name
    request.save(update_fields=["outcome", "answer", "closed_at", "closed_by_name"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_end(%s)", [request_id])
    audit_operations.record(
        by=by, act="rights.request.answered", subjects=[request.child_id], record_ref=request.number, reason=outcome
    )
