"""Finding unusual looks: one run over a week, as a batch; the alerts that reviewers work through, and the counts behind rates.

Belongs here: keeping what the rules found. Not here: finding it (rules), gathering the week (queries), deciding (reviewing).
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.assurance import models
from joinedup.governance.assurance.queries import week as week_queries
from joinedup.governance.assurance.rules import alerting, rates, reviewing, workweeks

_NOT_KNOWN = "not known"


class MoreThanAWeek(Exception):
    """Looks are judged a week at a time, from a Monday."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a run: who looked, at how many children's pages, and the alerts made, renewed and withdrawn."""

    week: datetime.date
    lookers: int
    looks: int
    made: int
    renewed: int
    withdrawn: int


def monday_of(at: datetime.datetime) -> datetime.datetime:
    """Return when the week of a moment began in England."""
    local = clock.local(at)
    monday = local.date() - datetime.timedelta(days=local.weekday())
    return datetime.datetime.combine(monday, datetime.time(), tzinfo=local.tzinfo)


@transaction.atomic
def find_unusual_looks(
    *,
    since: datetime.datetime,
    until: datetime.datetime,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> Run:
    """Judge the looks between two moments of one week and keep an alert for each worker whose week was unusual.

    Run again it makes the same alerts, renews those that nobody has opened or decided, and withdraws what no longer stands.
    Errors: MoreThanAWeek.
    """
    if until - monday_of(since) > datetime.timedelta(days=7, hours=1):  # an hour more when the clocks go back
        raise MoreThanAWeek
    week = monday_of(since).date()
    audit_operations.open_view(viewer=by, act="assurance.unusual.sought", record_ref=week.isoformat())
    # Read afresh and kept nowhere: it weighs names by their community, and says whether a group is asked about more often.
    known = _ethnicities()
    gathered = week_queries.gather(since=since, until=until, ethnicity_of=known)
    shown: tuple[alerting.Judgement, ...] = ()
    if gathered.weeks:
        peers = workweeks.peers_of(gathered.weeks)
        judged = [alerting.judge(each, peers=peers, names=gathered.names) for each in gathered.weeks]
        shown = alerting.alerts(judged, users=gathered.users, per_thousand=settings.ALERTS_PER_THOUSAND_USERS)
    made, renewed, withdrawn = _keep(shown, gathered, week=week, at=at)
    _tally(gathered, shown, week=week, ethnicity_of=known)
    audit_operations.record(by=by, act="assurance.unusual.found", record_ref=week.isoformat())
    return Run(
        week=week,
        lookers=len(gathered.weeks),
        looks=sum(len(each.looks) for each in gathered.weeks),
        made=made,
        renewed=renewed,
        withdrawn=withdrawn,
    )


def _ethnicities() -> Mapping[uuid.UUID, str]:
    read: Callable[[], Mapping[uuid.UUID, str]] = import_string(settings.ETHNICITY_READER)
    return read()


def _keep(
    shown: Iterable[alerting.Judgement], gathered: week_queries.Gathered, *, week: datetime.date, at: datetime.datetime
) -> tuple[int, int, int]:
    """Make the alerts of a week those that were found; what a reviewer has opened or decided stays as it was."""
    before = {alert.looker_id: alert for alert in models.UnusualLook.objects.filter(week=week)}
    roles = {each.looker.id: each.looker.role for each in gathered.weeks}
    made = renewed = 0
    kept: set[uuid.UUID] = set()
    for judgement in shown:
        person = gathered.people[uuid.UUID(judgement.looker_id)]
        kept.add(person.id)
        found = _found(judgement)
        known = before.get(person.id)
        if known is None:
            models.UnusualLook.objects.create(
                looker_id=person.id,
                looker_agency_id=person.agency_id,
                looker_team_id=person.team_id,
                looker_role=roles[judgement.looker_id],
                week=week,
                state=reviewing.State.OPEN,
                found_at=at,
                **found,
            )
            made += 1
        elif known.state == reviewing.State.OPEN and known.opened_at is None:
            models.UnusualLook.objects.filter(pk=known.pk).update(**found)
            renewed += 1
    gone = [
        alert.pk
        for alert in before.values()
        if alert.looker_id not in kept and alert.state == reviewing.State.OPEN and alert.opened_at is None
    ]
    models.UnusualLook.objects.filter(pk__in=gone).delete()
    return made, renewed, len(gone)


def _found(judgement: alerting.Judgement) -> dict[str, object]:
    """Return what an alert keeps of a judgement: reasons in words, and the looks that they are about."""
    looks = {look.event: look for finding in judgement.findings for look in finding.looks}
    return {
        "points": judgement.points,
        "reasons": [
            {"rule": finding.rule.value, "points": finding.points, "words": finding.words}
            for finding in judgement.findings
        ],
        "looks": [
            {
                "at": look.at.isoformat(),
                "subject": look.subject.id,
                "purpose": look.purpose,
                "has_involvement": look.has_involvement,
            }
            for look in sorted(looks.values(), key=lambda look: (look.at, look.event))
        ],
        "event_ids": _events(judgement),
    }


def _events(judgement: alerting.Judgement) -> list[str]:
    return sorted({look.event for finding in judgement.findings for look in finding.looks})


def _tally(
    gathered: week_queries.Gathered,
    shown: Iterable[alerting.Judgement],
    *,
    week: datetime.date,
    ethnicity_of: Mapping[uuid.UUID, str],
) -> None:
    """Count the week's looks by role, agency and the child's ethnicity, and how many of each stood in an alert."""
    questioned = {event for judgement in shown for event in _events(judgement)}
    kinds = models.LookTally.Kind
    looks: collections.Counter[tuple[str, str]] = collections.Counter()
    asked: collections.Counter[tuple[str, str]] = collections.Counter()
    for each in gathered.weeks:
        agency = gathered.agencies.get(uuid.UUID(each.looker.agency), _NOT_KNOWN) if each.looker.agency else _NOT_KNOWN
        for look in each.looks:
            ethnicity = rates.main_group(ethnicity_of.get(uuid.UUID(look.subject.id), "")) or _NOT_KNOWN
            groups = [
                (kinds.ROLE.value, each.looker.role or _NOT_KNOWN),
                (kinds.AGENCY.value, agency),
                (kinds.ETHNICITY.value, ethnicity),
            ]
            looks.update(groups)
            if look.event in questioned:
                asked.update(groups)
    models.LookTally.objects.filter(week=week).delete()
    models.LookTally.objects.bulk_create(
        models.LookTally(week=week, kind=kind, group=group, looks=count, questioned=asked[kind, group])
        for (kind, group), count in sorted(looks.items())
    )
