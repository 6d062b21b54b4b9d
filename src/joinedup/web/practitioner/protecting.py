"""What is done to protect a child, in short, on the child's page: for whoever reads the statutory case, and nobody else.

Belongs here: its words there. Not here: the protection page (protection).
"""

from collections.abc import Sequence

from joinedup.foundation import clock
from joinedup.processes.protection import queries as protection_queries
from joinedup.web import words
from joinedup.web.practitioner import presenters as practitioner
from joinedup.web.protection import vocabulary


def concerns(lines: Sequence[protection_queries.ConcernLine]) -> tuple[practitioner.Protection, ...]:
    """Show each concern with where it stands, newest first."""
    return tuple(
        practitioner.Protection(
            heading=f"Concern of {words.day(clock.local(line.since_at).date())}",
            said=_plan(line.plan) if line.plan else "",
            tag=vocabulary.STAGES[line.stage],
        )
        for line in lines
    )


def _plan(plan: protection_queries.PlanCard) -> str:
    until = f", until {words.day(plan.ended_on)}" if plan.ended_on else ""
    return f"Child protection plan since {words.day(plan.started_on)}{until}: {vocabulary.CATEGORIES[plan.category].lower()}"
