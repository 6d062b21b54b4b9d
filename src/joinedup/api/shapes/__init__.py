"""What operations answer: the shapes of JSON, filled from the cards of the rings by the names of their fields.

Belongs here: types of what goes out. No identifier of a child is in any but the child number.
"""

from joinedup.api.shapes.matches import Match
from joinedup.api.shapes.partnership import Agencies, Health, Policy, Viewer
from joinedup.api.shapes.parts import Card, Chronology, Facts, Helping, Near
from joinedup.api.shapes.records import LinkedRecords, Source
from joinedup.api.shapes.searches import Found, SearchBegun
from joinedup.api.shapes.whole import Whole

__all__ = [
    "Agencies",
    "Card",
    "Chronology",
    "Facts",
    "Found",
    "Health",
    "Helping",
    "LinkedRecords",
    "Match",
    "Near",
    "Policy",
    "SearchBegun",
    "Source",
    "Viewer",
    "Whole",
]
