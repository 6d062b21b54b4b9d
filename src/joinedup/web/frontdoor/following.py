"""What follows a decision: the episode of help that was opened from a contact, or the way to open one.

Belongs here: putting the in-basket and the work that follows side by side. Not here: opening an episode (web.casework), calling
a strategy discussion (web.protection).
"""

import urllib.parse
import uuid

from django.http import Http404
from django.urls import reverse

from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import middleware, presenters

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


def contact_about(request: middleware.Request, number: str) -> uuid.UUID | None:
    """Return the contact from which work is begun, where the address names one that is about this child.

    Errors: Http404.
    """
    named = request.GET.get("contact", "")
    if not named:
        return None
    try:
        item = inbasket_queries.get_item(viewer=request.viewer, item_id=uuid.UUID(named))
    except (ValueError, inbasket_queries.NoSuchItem):
        raise Http404 from None
    if item.child_number != number:
        raise Http404
    return item.id
