"""Typed rows of police notifications about children, as the force's public protection unit lists them.

Belongs here: column names and their order. Not here: what they mean for the index (rules).
"""

import dataclasses
import datetime

from joinedup.exchange.opening.columns import DateStyle, Need, Table, date, text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One child in one police notification."""

    reference: str = text("reference", need=Need.FILLED)
    notification_date: datetime.date | None = date("notification_date", need=Need.FILLED)
    incident_date: datetime.date | None = date("incident_date", expected=False)
    nominal_ref: str = text("nominal_ref")
    given_name: str = text("given_name", aliases=("first_name", "forename"))
    middle_names: str = text("middle_names", expected=False)
    family_name: str = text("family_name", aliases=("last_name", "surname"))
    known_as: str = text("known_as", expected=False, aliases=("preferred_name",))
    former_family_name: str = text("former_family_name", expected=False, aliases=("former_surname",))
    birth_date: datetime.date | None = date("date_of_birth", need=Need.READABLE, aliases=("dob", "birth_date"))
    sex: str = text("sex", expected=False, aliases=("gender",))
    address: str = text("address", expected=False)
    postcode: str = text("postcode", expected=False)
    role: str = text("role", expected=False)
    category: str = text("category", expected=False)
    adult_name: str = text("adult_name", expected=False)
    adult_relationship: str = text("adult_relationship", expected=False)
    adult_phone: str = text("adult_phone", expected=False)
    unit_code: str = text("unit_code", expected=False)
    unit: str = text("unit", expected=False)
    officer: str = text("officer", expected=False)
    unit_phone: str = text("unit_phone", expected=False)
    narrative: str = text("narrative", expected=False)


TABLES = (
    Table(
        code="notification",
        title="notifications",
        row=Notification,
        dates=DateStyle.DAY_FIRST,
        file_words=("police", "notification"),
    ),
)
