"""What must be said of each act: the reason always, and what else by the act and its outcome.

Belongs here: one written step as a value, and what is wrong with it. Not here: where it leads (moving).
"""

import dataclasses
import datetime
import enum

from joinedup.processes.protection.rules.moving import all_outcomes_of
from joinedup.processes.protection.rules.words import (
    FEWEST_LETTERS,
    MOST_LETTERS,
    MOST_NAME,
    Act,
    Category,
    Ending,
    Outcome,
)


class Detail(enum.StrEnum):
    """What a step may have to say besides when it was and why."""

    OUTCOME = "outcome"  #: what it led to
    PRESENT = "present"  #: who took part
    CHAIR = "chair"  #: who chaired, independent of the case
    CATEGORY = "category"  #: the category of abuse
    ENDING = "ending"  #: why it ended
    ALONE = "is_alone"  #: whether the child was seen alone
    VIEW = "childs_view"  #: what the child says, or why that is missing


_MEETINGS = frozenset({Act.DISCUSSED, Act.CONFERENCE_HELD, Act.CORE_GROUP_HELD, Act.REVIEW_HELD})
_CHAIRED = frozenset({Act.CONFERENCE_HELD, Act.REVIEW_HELD})
_VIEWED = frozenset({Act.ENQUIRY_ENDED, Act.CONFERENCE_HELD, Act.REVIEW_HELD, Act.CHILD_SEEN})
_ENDS = frozenset({Act.PLAN_ENDED, Act.CLOSED})
#: A discussion is between agencies: one agency alone discusses nothing.
FEWEST_AGENCIES = 2


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Someone who took part, by name and agency."""

    name: str
    agency: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is written of one act.

    Units: `happened_at` with a time zone. Shapes: what the act has not to say stays empty; `is_alone` is None.
    """

    act: Act
    happened_at: datetime.datetime
    words: str
    outcome: Outcome | None = None
    present: tuple[Present, ...] = ()
    chair: str = ""
    category: Category | None = None
    ending: Ending | None = None
    is_alone: bool | None = None
    childs_view: str = ""


class SayMore(Exception):
    """Something must be said that is not, or cannot be so; `details` names what."""

    def __init__(self, *details: str) -> None:
        super().__init__(", ".join(details))
        self.details = details


def needs(act: Act, outcome: Outcome | None) -> frozenset[Detail]:
    """Return what an act with this outcome must say besides when and why, and beyond which it says nothing."""
    asked = {
        Detail.OUTCOME: bool(all_outcomes_of(act)),
        Detail.PRESENT: act in _MEETINGS,
        Detail.CHAIR: act in _CHAIRED,
        Detail.CATEGORY: outcome in {Outcome.PLAN, Outcome.CONTINUES},
        Detail.ENDING: act in _ENDS or outcome is Outcome.ENDS,
        Detail.ALONE: act is Act.CHILD_SEEN,
        Detail.VIEW: act in _VIEWED,
    }
    return frozenset(detail for detail, is_asked in asked.items() if is_asked)


def may_need(act: Act) -> frozenset[Detail]:
    """Return what an act may have to say, whatever its outcome: the questions of its form."""
    return frozenset().union(*(needs(act, outcome) for outcome in (None, *all_outcomes_of(act))))


def check(saying: Saying, *, at: datetime.datetime) -> Saying:
    """Return what is written with blanks taken off, and without what this act has not to say.

    Errors: SayMore naming everything that is missing, and `happened_at` where that lies ahead of `at`.
    """
    asked = needs(saying.act, saying.outcome)
    tidy = _tidied(saying, asked)
    faults = [detail for detail in Detail if detail in asked and not _is_said(tidy, detail)]
    wrong = [
        *(["words"] if len(tidy.words) < FEWEST_LETTERS else []),
        *(["happened_at"] if tidy.happened_at > at else []),
        *(str(detail) for detail in faults),
    ]
    if wrong:
        raise SayMore(*wrong)
    return tidy


def check_words(text: str, *, most: int = MOST_LETTERS) -> str:
    """Return words without blanks around them.

    Errors: SayMore where they say nothing.
    """
    said = text.strip()[:most]
    if len(said) < FEWEST_LETTERS:
        raise SayMore("words")
    return said


def _tidied(saying: Saying, asked: frozenset[Detail]) -> Saying:
    people = tuple(
        Present(name=one.name.strip()[:MOST_NAME], agency=one.agency.strip()[:MOST_NAME]) for one in saying.present
    )
    return dataclasses.replace(
        saying,
        words=saying.words.strip()[:MOST_LETTERS],
        present=people if Detail.PRESENT in asked else (),
        chair=saying.chair.strip()[:MOST_NAME] if Detail.CHAIR in asked else "",
        category=saying.category if Detail.CATEGORY in asked else None,
        ending=saying.ending if Detail.ENDING in asked else None,
        is_alone=saying.is_alone if Detail.ALONE in asked else None,
        childs_view=saying.childs_view.strip()[:MOST_LETTERS] if Detail.VIEW in asked else "",
    )


def _is_said(saying: Saying, detail: Detail) -> bool:
    if detail is Detail.PRESENT:
        agencies = {one.agency.casefold() for one in saying.present if one.name and one.agency}
        is_whole = all(one.name and one.agency for one in saying.present)
        return is_whole and len(agencies) >= (FEWEST_AGENCIES if saying.act is Act.DISCUSSED else 1)
    if detail in {Detail.CHAIR, Detail.VIEW}:
        return len(str(getattr(saying, detail))) >= FEWEST_LETTERS
    return getattr(saying, detail) is not None
