"""One part of one child, for whoever asks for no more: each is a look of its own, written down with its purpose.

Belongs here: the parts. Not here: the child whole (wholechild), whether the child may be shown (opening).
"""

import dataclasses
import datetime
import uuid

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.queries import explaining, happened, helping, linked, opening, stated, wholechild


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at which child, and why where their own work does not say it."""

    viewer: access_rules.Viewer
    number: str
    purpose: str = ""

    def open(self, part: str) -> opening.Opened:
        """Write that this part of the child is looked at, and open the child.

        Errors: NoSuchChild; NotInScope; NotForThisViewer; ReasonNeeded.
        """
        return opening.open_child(
            viewer=self.viewer, number=self.number, purpose=self.purpose, act=f"childindex.{part}.seen"
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """People named beside a child, and children whom records place at the same address."""

    relatives: tuple[records_queries.RelativeLine, ...]
    others_at_home: tuple[wholechild.Sibling, ...]


def get_card(look: Look) -> people_queries.ChildCard:
    """Return who a child is.

    Shapes: 5 queries, 6 for a viewer who may read only what their own agency sent.
    Errors: as Look.open.
    """
    return look.open("card").card


def get_facts(look: Look) -> tuple[rules.Fact, ...]:
    """Return what agencies state of a child, with whoever says otherwise.

    Shapes: 6 queries.
    Errors: as Look.open.
    """
    opened = look.open("facts")
    statements = records_queries.get_sayings_of_identity(person_record_ids=opened.person_record_ids)
    return rules.facts_of(stated.sayings_of(statements))


def get_helping(look: Look, *, on: datetime.date) -> helping.Helping:
    """Return who helps a child.

    Shapes: 6 queries.
    Errors: as Look.open.
    """
    return helping.helping_of(person_record_ids=look.open("help").person_record_ids, on=on)


def get_part_of_chronology(look: Look, *, asked: happened.ChronologyAsked) -> happened.Chronology:
    """Return a part of what happened to a child.

    Shapes: 7 queries.
    Errors: as Look.open.
    """
    opened = look.open("chronology")
    return happened.get_chronology(person_record_ids=opened.person_record_ids, asked=asked)


def get_near(look: Look) -> Near:
    """Return who is named beside a child, and which other children live at the address.

    Shapes: at most 9 queries.
    Errors: as Look.open.
    """
    opened = look.open("relatives")
    relatives = records_queries.get_relatives(person_record_ids=opened.person_record_ids)
    return Near(relatives=tuple(relatives), others_at_home=wholechild.others_at_home(opened))


def get_records(look: Look) -> tuple[linked.LinkedRecord, ...]:
    """Return the records that are linked to a child, and on what evidence.

    Shapes: 6 queries.
    Errors: as Look.open.
    """
    return tuple(linked.get_linked_records(child_id=look.open("records").card.id))


def get_linked_record(look: Look, *, person_record_id: uuid.UUID) -> linked.LinkedRecord:
    """Return one record that is linked to a child, with its evidence.

    Shapes: 6 queries.
    Errors: as Look.open; NoSuchLink.
    """
    for record in get_records(look):
        if record.person_record_id == person_record_id:
            return record
    raise explaining.NoSuchLink(person_record_id)
