"""The words of what became of identities: one act, what is proposed to rejoin, one child's history, and work to reassign.

Belongs here: turning acts and histories into presenters. Not here: deciding anything; the queue and its pairs (wording).
"""

import itertools
import uuid
from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse

from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.reassigning import queries as reassigning_queries
from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import presenters, words
from joinedup.web.steward import presenters as steward
from joinedup.web.steward import wording

_Kind, _Because, _Decision = childindex_rules.ChangeKind, childindex_rules.Because, childindex_rules.Decision
_HEADINGS = {
    _Decision.MUST: "Two records are linked",
    _Decision.CANNOT: "Two records are kept apart",
    None: "This was taken back",
}
_BY = {
    _Because.RUN: "a run of linking",
    _Because.ARRIVAL: "a record that arrived",
    _Because.BATCH_UNDONE: "a file that was taken back",
    _Because.DELETED: "the end of a record's time",
}
REASSIGNED = {
    reassigning_rules.Answer.ABSENT: "This no longer waits. Nothing was changed.",
    reassigning_rules.Answer.ALREADY: "The other child has such a thing already, and can have one only. Nothing was changed.",
}


def _line(kind: childindex_rules.ChangeKind, number: str, other: str) -> str:
    """Say what became of one number."""
    its, there = words.child_number(number), words.child_number(other)
    return {
        _Kind.ASSIGNED: f"{its} is a new number" + (f", for records that were under {there}." if other else "."),
        _Kind.LINKED: f"{its} has the records of {there} now." if other else f"Records came to {its}.",
        _Kind.PARTED: f"Records of {its} are under {there} now." if other else f"Records left {its}.",
        _Kind.REDIRECTED: f"{its} leads to {there} from now on.",
        _Kind.RETURNED: f"{its} has records again.",
        _Kind.TAKEN_BACK: f"Some records of {its} tell of nobody now.",
        _Kind.WITHDRAWN: f"{its} has no record left.",
        _Kind.CONFIRMED: f"The records of {its} are rightly together.",
        _Kind.KEPT_APART: f"The records of {its} are rightly apart from the other's.",
        _Kind.UNDONE: f"Nothing moved under {its}: other evidence holds its records together, or they were apart already.",
        _Kind.MODEL_CHANGED: "Links are made by another model.",
    }[kind]


def act_page(  # what was done, and what the steward typed last
    act: childindex_queries.ActCard,
    *,
    seen: Sequence[assurance_queries.MistakenTally],
    next_href: str,
    may_see_looks: bool,
    said: str = "",
    error: str = "",
    message: presenters.Message | None = None,
) -> steward.ActPage:
    """Show one act: what came of it, who saw what before, and how it is taken back."""
    numbers = dict.fromkeys(number for line in act.lines for number in (line.child_number, line.other_number) if number)
    pair = act.parted_pair
    why = rejoin_field(said, error)
    return steward.ActPage(
        heading=_HEADINGS[act.standing],
        who=act.by_name,
        at=act.at,
        lines=tuple(_line(line.kind, line.child_number, line.other_number) for line in act.lines),
        children=tuple(
            presenters.Link(text=words.child_number(number), href=reverse("identity", args=[number]))
            for number in numbers
        ),
        is_parting=pair is not None,
        seen=tuple(_seen(seen, may_see_looks=may_see_looks)),
        back=presenters.Link(text=wording.BACK, href=reverse("matching")),
        undo_href=reverse("steward-act", args=[act.id]) if act.standing is _Decision.MUST else "",
        rejoin_href=f"{reverse('rejoin-propose')}?act={act.id}" if pair else "",
        records=(str(pair[0]), str(pair[1])) if pair else None,
        why=why if pair else None,
        next=presenters.Link(text="Go on to the next pair", href=next_href) if next_href else None,
        errors=presenters.errors_of(why) if pair else (),
        message=message,
    )


def _seen(lines: Sequence[assurance_queries.MistakenTally], *, may_see_looks: bool) -> list[steward.SeenWhile]:
    found = []
    for (number, since, until), rows in itertools.groupby(
        lines, key=lambda line: (line.child_number, line.linked_at, line.parted_at)
    ):
        found.append(
            steward.SeenWhile(
                number=number,
                since=since,
                until=until,
                rows=tuple(
                    steward.SeenRow(agency=row.agency_name or "No agency", people=row.people, looks=row.looks)
                    for row in rows
                ),
                looks_href=f"{reverse('child', args=[number])}#looked" if may_see_looks else "",
            )
        )
    return found


def rejoin_field(value: str = "", error: str = "", *, within: str = "") -> presenters.Field:
    """Ask why two children who were parted are one after all."""
    return presenters.Field(
        name="why",
        label="Why are they one child after all?",
        hint="Another steward reads it and decides",
        value=value,
        error=error,
        within=within,
    )


TOO_FEW = f"Say it in at least {childindex_rules.FEWEST_LETTERS} letters, so that another steward can judge"


def rejoins_page(
    cards: Sequence[childindex_queries.RejoinCard], *, message: presenters.Message | None
) -> steward.RejoinsPage:
    """Show what waits for a second steward."""
    own = presenters.Tag(text="You proposed", tone=presenters.Tone.QUIET)
    return steward.RejoinsPage(
        rows=tuple(
            steward.RejoinRow(
                href=reverse("rejoin", args=[card.id]),
                who=card.proposed_by_name,
                at=card.proposed_at,
                words=card.why,
                tag=own if card.is_own else None,
            )
            for card in cards
        ),
        back=presenters.Link(text=wording.BACK, href=reverse("matching")),
        message=message,
    )


def rejoin_page(card: childindex_queries.RejoinCard, pair: childindex_queries.Pair) -> steward.RejoinPage:
    """Show one proposal with both records."""
    return steward.RejoinPage(
        who=card.proposed_by_name,
        at=card.proposed_at,
        words=card.why,
        pair=wording.pair_parts(pair),
        action_href=reverse("rejoin", args=[card.id]),
        agree="" if card.is_own else "Agree: they are one child",
        refuse="Take it back" if card.is_own else "Refuse: they stay apart",
        back=presenters.Link(text="Back to the proposals", href=reverse("rejoins")),
    )


def identity_page(
    page: childindex_queries.IdentityPage, *, said: str = "", error: str = "", message: presenters.Message | None = None
) -> steward.IdentityPage:
    """Show what became of one child's number, and the records there are now."""
    number = page.card.number
    return steward.IdentityPage(
        name=page.card.full_name,
        number=number,
        child_href=reverse("child", args=[number]),
        lines=tuple(_history(line) for line in page.lines),
        records=tuple(
            steward.RecordChoice(
                id=str(record.person_record_id),
                agency=record.agency_name,
                name=record.name or "no name given",
                scheme=record.scheme,
                linked_at=record.linked_at,
            )
            for record in page.records
        ),
        parted=tuple(
            steward.PartedRow(
                who=one.decided_by_name,
                at=one.decided_at,
                words=one.why,
                records=(str(one.record_ids[0]), str(one.record_ids[1])),
                why=rejoin_field(within=f"parted-{place}"),
            )
            for place, one in enumerate(page.parted, start=1)
        ),
        rejoin_href=f"{reverse('rejoin-propose')}?child={number}",
        action_href=reverse("identity", args=[number]),
        why=presenters.Field(name="why", label="Why are they another child?", value=said, hint="It may be left empty"),
        error=error,
        errors=(presenters.FormError(text=error, href="#record-1"),) if error else (),
        message=message,
    )


def _history(line: childindex_queries.IdentityLine) -> steward.IdentityLine:
    moved = [
        *([f"{words.count(line.came, 'record')} came"] if line.came else []),
        *([f"{words.count(line.went, 'record')} left"] if line.went else []),
    ]
    said = {
        _Kind.ASSIGNED: "The number was given",
        _Kind.LINKED: "Records were linked",
        _Kind.PARTED: "Records were parted",
        _Kind.REDIRECTED: "Another number leads here",
        _Kind.RETURNED: "The number has records again",
        _Kind.TAKEN_BACK: "What some records said was taken back",
        _Kind.WITHDRAWN: "No record was left",
        _Kind.CONFIRMED: "Confirmed",
        _Kind.KEPT_APART: "Kept apart from another child",
        _Kind.UNDONE: "An act was taken back",
        _Kind.MODEL_CHANGED: "Another model",
    }[line.kind]
    is_by_person = line.why in {_Because.STEWARD, _Because.UNDO, _Because.REJOIN}
    return steward.IdentityLine(
        at=line.at,
        words=f"{said}: {' and '.join(moved)}" if moved else said,
        who=line.by_name if is_by_person else _BY.get(line.why, line.by_name),
        act_href=reverse("steward-act", args=[line.act_id]) if is_by_person else "",
    )


def reassign_page(
    cards: Sequence[reassigning_queries.ReassignmentCard], *, message: presenters.Message | None
) -> steward.ReassignPage:
    """Show the work of which nobody has said whose it is."""
    return steward.ReassignPage(
        rows=tuple(
            steward.ReassignRow(
                words=card.words,
                listed_at=card.listed_at,
                child=presenters.Link(
                    text=words.child_number(card.number), href=reverse("identity", args=[card.number])
                ),
                other=presenters.Link(
                    text=words.child_number(card.other_number), href=reverse("identity", args=[card.other_number])
                )
                if card.other_number
                else None,
                action_href=reverse("reassign", args=[card.id]),
            )
            for card in cards
        ),
        empty=presenters.EmptyState(
            heading="Nothing waits",
            words="When children are linked or parted, work that people did on them waits here until one of you says whose "
            "it is.",
        ),
        message=message,
    )


def given_id(given: str) -> uuid.UUID:
    """Read an identifier that a form of ours posts.

    Errors: Http404 for anything else.
    """
    try:
        return uuid.UUID(given)
    except ValueError:
        raise Http404 from None
