"""Marking a fact as disputed beside its source, and deciding on it; what the agency said is never written over."""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import models, queries, rules
from joinedup.governance.rights.operations import requests


class NoSuchLine(Exception):
    """The record holds no such line, or none that this viewer may read."""


class NoSuchDispute(Exception):
    """There is no such disputed fact in this request, or it is decided already."""


def key_of_line(line: records_queries.KeptLine) -> str:
    """Return the key by which a form names a line."""
    return rules.key_of(agency=line.agency_name, part=line.part, kind=line.kind, value=value_of_line(line))


def value_of_line(line: records_queries.KeptLine) -> str:
    """Return what a line says, as one text."""
    since = "" if line.started_date is None else line.started_date.isoformat()
    return " ".join(part for part in (line.words, line.person, line.phone, since) if part)[:300]


@transaction.atomic
def dispute(  # in which request, which line, what is said against it, by whom and when
    *, request_id: uuid.UUID, key: str, words: str, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Mark one line of what an agency sent as disputed; everyone who sees the line sees that, and `words`.

    What was written here is put right where it was written, by whoever answers for it.

    Errors: NotAllowed; NoSuchRequest; NotInState; NoSuchLine; TooFewLetters.
    """
    said = rules.check_said(words)[:300]
    request = requests.locked(request_id, by=by, act="dispute", states={rules.State.OPEN})
    lines = requests.see_record(request=queries.request_card(request), by=by)
    line = next((line for line in lines if key_of_line(line) == key), None)
    if line is None or line.source_record_id is None or line.person_record_id is None:
        raise NoSuchLine(key)
    fact = models.DisputedFact(
        request=request,
        child_id=request.child_id,
        source_record_id=line.source_record_id,
        person_record_id=line.person_record_id,
        tier=line.tier,
        agency_name=line.agency_name,
        part=line.part,
        kind=line.kind,
        value=value_of_line(line),
        words=said,
        disputed_at=at,
    )
    fact.save(force_insert=True)
    audit_operations.record(
        by=by, act="rights.fact.disputed", subjects=[request.child_id], record_ref=request.number, fields=[line.kind]
    )
    return fact.id


@transaction.atomic
def decide(  # which, how, why, by whom and when
    *,
    request_id: uuid.UUID,
    dispute_id: uuid.UUID,
    decision: rules.Decision,
    why: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Keep what was decided of a disputed fact; the mark stays beside its source with the decision.

    Errors: NotAllowed; NoSuchRequest; NotInState; NoSuchDispute; TooFewLetters.
    """
    said = rules.check_said(why)
    request = requests.locked(request_id, by=by, act="decide", states={rules.State.OPEN})
    fact = (
        models.DisputedFact.objects.select_for_update()
        .filter(pk=dispute_id, request_id=request_id, decided_at=None)
        .first()
    )
    if fact is None or decision is rules.Decision.WAITING:
        raise NoSuchDispute(dispute_id)
    fact.decision, fact.why, fact.decided_at, fact.decided_by_name = decision, said, at, by.name
    fact.save(update_fields=["decision", "why", "decided_at", "decided_by_name"])
    audit_operations.record(
        by=by,
        act="rights.fact.decided",
        subjects=[request.child_id],
        record_ref=request.number,
        reason=f"{decision}: {said}",
    )
