"""Recognising: is the person who is stated here a known child, perhaps one, or none; nothing is written but the look.

Belongs here: the same choice as for a record that arrives, for someone who asks. Not here: finding by what a person
remembers (finding), linking (operations.arriving).
"""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Iterator, Mapping, Sequence

from joinedup.delivery.records import rules as records_rules
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import explain as linkage_explain
from joinedup.processes.childindex.linkage import matchkeys, single
from joinedup.processes.childindex.queries import finding, linked, meeting, scorers
from joinedup.processes.childindex.queries import stubs as sealed_stubs

#: So many children are named at most; who is further down is hardly ever meant.
MOST_RECOGNISED = 10
_NEW = 0
_WHO_ASKS = uuid.UUID(int=0)


class Answer(enum.StrEnum):
    """Whether someone who is stated is a known child."""

    KNOWN = "known"  #: one child, whom a record that says this would be linked to
    MAYBE = "maybe"  #: a person would be asked
    NOT_KNOWN = "not_known"  #: a record that says this would be a new child's


_ANSWERS = {
    rules.Arrival.LINK: Answer.KNOWN,
    rules.Arrival.REVIEW: Answer.MAYBE,
    rules.Arrival.NEW: Answer.NOT_KNOWN,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedChild:
    """One child who may be meant, and on what evidence.

    Units: `weight` in bits; `odds` the same in words.
    """

    card: people_queries.ChildCard
    weight: float
    odds: str
    evidence: tuple[linked.Evidence, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The answer, and who may be meant, the likeliest first.

    Shapes: at most so many children as were asked for; the first of them is known where the answer says so. `doubt` says
    what stands in the way of knowing. `stubs` are sealed children who fit, for those who may learn that they are known; the
    answer does not tell of them.
    """

    answer: Answer
    doubt: rules.Doubt
    children: tuple[RecognisedChild, ...]
    stubs: tuple[sealed_stubs.Stub, ...] = ()


def match_stated(
    *, viewer: access_rules.Viewer, identity: records_rules.Identity, purpose: str, on: datetime.date
) -> Recognised:
    """Say whether the person who is stated is a child of whom the viewer may know, and write the look into the audit.

    Shapes: at most 7 queries, 9 for those who learn that a sealed child is known, and one more where a card does not say who
    the child is.
    Errors: EmptyCriteria.
    """
    return recognise(
        viewer=viewer, identity=identity, act="childindex.matched", purpose=purpose, on=on, most=MOST_RECOGNISED
    )


def recognise(  # who is stated, and as what the look is written
    *,
    viewer: access_rules.Viewer,
    identity: records_rules.Identity,
    act: str,
    purpose: str,
    on: datetime.date,
    most: int,
) -> Recognised:
    """Recognise whoever is stated, with at most so many children, under an event of this act.

    Errors: EmptyCriteria.
    """
    criteria = _criteria(identity)
    criteria.check()
    event = audit_operations.open_view(viewer=viewer, act=act, purpose=purpose, criteria=dataclasses.asdict(identity))
    near, decided = _decided(identity, things=criteria.things())
    # The database's function looks past the policies; what is shown of a child is read again under them.
    met = dict.fromkeys(each.known.child_id for each in near if each.known.child_id is not None)
    cards = finding.get_cards(list(met), viewer=viewer)
    children = tuple(_children(near, cards))[:most]
    stubs = finding.get_stubs(viewer=viewer, criteria=criteria, on=on)
    audit_operations.add_subjects(
        event_id=event, subjects=[*(child.card.id for child in children), *(stub.id for stub in stubs)]
    )
    return Recognised(answer=_ANSWERS[decided.decision], doubt=decided.doubt, children=children, stubs=stubs)


def _criteria(identity: records_rules.Identity) -> rules.Criteria:
    """Return what is stated as if someone remembered it: by this is judged how much of a child they know."""
    return rules.Criteria(
        name=f"{identity.given_name} {identity.family_name}",
        birth_date=identity.birth_date,
        number=identity.nhs_number or identity.upn,
        postcode=identity.postcode,
    )


def _decided(
    identity: records_rules.Identity, *, things: int
) -> tuple[list[meeting.Likeness], rules.Decided[uuid.UUID]]:
    """Return the known records near enough to ask about, and what would become of a record that says this."""
    row = {
        **dataclasses.asdict(identity),
        "person_record_id": _WHO_ASKS,
        "record_id": _NEW,
    }
    record = [
        {
            **alias,
            "former_nhs": list(identity.former_nhs_numbers),
            "former_upn": [identity.former_upn] if identity.former_upn else [],
        }
        for alias in single.standardise([row])
    ]
    keys = sorted({key for alias in record for key in matchkeys.keys_of(alias)})
    known = meeting.meet_as_viewer(keys, things=things)
    try:
        standing = scorers.for_viewer()
    except scorers.NoStanding:
        # Before the first link run nobody is known.
        return [], rules.Decided(decision=rules.Arrival.NEW)
    limits = standing.limits()
    near = [each for each in meeting.weigh(record, known, standing.scorer) if each.weighed.weight >= limits.review]
    return near, rules.decide((each.as_rule() for each in near), limits)


def _children(
    near: Sequence[meeting.Likeness], cards: Mapping[uuid.UUID, people_queries.ChildCard]
) -> Iterator[RecognisedChild]:
    shown = set()
    for each in near:
        child = each.known.child_id
        if child is None or child in shown or child not in cards:
            continue
        shown.add(child)
        explained = linkage_explain.explain(each.weighed.evidence())
        yield RecognisedChild(
            card=cards[child],
            weight=explained.weight,
            odds=linkage_explain.odds(explained.weight),
            evidence=tuple(
                linked.Evidence(
                    words=field.words,
                    bits=field.bits,
                    moves=linkage_explain.moves(field.bits),
                    subject=linkage_explain.subject(field.name),
                    name=field.name,
                )
                for field in explained.fields
            ),
        )
