"""What the index knows of a child, as the first words of an assessment: each with the agencies that said it.

Belongs here: choosing and wording facts. Not here: keeping them (operations). Only what everyone who helps may know is
among it: an agency of which even that it knows a child is guarded says nothing here.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.delivery.records import queries as records_queries
from joinedup.processes.assessment import queries, rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules

_MOST_LETTERS = 400


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What stands in one place before anyone has written, and which agencies said so."""

    words: str
    agency_name: str


def facts_of(opened: Sequence[queries.ToAssess], *, on: datetime.date) -> dict[rules.Place, Fact]:
    """Return what is known of some opened children, by the places of the form.

    Shapes: 4 queries a child, and 1.
    """
    guarded = {
        agency.id for agency in agencies_queries.get_agencies() if agencies_rules.LOWEST_TIERS.get(agency.kind, 1) > 1
    }
    found = {}
    for one in opened:
        for code, fact in _facts(one, guarded, on).items():
            found[rules.Place(code=code, child_id=one.card.id)] = fact
    return found


def _facts(opened: queries.ToAssess, guarded: set[uuid.UUID], on: datetime.date) -> dict[str, Fact]:
    said = records_queries.get_sayings_of_identity(person_record_ids=opened.person_record_ids)
    records = {line.person_record_id: line.agency_id for line in said if line.agency_id not in guarded}
    child_id = opened.card.id
    facts = {
        fact.field: fact
        for fact in childindex_queries.get_facts_of_children(
            records=[
                childindex_queries.OpenedRecord(child_id=child_id, person_record_id=record, agency_id=agency)
                for record, agency in records.items()
            ]
        ).get(child_id, ())
    }
    helping = records_queries.get_help(person_record_ids=list(records))
    lines = {
        "known.name": _joined(facts, ("given_name", "family_name"), between=" "),
        "known.birth_date": _joined(facts, ("birth_date",)),
        "known.address": _joined(facts, ("address", "postcode")),
        "known.carers": _lines(
            (f"{line.relationship.capitalize()}: {line.name}", line.agency_name)
            for line in records_queries.get_relatives(person_record_ids=list(records))
        ),
        "known.helping": _lines(
            (", ".join(filter(None, (line.service, line.practitioner, line.phone))), line.agency_name)
            for line in helping
            if line.ended_date is None or line.ended_date >= on
        ),
    }
    return {code: fact for code, fact in lines.items() if fact is not None}


def _joined(facts: Mapping[str, childindex_rules.Fact], fields: Sequence[str], *, between: str = ", ") -> Fact | None:
    known = [facts[field] for field in fields if field in facts]
    if not known:
        return None
    agencies = [saying.agency_name for fact in known for saying in fact.sayings]
    return Fact(words=between.join(_value(fact) for fact in known), agency_name=_names(agencies))


def _value(fact: childindex_rules.Fact) -> str:
    if fact.field != "birth_date":
        return fact.value
    date = datetime.date.fromisoformat(fact.value)
    return f"{date.day} {date:%B %Y}"


def _lines(said: Iterable[tuple[str, str]]) -> Fact | None:
    lines = list(dict.fromkeys(said))
    if not lines:
        return None
    return Fact(
        words="\n".join(dict.fromkeys(words for words, _ in lines)), agency_name=_names(agency for _, agency in lines)
    )


def _names(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(names))[:_MOST_LETTERS]
