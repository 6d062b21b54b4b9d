"""The lists of children who may be lost between services: what each counts, and what a person may answer.

Belongs here: the rules by name and version, and the outcomes. Not here: weighing one child's facts (facts), or their SQL twin.
Nothing here scores a child: a rule holds or it does not, and a listing is an invitation to look.
"""

import dataclasses
import enum
from collections.abc import Mapping


class ConcernRecorded(Exception):
    """That the family declined does not close a listing while a concern is recorded."""


class NoSuchListing(Exception):
    """There is no such listing, or none that this viewer may see."""


class NotAPractitioner(Exception):
    """Whoever takes a child on works for an agency here."""


class AlreadyAnswered(Exception):
    """Somebody has said what they found; who is told with it."""


class WordsNeeded(Exception):
    """What was done is to be told in a few words."""


class Outcome(enum.StrEnum):
    """What a person found when they looked."""

    HELP_FOUND = "help_found"  #: a service now helps the child, or has them on its roll
    KNOWN_REASON = "known_reason"  #: taught at home, at a school elsewhere or independent; or too old
    MOVED_AWAY = "moved_away"  #: lives in another area, and that area has been told
    PASSED_ON = "passed_on"  #: a contact was made, and its holder answers from here on
    DECLINED = "declined"  #: help was offered and the family declined; not while a concern is recorded
    RECORDS_WRONG = "records_wrong"  #: the records are of two children, or one child's are apart


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListRule:
    """One rule by which children are listed.

    Shapes: `tier` is how guarded the fact is that the rule tells; `not_listed` are the reasons that are known and no alarm;
    `since_what` is what the day of a listing is, where it is not the day on which the child was lost.
    """

    code: str
    version: str
    name: str
    counts: str
    not_listed: tuple[str, ...]
    tier: int
    source: str
    since_what: str = ""


_NOT_LISTED_AT_SCHOOL_AGE = (
    "an agency says that the child is educated at home",
    "a practice says that the child left its list and no other has them: the family moved away",
    "the child is under or over compulsory school age",
    "a steward is asked whether a record of the child is another child's",
)

LISTS: Mapping[str, ListRule] = {
    rule.code: rule
    for rule in (
        ListRule(
            code="left_roll",
            version="2026-11",
            name="Left a school's roll and is on none",
            counts="A child of compulsory school age who left a school's roll twenty school days or more before the newest "
            "word from schools, and whom no school has on its roll since.",
            not_listed=_NOT_LISTED_AT_SCHOOL_AGE,
            tier=1,
            source="Children missing education: statutory guidance (twenty school days)",
        ),
        ListRule(
            code="no_universal_service",
            version="2026-11",
            name="In no universal service",
            counts="A child of compulsory school age whom some agency met or listed within a year, whom no school has on its "
            "roll and no general practice on its list.",
            not_listed=(
                *_NOT_LISTED_AT_SCHOOL_AGE,
                "the council looks after the child, and answers wherever they are placed",
            ),
            tier=1,
            source="Every Child Matters: no child is lost between services",
            since_what="At school age",
        ),
        ListRule(
            code="referral_lapsed",
            version="2026-11",
            name="Referred, and nobody took it up",
            counts="A child whose latest referral to children's social care is open under nobody's name when the 45 working "
            "days are over in which it had to be assessed, and of whom no assessment, plan or enquiry is known since.",
            not_listed=("the referral was closed", "a later referral was taken up"),
            tier=3,
            source="Working Together to Safeguard Children: 45 working days from the referral",
        ),
    )
}

_FEWEST_LETTERS = 10


def check_outcome(*, outcome: Outcome, words: str, has_concern: bool) -> None:
    """Refuse an answer that does not close a listing.

    Errors: WordsNeeded; ConcernRecorded.
    """
    if len(words.strip()) < _FEWEST_LETTERS:
        raise WordsNeeded
    if outcome is Outcome.DECLINED and has_concern:
        raise ConcernRecorded


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How well a list does against children who truly were lost.

    Units: shares, 0 to 1; 1 where there was nothing to find, or nothing listed.
    """

    listed: int
    planted: int
    right: int
    found: int

    @property
    def precision(self) -> float:
        """Return the share of the listed who are rightly listed."""
        return self.right / self.listed if self.listed else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the lost who are listed."""
        return self.found / self.planted if self.planted else 1.0


def measure(*, listed: set[str], lost: set[str], rightly: set[str]) -> Measured:
    """Hold a list against the truth.

    Shapes: `lost` are those whom the list must find; `rightly` those whom it may list besides without being wrong.
    """
    return Measured(
        listed=len(listed), planted=len(lost), right=len(listed & (lost | rightly)), found=len(listed & lost)
    )
