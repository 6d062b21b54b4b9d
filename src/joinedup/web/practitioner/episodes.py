"""The episodes of help on a child's page: who leads, which team answers, and where the plan is.

Belongs here: their words there. Not here: the plan's own page (casework).
"""

from collections.abc import Sequence

from django.urls import reverse

from joinedup.foundation import clock
from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.casework import rules as casework_rules
from joinedup.web.practitioner import presenters as practitioner

KINDS = {
    casework_rules.EpisodeKind.EARLY_HELP: "Early help",
    casework_rules.EpisodeKind.FAMILY_HELP: "Family help",
    casework_rules.EpisodeKind.CHILD_IN_NEED: "Child in need, section 17",
    casework_rules.EpisodeKind.DISABILITY: "Early support for a disabled child",
    casework_rules.EpisodeKind.LEAVING_CARE: "Help after leaving care",
}


def episodes(number: str, cards: Sequence[casework_queries.EpisodeCard]) -> tuple[practitioner.Episode, ...]:
    """Show the episodes that the viewer may read, open ones first."""
    return tuple(_episode(number, card) for card in sorted(cards, key=lambda card: card.closed_at is not None))


def _episode(number: str, card: casework_queries.EpisodeCard) -> practitioner.Episode:
    lead = card.lead
    said = [] if lead is None else [lead.name, lead.agency_name, lead.phone]
    return practitioner.Episode(
        what=KINDS[card.kind],
        href=reverse("plan", args=[number, card.id]),
        lead=", ".join(part for part in said if part),
        team=", ".join(part for part in (card.team, card.team_phone) if part),
        opened_date=clock.local(card.opened_at).date(),
        closed_date=None if card.closed_at is None else clock.local(card.closed_at).date(),
    )
