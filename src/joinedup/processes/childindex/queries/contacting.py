"""Matching a contact: which known children may be the one that somebody writes about, for a person to choose among.

Belongs here: the likely children of one contact. Not here: the choice, which is a person's (inbasket), or a record's that
arrives (operations.arriving).
"""

import dataclasses
import datetime
import uuid

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.queries import linked, recognising
from joinedup.processes.childindex.queries import stubs as sealed_stubs

#: So many children are named at most.
MOST_LIKELY = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LikelyChild:
    """One child whom a contact may be about, and on what evidence.

    Units: `weight` in bits; `odds` the same in words.
    """

    child_id: uuid.UUID
    weight: float
    odds: str
    evidence: tuple[linked.Evidence, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ContactMatch:
    """Whom a contact may be about, the likeliest first.

    Shapes: at most 20 children. Where `answer` is known the first is the one to whom a record that says this would be
    linked; a person chooses all the same, and `doubt` says what stands in the way. `stubs` are sealed children who fit, for
    those who may learn that they are known; nothing else tells of them.
    """

    answer: recognising.Answer
    doubt: rules.Doubt
    children: tuple[LikelyChild, ...]
    stubs: tuple[sealed_stubs.Stub, ...]


def match_contact(*, viewer: access_rules.Viewer, said: rules.ContactSaid, at: datetime.datetime) -> ContactMatch:
    """Say whom a contact may be about, among the children of whom the viewer may know, and write the look into the audit.

    Shapes: as many queries as `recognising.match_stated`.
    Errors: EmptyCriteria where nothing is said by which a child could be known.
    """
    found = recognising.recognise(
        viewer=viewer,
        identity=said.as_identity(),
        act="childindex.contact.matched",
        purpose=rules.Purpose.REFERRAL,
        on=at.date(),
        most=MOST_LIKELY,
    )
    return ContactMatch(
        answer=found.answer,
        doubt=found.doubt,
        children=tuple(
            LikelyChild(child_id=one.card.id, weight=one.weight, odds=one.odds, evidence=one.evidence)
            for one in found.children
        ),
        stubs=found.stubs,
    )
