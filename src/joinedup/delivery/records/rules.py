"""Rules of source records: what one row of an agency's file says, in the one shape that every reader gives and the store takes.

Belongs here: the values and what they must satisfy. Not here: reading a format (exchange), keeping rows (operations).
"""

import dataclasses
import datetime
import enum
import hashlib
from collections.abc import Mapping


class Sex(enum.StrEnum):
    """Sex as the statutory returns record it since 2025."""

    FEMALE = "F"  #: female
    MALE = "M"  #: male
    UNKNOWN = "U"  #: asked and not known, or not yet determined
    NOT_STATED = ""  #: the source does not say


class InvolvementKind(enum.StrEnum):
    """What a service is to a child; decides its place in the list of who is helping."""

    SCHOOL = "school"  #: on a school's roll
    GENERAL_PRACTICE = "general_practice"  #: registered with a general practice
    COMMUNITY_HEALTH = "community_health"  #: health visitor, school nurse, immunisation team
    CHILD_IN_NEED = "child_in_need"  #: an open children's social care episode
    CHILD_PROTECTION = "child_protection"  #: a child protection plan
    LOOKED_AFTER = "looked_after"  #: looked after by the local authority
    POLICE = "police"  #: named in a police notification
    YOUTH_JUSTICE = "youth_justice"  #: an open youth justice case
    LEISURE = "leisure"  #: attends sport, play or culture
    VOLUNTARY = "voluntary"  #: helped by a charity or community group


#: What stands in the place of a school where a child is educated at home: a reason for being on no roll, not a school.
EDUCATED_AT_HOME = "Educated at home"


class Level(enum.StrEnum):
    """How much help a service gives: everyone's, some children's, or a statutory few."""

    UNIVERSAL = "universal"  #: open to every child
    TARGETED = "targeted"  #: offered where there is an additional need
    SPECIALIST = "specialist"  #: statutory or specialist help


#: How guarded a row is: 1 index, 2 early help and plan, 3 statutory case, 4 sensitive. The policy says who reads which.
MOST_GUARDED = 4
INVOLVEMENT_TIERS: Mapping[str, int] = {
    InvolvementKind.SCHOOL: 1,
    InvolvementKind.GENERAL_PRACTICE: 1,
    InvolvementKind.COMMUNITY_HEALTH: 1,
    InvolvementKind.LEISURE: 1,
    InvolvementKind.VOLUNTARY: 1,
    # Whom to ring in social care is for everyone who may open the child; what the case holds is not.
    InvolvementKind.CHILD_IN_NEED: 1,
    InvolvementKind.CHILD_PROTECTION: 1,
    InvolvementKind.LOOKED_AFTER: 1,
    InvolvementKind.YOUTH_JUSTICE: 3,
    InvolvementKind.POLICE: 4,
}
HAPPENING_TIERS: Mapping[str, int] = {
    "school": 1,
    "service": 1,
    "attendance": 1,
    "immunisation": 2,
    "referral": 3,
    "assessment": 3,
    "plan": 3,
    "review": 3,
    "closure": 3,
    "enquiry": 3,
    "conference": 3,
    "looked_after": 3,
    "permanence": 3,
    "court_order": 3,
    "missing": 3,
    "youth_justice": 4,
    "police": 4,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a child is, as one source row says it; an empty field was not said.

    Units: `nhs_number` ten digits with a right check digit; `upn` thirteen characters, upper case;
    `postcode` upper case with one space; `address` lines joined by ", ".
    """

    given_name: str = ""
    middle_names: str = ""
    family_name: str = ""
    preferred_name: str = ""
    former_family_name: str = ""
    birth_date: datetime.date | None = None
    expected_birth_date: datetime.date | None = None
    death_date: datetime.date | None = None
    sex: str = Sex.NOT_STATED
    nhs_number: str = ""
    nhs_number_verified: bool = False
    former_nhs_numbers: tuple[str, ...] = ()
    upn: str = ""
    former_upn: str = ""
    address: str = ""
    postcode: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """A service that is, or was, helping the child, with whom to ring; never why.

    `team_code` is the agency's own code of a school or team; `service` is its name in plain words where the row gives one.
    `answers` is true where this service holds the case and answers for the child.
    """

    kind: InvolvementKind
    level: Level
    service: str = ""
    team_code: str = ""
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None
    practitioner: str = ""
    phone: str = ""
    answers: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyEntry:
    """Something that happened, in the words the index may show: that it happened, not what was said of it."""

    kind: str
    happened_date: datetime.date
    words: str
    ended_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A person the row names beside the child: a parent, carer or sibling."""

    relationship: str
    name: str = ""
    phone: str = ""
    local_id: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the file a row stands.

    Units: `line_number` counts from 1; bytes count from 0 in the file as it came.
    """

    line_number: int
    byte_start: int
    byte_length: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One good row: where it stands, which child it is about, and what it says.

    `message_key` is what makes a later row the same message sent again; empty means the content itself is the key.
    `version` is the sender's own count of how often it has said this message: a lower one never replaces a higher,
    whenever it comes; 0 where the sender does not count, and then the last to come counts.
    `local_id` is the agency's own number for the child within `scheme`; empty means that the identity itself is the key.
    `notes` says in plain words what was put right or left out.
    """

    place: Place
    content_hash: bytes
    table: str
    message_key: str = ""
    version: int = 0
    scheme: str = ""
    local_id: str = ""
    identity: Identity | None = None
    involvements: tuple[Involvement, ...] = ()
    chronology: tuple[ChronologyEntry, ...] = ()
    relatives: tuple[Relative, ...] = ()
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One row that cannot be taken, with every reason in plain words, each naming its column."""

    place: Place
    reasons: tuple[str, ...]


def content_hash(content: bytes) -> bytes:
    """Return the fingerprint of a row's bytes, line ending left out.

    Shapes: 16 bytes.
    Source: SHA-256 (FIPS 180-4), cut to 128 bits.
    """
    return hashlib.sha256(content.rstrip(b"\r\n")).digest()[:16]
