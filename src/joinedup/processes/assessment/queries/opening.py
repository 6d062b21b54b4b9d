"""Opening one assessment: through the page of one of its children, and with those of the others who may be opened too.

Belongs here: the one door to whatever is shown of an assessment. Not here: what stands in it (pages, versions).
"""

import dataclasses
import uuid
from collections.abc import Iterable, Sequence

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import models, rules
from joinedup.processes.childindex import queries as childindex_queries

#: By which actions of the matrix an assessment is read and written.
READ, ASSESS = "T2", "assess"


class NotAllowed(Exception):
    """The matrix does not let this viewer assess the child, or not every child whom a change is about."""


class NoSuchAssessment(Exception):
    """There is no such assessment of this child, or not for this viewer."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for which child's assessment, and why where their own work does not say it."""

    viewer: access_rules.Viewer
    number: str
    assessment_id: uuid.UUID
    purpose: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One child of an assessment; without a card where this viewer may not know of them, or not read what is said."""

    child_id: uuid.UUID
    card: people_queries.ChildCard | None
    may_write: bool

    @property
    def name(self) -> str:
        """Return the name, or words for a child whom the viewer is not shown."""
        return self.card.full_name if self.card else "A child whose part you are not shown"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One assessment that is shown: through which child, on which form, and of whom.

    Shapes: `members` the child first through whom it was opened; `grounds` are the viewer's to that child.
    """

    row: models.Assessment
    form: rules.Form
    child: people_queries.ChildCard
    members: tuple[Member, ...]
    viewer: access_rules.Viewer
    grounds: frozenset[str]
    event_id: uuid.UUID

    @property
    def may_write(self) -> bool:
        """Return whether the viewer may write at all: of one of the children at least."""
        return any(member.may_write for member in self.members)

    @property
    def may_write_all(self) -> bool:
        """Return whether the viewer may write of every child, and so act for the whole."""
        return all(member.may_write for member in self.members)

    def may_write_at(self, place: rules.Place) -> bool:
        """Return whether the viewer may write an answer there."""
        if place.child_id is None:
            return self.may_write
        return any(member.may_write for member in self.members if member.child_id == place.child_id)


def open_assessment(asked: Asked, *, act: str, record_ref: str = "") -> Opened:
    """Write that the viewer looks at a child's assessment, and open it with the children it is of.

    Shapes: at most 10 queries whatever the number of children. `record_ref` is the child's number unless it is given.
    Errors: NoSuchAssessment; those of childindex_queries.open_child.
    """
    of_child = childindex_queries.ask_for_child(
        viewer=asked.viewer, number=asked.number, purpose=asked.purpose, act=act, record_ref=record_ref
    )
    opened = childindex_queries.show_child(of_child, viewer=asked.viewer)
    row = (
        models.Assessment.objects.select_related("form")
        .filter(pk=asked.assessment_id, children__child_id=opened.card.id, children__left_at=None)
        .first()
    )
    if row is None or READ not in opened.tiers:
        raise NoSuchAssessment(asked.assessment_id)
    first = Member(
        child_id=opened.card.id, card=opened.card, may_write=may_assess(asked.viewer, opened.grounds, row.agency_id)
    )
    others = [child_id for child_id in row.child_ids if child_id != opened.card.id]
    return Opened(
        row=row,
        form=rules.read_form(row.form.definition),
        child=opened.card,
        members=(first, *_others(others, row=row, viewer=asked.viewer, event_id=opened.event_id)),
        viewer=asked.viewer,
        grounds=opened.grounds,
        event_id=opened.event_id,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ToAssess:
    """One child whom the viewer may assess, opened: who they are, and the linked records that may be read."""

    card: people_queries.ChildCard
    person_record_ids: tuple[uuid.UUID, ...]


def open_to_assess(
    *, viewer: access_rules.Viewer, numbers: Sequence[str], purpose: str, act: str
) -> tuple[ToAssess, ...]:
    """Open children whom the viewer may assess, all in one view, in the order given; the event names all of them.

    Shapes: 5 queries for the first child, and 3 and one each for the others.
    Errors: NotAllowed where the matrix does not let the viewer assess one of them; those of childindex_queries.open_child.
    """
    first, *others = numbers
    opened = childindex_queries.open_child(viewer=viewer, number=first, purpose=purpose, act=act)
    if not may_assess(viewer, opened.grounds, viewer.home_id):
        raise NotAllowed(first)
    one = ToAssess(card=opened.card, person_record_ids=tuple(opened.person_record_ids))
    return (one, *open_more_to_assess(viewer=viewer, numbers=others, event_id=opened.event_id))


def open_more_to_assess(
    *, viewer: access_rules.Viewer, numbers: Sequence[str], event_id: uuid.UUID
) -> tuple[ToAssess, ...]:
    """Open further children in the view that is open, as `open_to_assess` does.

    A view of their own would close the one that is open.
    Shapes: 3 queries and one each; none for no child.
    Errors: NotAllowed; NoSuchChild.
    """
    if not numbers:
        return ()
    ids = [people_queries.get_child(number=number).id for number in numbers]
    tied = {one.card.id: one for one in childindex_queries.tie_children(child_ids=ids)}
    for child_id in ids:
        one = tied.get(child_id)
        is_shut = one is not None and one.is_sealed and not one.is_past_seal
        if one is None or not may_assess(viewer, one.grounds, viewer.home_id, is_sealed=is_shut):
            raise NotAllowed(child_id)
    audit_operations.add_subjects(event_id=event_id, subjects=ids)
    records = childindex_queries.open_children(child_ids=ids, given=viewer.given)
    return tuple(
        ToAssess(
            card=tied[child_id].card,
            person_record_ids=tuple(one.person_record_id for one in records if one.child_id == child_id),
        )
        for child_id in ids
    )


def may_assess(
    viewer: access_rules.Viewer, grounds: Iterable[str], agency_id: uuid.UUID | None, *, is_sealed: bool = False
) -> bool:
    """Return whether the matrix lets this viewer assess a child on these grounds, in an assessment of this agency's."""
    own = {"own"} if viewer.home_id is not None and viewer.home_id == agency_id else set()
    return _decides(viewer, ASSESS, grounds, given=viewer.given | own, is_sealed=is_sealed)


def _decides(
    viewer: access_rules.Viewer, action: str, grounds: Iterable[str], *, given: Iterable[str], is_sealed: bool
) -> bool:
    asked = access_rules.Asked(
        roles=viewer.roles,
        action=action,
        grounds=frozenset(grounds),
        given=frozenset(given),
        is_sealed=is_sealed,
    )
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked).is_allowed


def _others(
    child_ids: Sequence[uuid.UUID], *, row: models.Assessment, viewer: access_rules.Viewer, event_id: uuid.UUID
) -> list[Member]:
    """Open those of the other children whose part this viewer may read; the event names them too."""
    if not child_ids:
        return []
    tied = {
        one.card.id: one
        for one in childindex_queries.tie_children(child_ids=child_ids)
        if _decides(
            viewer,
            READ,
            one.grounds,
            given=viewer.given | {"purpose"},
            is_sealed=one.is_sealed and not one.is_past_seal,
        )
    }
    audit_operations.add_subjects(event_id=event_id, subjects=list(tied))
    childindex_queries.open_children(child_ids=list(tied), given=viewer.given)
    return [
        Member(
            child_id=child_id,
            card=tied[child_id].card if child_id in tied else None,
            may_write=child_id in tied and may_assess(viewer, tied[child_id].grounds, row.agency_id),
        )
        for child_id in child_ids
    ]
