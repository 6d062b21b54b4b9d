"""Answers on the records that are linked to a child, and on what one record says."""

import datetime
import uuid

from ninja import Schema


class Evidence(Schema):
    """One comparison of two records; `bits` +1 doubles the odds that they are one child."""

    words: str
    bits: float
    moves: str


class Why(Schema):
    """Why a record is linked."""

    odds: str
    odds_before: str
    evidence: list[Evidence]
    with_agency_name: str


class LinkedRecord(Schema):
    """A person as one agency knows them, linked to the child; `source_record_id` is the newest record that names them."""

    agency_name: str
    scheme: str
    name: str
    linked_at: datetime.datetime
    source_record_id: uuid.UUID | None
    why: Why | None


class LinkedRecords(Schema):
    """The records that are linked to a child."""

    records: list[LinkedRecord]


class Identity(Schema):
    """Who the child is, as one source record says it."""

    given_name: str
    middle_names: str
    family_name: str
    preferred_name: str
    former_family_name: str
    birth_date: datetime.date | None
    expected_birth_date: datetime.date | None
    death_date: datetime.date | None
    sex: str
    nhs_number: str
    upn: str
    address: str
    postcode: str


class Said(Schema):
    """One more thing that a source record says: `part` is help, happened or relative."""

    part: str
    kind: str
    words: str
    started_date: datetime.date | None
    ended_date: datetime.date | None


class Source(Schema):
    """Where a fact came from; `content` is the row in base 64, only for the agency that sent it."""

    id: uuid.UUID
    child_number: str
    agency_name: str
    agency_phone: str
    file_name: str
    format: str
    table: str
    line_number: int
    received_at: datetime.datetime
    legal_basis: str
    notes: list[str]
    is_current: bool
    superseded_by_id: uuid.UUID | None
    identity: Identity | None
    says: list[Said]
    content: str | None
