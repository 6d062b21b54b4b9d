"""Values that the rules of unusual looking judge: one worker's week of looks, and what is known of the worker and of peers.

Belongs here: frozen values and counting over them. Not here: the twelve rules (snooping).
"""

import collections
import dataclasses
import datetime
import math
import statistics
from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: How many hours of the clock a habit is counted in, on working days and at weekends.
_HOURS = 24


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A child who was looked at, as far as the rules need it.

    `address` is a fingerprint of the postcode; `serial` a number given out in order, such as a pupil number's digits.
    """

    id: str
    surname: str = ""
    address: str = ""
    serial: int | None = None
    is_watched: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one child.

    Units: `at` by the clocks of England; `seconds` until the same session went on, None where it did not.
    `has_involvement`: the worker's agency helped the child within 30 days before or after.
    """

    event: str
    subject: Subject
    at: datetime.datetime
    seconds: float | None = None
    purpose: str = ""
    has_involvement: bool = False
    is_override: bool = False

    @property
    def habit(self) -> int:
        """Return in which hour of a working day (0 to 23) or of a weekend's (24 to 47) it was."""
        return self.at.hour + (_HOURS if self.at.weekday() >= 5 else 0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """A worker, as far as the installation knows them; `leaves_on` where their last role ends.

    `relatives` are children whom the worker declared; `addresses` fingerprints of postcodes that they declared.
    """

    id: str
    surname: str = ""
    role: str = ""
    agency: str = ""
    team: str = ""
    addresses: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    leaves_on: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one worker looked at in a week, in order of time.

    `habits` counts the worker's looks of the weeks before by `Look.habit`; `colleagues` holds the surname and the declared
    address of each person of the same team.
    """

    looker: Looker
    looks: tuple[Look, ...]
    habits: Mapping[int, int] = dataclasses.field(default_factory=dict)
    colleagues: frozenset[tuple[str, str]] = frozenset()

    @property
    def strangers(self) -> tuple[Look, ...]:
        """Return the looks at children with whom the worker's agency has nothing to do."""
        return tuple(look for look in self.looks if not look.has_involvement)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """What is usual in one role: the logarithm of children looked at in a week, and the share of strangers among them.

    `overrides` is how many children a usual week of the role has by override: for duty at night that is the work itself.
    """

    mean: float
    spread: float
    strangers: float
    overrides: float = 0.0

    def z(self, children: int) -> float:
        """Return by how many standard deviations a week's number of children exceeds what is usual."""
        return (math.log1p(children) - self.mean) / self.spread


#: Where too few share a role for anything to be usual, and the least spread that a role is believed to have.
_FEWEST_PEERS = 8
_LEAST_SPREAD = 0.25
_EVERYONE = ""


class _Counted(NamedTuple):
    children: int
    looks: int
    strangers: int
    overrides: int


def peers_of(weeks: Iterable[Week]) -> dict[str, Peers]:
    """Work out what is usual in each role; under the empty name stands what is usual over all."""
    by_role: dict[str, list[_Counted]] = collections.defaultdict(list)
    for week in weeks:
        counted = _Counted(
            children=len({look.subject.id for look in week.looks}),
            looks=len(week.looks),
            strangers=len(week.strangers),
            overrides=len({look.subject.id for look in week.looks if look.is_override}),
        )
        by_role[week.looker.role].append(counted)
        by_role[_EVERYONE].append(counted)
    return {
        role: _usual(counted) for role, counted in by_role.items() if len(counted) >= _FEWEST_PEERS or role == _EVERYONE
    }


def _usual(counted: list[_Counted]) -> Peers:
    """Take the middle and the middle half, so that the few whom the rules seek do not move what is usual."""
    logs = sorted(math.log1p(each.children) for each in counted)
    quarter = len(logs) // 4
    middle_half = logs[-1 - quarter] - logs[quarter]
    shares = [each.strangers / each.looks for each in counted if each.looks]
    return Peers(
        mean=statistics.median(logs),
        spread=max(middle_half / 1.349, _LEAST_SPREAD),
        strangers=statistics.fmean(shares) if shares else 0.0,
        overrides=statistics.median(each.overrides for each in counted),
    )


def peers_for(peers: Mapping[str, Peers], role: str) -> Peers:
    """Return what is usual in a role, or over all where too few hold it."""
    return peers.get(role) or peers[_EVERYONE]
