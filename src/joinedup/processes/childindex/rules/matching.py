"""How well a child fits what a person remembers, and the words that say why."""

import dataclasses
import datetime
import enum
from collections.abc import Mapping

from rapidfuzz.distance import DamerauLevenshtein

from joinedup.foundation import text
from joinedup.processes.childindex.rules.criteria import Criteria

_MONTHS = 12
_CLOSE_DAYS = 1


class WordKind(enum.IntEnum):
    """In which way a word of a name was met; the lower the better."""

    SAME = 0  #: letter for letter
    VARIANT = 1  #: a nickname or another spelling of the same name
    TYPO = 2  #: one slip away, or two in a long word
    SOUND = 3  #: sounds alike
    START = 4  #: begins with what was typed


_WORD_POINTS = {
    WordKind.SAME: 10.0,
    WordKind.VARIANT: 8.5,
    WordKind.TYPO: 7.0,
    WordKind.SOUND: 6.0,
    WordKind.START: 5.0,
}
#: A name that some record states, though the child is not shown by it, counts a little less.
_ANOTHER_NAME_POINTS = 1.0
_WORD_WORDS = {
    WordKind.SAME: "name “{word}”",
    WordKind.VARIANT: "“{word}”, another form of “{asked}”",
    WordKind.TYPO: "“{word}”, spelt nearly like “{asked}”",
    WordKind.SOUND: "“{word}”, sounds like “{asked}”",
    WordKind.START: "“{word}”, begins with “{asked}”",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the index knows of a child when it is asked who fits.

    `given_words` and `family_words` are every folded word that any linked record states, old names included;
    `shown_words` are those of the name by which the child is shown now. `child_numbers` is the child's own number and
    any that leads to it.
    """

    given_words: frozenset[str]
    family_words: frozenset[str]
    birth_dates: frozenset[datetime.date]
    nhs_numbers: frozenset[str]
    upns: frozenset[str]
    postcodes: frozenset[str]
    child_numbers: frozenset[str] = frozenset()
    shown_words: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well a child fits, and why in plain words. `points` order results; they say nothing else."""

    points: float
    reasons: tuple[str, ...]


def match(criteria: Criteria, candidate: Candidate, *, similar: Mapping[str, Mapping[str, WordKind]]) -> Match | None:
    """Say how well a child fits the criteria, or None when nothing does.

    Shapes: `similar` maps each word asked for to the words of the index that come near it, and in which way.
    """
    points, reasons = _of_words(criteria, candidate, similar)
    for more_points, reason in (
        _of_birth_date(criteria, candidate),
        _of_number(criteria, candidate),
        _of_postcode(criteria, candidate),
    ):
        points += more_points
        if reason:
            reasons.append(reason)
    return Match(points=points, reasons=tuple(reasons)) if reasons else None


def _of_words(
    criteria: Criteria, candidate: Candidate, similar: Mapping[str, Mapping[str, WordKind]]
) -> tuple[float, list[str]]:
    points = 0.0
    reasons: list[str] = []
    known = candidate.given_words | candidate.family_words
    asked_words = criteria.words()
    for asked in asked_words:
        near = similar.get(asked, {})
        met = min(((near[word], word not in candidate.shown_words, word) for word in near.keys() & known), default=None)
        if met is None:
            points -= 3.0
            continue
        kind, is_another_name, word = met
        points += _WORD_POINTS[kind] - (_ANOTHER_NAME_POINTS if is_another_name else 0.0)
        said = _WORD_WORDS[kind].format(word=word.capitalize(), asked=asked.capitalize())
        reasons.append(f"{said}, in another of the child’s names" if is_another_name else said)
    if len(asked_words) > 1 and len(reasons) == len(asked_words) and _is_swapped(asked_words, candidate):
        points -= 1.0
        reasons.append("first and last name the other way round")
    return points, reasons


def _is_swapped(asked_words: tuple[str, ...], candidate: Candidate) -> bool:
    first, last = asked_words[0], asked_words[-1]
    in_order = first in candidate.given_words or last in candidate.family_words
    swapped = first in candidate.family_words and last in candidate.given_words
    return swapped and not in_order


def _of_birth_date(criteria: Criteria, candidate: Candidate) -> tuple[float, str]:
    asked = criteria.birth_date
    if asked is None:
        return 0.0, ""
    if asked in candidate.birth_dates:
        return 12.0, "date of birth"
    if swapped_day_and_month(asked) in candidate.birth_dates:
        return 9.0, "date of birth with day and month the other way round"
    if any(abs((asked - born).days) <= _CLOSE_DAYS for born in candidate.birth_dates):
        return 7.0, "date of birth a day out"
    if any(_one_digit_apart(asked, born) for born in candidate.birth_dates):
        return 6.0, "date of birth with one digit different"
    return -4.0, ""


def swapped_day_and_month(day: datetime.date) -> datetime.date | None:
    """Return the date with day and month exchanged, or None when that is no date or the same."""
    if day.day > _MONTHS or day.day == day.month:
        return None
    return datetime.date(day.year, day.day, day.month)


def _one_digit_apart(first: datetime.date, second: datetime.date) -> bool:
    return int(DamerauLevenshtein.distance(first.isoformat(), second.isoformat(), score_cutoff=1)) == 1


def _of_number(criteria: Criteria, candidate: Candidate) -> tuple[float, str]:
    if not criteria.number:
        return 0.0, ""
    if criteria.child_number() in candidate.child_numbers:
        return 40.0, "child number"
    if criteria.nhs_number() in candidate.nhs_numbers:
        return 40.0, "NHS number"
    if criteria.upn() in candidate.upns:
        return 40.0, "unique pupil number"
    return 0.0, ""


def _of_postcode(criteria: Criteria, candidate: Candidate) -> tuple[float, str]:
    asked = criteria.standard_postcode()
    if asked is None:
        return 0.0, ""
    if asked in candidate.postcodes:
        return 8.0, "postcode"
    sector = text.postcode_sector(asked)
    if any(text.postcode_sector(postcode) == sector for postcode in candidate.postcodes):
        return 2.0, "lives, or lived, close by"
    return -1.0, ""
