"""What operations are asked: the shapes of bodies, headers and parameters, and their limits.

Belongs here: types of what comes in; whatever is not named in one is refused. Not here: what goes out (shapes).
"""

import datetime
from typing import Annotated, Literal

from ninja import Field, Header, Schema

from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import text
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules

#: No database keeps the letter with number nought.
_KEPT = r"^[^\x00]*$"
_Short = Annotated[str, Field(max_length=60, pattern=_KEPT)]

#: The purposes that may be given; a viewer's own work is always worked out, and glass is broken on a page.
Purpose = Literal[
    "referral",
    "assessment",
    "plan_review",
    "section_47",
    "missing",
    "transition",
    "family_request",
    "supervision",
]
GivenPurpose = Annotated[
    Purpose | None,
    Header(
        alias="Joinedup-Purpose",
        description="Why the child is looked at; needed where the viewer's own work does not lead to the child",
    ),
]


class Strict(Schema):
    """Refuses whatever it does not name."""

    model_config = {"extra": "forbid"}


class Opening(Strict):
    """Why a child is opened: the purpose, and in words what the purpose leaves unsaid."""

    purpose: Purpose
    reason: Annotated[str, Field(max_length=300, pattern=_KEPT)] = ""


class Criteria(Strict):
    """What is remembered of a child; at least one of name, date of birth, number and postcode."""

    name: Annotated[str, Field(max_length=120, pattern=_KEPT)] = ""
    birth_date: datetime.date | None = None
    number: str = Field(
        default="",
        max_length=40,
        pattern=_KEPT,
        description="An NHS number, a unique pupil number or a child number",
    )
    postcode: Annotated[str, Field(max_length=12, pattern=_KEPT)] = ""
    age_band: Literal["", "0-4", "5-10", "11-15", "16-25"] = ""
    purpose: Purpose | None = None

    def as_rule(self) -> childindex_rules.Criteria:
        """Return what was sent, as the index asks it."""
        return childindex_rules.Criteria(
            name=self.name,
            birth_date=self.birth_date,
            number=self.number,
            postcode=self.postcode,
            age_band=childindex_rules.AgeBand(self.age_band),
        )


class Person(Strict):
    """Who a person is said to be, as far as it is known: whatever is left out was not said."""

    given_name: Annotated[str, Field(max_length=200, pattern=_KEPT)] = ""
    middle_names: Annotated[str, Field(max_length=200, pattern=_KEPT)] = ""
    family_name: Annotated[str, Field(max_length=200, pattern=_KEPT)] = ""
    known_as: Annotated[str, Field(max_length=200, pattern=_KEPT)] = ""
    former_family_name: Annotated[str, Field(max_length=200, pattern=_KEPT)] = ""
    birth_date: datetime.date | None = None
    sex: Literal["", "F", "M", "U"] = ""
    nhs_number: Annotated[str, Field(max_length=20, pattern=_KEPT)] = ""
    upn: Annotated[str, Field(max_length=20, pattern=_KEPT)] = ""
    address: Annotated[str, Field(max_length=300, pattern=_KEPT)] = ""
    postcode: Annotated[str, Field(max_length=12, pattern=_KEPT)] = ""
    purpose: Purpose | None = None

    def wrong_numbers(self) -> list[str]:
        """Return which fields hold something that is not such a number, or not a postcode."""
        forms = {"nhs_number": text.nhs_number, "upn": text.upn, "postcode": text.postcode}
        return [
            name for name, form in forms.items() if getattr(self, name).strip() and form(getattr(self, name)) is None
        ]

    def as_rule(self) -> records_rules.Identity:
        """Return what was sent, as the index asks it."""
        return records_rules.Identity(
            given_name=self.given_name,
            middle_names=self.middle_names,
            family_name=self.family_name,
            preferred_name=self.known_as,
            former_family_name=self.former_family_name,
            birth_date=self.birth_date,
            sex=self.sex,
            nhs_number=text.nhs_number(self.nhs_number) or "",
            upn=text.upn(self.upn) or "",
            address=self.address,
            postcode=text.postcode(self.postcode) or "",
        )


class Part(Schema):
    """A part of a list; `first` counts from 0."""

    first: int = Field(default=0, ge=0, le=childindex_queries.MOST_CANDIDATES)
    count: int = Field(default=20, ge=1, le=childindex_queries.MOST_CANDIDATES)


class PartOfChronology(Schema):
    """A part of a chronology; `first` counts from 0, and a year in which something happened replaces it."""

    kind: _Short = ""
    agency: _Short = Field(default="", description="The code of an agency")
    oldest_first: bool = False
    year: int | None = Field(default=None, ge=1900, le=2200)
    first: int = Field(default=0, ge=0, le=100_000)
    count: int = Field(default=childindex_queries.CHRONOLOGY_LINES, ge=1, le=100)

    def as_asked(self) -> childindex_queries.ChronologyAsked:
        """Return what was sent, as the index asks it."""
        return childindex_queries.ChronologyAsked(
            kind=self.kind,
            agency_code=self.agency,
            is_oldest_first=self.oldest_first,
            year=self.year,
            first=self.first,
            count=self.count,
        )
