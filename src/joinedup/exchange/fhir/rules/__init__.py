"""Rules of NHS patients: a JSON resource into a typed row, and the row into what the index may hold.

Belongs here: which name, address and number count, and the words for what is left out. Not here: cutting the file (read).
"""

from joinedup.exchange.fhir.rules.index import (
    identity,
    involvements,
    is_restricted,
    reasons_against,
    relative,
    relatives,
)
from joinedup.exchange.fhir.rules.resources import patient, related_person, superseded_number, version

__all__ = [
    "identity",
    "involvements",
    "is_restricted",
    "patient",
    "reasons_against",
    "related_person",
    "relative",
    "relatives",
    "superseded_number",
    "version",
]
