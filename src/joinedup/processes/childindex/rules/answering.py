"""Who answers for a child, when several lines of one agency's records claim it.

Belongs here: choosing whom a family and a colleague can ring. Not here: giving anyone the lead (casework).
"""

import datetime
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Claim(Protocol):
    """A service that helps now, as one record says it."""

    @property
    def answers(self) -> bool:
        """Whether the record says that this service answers for the child."""

    @property
    def practitioner(self) -> str:
        """The person named, or a worker's code, or nothing."""

    @property
    def started_date(self) -> datetime.date | None:
        """Since when."""


Line = TypeVar("Line", bound=Claim)


def who_answers(lines: Sequence[Line]) -> Line | None:
    """Return the line to show as the one who answers, or None when no record claims it.

    A named person comes before a worker's code, a code before nobody; then the claim that began last.
    """
    claims = [line for line in lines if line.answers]
    return max(claims, key=_strength, default=None)


def _strength(line: Claim) -> tuple[int, datetime.date]:
    is_a_name = " " in line.practitioner.strip()
    named = 2 if is_a_name else 1 if line.practitioner.strip() else 0
    return named, line.started_date or datetime.date.min
