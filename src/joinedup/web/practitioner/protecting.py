"""What is done to protect a child, in short, on the child's page: for whoever reads the statutory case, and nobody else.

Belongs here: its words there. Not here: the protection page (protection).
"""

from collections.abc import Sequence

from joinedup.foundation import clock
from joinedup.processes.protection import queries as protection_queries
from joinedup.processes.protection import rules as protection_rules
from joinedup.web import presenters, words
from joinedup.web.practitioner import presenters as practitioner

STAGES = {
    protection_rules.Stage.DISCUSSION: presenters.Tag(text="Strategy discussion to be held", tone=presenters.Tone.CARE),
    protection_rules.Stage.ENQUIRY_DUE: presenters.Tag(text="Enquiries to begin", tone=presenters.Tone.CARE),
    protection_rules.Stage.ENQUIRY: presenters.Tag(text="Section 47 enquiries", tone=presenters.Tone.CARE),
    protection_rules.Stage.CONFERENCE: presenters.Tag(text="Conference to be held", tone=presenters.Tone.CARE),
    protection_rules.Stage.PLAN: presenters.Tag(text="Child protection plan", tone=presenters.Tone.CARE),
    protection_rules.Stage.ENDED: presenters.Tag(text="Ended", tone=presenters.Tone.QUIET),
}
CATEGORIES = {
    protection_rules.Category.NEGLECT: "Neglect",
    protection_rules.Category.PHYSICAL: "Physical abuse",
    protection_rules.Category.SEXUAL: "Sexual abuse",
    protection_rules.Category.EMOTIONAL: "Emotional abuse",
    protection_rules.Category.MULTIPLE: "Multiple, where no single one is recommended",
}


def concerns(lines: Sequence[protection_queries.ConcernLine]) -> tuple[practitioner.Protection, ...]:
    """Show each concern with where it stands, newest first."""
    return tuple(
        practitioner.Protection(
            heading=f"Concern of {words.day(clock.local(line.since_at).date())}",
            said=_plan(line.plan) if line.plan else "",
            tag=STAGES[line.stage],
        )
        for line in lines
    )


def _plan(plan: protection_queries.PlanCard) -> str:
    until = f", until {words.day(plan.ended_on)}" if plan.ended_on else ""
    return f"Child protection plan since {words.day(plan.started_on)}{until}: {CATEGORIES[plan.category].lower()}"
