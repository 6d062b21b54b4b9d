"""Rejoining what a steward parted: one steward proposes it, another agrees, and only then are the records one child again.

Belongs here: the acts. Not here: that nobody agrees with themselves, which the database holds (stewarding_functions).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.operations import acting


@transaction.atomic
def propose_rejoin(
    *, record_a: uuid.UUID, record_b: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> uuid.UUID:
    """Propose that two records which were parted are one child after all; nothing changes until another steward agrees.

    Shapes: the proposal.
    Errors: NotAllowed; SecondFactorNeeded; TooFewWords; NotDone, with the reason.
    """
    acting.check_may_link(by)
    if len("".join(why.split())) < rules.FEWEST_LETTERS:
        raise rules.TooFewWords
    proposal_id = ids.uuid7()
    audit_operations.open_view(viewer=by, act="childindex.rejoin.proposed", record_ref=str(proposal_id), reason=why)
    if not _is_parted(record_a, record_b):
        raise rules.NotDone(rules.Answer.NOT_PARTED)
    acting.answered(
        "SELECT childindex_propose_rejoin(%s, %s, %s, %s, %s)",
        [proposal_id, record_a, record_b, why[: rules.MOST_WORDS], sorted(by.given)],
    )
    events_operations.publish("childindex.rejoin.proposed", at=at, proposal_id=str(proposal_id))
    return proposal_id


def _is_parted(one: uuid.UUID, other: uuid.UUID) -> bool:
    return bool(acting.pairs(rules.Decision.CANNOT, [one, other]))


@transaction.atomic
def agree_to_rejoin(*, proposal_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Agree to what another steward proposed: every parting between the two children ends, and they are joined.

    Shapes: the act.
    Errors: NotAllowed; SecondFactorNeeded; NotDone, for agreeing with oneself.
    """
    with acting.act_of(by, what="rejoined", why="", at=at, because=rules.Because.REJOIN) as act:
        proposal = models.RejoinProposal.objects.filter(pk=proposal_id, outcome="").first()
        if proposal is None:
            raise rules.NotDone(rules.Answer.ABSENT)
        if proposal.proposed_by_id == by.user_id:
            raise rules.NotDone(rules.Answer.OWN)
        whole = act.read([proposal.record_a_id, proposal.record_b_id])
        one, other = whole.child_of[proposal.record_a_id], whole.child_of[proposal.record_b_id]
        if one == other:
            raise rules.NotDone(rules.Answer.ALREADY)
        if whole.clash(one, other):
            raise rules.NotDone(rules.Answer.TWO_NUMBERS)
        act.proposal_id = proposal_id
        act.revoke(rules.Decision.CANNOT, crossing=(whole.of(one), whole.of(other)))
        act.decide([(proposal.record_a_id, proposal.record_b_id)], rules.Decision.MUST)
        act.settle(whole, sides=whole.together())
        return act.id


@transaction.atomic
def refuse_rejoin(*, proposal_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Refuse what another steward proposed, or take back what one proposed oneself.

    Errors: NotAllowed; SecondFactorNeeded; NotDone.
    """
    acting.check_may_link(by)
    audit_operations.open_view(viewer=by, act="childindex.rejoin.refused", record_ref=str(proposal_id))
    acting.answered("SELECT childindex_refuse_rejoin(%s, %s)", [proposal_id, sorted(by.given)])
    events_operations.publish("childindex.rejoin.refused", at=at, proposal_id=str(proposal_id))
