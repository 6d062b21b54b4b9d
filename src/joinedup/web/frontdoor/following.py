"""What follows a decision: the episode of help that was opened from a contact, or the way to open one.

Belongs here: putting the in-basket and casework side by side on one page. Not here: opening an episode (web.casework).
"""

import urllib.parse

from django.urls import reverse

from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import presenters

#: Decisions after which somebody works with the child by a plan.
_LEADS_TO_WORK = frozenset(
    {
        inbasket_rules.Outcome.EARLY_HELP,
        inbasket_rules.Outcome.SOCIAL_CARE_ASSESSMENT,
        inbasket_rules.Outcome.STRATEGY_DISCUSSION,
    }
)
_DECIDED = frozenset({inbasket_rules.State.DECIDED, inbasket_rules.State.TOLD})


def links(card: inbasket_queries.ItemCard) -> tuple[presenters.Link, ...]:
    """Lead to the plan that came of a contact; where none has yet and its holder decided so, to opening it; and to protection.

    Shapes: 1 query, within the view that showed the item.
    """
    return (*_work(card), *_protection(card))


def _protection(card: inbasket_queries.ItemCard) -> tuple[presenters.Link, ...]:
    """Lead whoever decided that significant harm is suspected to calling the strategy discussion."""
    is_decided = card.is_mine and card.state in _DECIDED and card.outcome == inbasket_rules.Outcome.STRATEGY_DISCUSSION
    if not is_decided or not card.child_number:
        return ()
    href = f"{reverse('protection-worry', args=[card.child_number])}?{urllib.parse.urlencode({'contact': card.id})}"
    return (presenters.Link(text="Call the strategy discussion", href=href),)


def _work(card: inbasket_queries.ItemCard) -> tuple[presenters.Link, ...]:
    opened = casework_queries.get_opened_from(contact_id=card.id)
    if opened:
        return tuple(
            presenters.Link(text="The plan that came of it", href=reverse("plan", args=[number, episode_id]))
            for number, episode_id in opened
        )
    if card.is_mine and card.child_number and card.state in _DECIDED and card.outcome in _LEADS_TO_WORK:
        query = urllib.parse.urlencode({"contact": card.id})
        href = f"{reverse('episode-new', args=[card.child_number])}?{query}"
        return (presenters.Link(text="Open an episode of help, so that somebody leads", href=href),)
    return ()
