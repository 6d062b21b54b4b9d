"""What is disputed on a child's page: the mark stands beside the agency that says it, and nothing is taken away.

Belongs here: putting marks on what is shown. Not here: what is disputed and what was decided (governance.rights).
"""

import dataclasses
from collections.abc import Sequence

from joinedup.governance.rights import rules as rights_rules
from joinedup.web import presenters, words
from joinedup.web.practitioner import presenters as practitioner
from joinedup.web.practitioner import showing

_DECIDED = {
    rights_rules.Decision.WAITING: "It is being looked into.",
    rights_rules.Decision.NOTED: "Nobody could tell which is right.",
    rights_rules.Decision.CORRECTED: "The agency is putting it right.",
    rights_rules.Decision.UPHELD: "It was checked, and the agency stands by it.",
}
_MARK = " (disputed)"


def marked(page: practitioner.ChildPage, marks: Sequence[rights_rules.Mark]) -> practitioner.ChildPage:
    """Return the page with each disputed thing marked beside its source."""
    if not marks:
        return page
    of_part = {
        part: [mark for mark in marks if mark.part == part] for part in ("identity", "help", "event", "relative")
    }
    return dataclasses.replace(
        page,
        facts=tuple(_fact(fact, of_part["identity"]) for fact in page.facts),
        helping_now=tuple(_help(line, of_part["help"]) for line in page.helping_now),
        helped_before=tuple(_help(line, of_part["help"]) for line in page.helped_before),
        relationships=tuple(_relative(line, of_part["relative"]) for line in page.relationships),
        chronology=dataclasses.replace(
            page.chronology, events=tuple(_event(line, of_part["event"]) for line in page.chronology.events)
        ),
    )


def note(mark: rights_rules.Mark) -> str:
    """Return what stands beside a disputed fact."""
    return f"Disputed since {words.day(mark.since)}: {mark.words.rstrip('.')}. {_DECIDED[mark.decision]}"


def _fact(fact: practitioner.Fact, marks: Sequence[rights_rules.Mark]) -> practitioner.Fact:
    own = [mark for mark in marks if showing.FACTS.get(mark.kind) == fact.label]
    return dataclasses.replace(fact, values=tuple(_value(value, own) for value in fact.values)) if own else fact


def _value(value: practitioner.FactValue, marks: Sequence[rights_rules.Mark]) -> practitioner.FactValue:
    notes = {
        mark.agency_name: note(mark) for mark in marks if showing.value_words(mark.kind, mark.value) == value.words
    }
    return dataclasses.replace(
        value,
        statements=tuple(
            dataclasses.replace(statement, disputed=notes.get(statement.agency, "")) for statement in value.statements
        ),
    )


def _help(line: practitioner.Involvement, marks: Sequence[rights_rules.Mark]) -> practitioner.Involvement:
    agencies = {
        mark.agency_name
        for mark in marks
        if mark.value.startswith(line.service) and showing.kind_words(mark.kind) == line.kind
    }
    return dataclasses.replace(line, sources=_sources(line.sources, agencies)) if agencies else line


def _relative(line: practitioner.Relationship, marks: Sequence[rights_rules.Mark]) -> practitioner.Relationship:
    agencies = {
        mark.agency_name
        for mark in marks
        if mark.value.startswith(line.name) and mark.kind.casefold() == line.relationship.casefold()
    }
    return dataclasses.replace(line, sources=_sources(line.sources, agencies)) if agencies else line


def _sources(sources: Sequence[presenters.Link], agencies: set[str]) -> tuple[presenters.Link, ...]:
    return tuple(
        dataclasses.replace(source, text=f"{source.text}{_MARK}") if source.text in agencies else source
        for source in sources
    )


def _event(line: practitioner.Event, marks: Sequence[rights_rules.Mark]) -> practitioner.Event:
    said = f"{line.words} {line.happened_date.isoformat()}"
    is_disputed = any(mark.value == said and mark.agency_name == line.agency for mark in marks)
    return dataclasses.replace(line, agency=f"{line.agency}{_MARK}") if is_disputed else line
