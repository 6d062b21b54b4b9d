"""NHS patients as FHIR R4, in the shape of the Personal Demographics Service: typed rows, system names, code lists.

Belongs here: what a Patient and a RelatedPerson say that the index can use.
Not here: conversions (rules), JSON (read, write).
"""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from typing import Final

NHS_NUMBER_SYSTEM: Final = "https://fhir.nhs.uk/Id/nhs-number"
ODS_SYSTEM: Final = "https://fhir.nhs.uk/Id/ods-organization-code"
VERIFICATION_URL: Final = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
VERIFICATION_SYSTEM: Final = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus"
CONFIDENTIALITY_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ROLE_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

#: Addresses end here in the service's own answers; the last part is the resource's id.
BASE_ADDRESS: Final = "https://api.service.nhs.uk/personal-demographics/FHIR/R4"


class Confidentiality(enum.StrEnum):
    """How far a patient's record may be seen."""

    UNRESTRICTED = "U"  #: everything is given
    RESTRICTED = "R"  #: sensitive: address, telephone and practice are withheld
    VERY_RESTRICTED = "V"  #: nothing beyond the number is given
    REDACTED = "REDACTED"  #: parts were taken out before it was sent


#: NHS number verification status: the code, and what the NHS says with it.
VERIFICATION_STATUSES: Final[Mapping[str, str]] = {
    "01": "Number present and verified",
    "02": "Number present but not traced",
    "03": "Trace required",
    "04": "Trace attempted - No match or multiple match found",
    "05": "Trace needs to be resolved - (NHS Number or patient detail conflict)",
    "06": "Trace in progress",
    "07": "Number not present and trace not required",
    "08": "Trace postponed (baby under six weeks old)",
}

CONFIDENTIALITY_WORDS: Final[Mapping[str, str]] = {
    Confidentiality.UNRESTRICTED: "unrestricted",
    Confidentiality.RESTRICTED: "restricted",
    Confidentiality.VERY_RESTRICTED: "very restricted",
    Confidentiality.REDACTED: "redacted",
}

#: Relationship codes that the writer gives, with the words that the reader shows.
RELATIONSHIPS: Final[Mapping[str, str]] = {
    "MTH": "mother",
    "FTH": "father",
    "PRN": "parent",
    "GUARD": "guardian",
    "FTHFOST": "foster father",
    "MTHFOST": "foster mother",
    "GRPRN": "grandparent",
    "SIB": "sibling",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a person, with its use (usual, nickname, maiden, old, temp) and period."""

    use: str = "usual"
    given: tuple[str, ...] = ()
    family: str = ""
    prefix: str = ""
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a person, with its use (home, temp, billing, old) and period."""

    use: str = "home"
    lines: tuple[str, ...] = ()
    postcode: str = ""
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A general practice by its ODS code, with the days of registration."""

    ods_code: str
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to whom to speak about the patient, held inside the patient's own resource."""

    relationship: str
    given: tuple[str, ...] = ()
    family: str = ""
    phone: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One patient, child or adult, as the NHS knows the person.

    Units: `nhs_number` is empty for a newborn without one; `former_nhs_numbers` were superseded by it;
    `gender` is male, female, other or unknown.
    """

    id: str
    nhs_number: str = ""
    verification: str = ""
    former_nhs_numbers: tuple[str, ...] = ()
    confidentiality: str = Confidentiality.UNRESTRICTED
    version: str = "1"
    names: tuple[Name, ...] = ()
    gender: str = ""
    birth_date: datetime.date | None = None
    death_date: datetime.date | None = None
    phone: str = ""
    addresses: tuple[Address, ...] = ()
    practices: tuple[Practice, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPerson:
    """A person beside a patient, in a resource of their own.

    Units: `patient_nhs_number` is the patient's; `nhs_number` is this person's own, where the NHS gives it.
    """

    id: str
    patient_nhs_number: str
    relationship: str
    nhs_number: str = ""
    given: tuple[str, ...] = ()
    family: str = ""
    phone: str = ""
    active: bool = True
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None
