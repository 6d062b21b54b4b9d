"""Rules of publishing how often looking was questioned: by role, by agency, and by the ethnicity of the children looked at.

Belongs here: rates, and which of them are too small to print. Not here: counting (operations).
"""

import dataclasses
from collections.abc import Iterable

#: Counts below this are not printed, for a small count may point to a person.
SMALLEST_SHOWN = 6

#: The five main groups of the census of population by the first letter of a school census code; Chinese are of Asia.
_MAIN_GROUPS = {"W": "white", "M": "mixed", "A": "asian", "C": "asian", "B": "black", "O": "other"}


def main_group(code: str) -> str:
    """Return the main ethnic group of a school census code; empty where it was refused or not obtained.

    Source: Office for National Statistics, census 2021, ethnic group; DfE, common basic data set.
    """
    return _MAIN_GROUPS.get(code[:1], "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Looks of one group, and how many of them stood in an alert; `group` is a code."""

    group: str
    looks: int
    questioned: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is printed of a group; None where it would be too small to print.

    Units: `per_thousand` looks in alerts among a thousand looks.
    """

    group: str
    looks: int | None
    questioned: int | None
    per_thousand: float | None


def published(tallies: Iterable[Tally]) -> tuple[Rate, ...]:
    """Return what may be printed, by group.

    Where exactly one group is too small, the next smallest is left out with it: else the sum would tell.
    """
    given = sorted(tallies, key=lambda tally: tally.group)
    hidden = {tally.group for tally in given if tally.questioned < SMALLEST_SHOWN}
    if len(hidden) == 1 and len(given) > 1:
        hidden.add(min((each for each in given if each.group not in hidden), key=lambda each: each.questioned).group)
    return tuple(_rate(tally, is_hidden=tally.group in hidden) for tally in given)


def _rate(tally: Tally, *, is_hidden: bool) -> Rate:
    looks = tally.looks if tally.looks >= SMALLEST_SHOWN else None
    if is_hidden or looks is None:
        return Rate(group=tally.group, looks=looks, questioned=None, per_thousand=None)
    return Rate(
        group=tally.group,
        looks=looks,
        questioned=tally.questioned,
        per_thousand=round(1000 * tally.questioned / tally.looks, 2),
    )
