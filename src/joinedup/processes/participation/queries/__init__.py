"""Reads of participation: whose page it is, what somebody thinks, what they want known, and how invitations stand."""

from joinedup.processes.participation.queries.inviting import (
    InvitationCard,
    Invited,
    OwnPage,
    find_invited,
    fingerprint,
    get_invitations,
    get_own_pages,
)
from joinedup.processes.participation.queries.saying import AboutCard, ViewCard, get_about, get_views
from joinedup.processes.participation.queries.shipped import hard_words

__all__ = [
    "AboutCard",
    "InvitationCard",
    "Invited",
    "OwnPage",
    "ViewCard",
    "find_invited",
    "fingerprint",
    "get_about",
    "get_invitations",
    "get_own_pages",
    "get_views",
    "hard_words",
]
