"""What a family is shown of who looked.

Belongs here: frozen values for family/*.jinja. Not here: what may be shown (assurance).
"""

import dataclasses
import datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look: on which day, who by role and agency, and why."""

    on: datetime.date
    role: str
    agency: str
    purpose: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WhoLookedPage:
    """family/who_looked.jinja: `is_on` is false where nobody has recorded yet that the list is safe to read."""

    is_on: bool
    about: str
    after_days: int
    looks: tuple[Look, ...] = ()
