"""How looks are said in words wherever they are shown: roles, purposes, what was looked at, what sets a look apart.

Belongs here: words for codes. Not here: which looks are shown (assurance), pages (practitioner, assurance, family).
"""

from collections.abc import Iterable

from joinedup.governance.assurance.rules import looking
from joinedup.web import presenters

_ROLES = {
    "universal": "Works with children",
    "safeguarding_lead": "Safeguarding lead",
    "front_door": "Front-door officer",
    "social_worker": "Social worker",
    "manager": "Manager",
    "police": "Police officer",
    "youth_justice": "Youth justice worker",
    "steward": "Index steward",
    "analyst": "Analyst",
    "auditor": "Auditor",
    "data_protection_officer": "Data protection officer",
    "lead_professional": "Lead professional",
    "out_of_hours": "Out-of-hours duty",
    "reviewing_officer": "Independent reviewing officer",
    "champion": "Children's champion",
    "inspector": "Inspector",
    "integration": "Another system of an agency",
    "shield_officer": "Shield officer",
    "provider": "Provider of activities",
    "commissioner": "Commissioner",
    "board": "Board member",
    "child": "The child themselves",
    "parent": "A parent",
}

_PURPOSES = {
    "own_work": "Their agency helps the child",
    "referral": "A worry, or a request for help",
    "assessment": "An assessment",
    "plan_review": "A review of a plan",
    "section_47": "Enquiries under section 47",
    "strategy_discussion": "A strategy discussion",
    "missing": "The child was missing",
    "transition": "A move of school, service or area",
    "family_request": "The child or family asked",
    "supervision": "Supervision of someone's work",
    "emergency": "An emergency",
    "life_at_risk": "A life at risk",
    "linking": "Deciding which records are one child",
    "tracking": "Making sure that the child is not lost between services",
}

KINDS = {
    looking.Kind.PAGE: "The child's page",
    looking.Kind.SOURCE: "A source record",
    looking.Kind.FOUND: "The answer to a search",
    looking.Kind.BESIDE: "The page of a child at the same address",
    looking.Kind.LOOKS: "Who had looked",
    looking.Kind.OTHER: "Work on the child's record",
}

_MARKS = {
    looking.Mark.DENIED: presenters.Tag(text="Refused", tone=presenters.Tone.CARE),
    looking.Mark.BROKEN_GLASS: presenters.Tag(text="Override", tone=presenters.Tone.ALARM),
}


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()


def role(code: str) -> str:
    """Say a role; one that has no words yet is said by its code."""
    return _ROLES.get(code, _plain(code)) if code else "Role not known"


def roles(codes: Iterable[str]) -> str:
    """Say several roles of one person."""
    return ", ".join(role(code) for code in codes) or role("")


def purpose(code: str) -> str:
    """Say why somebody looked."""
    return _PURPOSES.get(code, _plain(code)) if code else "No reason was asked for"


def mark(found: looking.Mark) -> presenters.Tag | None:
    """Say what sets a look apart, where anything does."""
    return _MARKS.get(found)
