"""The frozen values of the simulated borough: places, families, and what happens in a life.

Belongs here: the truth, as it would be if someone could see everything. Not here: what an agency writes down (agencies).
"""

import dataclasses
import datetime
import enum


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A home: its lines and its real postcode; the street is invented.

    Units: eastings and northings in metres of the National Grid.
    """

    line: str
    ward: str
    town: str
    postcode: str
    ward_index: int
    easting: float
    northing: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school: establishment number within the authority, national URN, and where it stands."""

    code: str
    urn: str
    name: str
    phase: str
    phone: str
    easting: float
    northing: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Surgery:
    """A general practice by its ODS code."""

    code: str
    name: str
    phone: str
    easting: float
    northing: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NameSpan:
    """A child's full name from a date on."""

    since_date: datetime.date
    given: str
    middle: str
    family: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """A parent or carer."""

    given: str
    family: str
    relationship: str
    phone: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Living at one address from one day to another; no last day means still there."""

    address: Address
    started_date: datetime.date
    ended_date: datetime.date | None = None
    in_area: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A family: its place, its means, its adults, and where it has lived."""

    index: int
    community: str
    ward_index: int
    hardship: float
    troubled: bool
    adults: tuple[Adult, ...]
    stays: tuple[Stay, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One child or care leaver.

    `names` stand in order of their dates, the latest last; `stays` are the child's own where they are not the
    household's (looked after); `temporary_upn` came before `upn`; `born_unnamed` babies begin as "Baby".
    """

    key: int
    household: int
    community: str
    names: tuple[NameSpan, ...]
    known_as: str = ""
    father_given: str = ""
    grandfather_given: str = ""
    birth_date: datetime.date
    sex: str
    ethnicity: str
    twin: bool = False
    born_unnamed: bool = False
    nhs_number: str = ""
    former_nhs_number: str = ""
    upn: str = ""
    temporary_upn: str = ""
    stays: tuple[Stay, ...] = ()

    @property
    def code(self) -> str:
        """Return the key as the truth files write it."""
        return f"C{self.key:06d}"


class LeftBecause(enum.StrEnum):
    """Why a pupil left a roll."""

    NEXT_SCHOOL = "next_school"  #: went on to the next phase or another school in the borough
    MOVED_AWAY = "moved_away"  #: the family left the borough
    FINISHED = "finished"  #: past compulsory school age
    HOME_EDUCATED = "home_educated"  #: the parents chose to educate at home
    LOST = "lost"  #: left and joined no other roll; no one said why


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A time on one school's roll."""

    school: School
    entry_date: datetime.date
    leaving_date: datetime.date | None = None
    because: LeftBecause | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A suspension, or a permanent exclusion."""

    school_code: str
    start_date: datetime.date
    sessions: int
    reason: str
    permanent: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """A child's school life."""

    enrolments: tuple[Enrolment, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    sen_provision: str = "N"
    sen_type: str = ""
    free_meals: bool = False
    young_carer: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A time on one general practice's list."""

    surgery: Surgery
    started_date: datetime.date
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HealthContact:
    """A visit, review or immunisation of the community health service."""

    kind: str
    happened_date: datetime.date
    attended: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An incident at which the police named the child."""

    happened_date: datetime.date
    kind: str
    role: str
    shared_with_front_door: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPlan:
    """A child protection plan with its reviews."""

    started_date: datetime.date
    ended_date: datetime.date | None
    category: str
    review_dates: tuple[datetime.date, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral to children's social care and all that followed from it."""

    referred_date: datetime.date
    source: str
    need: str
    no_further_action: bool = False
    assessment_started_date: datetime.date | None = None
    assessment_ended_date: datetime.date | None = None
    factors: tuple[str, ...] = ()
    enquiry_date: datetime.date | None = None
    conference_target_date: datetime.date | None = None
    conference_date: datetime.date | None = None
    plan_date: datetime.date | None = None
    protection: ProtectionPlan | None = None
    closed_date: datetime.date | None = None
    closure_reason: str = ""
    #: A referral that no one took up: planted for the lists of children lost between services.
    lapsed: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A time in one placement under one legal status."""

    started_date: datetime.date
    ended_date: datetime.date | None
    reason_began: str
    legal_status: str
    place: str
    provider: str
    reason_ended: str
    reason_changed: str
    address: Address


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CarePeriod:
    """A time of being looked after, made of placements."""

    placements: tuple[Placement, ...]
    need: str
    home_postcode: str
    unaccompanied: bool = False

    @property
    def started_date(self) -> datetime.date:
        return self.placements[0].started_date

    @property
    def ended_date(self) -> datetime.date | None:
        return self.placements[-1].ended_date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class YouthCase:
    """A youth justice case, prevention included."""

    kind: str
    started_date: datetime.date
    ended_date: datetime.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Belonging to a leisure scheme or a charity's group; attendance follows from it."""

    agency: str
    activity: str
    venue: str
    started_date: datetime.date
    ended_date: datetime.date | None
    weekday: int
    keenness: float


class PlantKind(enum.StrEnum):
    """Cases planted so that the lists of children lost between services can be checked against the truth."""

    LEFT_ROLL_ON_NONE = "left_roll_on_none"  #: on a roll one term and on none the next, without a reason
    HOME_EDUCATED = "home_educated"  #: on no roll for a known reason
    MOVED_IN_NOT_SEEN = "moved_in_not_seen"  #: came to the area; seen by no school or practice
    REFERRAL_LAPSED = "referral_lapsed"  #: a referral that no one took up or closed
    NO_UNIVERSAL_SERVICE = "no_universal_service"  #: no school and no general practice, for no reason that is known
    LEFT_AREA_UNTOLD = "left_area_untold"  #: moved away, and no service was told; here, as far as anyone knows


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One planted case: what, and since when."""

    kind: PlantKind
    since_date: datetime.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Everything that happened to one child."""

    person: Person
    home: Household
    schooling: Schooling
    registrations: tuple[Registration, ...]
    contacts: tuple[HealthContact, ...]
    notices: tuple[Notice, ...]
    referrals: tuple[Referral, ...]
    care: tuple[CarePeriod, ...]
    youth_cases: tuple[YouthCase, ...]
    memberships: tuple[Membership, ...]
    plants: tuple[Plant, ...]

    @property
    def stays(self) -> tuple[Stay, ...]:
        """Return where the child lived, in order of time."""
        return self.person.stays or self.home.stays
