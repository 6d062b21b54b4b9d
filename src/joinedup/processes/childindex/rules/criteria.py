"""What a person remembers of a child, and why they ask."""

import dataclasses
import datetime
import enum

from joinedup.foundation import ids, text

_WORD_LETTERS = 78


class EmptyCriteria(Exception):
    """Nothing was given by which a child could be found."""


class Purpose(enum.StrEnum):
    """Why a child was looked at; kept with every look."""

    REFERRAL = "referral"  #: a worry or a request for help about this child
    ASSESSMENT = "assessment"  #: an assessment is being made
    PLAN_REVIEW = "plan_review"  #: a plan is being reviewed
    SECTION_47 = "section_47"  #: enquiries under section 47 of the Children Act 1989
    MISSING = "missing"  #: the child is missing
    TRANSITION = "transition"  #: the child moves school, service or area
    FAMILY_REQUEST = "family_request"  #: the child or family asked for it
    SUPERVISION = "supervision"  #: a manager supervises the work
    EMERGENCY = "emergency"  #: glass was broken: the words are kept with the emergency look
    LINKING = "linking"  #: a steward decides whether records are one child; never asked for, it is their work
    TRACKING = (
        "tracking"  #: a list names the child as perhaps lost between services; never asked for, the list leads there
    )
    OWN_WORK = "own_work"  #: the viewer's agency helps the child already; never asked for, always worked out


class AgeBand(enum.StrEnum):
    """How old the child is, roughly."""

    ANY = ""  #: not known
    UNDER_FIVE = "0-4"  #: under five
    PRIMARY = "5-10"  #: five to ten
    SECONDARY = "11-15"  #: eleven to fifteen
    OLDER = "16-25"  #: sixteen and over

    def years(self) -> tuple[int, int]:
        """Return the youngest and oldest age in whole years."""
        return {"0-4": (0, 4), "5-10": (5, 10), "11-15": (11, 15), "16-25": (16, 25)}.get(self.value, (0, 130))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What was typed, as it was typed; an empty field was not given."""

    name: str = ""
    birth_date: datetime.date | None = None
    number: str = ""
    postcode: str = ""
    age_band: AgeBand = AgeBand.ANY

    def words(self) -> tuple[str, ...]:
        """Return the folded words of the name, at most six, each as long as the index keeps words."""
        return tuple(word[:_WORD_LETTERS] for word in text.name_tokens(self.name) if len(word) > 1)[:6]

    def nhs_number(self) -> str | None:
        """Return the number given when it is an NHS number."""
        return text.nhs_number(self.number) if self.number else None

    def upn(self) -> str | None:
        """Return the number given when it is a unique pupil number."""
        return text.upn(self.number) if self.number else None

    def child_number(self) -> str | None:
        """Return the number given when it is one of our own child numbers."""
        return ids.child_number(self.number) if self.number else None

    def standard_postcode(self) -> str | None:
        """Return the postcode in standard form when it has a postcode's shape."""
        return text.postcode(self.postcode) if self.postcode else None

    def check(self) -> None:
        """Refuse criteria that could find anyone.

        Errors: EmptyCriteria when there is neither a name, a date of birth, a number nor a postcode.
        """
        if not (self.words() or self.birth_date or self.number or self.postcode):
            raise EmptyCriteria

    def things(self) -> int:
        """Return how many things known of a child are given: each word of a name up to two, the birth date, the postcode.

        A number of the child's own is enough by itself, and counts as two. An age fits too many to count.
        """
        is_numbered = bool(self.nhs_number() or self.upn() or self.child_number())
        return min(len(self.words()), 2) + bool(self.birth_date) + bool(self.standard_postcode()) + 2 * is_numbered

    def as_json(self) -> dict[str, str]:
        """Return the criteria in the form in which they are kept."""
        return {
            "name": storable(self.name),
            "birth_date": self.birth_date.isoformat() if self.birth_date else "",
            "number": storable(self.number),
            "postcode": storable(self.postcode),
            "age_band": self.age_band.value,
        }

    @classmethod
    def of_json(cls, kept: dict[str, str]) -> "Criteria":
        """Return criteria as they were kept."""
        born = kept.get("birth_date", "")
        return cls(
            name=kept.get("name", ""),
            birth_date=datetime.date.fromisoformat(born) if born else None,
            number=kept.get("number", ""),
            postcode=kept.get("postcode", ""),
            age_band=AgeBand(kept.get("age_band", "")),
        )


def storable(typed: str) -> str:
    """Leave out what no database keeps as text: the letter with number nought, and halves of letters."""
    return typed.replace("\0", "").encode("utf-8", errors="ignore").decode()
