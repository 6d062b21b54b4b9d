"""Typed rows of attendance at leisure, culture and voluntary activities, one row for each child and session.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One child at, or missing from, one session of an activity."""

    member_no: str = text("member_no", aliases=("member_id",))
    given_name: str = text("given_name", aliases=("first_name", "forename"))
    middle_names: str = text("middle_names", expected=False)
    family_name: str = text("family_name", aliases=("last_name", "surname"))
    known_as: str = text("known_as", expected=False, aliases=("preferred_name",))
    former_family_name: str = text("former_family_name", expected=False, aliases=("former_surname",))
    birth_date: datetime.date | None = date("date_of_birth", need=Need.READABLE, aliases=("dob", "birth_date"))
    sex: str = text("sex", expected=False, aliases=("gender",))
    address: str = text("address", expected=False)
    postcode: str = text("postcode", expected=False)
    carer_name: str = text("carer_name", expected=False)
    carer_phone: str = text("carer_phone", expected=False)
    sector: str = text("sector", expected=False)
    provider_code: str = text("provider_code", expected=False)
    provider: str = text("provider")
    activity: str = text("activity")
    joined_date: datetime.date | None = date("joined_date", expected=False)
    session_date: datetime.date | None = date("session_date", need=Need.FILLED)
    attended: str = text("attended")
    contact: str = text("contact", expected=False)
    contact_phone: str = text("contact_phone", expected=False)


TABLES = (
    Table(code="session", title="sessions", row=Session, file_words=("attendance", "session", "leisure", "voluntary")),
)
