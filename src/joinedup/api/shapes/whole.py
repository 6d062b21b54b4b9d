"""The answer that holds a child whole."""

from ninja import Schema

from joinedup.api.shapes import parts, records


class Whole(Schema):
    """A child whole, with the newest part of the chronology, as the page of the child shows it."""

    purpose: str
    card: parts.Card
    facts: list[parts.Fact]
    helping: parts.Helping
    near: parts.Near
    chronology: parts.Chronology
    records: list[records.LinkedRecord]
