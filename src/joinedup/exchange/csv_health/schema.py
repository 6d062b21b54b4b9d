"""Community health CSVs: class lists, cohorts and immunisation records, as the school-age immunisation service takes them.

Belongs here: typed rows with their columns in each layout, and vaccines by programme. Not here: what they mean (rules).
"""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Final

from joinedup.exchange.opening.columns import DateStyle, Need, Table, date, text

#: School numbers that name no school: not known, and educated at home.
SCHOOL_NOT_KNOWN: Final = "888888"
HOME_EDUCATED: Final = "999999"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClassListRow:
    """One child of a class list or cohort.

    Units: `school_urn` six digits; `year_group` 0 to 13 as written; `gender` in words.
    """

    school_urn: str = text("CHILD_SCHOOL_URN", expected=False)
    school_name: str = text("SCHOOL_NAME", expected=False)
    given_name: str = text("CHILD_FIRST_NAME")
    family_name: str = text("CHILD_LAST_NAME")
    preferred_given_name: str = text(
        "CHILD_PREFERRED_FIRST_NAME", expected=False, aliases=("CHILD_PREFERRED_GIVEN_NAME",)
    )
    preferred_family_name: str = text("CHILD_PREFERRED_LAST_NAME", expected=False)
    birth_date: datetime.date | None = date("CHILD_DATE_OF_BIRTH", need=Need.OPTIONAL)
    year_group: str = text("CHILD_YEAR_GROUP", expected=False, aliases=("Year",))
    registration: str = text("CHILD_REGISTRATION", expected=False)
    gender: str = text("CHILD_GENDER", expected=False)
    address_line_1: str = text("CHILD_ADDRESS_LINE_1", expected=False)
    address_line_2: str = text("CHILD_ADDRESS_LINE_2", expected=False)
    town: str = text("CHILD_TOWN", expected=False)
    postcode: str = text("CHILD_POSTCODE", expected=False)
    nhs_number: str = text("CHILD_NHS_NUMBER", expected=False)
    parent_1_name: str = text("PARENT_1_NAME", expected=False)
    parent_1_relationship: str = text("PARENT_1_RELATIONSHIP", expected=False)
    parent_1_email: str = text("PARENT_1_EMAIL", expected=False)
    parent_1_phone: str = text("PARENT_1_PHONE", expected=False)
    parent_2_name: str = text("PARENT_2_NAME", expected=False)
    parent_2_relationship: str = text("PARENT_2_RELATIONSHIP", expected=False)
    parent_2_email: str = text("PARENT_2_EMAIL", expected=False)
    parent_2_phone: str = text("PARENT_2_PHONE", expected=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ImmunisationRow:
    """One immunisation given, or offered and not given; the other names of columns are a practice system's own extract.

    Units: `vaccinated` is Y or N, empty where the layout lists given ones only; `dose` as written.
    """

    organisation_code: str = text("ORGANISATION_CODE", expected=False)
    school_urn: str = text("SCHOOL_URN", expected=False, aliases=("School code",))
    school_name: str = text("SCHOOL_NAME", expected=False, aliases=("School",))
    nhs_number: str = text("NHS_NUMBER")
    given_name: str = text("PERSON_FORENAME", aliases=("First name",))
    family_name: str = text("PERSON_SURNAME", aliases=("Surname",))
    birth_date: datetime.date | None = date("PERSON_DOB", aliases=("Date of birth",))
    gender: str = text("PERSON_GENDER_CODE", expected=False, aliases=("Sex",))
    postcode: str = text("PERSON_POSTCODE", expected=False, aliases=("Postcode",))
    vaccinated: str = text("VACCINATED", expected=False)
    given_date: datetime.date | None = date("DATE_OF_VACCINATION", aliases=("Event date",))
    programme: str = text("PROGRAMME", expected=False)
    vaccine: str = text("VACCINE_GIVEN", aliases=("Vaccination type",))
    dose: str = text("DOSE_SEQUENCE", expected=False)
    local_patient_id: str = text("LOCAL_PATIENT_ID", expected=False)
    local_patient_id_uri: str = text("LOCAL_PATIENT_ID_URI", expected=False)


TABLES: Final = (
    Table(
        code="class_list",
        title="class lists and cohorts",
        row=ClassListRow,
        dates=DateStyle.DAY_FIRST,
        file_words=("class", "cohort"),
    ),
    Table(
        code="immunisations",
        title="immunisation records",
        row=ImmunisationRow,
        dates=DateStyle.DAY_FIRST,
        file_words=("immunisation", "vaccination"),
    ),
)

#: Words in a vaccine's or programme's name, and the programme that they belong to; the first that fits counts.
PROGRAMMES: Final[Mapping[str, str]] = {
    "hpv": "HPV",
    "cervarix": "HPV",
    "gardasil": "HPV",
    "flu": "Flu",
    "vaxigrip": "Flu",
    "sequirus": "Flu",
    "acwy": "MenACWY",
    "menquadfi": "MenACWY",
    "menveo": "MenACWY",
    "nimenrix": "MenACWY",
    "td/ipv": "Td/IPV",
    "3-in-1": "Td/IPV",
    "revaxis": "Td/IPV",
    "mmrv": "MMRV",
    "mmr": "MMR",
    "priorix": "MMR",
    "vaxpro": "MMR",
}
