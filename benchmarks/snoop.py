"""How many of the planted snoops the twelve rules find, at how many alerts, and whether common surnames accuse.

Measured on boroughs drawn anew at every run (the seeds are printed): 2,500 workers in six communities, eight weeks of
ordinary looking, one worker in fifty who snoops in one of the weeks. The peer is the same rules with a surname that counts
the same however many bear it. The chance that the surname rule accuses an innocent worker is also worked out exactly, by
community, for a week in which they look at three strangers.
"""

import collections
import dataclasses
import math
import random
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from benchmarks import borough_of_lookers, places, report, weeks_of_looking
from joinedup.governance.assurance.rules import alerting, snooping, workweeks
from joinedup.governance.assurance.rules.names import Names

WORKERS, WEEKS, ONE_SNOOP_IN = 2_500, 8, 50
BOROUGHS, BOROUGHS_IN_FULL = 3, 12
_STRANGERS = 3
_OWN_COMMUNITY = 0.3

Judge = Callable[[workweeks.Week, workweeks.Peers, Names], snooping.Finding | None]


def naive_surname(week: workweeks.Week, _: workweeks.Peers, __: Names) -> snooping.Finding | None:
    """Find any stranger of the worker's own surname: the rule as it is usually written."""
    found = tuple(look for look in week.strangers if look.subject.surname == week.looker.surname)
    if not found:
        return None
    return snooping.Finding(rule=snooping.Rule.SURNAME, points=10.0, words="The same surname", looks=found)


NAIVE: tuple[Judge, ...] = (naive_surname, *snooping.RULES[1:])


@dataclasses.dataclass(slots=True, kw_only=True)
class Found:
    """What one set of rules made of some boroughs."""

    planted: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    caught: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    alerts: int = 0
    worker_weeks: int = 0
    innocent: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    accused: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    by_name: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)

    @property
    def recall(self) -> float:
        return self.caught.total() / max(self.planted.total(), 1)

    @property
    def alerts_per_thousand(self) -> float:
        return 1000 * self.alerts / max(self.worker_weeks, 1)


def run(
    *,
    seed: int,
    workers: int,
    weeks: int,
    sets: Mapping[str, Sequence[Judge]],
    into: dict[str, Found],
    per_thousand: float = alerting.BUDGET_PER_THOUSAND,
) -> None:
    """Draw one borough and judge its weeks by each set of rules."""
    borough = borough_of_lookers.make(workers, seed=seed)
    chance = random.Random(seed + 1)
    weeks_of_looking.habits(borough, chance)
    planted = weeks_of_looking.plant(borough, snoops=workers // ONE_SNOOP_IN, weeks=weeks, chance=chance)
    community = {worker.looker.id: worker.community for worker in borough.workers}
    for number, week in enumerate(weeks_of_looking.weeks_of(borough, planted, weeks=weeks, chance=chance)):
        peers = workweeks.peers_of(week)
        snoops = {who: snoop.pattern.value for (who, when), snoop in planted.items() if when == number}
        for name, rules in sets.items():
            judged = [alerting.judge(each, peers=peers, names=borough.names, rules=rules) for each in week]
            shown = alerting.alerts(judged, users=workers, per_thousand=per_thousand)
            _count(into[name], shown, snoops=snoops, community=community, workers=workers)


def _count(
    found: Found,
    shown: Iterable[alerting.Judgement],
    *,
    snoops: Mapping[str, str],
    community: Mapping[str, str],
    workers: int,
) -> None:
    shown = list(shown)
    found.alerts += len(shown)
    found.worker_weeks += workers
    found.planted.update(snoops.values())
    found.innocent.update(group for who, group in community.items() if who not in snoops)
    for judgement in shown:
        if judgement.looker_id in snoops:
            found.caught[snoops[judgement.looker_id]] += 1
            continue
        found.accused[community[judgement.looker_id]] += 1
        if judgement.findings[0].rule is snooping.Rule.SURNAME:
            found.by_name[community[judgement.looker_id]] += 1


def rates(found: Found) -> dict[str, dict[str, Any]]:
    """Return, by community, how often innocent workers were shown to a reviewer, against all others, with an interval."""
    answer = {}
    for group, innocent in sorted(found.innocent.items()):
        accused, others = found.accused[group], found.accused.total() - found.accused[group]
        not_theirs = found.innocent.total() - innocent
        # Half a count more on either side keeps a group without alerts in the picture.
        ratio = ((accused + 0.5) / innocent) / ((others + 0.5) / not_theirs)
        width = math.exp(1.96 * math.sqrt(1 / (accused + 0.5) + 1 / (others + 0.5)))
        answer[group] = {
            "alerts_per_1000_worker_weeks": round(1000 * accused / innocent, 2),
            "alerts": accused,
            "by_surname": found.by_name[group],
            "ratio_to_others": round(ratio, 2),
            "interval_95": [round(ratio / width, 2), round(ratio * width, 2)],
        }
    return answer


def chance_by_name(borough: borough_of_lookers.Borough, *, is_weighed: bool) -> dict[str, float]:
    """Return, by community, how likely the surname alone shows an innocent worker to a reviewer in one week.

    Units: weeks in a thousand, each with three strangers, three in ten of them of the worker's own community.
    """
    answer = {}
    for community, children in borough.by_community.items():
        borne = collections.Counter(child.surname for child in children)
        chance = 0.0
        for surname, bearers in borne.items():
            own = bearers / len(children)
            met = (1 - _OWN_COMMUNITY) * borough.names.in_area[surname] + _OWN_COMMUNITY * own
            points = -math.log2(borough.names.chance_of_meeting(surname, children=_STRANGERS))
            if not is_weighed or points >= alerting.THRESHOLD_POINTS:
                chance += own * (1 - (1 - met) ** _STRANGERS)
        answer[community] = round(1000 * chance, 3)
    return answer


def _figure(found: Found) -> dict[str, Any]:
    return {
        "recall": round(found.recall, 3),
        "alerts_per_1000_users_a_week": round(found.alerts_per_thousand, 2),
        "innocent_per_1000_users_a_week": round(1000 * found.accused.total() / found.worker_weeks, 2),
        "recall_by_pattern": {
            pattern: round(found.caught[pattern] / planted, 2) for pattern, planted in sorted(found.planted.items())
        },
        "innocent_by_community": rates(found),
    }


def main() -> None:
    """Measure, and print the line."""
    boroughs = BOROUGHS_IN_FULL if report.is_full(__doc__ or "") else BOROUGHS
    seeds = [secrets.randbelow(10**9) for _ in range(boroughs)]
    found = {"weighed": Found(), "naive": Found()}
    began = time.perf_counter()
    for seed in seeds:
        places.say(f"snoop: borough {seed}")
        run(
            seed=seed,
            workers=WORKERS,
            weeks=WEEKS,
            sets={"weighed": snooping.RULES, "naive": NAIVE},
            into=found,
        )
    borough = borough_of_lookers.make(WORKERS, seed=seeds[0])
    with places.server():
        report.show(
            "snoop",
            data={
                "workers": WORKERS,
                "weeks": WEEKS,
                "boroughs": boroughs,
                "seeds": seeds,
                "snoops": found["weighed"].planted.total(),
            },
            figure={
                **_figure(found["weighed"]),
                "surname_alone_per_1000_weeks": chance_by_name(borough, is_weighed=True),
                "seconds": round(time.perf_counter() - began, 1),
            },
            goal={"recall": 0.90, "alerts_per_1000_users_a_week": 10, "aim": {"recall": 0.97, "alerts": 5}},
            peer={
                "what": "the same rules, with a surname that counts the same however many bear it",
                **_figure(found["naive"]),
                "surname_alone_per_1000_weeks": chance_by_name(borough, is_weighed=False),
            },
        )


if __name__ == "__main__":
    main()
