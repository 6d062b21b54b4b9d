"""The children in need census: its rows as the XML holds them, and its code lists.

Belongs here: one frozen type per block of the XML, in the order of the 2026 XSD, and the codes with their meaning.
Not here: checks (rules), parsing (read), XML (write).
"""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Final


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Who sends the return, for which year; given by the caller, so that the same rows give the same bytes.

    Units: `lea` is the three-digit authority number; `serial_number` at least three digits.
    """

    year: int
    reference_date: datetime.date
    lea: str
    sent_at: datetime.datetime
    software: str = "Joinedup"
    release: str = "1"
    serial_number: str = "001"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An assessment under section 17: when it began and was authorised, and the factors found."""

    started_date: datetime.date
    review_date: datetime.date | None = None
    authorised_date: datetime.date | None = None
    factors: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InNeedPlan:
    """A child in need plan, from its first day to its last."""

    started_date: datetime.date
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section47:
    """An enquiry under section 47, which opens with a strategy discussion and may lead to an initial conference."""

    started_date: datetime.date
    conference_target_date: datetime.date | None = None
    conference_date: datetime.date | None = None
    conference_not_required: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlan:
    """A child protection plan with its reviews."""

    started_date: datetime.date
    ended_date: datetime.date | None = None
    first_category: str
    latest_category: str
    previous_plans: int = 0
    review_dates: tuple[datetime.date, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One referral and all that followed from it (the census calls it CINdetails).

    Units: `referral_date` is None only in a return that was read and is at fault; none is written so.
    """

    referral_date: datetime.date | None
    referral_source: str
    primary_need: str = ""
    closure_date: datetime.date | None = None
    closure_reason: str = ""
    conference_date: datetime.date | None = None
    assessments: tuple[Assessment, ...] = ()
    in_need_plans: tuple[InNeedPlan, ...] = ()
    section47s: tuple[Section47, ...] = ()
    no_further_action: bool = False
    protection_plans: tuple[ProtectionPlan, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One child of the return: identifiers, characteristics and at least one episode.

    Units: `sex` is M, F or U; exactly one of `birth_date` and `expected_birth_date` is filled.
    """

    la_child_id: str
    upn: str = ""
    former_upn: str = ""
    upn_unknown: str = ""
    birth_date: datetime.date | None = None
    expected_birth_date: datetime.date | None = None
    sex: str
    death_date: datetime.date | None = None
    ethnicity: str
    disabilities: tuple[str, ...] = ()
    episodes: tuple[Episode, ...]


_ELEMENTS_2017_TO_2026 = """
    Message Header CollectionDetails Collection Year ReferenceDate Source SourceLevel LEA SoftwareCode Release SerialNo
    DateTime Children Child ChildIdentifiers LAchildID UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate
    GenderCurrent PersonGender Sex PersonDeathDate ChildCharacteristics Ethnicity Disabilities Disability CINdetails
    CINreferralDate ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC Assessments
    AssessmentActualStartDate AssessmentInternalReviewDate AssessmentAuthorisationDate FactorsIdentifiedAtAssessment
    AssessmentFactors CINPlanDates CINPlanStartDate CINPlanEndDate Section47 S47ActualStartDate InitialCPCtarget
    ICPCnotRequired ReferralNFA ChildProtectionPlans CPPstartDate CPPendDate InitialCategoryOfAbuse
    LatestCategoryOfAbuse NumberOfPreviousCPP Reviews CPPreviewDate
"""

#: Blocks and leaves that the census has known between 2017 and 2026; any other is kept in the raw bytes and noted.
KNOWN_ELEMENTS: Final = frozenset(_ELEMENTS_2017_TO_2026.split())

SEXES: Final[Mapping[str, str]] = {"M": "male", "F": "female", "U": "unknown"}

#: Sex as it was coded before 2025 (GenderCurrent), and what it is now.
FORMER_SEXES: Final[Mapping[str, str]] = {"1": "M", "2": "F", "0": "U", "9": "U"}

#: Why a child has no unique pupil number; the meanings stand in the Department's guide of the year.
UPN_UNKNOWN_REASONS: Final = ("UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7")

ETHNICITIES: Final[Mapping[str, str]] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WOTH": "Any other White background",
    "WROM": "Gypsy/Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Caribbean",
    "BAFR": "African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Not yet obtained",
}

DISABILITIES: Final[Mapping[str, str]] = {
    "NONE": "no disability",
    "MOB": "mobility",
    "HAND": "hand function",
    "PC": "personal care",
    "INC": "incontinence",
    "COMM": "communication",
    "LD": "learning",
    "HEAR": "hearing",
    "VIS": "vision",
    "BEH": "behaviour",
    "CON": "consciousness",
    "AUT": "autism",
    "DDA": "other",
}

REFERRAL_SOURCES: Final[Mapping[str, str]] = {
    "1A": "family member, relative or carer",
    "1B": "acquaintance, neighbour or child minder",
    "1C": "the child",
    "1D": "another person, a stranger included",
    "2A": "school",
    "2B": "education service",
    "3A": "general practice",
    "3B": "health visitor",
    "3C": "school nurse",
    "3D": "other primary health service",
    "3E": "accident and emergency",
    "3F": "other health service",
    "4": "housing",
    "5A": "council: adult social care",
    "5B": "council: another department",
    "5C": "another council",
    "5D": "council: early help",
    "6": "police",
    "7": "court, probation, immigration, CAFCASS or prison",
    "8": "children's centre, independent or voluntary agency",
    "9": "anonymous",
    "10": "unknown",
}

PRIMARY_NEEDS: Final[Mapping[str, str]] = {
    "N1": "abuse, neglect and exploitation",
    "N2": "child's disability",
    "N3": "parental disability or illness",
    "N4": "family in acute stress",
    "N5": "family dysfunction",
    "N6": "socially unacceptable behaviour",
    "N7": "low income",
    "N8": "absent parenting",
    "N9": "cases other than children in need",
    "N0": "not stated",
}

CLOSURE_REASONS: Final[Mapping[str, str]] = {
    "RC1": "adopted",
    "RC2": "died",
    "RC3": "child arrangements order",
    "RC4": "special guardianship order",
    "RC5": "moved to another authority's services",
    "RC6": "moved to adult social care",
    "RC7": "services ended for another reason, no longer in need included",
    "RC8": "closed after assessment, no further action",
    "RC9": "closed after assessment, referred to early help",
}

CATEGORIES_OF_ABUSE: Final[Mapping[str, str]] = {
    "NEG": "neglect",
    "PHY": "physical",
    "SAB": "sexual",
    "EMO": "emotional",
    "MUL": "multiple, or not recommended",
}

_FACTORS = """
    1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A
    18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A
"""

#: Factors an assessment may find; sent in the return, never shown by the index.
ASSESSMENT_FACTORS: Final = tuple(_FACTORS.split())
