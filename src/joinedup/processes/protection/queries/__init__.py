"""Reads of child protection: the child's protection page, and what the child's own page says of it."""

from joinedup.processes.protection.queries.cards import (
    ClockCard,
    ConcernCard,
    ConcernLine,
    InvitationCard,
    Page,
    PlanCard,
    SpanCard,
    StepCard,
)
from joinedup.processes.protection.queries.kept import get_kept
from joinedup.processes.protection.queries.pages import get_codes, get_lines, get_page
from joinedup.processes.protection.queries.standing import Standing

__all__ = [
    "ClockCard",
    "ConcernCard",
    "ConcernLine",
    "InvitationCard",
    "Page",
    "PlanCard",
    "SpanCard",
    "Standing",
    "StepCard",
    "get_codes",
    "get_kept",
    "get_lines",
    "get_page",
]
