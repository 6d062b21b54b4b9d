"""Rules of what becomes of findings: when a week is shown to a reviewer, and how many weeks a reviewer can be shown.

Belongs here: adding up, the threshold and the budget. Not here: finding (snooping), who may review (reviewing).
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence

from joinedup.governance.assurance.rules import snooping, workweeks
from joinedup.governance.assurance.rules.names import Names

#: A week of this many points is shown to a reviewer. Units: bits; 8 is one ordinary week in 256, before what chance leaves out.
THRESHOLD_POINTS = 8.0
#: No more than so many are shown for each thousand users in a week, the most surprising first.
BUDGET_PER_THOUSAND = 10.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the rules found in one worker's week.

    Units: `points` in bits.
    """

    looker_id: str
    points: float
    findings: tuple[snooping.Finding, ...]

    @property
    def is_alert(self) -> bool:
        return self.points >= THRESHOLD_POINTS


def judge(
    week: workweeks.Week,
    *,
    peers: Mapping[str, workweeks.Peers],
    names: Names,
    rules: Sequence[Callable[[workweeks.Week, workweeks.Peers, Names], snooping.Finding | None]] = snooping.RULES,
) -> Judgement:
    """Ask every rule of one week.

    Rules that find the same looks surprising by their number are not each believed in full: the strongest counts whole, the
    others half.
    """
    usual = workweeks.peers_for(peers, week.looker.role)
    found = [finding for rule in rules if (finding := rule(week, usual, names)) is not None]
    strongest_first = tuple(sorted(found, key=lambda finding: (-finding.points, finding.rule)))
    of_number = [finding.points for finding in strongest_first if finding.rule in snooping.OF_NUMBER]
    points = sum(finding.points for finding in strongest_first) - sum(of_number[1:]) / 2
    return Judgement(looker_id=week.looker.id, points=round(points, 1), findings=strongest_first)


def alerts(
    judged: Iterable[Judgement], *, users: int, per_thousand: float = BUDGET_PER_THOUSAND
) -> tuple[Judgement, ...]:
    """Return the weeks that reviewers are shown, the most surprising first, within the budget; at least one may be.

    Shapes: at most `per_thousand` for each thousand users.
    """
    most = max(1, int(users * per_thousand / 1000))
    over = [judgement for judgement in judged if judgement.is_alert]
    return tuple(sorted(over, key=lambda judgement: (-judgement.points, judgement.looker_id))[:most])
