"""Community health CSVs: class lists, cohorts and immunisation records, as the school-age immunisation service takes them.

Belongs here: typed rows, the columns of each layout with their other spellings, and vaccines by programme.
Not here: conversions (rules), parsing (read), CSV (write).
"""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Final

CLASS_LIST: Final = "class_list"
IMMUNISATIONS: Final = "immunisations"

#: School numbers that name no school: not known, and educated at home.
SCHOOL_NOT_KNOWN: Final = "888888"
HOME_EDUCATED: Final = "999999"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A parent or carer as the row names them."""

    name: str = ""
    relationship: str = ""
    email: str = ""
    phone: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClassListRow:
    """One child of a class list or cohort.

    Units: `school_urn` six digits; `year_group` 0 to 13 as written; `gender` in words.
    """

    school_urn: str = ""
    given_name: str = ""
    family_name: str = ""
    preferred_given_name: str = ""
    preferred_family_name: str = ""
    birth_date: datetime.date | None = None
    year_group: str = ""
    registration: str = ""
    gender: str = ""
    address_line_1: str = ""
    address_line_2: str = ""
    town: str = ""
    postcode: str = ""
    nhs_number: str = ""
    parents: tuple[Parent, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ImmunisationRow:
    """One immunisation given, or offered and not given.

    Units: `vaccinated` is Y or N, empty where the layout lists given ones only; `dose` as written.
    """

    organisation_code: str = ""
    school_urn: str = ""
    school_name: str = ""
    nhs_number: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: datetime.date | None = None
    gender: str = ""
    postcode: str = ""
    vaccinated: str = ""
    given_date: datetime.date | None = None
    programme: str = ""
    vaccine: str = ""
    dose: str = ""
    local_patient_id: str = ""
    local_patient_id_uri: str = ""


#: Columns of a class list in the order in which they are written, each with the field it fills.
CLASS_LIST_COLUMNS: Final[Mapping[str, str]] = {
    "CHILD_SCHOOL_URN": "school_urn",
    "CHILD_FIRST_NAME": "given_name",
    "CHILD_LAST_NAME": "family_name",
    "CHILD_PREFERRED_FIRST_NAME": "preferred_given_name",
    "CHILD_PREFERRED_LAST_NAME": "preferred_family_name",
    "CHILD_DATE_OF_BIRTH": "birth_date",
    "CHILD_YEAR_GROUP": "year_group",
    "CHILD_REGISTRATION": "registration",
    "CHILD_GENDER": "gender",
    "CHILD_ADDRESS_LINE_1": "address_line_1",
    "CHILD_ADDRESS_LINE_2": "address_line_2",
    "CHILD_TOWN": "town",
    "CHILD_POSTCODE": "postcode",
    "CHILD_NHS_NUMBER": "nhs_number",
}

#: Columns of each of the two parents; `N` stands for 1 or 2.
PARENT_COLUMNS: Final[Mapping[str, str]] = {
    "PARENT_N_NAME": "name",
    "PARENT_N_RELATIONSHIP": "relationship",
    "PARENT_N_EMAIL": "email",
    "PARENT_N_PHONE": "phone",
}

#: Columns of the national layout, in the order in which they are written.
IMMUNISATION_COLUMNS: Final[Mapping[str, str]] = {
    "ORGANISATION_CODE": "organisation_code",
    "SCHOOL_URN": "school_urn",
    "SCHOOL_NAME": "school_name",
    "NHS_NUMBER": "nhs_number",
    "PERSON_FORENAME": "given_name",
    "PERSON_SURNAME": "family_name",
    "PERSON_DOB": "birth_date",
    "PERSON_GENDER_CODE": "gender",
    "PERSON_POSTCODE": "postcode",
    "VACCINATED": "vaccinated",
    "DATE_OF_VACCINATION": "given_date",
    "PROGRAMME": "programme",
    "VACCINE_GIVEN": "vaccine",
    "DOSE_SEQUENCE": "dose",
    "LOCAL_PATIENT_ID": "local_patient_id",
    "LOCAL_PATIENT_ID_URI": "local_patient_id_uri",
}

#: Other spellings of a column, folded as headings are (upper case, spaces to underscores), and the column they mean.
OTHER_SPELLINGS: Final[Mapping[str, str]] = {
    "CHILD_PREFERRED_GIVEN_NAME": "CHILD_PREFERRED_FIRST_NAME",
    "YEAR": "CHILD_YEAR_GROUP",
    # A general practice system's own extract of immunisations.
    "DATE_OF_BIRTH": "PERSON_DOB",
    "FIRST_NAME": "PERSON_FORENAME",
    "SURNAME": "PERSON_SURNAME",
    "SEX": "PERSON_GENDER_CODE",
    "POSTCODE": "PERSON_POSTCODE",
    "SCHOOL": "SCHOOL_NAME",
    "SCHOOL_CODE": "SCHOOL_URN",
    "EVENT_DATE": "DATE_OF_VACCINATION",
    "VACCINATION_TYPE": "VACCINE_GIVEN",
}

#: Words in a vaccine's or programme's name, and the programme that they belong to.
PROGRAMMES: Final[Mapping[str, str]] = {
    "hpv": "HPV",
    "cervarix": "HPV",
    "gardasil": "HPV",
    "flu": "Flu",
    "fluenz": "Flu",
    "vaxigrip": "Flu",
    "sequirus": "Flu",
    "menacwy": "MenACWY",
    "acwyx4": "MenACWY",
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
