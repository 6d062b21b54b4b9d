"""The pack that answers a request for a copy: lines that wait for a person, the person's ruling, and the pack itself.

Belongs here: the acts. Not here: which lines wait and what a pack says (rules).
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock, documents
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.rights import models, queries, rules
from joinedup.governance.rights.operations import asking, disputing, requests
from joinedup.processes.childindex import queries as childindex_queries

_NAMES = {"given_name", "middle_names", "family_name", "preferred_name", "former_family_name"}
_EXPORT = "export"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One line, why it waits for a person if it does, and what the person decided."""

    key: str
    line: records_queries.KeptLine
    why: rules.Why | None
    ruling: rules.Ruling | None

    @property
    def is_waiting(self) -> bool:
        """Return whether nobody has decided yet."""
        return self.why is not None and self.ruling is None

    @property
    def is_given(self) -> bool:
        """Return whether the line goes into the pack."""
        return self.why is None or self.ruling is rules.Ruling.RELEASE


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A pack as a file."""

    number: str
    content: bytes
    sha256: str


@transaction.atomic
def sort_lines(*, request: queries.RequestCard, by: access_rules.Viewer) -> list[Held]:
    """Return every line of the record, with those that wait for a person marked; it is written that they were seen.

    Shapes: one query more than `see_record`. A line that changes is another line, and waits again.
    Errors: NotInState; NothingToGive where the database shows this person nothing of the child.
    """
    lines = requests.see_record(request=request, by=by)
    if not lines:
        raise rules.NothingToGive
    rulings = queries.get_rulings(request_id=request.id)
    own = rules.words_of_names(line.words for line in lines if line.part == "identity" and line.kind in _NAMES)
    others = rules.words_of_names(line.person for line in lines)
    held = []
    for line in lines:
        key = disputing.key_of_line(line)
        named = rules.Named(
            part=line.part, kind=line.kind, words=line.words, person=line.person, phone=line.phone, tier=line.tier
        )
        why = rules.why_held(named, asker=request.asker, own=own, others=others)
        held.append(Held(key=key, line=line, why=why, ruling=rulings.get(key)))
    return held


@transaction.atomic
def rule(  # in which request, what of which lines, why, by whom and when
    *,
    request_id: UUID,
    rulings: Mapping[str, rules.Ruling],
    why: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> int:
    """Keep what a person decided of lines that were held back; return how many. A ruling can be changed until the answer.

    Errors: NotAllowed; NoSuchRequest; NotInState; TooFewLetters where a line is left out without a reason.
    """
    said = rules.check_said(why)[:300] if rules.Ruling.REDACT in rulings.values() else ""
    request = requests.locked(request_id, by=by, act="rule", states={rules.State.OPEN})
    held = sort_lines(request=queries.request_card(request), by=by)
    keys = {one.key for one in held if one.why is not None} & rulings.keys()
    models.Redaction.objects.bulk_create(
        [
            models.Redaction(
                request=request,
                key=key,
                ruling=rulings[key],
                decided_at=at,
                decided_by_name=by.name,
                why=said if rulings[key] is rules.Ruling.REDACT else "",
            )
            for key in sorted(keys)
        ],
        update_conflicts=True,
        unique_fields=["request", "key"],
        update_fields=["ruling", "decided_at", "decided_by_name", "why"],
    )
    audit_operations.record(
        by=by, act="rights.lines.ruled", subjects=[request.child_id], record_ref=request.number, reason=said
    )
    return len(keys)


@transaction.atomic
def make_pack(*, request_id: UUID, as_: rules.Format, by: access_rules.Viewer, at: datetime.datetime) -> Handed:
    """Make the pack, read afresh; nothing that waits or was left out is in it.

    Errors: NotAllowed; NoSuchRequest; NotInState; NothingToGive; StillWaiting with how many lines wait.
    """
    request = requests.locked(request_id, by=by, act="pack", states={rules.State.OPEN})
    _check_may_take(request, by=by)
    held = sort_lines(request=queries.request_card(request), by=by)
    waiting = sum(1 for one in held if one.is_waiting)
    if waiting:
        raise rules.StillWaiting(waiting)
    pack = _pack(request, held, on=clock.local(at).date())
    content = rules.as_json(pack) if as_ is rules.Format.JSON else _pdf(pack, by=by, at=at)
    sha256 = hashlib.sha256(content).hexdigest()
    request.pack_made_at, request.pack_made_by_name, request.pack_sha256 = at, by.name, sha256
    request.save(update_fields=["pack_made_at", "pack_made_by_name", "pack_sha256"])
    audit_operations.record(
        by=by,
        act="rights.pack.made",
        subjects=[request.child_id],
        record_ref=request.number,
        reason=f"{as_} {sha256}",
    )
    return Handed(number=request.number, content=content, sha256=sha256)


def _check_may_take(request: models.DataRequest, *, by: access_rules.Viewer) -> None:
    """Put the one decision to taking this child's record out: marked, one child, and a second factor just shown."""
    asking.check_may(by)
    for tied in childindex_queries.tie_children(child_ids=[request.child_id]):
        decision = access_rules.decide(
            policy=access_queries.get_policy(),
            asked=access_rules.Asked(
                roles=by.roles,
                action=_EXPORT,
                grounds=tied.grounds,
                given=by.given | {"watermark", "one-child"},
                is_sealed=tied.is_sealed,
                is_past_seal=tied.is_past_seal,
            ),
        )
        if not decision.is_allowed:
            raise asking.NotAllowed(decision.rule)


def _pack(request: models.DataRequest, held: Sequence[Held], *, on: datetime.date) -> rules.Pack:
    return rules.Pack(
        request=request.number,
        number=request.child_number,
        made_on=on,
        kept_for="as long as the longest of the times that the child's statuses have, by the page How long records are kept.",
        lines=tuple(_line(one.line) for one in held if one.is_given),
        left_out=rules.left_out_of(
            (one.line.part, one.why) for one in held if not one.is_given and one.why is not None
        ),
    )


def _line(line: records_queries.KeptLine) -> rules.PackLine:
    return rules.PackLine(
        part=line.part,
        label=line.kind.replace("_", " ").capitalize(),
        words=line.words,
        person=line.person,
        phone=line.phone,
        since=line.started_date,
        until=line.ended_date,
        said_by=line.agency_name,
        received_on=clock.local(line.received_at).date(),
        counts=line.is_current,
    )


def _pdf(pack: rules.Pack, *, by: access_rules.Viewer, at: datetime.datetime) -> bytes:
    from joinedup.foundation.documents import pdf  # a second to load, and needed nowhere else

    mark = f"Request {pack.request}, made by {by.name} on {pack.made_on.isoformat()} for whoever asked, and for nobody else."
    fonts = documents.Fonts(**settings.DOCUMENT_FONTS)
    return pdf.as_pdf(rules.as_document(pack, mark=mark), fonts=fonts, at=at)
