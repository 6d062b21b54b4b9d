"""The history of one child's identity: what became of the number, by whom, when and why."""

import dataclasses
import datetime
import uuid

from django.db import connection
from django.db.models import Q

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.queries import linked, parts


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """One thing that became of a child's identity.

    Shapes: `came` and `went` count the records that the child has more, or fewer, than before.
    """

    at: datetime.datetime
    kind: rules.ChangeKind
    why: rules.Because
    by_name: str
    came: int
    went: int
    act_id: uuid.UUID


def get_identity_history(look: parts.Look) -> list[IdentityLine]:
    """Return what became of a child's identity, oldest first, from all numbers that lead to the child.

    Shapes: 6 queries.
    Errors: as Look.open.
    """
    return _lines(look.open("identity").card.id)


def read_identity_history(*, viewer: access_rules.Viewer, number: str) -> list[IdentityLine]:
    """Return what became of a number, oldest first, for whoever keeps the installation; that it was asked is written down.

    Shapes: 3 queries; empty where no child ever bore the number. For the batch role alone.
    """
    event = audit_operations.open_view(viewer=viewer, act="childindex.identity.read", record_ref=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(redirect_to_id, id) FROM people_child WHERE number = %s", [number])
        found = cursor.fetchone()
    if found is None:
        return []
    audit_operations.add_subjects(event_id=event, subjects=[found[0]])
    return _lines(found[0])


def _lines(child_id: uuid.UUID) -> list[IdentityLine]:
    concerned = Q(child_id=child_id) | Q(kind=rules.ChangeKind.REDIRECTED, other_id=child_id)
    return [
        IdentityLine(
            at=event.at,
            kind=rules.ChangeKind(event.kind),
            why=rules.Because(event.why),
            by_name=event.by_name,
            came=len(set(event.after) - set(event.before)),
            went=len(set(event.before) - set(event.after)),
            act_id=event.act_id,
        )
        for event in models.IdentityEvent.objects.filter(concerned).order_by("at", "id")
    ]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartedFrom:
    """That a steward parted one of a child's records from a record of another child, and it stands."""

    record_ids: tuple[uuid.UUID, uuid.UUID]
    decided_at: datetime.datetime
    decided_by_name: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPage:
    """What a steward sees of one child's identity: the history, the records there are now, and from whom it was parted."""

    card: people_queries.ChildCard
    lines: tuple[IdentityLine, ...]
    records: tuple[linked.LinkedRecord, ...]
    parted: tuple[PartedFrom, ...]


def get_identity_page(look: parts.Look) -> IdentityPage:
    """Return the history of a child's identity with the records that the child has now.

    Shapes: 8 queries; of many pairs parted in one act, the first alone: rejoining one rejoins the two children.
    Errors: as Look.open.
    """
    opened = look.open("identity")
    cannot = models.StewardDecision.objects.filter(
        Q(record_a__in=opened.person_record_ids) | Q(record_b__in=opened.person_record_ids),
        decision=rules.Decision.CANNOT,
        revoked_at=None,
    )
    by_act = {decision.act_id: decision for decision in cannot.order_by("-decided_at", "-id")}
    return IdentityPage(
        card=opened.card,
        lines=tuple(_lines(opened.card.id)),
        records=tuple(linked.get_linked_records(child_id=opened.card.id)),
        parted=tuple(
            PartedFrom(
                record_ids=(decision.record_a_id, decision.record_b_id),
                decided_at=decision.decided_at,
                decided_by_name=decision.decided_by_name,
                why=decision.why,
            )
            for decision in by_act.values()
        ),
    )
