"""Answers on one child: the card, and what agencies say in parts."""

import datetime
import uuid

from ninja import Schema


class Card(Schema):
    """Who a child is, as far as the records say that this viewer may read."""

    number: str
    given_name: str
    middle_names: str
    family_name: str
    known_as: str
    birth_date: datetime.date | None
    death_date: datetime.date | None
    sex: str
    nhs_number: str
    upn: str
    address: str
    postcode: str
    has_targeted_help: bool
    record_count: int
    agency_count: int


class Saying(Schema):
    """Who states a fact, and in which source record."""

    agency_name: str
    source_record_id: uuid.UUID
    received_at: datetime.datetime


class Stated(Schema):
    """A value and everyone who states it."""

    value: str
    sayings: list[Saying]


class Fact(Stated):
    """One field of a child: the value shown first, who states it, and what others state instead."""

    field: str
    others: list[Stated]


class Facts(Schema):
    """What agencies state of a child."""

    facts: list[Fact]


class Help(Schema):
    """A service that is or was helping, and where to ring."""

    agency_name: str
    agency_phone: str
    kind: str
    level: str
    service: str
    practitioner: str
    phone: str
    started_date: datetime.date | None
    ended_date: datetime.date | None
    answers: bool
    source_record_id: uuid.UUID


class Helping(Schema):
    """Who helps now, who helped before, and who of those who help now answers for the child."""

    now: list[Help]
    before: list[Help]
    answers: Help | None


class Happening(Schema):
    """Something that happened, and the source record that says so."""

    happened_date: datetime.date
    ended_date: datetime.date | None
    kind: str
    words: str
    agency_name: str
    source_record_id: uuid.UUID


class AgencyNamed(Schema):
    """An agency by its code."""

    code: str
    name: str


class Chronology(Schema):
    """A part of what happened; `count` and `years` are of what was narrowed to, `kinds` and `agencies` of all."""

    lines: list[Happening]
    first: int
    count: int
    years: list[int]
    kinds: list[str]
    agencies: list[AgencyNamed]


class Relative(Schema):
    """A person named beside the child."""

    relationship: str
    name: str
    phone: str
    agency_name: str
    source_record_id: uuid.UUID


class OtherAtHome(Schema):
    """Another child whom a record places at the same address."""

    number: str
    name: str
    birth_date: datetime.date | None
    agency_name: str
    source_record_id: uuid.UUID


class Near(Schema):
    """Who is named beside a child, and which other children live there."""

    relatives: list[Relative]
    others_at_home: list[OtherAtHome]
