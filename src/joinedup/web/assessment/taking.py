"""One child's copy of an assessment as a document: what is shared, and the child's own part; no brother's or sister's.

Belongs here: whether it may be taken, and what it says. Not here: laying it out (foundation.documents).
"""

import datetime
from collections.abc import Iterable

from joinedup.foundation import clock, documents
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.assessment import queries, rules
from joinedup.web import context, words
from joinedup.web.assessment import boxes, wording

#: What the copy meets by itself: it bears its mark, and is of one child.
_MET = frozenset({"watermark", "one-child", "two-above-25"})


def decides(viewer: access_rules.Viewer, opened: queries.Opened, *, given: Iterable[str]) -> bool:
    """Return whether the matrix lets this person take data of this child out."""
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(
            roles=viewer.roles, action=context.EXPORT, grounds=opened.grounds, given=_MET | frozenset(given)
        ),
    )
    return decision.is_allowed


def document(found: queries.AssessmentPage, *, by: access_rules.Viewer, at: datetime.datetime) -> documents.Document:
    """Return the copy."""
    child = found.opened.child
    taken = f"Taken by {by.name} on {words.moment(clock.local(at))}. Child number {words.child_number(child.number)}."
    state = wording.STATES[found.state].text
    signed = f", version {found.signed[-1].number}" if found.signed and found.state is rules.State.SIGNED_OFF else ""
    return documents.Document(
        title=f"Assessment of {child.full_name}",
        mark=f"{taken} {state}{signed}. Not to be passed on.",
        parts=tuple(part for section in found.opened.form.sections for part in _parts(found, section)),
    )


def _parts(found: queries.AssessmentPage, section: rules.Section) -> Iterable[documents.Part]:
    for member, fields in boxes.groups_of(section, found.opened):
        if member is not None and member.child_id != found.opened.child.id:
            continue
        said = []
        for field in fields:
            card = found.answers.get(boxes.place_of(field, member))
            if card is not None and card.words:
                note = boxes.note_of(card.written_by_name, card.agency_name, card.written_at)
                said += [f"{boxes.label_of(field)}", f"{boxes.words_of(field, card.words)}", f"({note})"]
        yield documents.Part(
            heading=f"{section.name}: {boxes.heading_of(member)}", words=tuple(said) or ("Nothing is written yet.",)
        )
