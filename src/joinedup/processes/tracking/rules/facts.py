"""Whether one child is listed, from what the agencies say of them: the twin of the SQL that lists all children at once.

Belongs here: weighing facts already gathered. Not here: gathering them, or the SQL (rule_sql); a test holds the two together.
"""

import dataclasses
import datetime
from collections.abc import Sequence

from joinedup.foundation.timescales import rules as timescales_rules

#: A pupil whom no roll has for so long is missing education. Source: Education (Pupil Registration) Regulations.
SCHOOL_DAYS_WITHOUT_A_ROLL = 20
#: Source: Working Together to Safeguard Children: the longest that an assessment may take from the referral.
REFERRED_WITHIN_WORKING_DAYS = 45
#: Whom nobody has met or listed for longer is not known to be here.
_SIGNS_COUNT_FOR = datetime.timedelta(days=365)

_SEPTEMBER = 9
_YEARS = range(1, 12)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day on which children are looked for, and what follows from the calendar.

    Shapes: `roll` is the newest day of which schools have told; who left before or on `left_by` has been on no roll for
    long enough, and who was referred before or on `referred_by` should have been assessed.
    """

    on: datetime.date
    roll: datetime.date
    left_by: datetime.date
    referred_by: datetime.date

    @property
    def seen_since(self) -> datetime.date:
        """Return from when on a sign counts that the child is here."""
        return self.on - _SIGNS_COUNT_FOR


def day_of(*, on: datetime.date, roll: datetime.date, calendar: timescales_rules.Calendar) -> Day:
    """Return what a day means for the rules.

    Errors: Unbounded for a calendar without days that count.
    """
    return Day(
        on=on,
        roll=roll,
        left_by=timescales_rules.count_back(roll, SCHOOL_DAYS_WITHOUT_A_ROLL, counts=calendar.is_school_day),
        referred_by=timescales_rules.count_back(on, REFERRED_WITHIN_WORKING_DAYS, counts=calendar.is_working_day),
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time on a roll, on a list or under a referral, as the newest word of it says; `is_named` where someone has it."""

    started: datetime.date | None
    ended: datetime.date | None = None
    is_named: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the agencies that are not guarded say of one child, as far as the rules ask.

    Shapes: `is_in_question` while a steward is asked whether a record of the child is another child's; `seen` is the latest
    day on which an agency met the child or listed them; `acted` the days on which an assessment, a plan, an enquiry or
    care began; `care` the times in which the council looked after the child.
    """

    born: datetime.date | None
    died: datetime.date | None = None
    schools: Sequence[Span] = ()
    practices: Sequence[Span] = ()
    is_educated_at_home: bool = False
    is_in_question: bool = False
    seen: datetime.date | None = None
    referrals: Sequence[Span] = ()
    acted: Sequence[datetime.date] = ()
    care: Sequence[Span] = ()


def school_year(born: datetime.date, *, on: datetime.date) -> int:
    """Return the national curriculum year of a child on a day; 0 is reception.

    Source: school years run from 1 September; reception follows the fourth birthday.
    """
    academic = on.year if on.month >= _SEPTEMBER else on.year - 1
    return academic - born.year - (5 if born.month >= _SEPTEMBER else 4)


def finding(code: str, facts: Facts, *, day: Day) -> datetime.date | None:
    """Return since when a rule has listed this child, or nothing where it does not.

    Shapes: `code` is one of LISTS. Of a child in no universal service nobody knows since when: the day on which the child
    came to compulsory school age.
    """
    if facts.died is not None:
        return None
    return {"left_roll": _left_roll, "no_universal_service": _in_none, "referral_lapsed": _lapsed}[code](facts, day)


def _is_off_roll(facts: Facts, day: Day) -> bool:
    """Return whether a child of compulsory school age is on no roll, for no reason that is known."""
    return (
        facts.born is not None
        and school_year(facts.born, on=day.roll) in _YEARS
        and not facts.is_educated_at_home
        and not facts.is_in_question
        and not any(span.ended is None or span.ended > day.roll for span in facts.schools)
    )


def _has_moved_away(facts: Facts) -> bool:
    return bool(facts.practices) and all(span.ended is not None for span in facts.practices)


def _left_roll(facts: Facts, day: Day) -> datetime.date | None:
    left = max((span.ended for span in facts.schools if span.ended is not None), default=None)
    if left is None or left > day.left_by or not _is_off_roll(facts, day) or _has_moved_away(facts):
        return None
    return left


def _in_none(facts: Facts, day: Day) -> datetime.date | None:
    is_seen = facts.seen is not None and facts.seen >= day.seen_since
    if facts.born is None or not is_seen or facts.practices or _is_looked_after(facts) or not _is_off_roll(facts, day):
        return None
    return datetime.date(facts.born.year + (6 if facts.born.month >= _SEPTEMBER else 5), _SEPTEMBER, 1)


def _is_looked_after(facts: Facts) -> bool:
    """Return whether no end is told of since the latest beginning: each placement has one, and one list tells of the whole."""
    begun = max((span.started for span in facts.care if span.started is not None and span.ended is None), default=None)
    ended = max((span.ended for span in facts.care if span.ended is not None), default=None)
    return begun is not None and (ended is None or begun >= ended)


def _lapsed(facts: Facts, day: Day) -> datetime.date | None:
    started = [span.started for span in facts.referrals if span.started is not None]
    latest = max(started, default=None)
    if latest is None or latest > day.referred_by:
        return None
    its = [span for span in facts.referrals if span.started == latest]
    if any(span.ended is not None or span.is_named for span in its) or any(acted >= latest for acted in facts.acted):
        return None
    return latest
