"""Answers on searches."""

import datetime

from ninja import Schema


class SearchBegun(Schema):
    """Where the answer to a search is, for a while."""

    token: str
    href: str


class FoundChild(Schema):
    """A child who fits, and why; who the child is stays empty where the viewer reads only their own agency's records."""

    number: str
    name: str | None
    birth_date: datetime.date | None
    sex: str | None
    points: float
    reasons: list[str]


class Found(Schema):
    """A part of the children who fit, the best first; `is_too_many` where the question should be narrowed."""

    children: list[FoundChild]
    first: int
    count: int
    is_too_many: bool
