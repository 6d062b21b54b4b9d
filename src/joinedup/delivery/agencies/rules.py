"""Rules of agencies: what an agency, its teams and its people are, as values.

Belongs here: the shapes that files and forms bring. Not here: rows (models).
"""

import dataclasses
from collections.abc import Mapping

#: Agencies of which even that they know a child is guarded: the lowest tier that may say so, by kind of agency.
LOWEST_TIERS: Mapping[str, int] = {"youth_justice": 3, "police": 4, "sensitive": 4}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A part of an agency that a family would name."""

    code: str
    name: str
    phone: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An organisation that holds records of children."""

    code: str
    name: str
    kind: str
    phone: str = ""
    legal_basis: str = ""
    teams: tuple[Team, ...] = ()

    @property
    def lowest_tier(self) -> int:
        """Return the lowest tier at which it may be said that this agency knows a child."""
        return LOWEST_TIERS.get(self.kind, 1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A person of the demonstration: one click signs them in."""

    username: str
    display_name: str
    job_title: str
    role: str
    agency_code: str
    phone: str = ""
    team_code: str = ""
    team: str = ""
    worker_code: str = ""
    supervisor: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Joiner:
    """A person who is to sign in: by a link and a second factor, or through their agency's directory.

    `directory` and `subject` are empty for someone who signs in by themselves.
    """

    username: str
    display_name: str
    job_title: str
    agency_code: str
    roles: tuple[str, ...]
    team_code: str = ""
    phone: str = ""
    directory: str = ""
    subject: str = ""
