"""Answers on whether a stated person is a known child."""

import datetime
from typing import Literal

from ninja import Schema


class Evidence(Schema):
    """One thing that was compared and what it showed; `bits`: +1 doubles the odds of one child, -1 halves them."""

    words: str
    bits: float


class MatchedChild(Schema):
    """A child who may be meant; who the child is stays empty where the viewer reads only their own agency's records."""

    number: str
    name: str | None
    birth_date: datetime.date | None
    sex: str | None
    weight: float | None
    odds: str | None
    evidence: list[Evidence]


class Match(Schema):
    """Whether a stated person is a known child, and who may be meant, the likeliest first.

    `known`: the first child, to whom a record that says this would be linked. `maybe`: a person would be asked, and
    `doubt` says why. `not_known`: such a record would be a new child's.
    """

    answer: Literal["known", "maybe", "not_known"]
    doubt: Literal["none", "weight", "kin", "thin", "unclear", "rival"]
    children: list[MatchedChild]
