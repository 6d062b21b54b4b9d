"""What every page is given besides its own: the frame around it.

Belongs here: making the furniture of a request. It asks the database nothing. Not here: anything about a child.
"""

import dataclasses
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.web import addresses, furniture

#: What of the matrix a page is for: finding children, bringing files in, taking data out, reviewing looks, what people ask
#: about their own data, those who sign in.
FIND, FILES, EXPORT, REVIEW, RIGHTS, USERS = "find", "files", "export", "review", "rights", "users"
#: Keeping seals, and looking past one.
SEAL, OVERRIDE = "seal", "override"
#: Linking and parting records; counts in which small numbers are hidden; who looked at a child.
LINK, AGGREGATE, LOOKS = "link", "aggregate", "looks"
#: Answering for the lists of children who may be lost.
TRACK = "track"
#: Writing about a child: a contact or a note.
WRITE = "write"
#: A page of one's own, as a child or parent.
OWN_PAGE = "own_page"
#: Where sign-in keeps the words of the header.
WHO = "who"

_HOME, _FIND, _FILES, _EXPORTS = "home", "find", "files", "exports"
_EMERGENCIES, _LOOKING = "emergencies", "looking"


def of_every_page(request: HttpRequest) -> dict[str, Any]:
    """Return the furniture: navigation for the roles held, and who is signed in."""
    return {"furniture": furniture_of(request)}


def furniture_of(request: HttpRequest) -> furniture.Furniture:
    """Make the frame; for someone who is not signed in it holds no navigation."""
    viewer = getattr(request, "viewer", None)
    frame = furniture.Furniture(
        home_href=addresses.of(_HOME), about_href=addresses.of("about"), is_synthetic=settings.DATA_MODE == "synthetic"
    )
    if viewer is None or viewer.user_id is None:
        return frame
    places = _places(viewer)
    who = request.session.get(WHO, {})
    return dataclasses.replace(
        frame,
        navigation=tuple(_item(request, name, text) for name, text in places),
        signed_in=furniture.SignedIn(
            name=viewer.name,
            role=who.get("role", ""),
            agency=who.get("agency", ""),
            sign_out_href=addresses.of("sign-out"),
            account_href=addresses.of("account"),
        ),
    )


def _places(viewer: access_rules.Viewer) -> list[tuple[str, str]]:
    """Return where this person can go, by what the matrix lets them do."""
    offered: list[tuple[bool, list[tuple[str, str]]]] = [
        (may(viewer, FIND) or not has_own_page(viewer), [(_HOME, "Home")]),
        (has_own_page(viewer), [("my-pages", "My page")]),
        (may(viewer, FIND), [(_FIND, "Find a child")]),
        (may(viewer, WRITE), [("work", "My work")]),
        (works_in_basket(viewer), [("in-basket", "In-basket")]),
        (may(viewer, WRITE), [("help", "Ask for help")]),
        (may(viewer, TRACK), [("tracking", "Nobody lost")]),
        (may(viewer, FILES), [(_FILES, "Bring in files")]),
        (may(viewer, EXPORT), [(_EXPORTS, "Exports")]),
        (may(viewer, REVIEW), [(_EMERGENCIES, "Emergency looks"), (_LOOKING, "Review looking")]),
        (may(viewer, RIGHTS), [("requests", "Data requests"), ("retention", "Retention")]),
        (may_link(viewer), [("matching", "Matching review"), ("reassigning", "Reassigning")]),
        (may_see_link_quality(viewer), [("link-quality", "Link quality")]),
        (may(viewer, SEAL), [("sealed", "Sealed children")]),
        (may(viewer, USERS), [("users", "People who sign in")]),
    ]
    return [place for is_offered, places in offered if is_offered for place in places]


def may(viewer: access_rules.Viewer, action: str) -> bool:
    """Return whether a person is offered this at all; whether they may with one child is decided with the child."""
    return access_queries.get_policy().may_with_others(viewer.roles, action)


def has_own_page(viewer: access_rules.Viewer) -> bool:
    """Return whether a person may have a page of their own; workers' pages are none of it."""
    return access_queries.get_policy().may_ever(viewer.roles, OWN_PAGE)


def works_in_basket(viewer: access_rules.Viewer) -> bool:
    """Return whether a person works their team's in-basket, and does not only send to others'."""
    return inbasket_queries.works(viewer.roles)


def may_link(viewer: access_rules.Viewer) -> bool:
    """Return whether a person links and parts by their own word, once they have shown their second factor."""
    asked = access_rules.Asked(roles=viewer.roles, action=LINK, given=frozenset({access_rules.STEP_UP}))
    return access_rules.decide(policy=access_queries.get_policy(), asked=asked).is_allowed


def may_see_link_quality(viewer: access_rules.Viewer) -> bool:
    """Return whether a person sees counts, or answers for the links that are counted."""
    return may(viewer, AGGREGATE) or may_link(viewer)


def _item(request: HttpRequest, name: str, text: str) -> furniture.NavigationItem:
    href = addresses.of(name)
    is_within = request.path.startswith(href) if href != "/" else request.path == "/"
    return furniture.NavigationItem(text=text, href=href, is_current=is_within)
