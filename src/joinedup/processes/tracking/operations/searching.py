"""Searching for children who may be lost: every list, over all children, in one transaction. Run by the batch role."""

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction

from joinedup.foundation import clock, ids
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.tracking import models, rule_sql, rules

Progress = Callable[[str, float], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a search found: of each list how many it names now, how many of them are new, and how many it names no longer."""

    run_id: uuid.UUID
    day: rules.Day
    counts: Mapping[str, Mapping[str, int]]


@transaction.atomic
def search(
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
    calendar: timescales_rules.Calendar,
    on: datetime.date | None = None,
    progress: Progress = lambda _words, _share: None,
) -> RunResult:
    """Find the children whom each list names on a day, keep those who are new, and mark those who are named no longer.

    Shapes: 3 statements a list. Whoever was answered stays answered while the facts stand: a listing comes back when the
    child is lost anew, since another day.
    Errors: Unbounded for a calendar without days that count.
    """
    day = _day(on or clock.local(at).date(), calendar)
    run = models.TrackingRun.objects.create(id=ids.uuid7(), on_day=day.on, roll_day=day.roll, began_at=at)
    counts = {}
    for place, rule in enumerate(rules.LISTS.values()):
        progress(rule.name, place / len(rules.LISTS))
        counts[rule.code] = _keep(rule, day, at)
    models.TrackingRun.objects.filter(pk=run.id).update(finished_at=clock.now(), counts=counts)
    audit_operations.record(by=by, act="tracking.searched", record_ref=str(run.id))
    events_operations.publish("tracking.searched", at=at, run_id=str(run.id))
    return RunResult(run_id=run.id, day=day, counts=counts)


def _day(on: datetime.date, calendar: timescales_rules.Calendar) -> rules.Day:
    with connection.cursor() as cursor:
        cursor.execute(rule_sql.ROLL_DAY, {"on": on})
        row = cursor.fetchone()
    # Where no school has told of anything, nobody has left a roll either.
    return rules.day_of(on=on, roll=(row and row[0]) or on, calendar=calendar)


def _keep(rule: rules.ListRule, day: rules.Day, at: datetime.datetime) -> dict[str, int]:
    """Write one list; return how many it names, how many are new and how many are named no longer."""
    given: dict[str, Any] = {
        "on": day.on,
        "roll": day.roll,
        "left_by": day.left_by,
        "referred_by": day.referred_by,
        "seen_since": day.seen_since,
        "code": rule.code,
        "version": rule.version,
        "tier": rule.tier,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(found=rule_sql.BY_CODE[rule.code]), given)
        cursor.execute("ANALYZE tracking_found")
        cursor.execute(_KEEP, given)
        kept = [bool(is_new) for (is_new,) in cursor.fetchall()]
        cursor.execute(_UNLIST, given)
        gone = cursor.rowcount
        cursor.execute("DROP TABLE tracking_found")
    return {"listed": len(kept), "new": sum(kept), "gone": gone}


_FOUND = "CREATE TEMPORARY TABLE tracking_found ON COMMIT DROP AS {found}"

# A row that stands is written over only where it changed; xmax is nought on a row that was just made.
_KEEP = """
INSERT INTO tracking_trackedchild (
    id, child_id, code, rule_version, tier, since_date, reasons, circles, listed_at, outcome, words, has_concern,
    answered_by_name)
SELECT gen_random_uuid(), f.child_id, %(code)s, %(version)s, %(tier)s, f.since_date, f.reasons, coalesce(f.circles, '{}'),
       %(at)s, '', '', false, ''
FROM tracking_found f JOIN people_child c ON c.id = f.child_id AND c.state = 'active'
ON CONFLICT (child_id, code, since_date) DO UPDATE SET
    rule_version = excluded.rule_version, reasons = excluded.reasons, circles = excluded.circles, unlisted_at = NULL
RETURNING xmax = 0
"""

_UNLIST = """
UPDATE tracking_trackedchild t SET unlisted_at = %(at)s
WHERE t.code = %(code)s AND t.unlisted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM tracking_found f WHERE f.child_id = t.child_id AND f.since_date = t.since_date)
"""
