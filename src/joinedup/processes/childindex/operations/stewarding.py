"""A steward's acts: linking two children's records, parting them, confirming, and taking an act back; each in one act.

Belongs here: what an act comes to, asked of the database, which bounds it. Not here: rejoining what was parted
(rejoining), the rows a run writes (memberships).
"""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.operations import acting


@transaction.atomic
def link_records(
    *, record_a: uuid.UUID, record_b: uuid.UUID, why: str = "", by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Say that two records are one child: the older child lives on with all records, the other leads there for ever.

    Where they are one child already, that is confirmed. Every later run obeys it as far as national numbers allow.

    Shapes: the act, by which it can be undone.
    Errors: NotAllowed; SecondFactorNeeded; NotDone, with the reason.
    """
    with acting.act_of(by, what="linked", why=why, at=at) as act:
        whole = act.read([record_a, record_b])
        one, other = whole.child_of[record_a], whole.child_of[record_b]
        if one == other:
            act.note(rules.ChangeKind.CONFIRMED, whole, one)
        elif rules.holds_a_parted_pair(set(whole.records), acting.pairs(rules.Decision.CANNOT, whole.records)):
            raise rules.NotDone(rules.Answer.PARTED)
        elif whole.clash(one, other):
            raise rules.NotDone(rules.Answer.TWO_NUMBERS)
        act.decide([(record_a, record_b)], rules.Decision.MUST)
        act.settle(whole, sides=whole.together())
        return act.id


@transaction.atomic
def confirm(
    *, record_a: uuid.UUID, record_b: uuid.UUID, why: str = "", by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Say that two records which are one child are rightly so; no run parts them from now on.

    Errors: as link_records; NotDone where they are two children.
    """
    with acting.act_of(by, what="confirmed", why=why, at=at) as act:
        whole = act.read([record_a, record_b])
        if whole.child_of[record_a] != whole.child_of[record_b]:
            raise rules.NotDone(rules.Answer.ABSENT)
        act.decide([(record_a, record_b)], rules.Decision.MUST)
        act.note(rules.ChangeKind.CONFIRMED, whole, whole.child_of[record_a])
        act.settle(whole, sides=whole.together())
        return act.id


@transaction.atomic
def part_records(
    *,
    record_ids: Sequence[uuid.UUID],
    from_ids: Sequence[uuid.UUID] = (),
    why: str = "",
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    """Say that some records are another child than others, and part them; no later run joins any of the pairs again.

    The side with the most authoritative record keeps the child's number, the other is given a new one. Where the records
    are of two children already, that is kept so.

    Shapes: `from_ids` are the records that they are not; none means all others of their child. The act.
    Errors: NotAllowed; SecondFactorNeeded; NotDone, with the reason.
    """
    with acting.act_of(by, what="parted", why=why, at=at) as act:
        whole = act.read({*record_ids, *from_ids})
        leaving = set(record_ids)
        children = {whole.child_of[record] for record in leaving}
        rest = set(from_ids) or {one for child in children for one in whole.of(child)} - leaving
        if not leaving or not rest or leaving & rest:
            raise rules.NotDone(rules.Answer.ABSENT)
        act.revoke(rules.Decision.MUST, crossing=(leaving, rest))
        act.decide([(one, other) for one in sorted(leaving) for other in sorted(rest)], rules.Decision.CANNOT)
        for child in sorted(children | {whole.child_of[record] for record in rest}):
            act.note(rules.ChangeKind.KEPT_APART, whole, child)
        is_one_child = not children.isdisjoint(whole.child_of[record] for record in rest)
        act.settle(whole, sides=whole.split(leaving if is_one_child else ()))
        return act.id


@transaction.atomic
def undo(*, act_id: uuid.UUID, why: str = "", by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Take back that records were linked or confirmed by a steward: they stand as if it had never been said.

    What other decisions, or the evidence of a run, hold together stays together. A parting takes two to undo.

    Shapes: the new act.
    Errors: NotAllowed; SecondFactorNeeded; NotDone, with the reason.
    """
    with acting.act_of(by, what="undone", why=why, at=at, because=rules.Because.UNDO) as act:
        act.undoes_id = act_id
        decisions = list(models.StewardDecision.objects.filter(act_id=act_id, revoked_at=None).order_by("id"))
        if any(one.decision == rules.Decision.CANNOT for one in decisions):
            raise rules.NotDone(rules.Answer.TAKES_TWO)
        if not decisions:
            raise rules.NotDone(rules.Answer.ABSENT)
        whole = act.read({record for one in decisions for record in (one.record_a_id, one.record_b_id)})
        revoked = [one.id for one in decisions]
        act.revoke_these(revoked)
        for child in sorted(set(whole.child_of.values())):
            act.note(rules.ChangeKind.UNDONE, whole, child)
        act.settle(whole, sides=_sides_without(whole, act_id, revoked=revoked) or whole.split())
        return act.id


def _sides_without(
    whole: acting.Whole, act_id: uuid.UUID, *, revoked: Sequence[uuid.UUID]
) -> dict[uuid.UUID, int] | None:
    """Return the sides into which a child falls without the act that joined them; None where nothing falls apart."""
    if len(set(whole.child_of.values())) != 1:
        return None
    before = {one.kind: set(one.before) for one in models.IdentityEvent.objects.filter(act_id=act_id).order_by("id")}
    must = acting.pairs(rules.Decision.MUST, whole.records, but=revoked)
    return rules.sides_after_undo(
        whole.records,
        staying=before.get(rules.ChangeKind.LINKED, set()),
        leaving=before.get(rules.ChangeKind.REDIRECTED, set()),
        held=[*must, *whole.evidence],
    )
