"""Reads of tracking: who is listed, one listing whole, and what the lists have led to."""

from joinedup.processes.tracking.queries.listed import (
    Asked,
    Effect,
    ListingCard,
    State,
    count_listed,
    get_effects,
    get_latest_run,
    get_listed,
    get_listing,
    read_listed,
)

__all__ = [
    "Asked",
    "Effect",
    "ListingCard",
    "State",
    "count_listed",
    "get_effects",
    "get_latest_run",
    "get_listed",
    "get_listing",
    "read_listed",
]
