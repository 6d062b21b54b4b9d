"""Weeks of ordinary looking in a made-up borough, and of snooping: each of the twelve patterns as someone would do it.

Belongs here: what workers look at. Not here: who they are (borough_of_lookers), judging it (the rules).
"""

import dataclasses
import datetime
import itertools
import random
from collections.abc import Callable, Iterator

from benchmarks.borough_of_lookers import Borough, Worker
from joinedup.governance.assurance.rules import snooping, workweeks

FIRST_MONDAY = datetime.date(2026, 1, 5)
_DAY_HOURS = (8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 16, 17)
_LOOKS_BEFORE = 250
_EVENTS = itertools.count()


def habits(borough: Borough, chance: random.Random) -> None:
    """Give every worker a past: at which hours they looked in the weeks before."""
    for worker in borough.workers:
        for _ in range(_LOOKS_BEFORE):
            at = _moment(worker, FIRST_MONDAY, chance)
            hour = at.hour + (24 if at.weekday() >= 5 else 0)
            worker.habits[hour] = worker.habits.get(hour, 0) + 1


def _moment(worker: Worker, monday: datetime.date, chance: random.Random) -> datetime.datetime:
    if worker.is_on_shift:
        return _at(monday, chance.randrange(7), chance.randrange(24), chance)
    return _at(monday, chance.randrange(5), chance.choice(_DAY_HOURS), chance)


def _at(monday: datetime.date, day: int, hour: int, chance: random.Random) -> datetime.datetime:
    date = monday + datetime.timedelta(days=day)
    time = datetime.time(hour, chance.randrange(60), chance.randrange(60))
    return datetime.datetime.combine(date, time, tzinfo=datetime.UTC)


def _look(
    child: workweeks.Subject, at: datetime.datetime, *, seconds: float = 90, known: bool = False, override: bool = False
) -> workweeks.Look:
    event = f"e{next(_EVENTS)}"
    return workweeks.Look(
        event=event, subject=child, at=at, seconds=seconds, has_involvement=known, is_override=override
    )


def _stranger(worker: Worker, borough: Borough, chance: random.Random) -> workweeks.Subject:
    """Draw a child whom work brings up; three in ten are of the worker's own community, whom its workers meet more often."""
    pool = borough.by_community[worker.community] if chance.random() < 0.3 else borough.children
    return chance.choice(pool)


def ordinary(worker: Worker, borough: Borough, monday: datetime.date, chance: random.Random) -> list[workweeks.Look]:
    """Return what a worker looks at in an ordinary week: caseload, strangers, wrong pages left at once, overtime, class lists."""
    wanted = chance.lognormvariate(0, 0.45) * worker.pace * worker.role.looks
    looks = []
    for _ in range(int(wanted + chance.random())):
        at = _moment(worker, monday, chance)
        if chance.random() >= worker.role.strangers:
            looks.append(_look(chance.choice(worker.caseload), at, known=True))
            continue
        looks.append(_look(_stranger(worker, borough, chance), at, seconds=chance.expovariate(1 / 120)))
        if chance.random() < 0.15:  # the wrong one first
            looks += _glances(worker, borough, at, chance.choice((1, 1, 2, 3)), chance)
    if chance.random() < 0.04:  # an evening of overtime
        day, hour = chance.randrange(5), chance.randrange(18, 22)
        for _ in range(chance.randrange(3, 9)):
            looks.append(_look(chance.choice(worker.caseload), _at(monday, day, hour, chance), known=True))
        if chance.random() < worker.role.strangers:
            looks.append(_look(_stranger(worker, borough, chance), _at(monday, day, hour, chance)))
    if chance.random() < 0.02:  # a class list from top to bottom
        at = _moment(worker, monday, chance)
        looks += [
            _look(child, at + datetime.timedelta(seconds=40 * n), known=True)
            for n, child in enumerate(worker.caseload[:20])
        ]
    if worker.role.name in {"social_worker", "front_door"} and chance.random() < 0.02:  # a night on duty
        looks.append(_look(_stranger(worker, borough, chance), _moment(worker, monday, chance), override=True))
    return looks


def _glances(
    worker: Worker, borough: Borough, at: datetime.datetime, count: int, chance: random.Random
) -> list[workweeks.Look]:
    return [
        _look(_stranger(worker, borough, chance), at + datetime.timedelta(seconds=15 * n), seconds=chance.uniform(2, 9))
        for n in range(count)
    ]


def _duty_on_the_watched(borough: Borough, monday: datetime.date, chance: random.Random) -> dict[str, workweeks.Look]:
    """Return the looks at children in the news that work brings about: two in a week, by the front door or the police."""
    on_duty = [worker for worker in borough.workers if worker.role.name in {"front_door", "police"}]
    return {
        worker.looker.id: _look(chance.choice(borough.watched), _moment(worker, monday, chance))
        for worker in chance.sample(on_duty, min(2, len(on_duty)))
    }


# ---------------------------------------------------------------- snooping

Snoop = Callable[[Worker, Borough, datetime.date, random.Random], list[workweeks.Look]]


def _sometime(worker: Worker, monday: datetime.date, chance: random.Random) -> datetime.datetime:
    """Two in five snoop when the office is empty."""
    return _at(monday, chance.randrange(7), 22, chance) if chance.random() < 0.4 else _moment(worker, monday, chance)


def _family(worker, borough, monday, chance):
    """Look at one's own kin: a family of the same surname, a third of them next door."""
    home = worker.home if chance.random() < 0.33 else f"home of kin {worker.looker.id}"
    kin = [
        workweeks.Subject(id=f"kin {n} of {worker.looker.id}", surname=worker.looker.surname, address=home)
        for n in range(chance.randrange(1, 4))
    ]
    return [_look(child, _sometime(worker, monday, chance)) for child in kin for _ in range(chance.randrange(1, 3))]


def _neighbours(worker, borough, monday, chance):
    worker.looker = dataclasses.replace(worker.looker, addresses=frozenset({worker.home}))
    near = chance.sample(borough.by_home[worker.home], min(2, len(borough.by_home[worker.home])))
    return [_look(child, _sometime(worker, monday, chance)) for child in near]


def _declared(worker, borough, monday, chance):
    child = chance.choice(borough.children)
    worker.looker = dataclasses.replace(worker.looker, relatives=frozenset({child.id}))
    return [_look(child, _sometime(worker, monday, chance), known=chance.random() < 0.3)]


def _colleague(worker, borough, monday, chance):
    surname, home = chance.choice(sorted(worker.colleagues))
    child = workweeks.Subject(id=f"child of a colleague of {worker.looker.id}", surname=surname, address=home)
    return [_look(child, _sometime(worker, monday, chance))]


def _strangers(worker, borough, monday, chance):
    return [
        _look(chance.choice(borough.children), _moment(worker, monday, chance)) for _ in range(chance.randrange(6, 12))
    ]


def _quick(worker, borough, monday, chance):
    return _glances(worker, borough, _sometime(worker, monday, chance), chance.randrange(6, 13), chance)


def _serial(worker, borough, monday, chance):
    first = chance.randrange(len(borough.children))
    in_order = [first + 2 * n for n in range(chance.randrange(6, 13))]
    at = _moment(worker, monday, chance)
    return [
        _look(
            workweeks.Subject(id=f"numbered {number}", surname="-", serial=number),
            at + datetime.timedelta(seconds=50 * n),
        )
        for n, number in enumerate(in_order)
    ]


def _at_night(worker, borough, monday, chance):
    nights = chance.sample(range(5), chance.randrange(2, 4))
    return [
        _look(chance.choice(borough.children), _at(monday, night, chance.choice((23, 1, 2, 3)), chance))
        for night in nights
        for _ in range(chance.randrange(1, 4))
    ]


def _many(worker, borough, monday, chance):
    wanted = max(45, int(worker.role.looks * chance.uniform(8, 12)))
    return [
        _look(chance.choice(borough.children), _moment(worker, monday, chance), known=chance.random() < 0.4)
        for _ in range(wanted)
    ]


def _news(worker, borough, monday, chance):
    return [_look(chance.choice(borough.watched), _sometime(worker, monday, chance))]


def _overrides(worker, borough, monday, chance):
    return [
        _look(chance.choice(borough.children), _moment(worker, monday, chance), override=True)
        for _ in range(chance.randrange(3, 6))
    ]


def _leaving(worker, borough, monday, chance):
    leaves_on = monday + datetime.timedelta(days=chance.randrange(7, 13))
    worker.looker = dataclasses.replace(worker.looker, leaves_on=leaves_on)
    return [
        _look(chance.choice(borough.children), _moment(worker, monday, chance)) for _ in range(chance.randrange(5, 11))
    ]


SNOOPS: dict[snooping.Rule, Snoop] = {
    snooping.Rule.SURNAME: _family,
    snooping.Rule.ADDRESS: _neighbours,
    snooping.Rule.RELATIVE: _declared,
    snooping.Rule.COLLEAGUE: _colleague,
    snooping.Rule.STRANGERS: _strangers,
    snooping.Rule.GLANCES: _quick,
    snooping.Rule.SERIAL: _serial,
    snooping.Rule.HOURS: _at_night,
    snooping.Rule.VOLUME: _many,
    snooping.Rule.NEWS: _news,
    snooping.Rule.OVERRIDES: _overrides,
    snooping.Rule.LEAVING: _leaving,
}
#: Who looks strangers up for a living hides in it; nobody could tell these patterns there from the work itself.
_NOT_WHERE_STRANGERS_ARE_THE_WORK = {snooping.Rule.STRANGERS, snooping.Rule.LEAVING}
#: Nobody on shifts has an unusual hour; a person without colleagues who declared a home has no colleague's family.
_MOST_STRANGERS = 0.3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """That one worker snooped in one week, and how."""

    looker_id: str
    week: int
    pattern: snooping.Rule


def plant(borough: Borough, *, snoops: int, weeks: int, chance: random.Random) -> dict[tuple[str, int], Planted]:
    """Choose who snoops, when and how: the patterns in turn."""
    waiting = chance.sample(borough.workers, len(borough.workers))
    planted = {}
    for n, pattern in zip(range(snoops), itertools.cycle(SNOOPS), strict=False):
        worker = next(worker for worker in waiting if _could(worker, pattern))
        waiting.remove(worker)
        week = n % weeks
        planted[worker.looker.id, week] = Planted(looker_id=worker.looker.id, week=week, pattern=pattern)
    return planted


def _could(worker: Worker, pattern: snooping.Rule) -> bool:
    if pattern in _NOT_WHERE_STRANGERS_ARE_THE_WORK and worker.role.strangers > _MOST_STRANGERS:
        return False
    if pattern is snooping.Rule.HOURS and worker.is_on_shift:
        return False
    return pattern is not snooping.Rule.COLLEAGUE or bool(worker.colleagues)


def weeks_of(
    borough: Borough, planted: dict[tuple[str, int], Planted], *, weeks: int, chance: random.Random
) -> Iterator[list[workweeks.Week]]:
    """Yield week after week what each worker who looked at anyone looked at."""
    for number in range(weeks):
        monday = FIRST_MONDAY + datetime.timedelta(weeks=number)
        on_duty = _duty_on_the_watched(borough, monday, chance)
        leaving = {worker.looker.id for worker in borough.workers if chance.random() < 0.006}
        found = []
        for worker in borough.workers:
            looks = ordinary(worker, borough, monday, chance)
            if worker.looker.id in on_duty:
                looks.append(on_duty[worker.looker.id])
            before = worker.looker
            if worker.looker.id in leaving:
                worker.looker = dataclasses.replace(before, leaves_on=monday + datetime.timedelta(days=10))
            snoop = planted.get((worker.looker.id, number))
            if snoop:
                looks += SNOOPS[snoop.pattern](worker, borough, monday, chance)
            if looks:
                found.append(_week(worker, looks))
            worker.looker = before
        yield found


def _week(worker: Worker, looks: list[workweeks.Look]) -> workweeks.Week:
    return workweeks.Week(
        looker=worker.looker,
        looks=tuple(sorted(looks, key=lambda look: (look.at, look.event))),
        habits=worker.habits,
        colleagues=worker.colleagues,
    )
