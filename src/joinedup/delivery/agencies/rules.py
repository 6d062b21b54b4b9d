"""Rules of agencies: what an agency, its teams and its people are, as values.

Belongs here: the shapes that files and forms bring. Not here: rows (models).
"""

import dataclasses


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A person of the demonstration: one click signs them in."""

    username: str
    display_name: str
    job_title: str
    role: str
    agency_code: str
    team: str = ""
    phone: str = ""
