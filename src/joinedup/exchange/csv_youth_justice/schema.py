"""Typed rows of youth justice cases, as the service's case system lists them.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import DateStyle, Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of one young person with the youth justice service."""

    person_ref: str = text("person_ref", need=Need.FILLED)
    case_ref: str = text("case_ref", need=Need.FILLED)
    given_name: str = text("given_name", aliases=("first_name", "forename"))
    middle_names: str = text("middle_names", expected=False)
    family_name: str = text("family_name", aliases=("last_name", "surname"))
    known_as: str = text("known_as", expected=False, aliases=("preferred_name",))
    former_family_name: str = text("former_family_name", expected=False, aliases=("former_surname",))
    birth_date: datetime.date | None = date("date_of_birth", need=Need.READABLE, aliases=("dob", "birth_date"))
    sex: str = text("sex", expected=False, aliases=("gender",))
    nhs_number: str = text("nhs_number", expected=False)
    upn: str = text("upn", expected=False)
    address: str = text("address", expected=False)
    postcode: str = text("postcode", expected=False)
    carer_name: str = text("carer_name", expected=False)
    carer_relationship: str = text("carer_relationship", expected=False)
    carer_phone: str = text("carer_phone", expected=False)
    intervention: str = text("intervention")
    started_date: datetime.date | None = date("started_date", need=Need.FILLED)
    ended_date: datetime.date | None = date("ended_date", expected=False)
    team_code: str = text("team_code", expected=False)
    team: str = text("team", expected=False)
    case_manager: str = text("case_manager", expected=False)
    phone: str = text("phone", expected=False)


TABLES = (
    Table(code="case", title="cases", row=Case, dates=DateStyle.DAY_FIRST, file_words=("youth_justice", "yjs", "yot")),
)
