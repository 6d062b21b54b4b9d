"""The twelve rules of unusual looking: what in a worker's week of looks their work does not explain.

Belongs here: the rules, each with its points and its reason in words. Not here: what becomes of them (alerting). They judge
looks, never children, and never on their own: a person reviews. Points are bits of surprise: 10 says that ordinary work would
bring it about in one week of a thousand. A look with a reason in the worker's own caseload counts little or nothing.
"""

import dataclasses
import datetime
import enum
import math
from collections.abc import Callable, Iterator, Sequence

from joinedup.governance.assurance.rules.names import Names
from joinedup.governance.assurance.rules.workweeks import Look, Peers, Week

_MOST_BITS = 12.0
#: A surname says nothing where chance alone would bring it about in one week of sixteen.
SURNAME_BITS = 4.0
_SHORT_SECONDS = 10
_SHORT_RUN = 5
#: A glance, and the time to find the next.
_GLANCE_SECONDS = 60
_CHILDREN_AT_A_POSTCODE = 12
_SERIAL_RUN = 5
_SERIAL_STEP = 3
_FEWEST_STRANGERS = 5
_LEAST_BITS = 5.0
_SERIAL_MINUTES = 10
_UNUSUAL_HOUR = 0.01
_NEW_WORKER_LOOKS = 60
_VOLUME_Z = 3.0
_OVERRIDES = 3
_LEAVING_DAYS = 14


class Rule(enum.StrEnum):
    """The rules by the names under which they are kept."""

    SURNAME = "surname"  #: a child of the worker's own surname, where that is rare
    ADDRESS = "address"  #: a child at an address that the worker declared
    RELATIVE = "relative"  #: the worker's own child, or a relative whom they declared
    COLLEAGUE = "colleague"  #: a child of a colleague's surname at that colleague's address
    STRANGERS = "strangers"  #: more children without any involvement than is usual in the role
    GLANCES = "glances"  #: pages opened and left within ten seconds, one after the other
    SERIAL = "serial"  #: numbers looked up in their order
    HOURS = "hours"  #: at hours at which this person never works
    VOLUME = "volume"  #: far more children than others in the role
    NEWS = "news"  #: a child on the watch-list, whose name is in the news
    OVERRIDES = "overrides"  #: override upon override, where that is not the work
    LEAVING = "leaving"  #: many strangers shortly before leaving the post


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule found in one week: how surprising, why in words, and in which looks.

    Units: bits.
    """

    rule: Rule
    points: float
    words: str
    looks: tuple[Look, ...]


Judge = Callable[[Week, Peers, Names], Finding | None]


def _finding(rule: Rule, points: float, words: str, looks: Sequence[Look]) -> Finding | None:
    if points <= 0 or not looks:
        return None
    return Finding(rule=rule, points=round(min(points, _MOST_BITS), 1), words=words, looks=tuple(looks))


def _children(looks: Sequence[Look]) -> int:
    return len({look.subject.id for look in looks})


def _of(looks: Sequence[Look], what: str = "") -> str:
    children = _children(looks)
    return f"{children} {'child' if children == 1 else 'children'}{' ' if what else ''}{what}"


def surprise(*, seen: int, among: int, share: float) -> float:
    """Return how surprising it is to see at least so many among so many, where each comes with this share.

    Units: bits, the negative binary logarithm of the binomial tail.
    """
    if seen <= 0:
        return 0.0
    share = min(max(share, 1e-6), 1 - 1e-6)
    logs = [
        math.lgamma(among + 1) - math.lgamma(k + 1) - math.lgamma(among - k + 1)
        + k * math.log(share) + (among - k) * math.log1p(-share)
        for k in range(seen, among + 1)
    ]  # fmt: skip
    largest = max(logs)
    tail = largest + math.log(sum(math.exp(log - largest) for log in logs))
    return max(0.0, -tail / math.log(2))


def surname(week: Week, _: Peers, names: Names) -> Finding | None:
    """Find strangers of the worker's own surname, where meeting it by chance would be surprising.

    How surprising depends on how many bear the name, in the area and in its community, and on how many strangers the
    worker has looked at: a front door meets every name.
    """
    own = week.looker.surname
    found = [look for look in week.strangers if own and look.subject.surname == own]
    if not found:
        return None
    chance = names.chance_of_meeting(own, children=max(_children(week.strangers), 1))
    points = -math.log2(chance)
    if points < SURNAME_BITS:
        return None
    one_in = round(1 / names.share(own))
    words = f"Looked at {_of(found)} of their own surname, which one person in {one_in:,} bears here"
    return _finding(Rule.SURNAME, points, words, found)


def address(week: Week, _: Peers, names: Names) -> Finding | None:
    """Find strangers at an address that the worker declared; who serves the area they live in meets some by chance."""
    found = [look for look in week.strangers if look.subject.address and look.subject.address in week.looker.addresses]
    chance = 1 - (1 - min(1, _CHILDREN_AT_A_POSTCODE * names.rarest)) ** max(_children(week.strangers), 1)
    points = -math.log2(chance) + 2 * (_children(found) - 1)
    return _finding(Rule.ADDRESS, points, f"Looked at {_of(found)} at a postcode where they live", found)


def relative(week: Week, _: Peers, __: Names) -> Finding | None:
    """Find the worker's own children and relatives; that the agency helps them too is no excuse."""
    found = [look for look in week.looks if look.subject.id in week.looker.relatives]
    return _finding(Rule.RELATIVE, _MOST_BITS, f"Looked at {_of(found)} whom they declared as their family", found)


def colleague(week: Week, _: Peers, __: Names) -> Finding | None:
    """Find strangers of a colleague's surname at the colleague's address."""
    found = [look for look in week.strangers if (look.subject.surname, look.subject.address) in week.colleagues]
    return _finding(
        Rule.COLLEAGUE,
        _MOST_BITS,
        f"Looked at {_of(found)} of a colleague's surname at the colleague's postcode",
        found,
    )


def _unexplained(week: Week) -> list[Look]:
    """Return the looks at strangers that lasted; a page left at once was the wrong one, or is for `glances` to find."""
    return [look for look in week.strangers if look.seconds is None or look.seconds >= _SHORT_SECONDS]


def _strangers_surprise(found: Sequence[Look], week: Week, peers: Peers) -> float:
    """Return how surprising so many strangers are in the role.

    Usual differs from person to person: half as much again is allowed, and three children in a hundred to everyone.
    """
    return surprise(seen=_children(found), among=_children(week.looks), share=1.5 * peers.strangers + 0.03)


def strangers(week: Week, peers: Peers, _: Names) -> Finding | None:
    """Find more strangers among the week's looks than is usual in the role, five at least."""
    found = _unexplained(week)
    if _children(found) < _FEWEST_STRANGERS:
        return None
    points = _strangers_surprise(found, week, peers)
    among = _children(week.looks)
    words = f"Looked at {_of(found)} with whom their agency has no work within 30 days, of {among} in all"
    return _finding(Rule.STRANGERS, points if points >= _LEAST_BITS else 0, words, found)


def _runs(looks: Sequence[Look], goes_on: Callable[[Look, Look], bool]) -> Iterator[list[Look]]:
    run: list[Look] = []
    for look in looks:
        if run and not goes_on(run[-1], look):
            yield run
            run = []
        run.append(look)
    if run:
        yield run


def glances(week: Week, _: Peers, __: Names) -> Finding | None:
    """Find strangers' pages opened and left within ten seconds, five or more in a row."""

    def is_short(look: Look) -> bool:
        return look.seconds is not None and look.seconds < _SHORT_SECONDS and not look.has_involvement

    def goes_on(one: Look, other: Look) -> bool:
        return is_short(one) and is_short(other) and (other.at - one.at).total_seconds() <= _GLANCE_SECONDS

    longest = max(_runs(week.looks, goes_on), key=_children, default=[])
    if _children(longest) < _SHORT_RUN:
        return None
    words = f"Opened {_of(longest)} one after the other and left each within {_SHORT_SECONDS} seconds"
    return _finding(Rule.GLANCES, 2.5 * (_children(longest) - 1), words, longest)


def serial(week: Week, _: Peers, __: Names) -> Finding | None:
    """Find strangers looked up in the order of their numbers, five or more in a row."""

    def goes_on(one: Look, other: Look) -> bool:
        step = (other.subject.serial or 0) - (one.subject.serial or 0)
        is_soon = other.at - one.at <= datetime.timedelta(minutes=_SERIAL_MINUTES)
        return is_soon and 0 < step <= _SERIAL_STEP

    runs: list[list[Look]] = []
    for look in week.strangers:
        if look.subject.serial is None:
            continue
        # Other work may come between two numbers, so each run is taken up where it stopped.
        run = next((run for run in reversed(runs) if goes_on(run[-1], look)), None)
        if run is None:
            runs.append([look])
        else:
            run.append(look)
    longest = max(runs, key=len, default=[])
    if len(longest) < _SERIAL_RUN:
        return None
    words = f"Looked up {_of(longest)} in the order of their numbers"
    return _finding(Rule.SERIAL, 2.5 * (len(longest) - 1), words, longest)


def hours(week: Week, _: Peers, __: Names) -> Finding | None:
    """Find strangers looked at when this person never works, on two days or more, or several on one.

    A new worker has no habit yet and is not judged.
    """
    known = sum(week.habits.values())
    if known < _NEW_WORKER_LOOKS:
        return None

    def is_unusual(look: Look) -> bool:
        # The hours beside it count too: nobody's day ends on the stroke, and a few weeks of shifts leave gaps.
        near = {(look.habit + step) % 24 + look.habit // 24 * 24 for step in (-2, -1, 0, 1, 2)}
        return sum(week.habits.get(hour, 0) for hour in near) / known < _UNUSUAL_HOUR

    found = [look for look in week.strangers if is_unusual(look)]
    days = len({(look.at - datetime.timedelta(hours=6)).date() for look in found})
    words = f"Looked at {_of(found)} on {days} {'day' if days == 1 else 'days'} at hours at which they do not work"
    return _finding(Rule.HOURS, 4.0 * days + 1.0 * (_children(found) - 1), words, found)


def volume(week: Week, peers: Peers, _: Names) -> Finding | None:
    """Find far more children in the week than others in the role look at."""
    z = peers.z(_children(week.looks))
    if z <= _VOLUME_Z:
        return None
    usual = round(math.expm1(peers.mean))
    words = f"Looked at {_of(week.looks, 'in the week')}, where {usual} are usual in the role"
    return _finding(Rule.VOLUME, 6.5 + 5 * (z - _VOLUME_Z), words, week.looks)


def news(week: Week, peers: Peers, _: Names) -> Finding | None:
    """Find strangers on the watch-list; less surprising in a role to which everyone's child comes."""
    found = [look for look in week.strangers if look.subject.is_watched]
    return _finding(Rule.NEWS, 12 - 4.5 * peers.strangers, f"Looked at {_of(found)} on the watch-list", found)


def overrides(week: Week, peers: Peers, _: Names) -> Finding | None:
    """Find three overrides or more in a week beyond those that are usual in the role."""
    found = [look for look in week.looks if look.is_override]
    beyond = _children(found) - peers.overrides
    return _finding(
        Rule.OVERRIDES,
        3.5 * beyond if beyond >= _OVERRIDES else 0,
        f"Used the override for {_of(found)} in one week",
        found,
    )


def leaving(week: Week, peers: Peers, _: Names) -> Finding | None:
    """Find many strangers in the fortnight before the worker leaves the post."""
    leaves_on = week.looker.leaves_on
    if leaves_on is None:
        return None
    last = datetime.timedelta(days=_LEAVING_DAYS)
    found = [look for look in _unexplained(week) if datetime.timedelta() <= leaves_on - look.at.date() <= last]
    points = _strangers_surprise(found, week, peers)
    z = max(0.0, peers.z(_children(week.looks)))
    words = f"Looked at {_of(found)} with whom their agency has no work, in the fortnight before leaving"
    # Few leave in any one fortnight, which is surprising in itself.
    return _finding(Rule.LEAVING, 6 + points + z if points >= 1 else 0, words, found)


#: Rules that find the same looks surprising by their number.
OF_NUMBER = frozenset({Rule.STRANGERS, Rule.GLANCES, Rule.SERIAL, Rule.VOLUME, Rule.LEAVING})
RULES: tuple[Judge, ...] = (
    *(surname, address, relative, colleague, strangers, glances, serial, hours, volume, news, overrides, leaving),
)
