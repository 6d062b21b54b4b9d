"""Models are approved: trained as candidates, tried on everyone without changing anything, and then put in force by a person.

Belongs here: the life of a model. Not here: linking by it (runs), who approves, which the caller has found out (commands).
"""

import collections
import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import run as linkage_run
from joinedup.processes.childindex.operations import history, memberships, results, runs, versions


@transaction.atomic
def train(*, by: access_rules.Viewer, at: datetime.datetime, progress: results.Progress) -> uuid.UUID:
    """Learn a model from all records, and keep it as a candidate; nothing is linked by it.

    Shapes: the version; the one there is already, where the records teach the same again.
    Errors: NothingToLink.
    """
    progress("Reading who every record says the child is", 0.0)
    everyone = runs.read_everyone()
    progress("Learning what agreement is worth", 0.2)
    learnt = linkage_run.learn(everyone.table, settings=versions.thresholds_of(None))
    version, _ = versions.keep(learnt, everyone.table, at=at)
    audit_operations.record(by=by, act="childindex.model.trained", record_ref=str(version.id))
    return version.id


def shadow(
    *, version_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime, progress: results.Progress
) -> results.ShadowResult:
    """Link everyone by a version and say how many numbers that would change; keep the counts, and change nothing else.

    Errors: NoSuchVersion; NothingToLink.
    """
    with transaction.atomic():
        runs.one_at_a_time()
        version = _get(version_id)
        everyone = runs.read_everyone()
        compared = runs.compare(everyone, version, at=at, progress=progress, learns=False)
        proposed = memberships.propose(records=everyone.records, assign=compared.assign)
        counts = _counts(compared, proposed)
        measured = _match_rates(compared)
        # What the run wrote on its way, such as records that would be held, goes with it.
        transaction.set_rollback(True)
    membership = {everyone.records[place]: cluster for place, cluster in compared.membership.items()}
    with transaction.atomic():
        models.ModelVersion.objects.filter(pk=version_id).update(shadow=counts, shadowed_at=at, measured=measured)
        audit_operations.record(by=by, act="childindex.model.shadowed", record_ref=str(version_id))
    return results.ShadowResult(version_id=version_id, counts=counts, measured=measured, membership=membership)


def _counts(compared: runs.Compared, proposed: memberships.Proposed) -> dict[str, int]:
    """Count what would become of the numbers and the records."""
    assignment, current = proposed.assignment, proposed.current
    new = {cluster: object() for cluster in assignment.new}
    wanted = {place: assignment.kept.get(cluster) or new[cluster] for place, cluster in compared.membership.items()}
    moved = {place for place, child in current.items() if wanted.get(place) != child}
    living = set(current.values())
    return {
        "numbers_kept": len(living & set(assignment.kept.values())),
        "numbers_new": len(assignment.new),
        "numbers_redirected": len(living & set(assignment.redirected)),
        "children_parted": len(living & set(assignment.parted)),
        "records_moved": len(moved),
        "records_linked_anew": len(wanted.keys() - current.keys()),
        "pairs_for_stewards": compared.reviews.num_rows,
    }


def _match_rates(compared: runs.Compared) -> dict[str, object]:
    """Return the share of records that are linked with another, by agency and by the year of birth: no truth is needed."""
    sizes = collections.Counter(compared.membership.values())
    table = compared.everyone.table
    groups: dict[str, dict[int, str]] = {"agency": {}, "born": {}}
    for place, agency, born in zip(
        *(table.column(name).to_pylist() for name in ("person_record_id", "agency", "birth_date")), strict=True
    ):
        groups["agency"][place] = agency
        groups["born"].setdefault(place, str(born.year) if born else "not known")
    return {
        "match_rates": {
            f"{kind}: {word}": round(share, 4)
            for kind, of_place in groups.items()
            for word, share in sorted(_shares(of_place, compared.membership, sizes).items())
        }
    }


def _shares(of_place: Mapping[int, str], membership: Mapping[int, int], sizes: Mapping[int, int]) -> dict[str, float]:
    everyone: collections.Counter[str] = collections.Counter()
    matched: collections.Counter[str] = collections.Counter()
    for place, cluster in membership.items():
        everyone[of_place[place]] += 1
        matched[of_place[place]] += sizes[cluster] > 1
    return {word: matched[word] / count for word, count in everyone.items()}


def keep_measured(*, version_id: uuid.UUID, quality: Mapping[str, object]) -> None:
    """Keep how right a version's links are, where the truth is known, beside what needs no truth."""
    version = _get(version_id)
    version.measured = {**(version.measured or {}), "quality": quality}
    version.save(update_fields=["measured"])


@transaction.atomic
def promote(*, version_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let runs link by this version from now on: the person who approves it has seen what it would change.

    Errors: NotAllowed; NoSuchVersion; NotTried where no shadow run was made since links were last made; AlreadyCurrent.
    """
    _check_may_approve(by)
    runs.one_at_a_time()
    version = _get(version_id)
    if version.state == rules.ModelState.CURRENT:
        raise results.AlreadyCurrent(version_id)
    last = models.LinkRun.objects.order_by("-started_at", "-id").first()
    if version.shadowed_at is None or (last is not None and version.shadowed_at < last.started_at):
        raise results.NotTried(version_id)
    before = versions.put_in_force(version, approved_by_id=by.user_id, approved_by_name=by.name, at=at)
    _tell(before, version, rules.Because.PROMOTION, by=by, at=at)


@transaction.atomic
def roll_back(*, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Go back to the version that was current before; return it. The one that was current stays approved.

    Errors: NotAllowed; NoSuchVersion where none was current before.
    """
    _check_may_approve(by)
    runs.one_at_a_time()
    current = versions.get_current()
    if current is None or current.replaces is None:
        raise results.NoSuchVersion("before")
    earlier = current.replaces
    current.state = rules.ModelState.APPROVED
    current.save(update_fields=["state"])
    earlier.state = rules.ModelState.CURRENT
    earlier.save(update_fields=["state"])
    _tell(current, earlier, rules.Because.ROLLBACK, by=by, at=at)
    return earlier.id


def _tell(
    before: models.ModelVersion | None,
    after: models.ModelVersion,
    because: rules.Because,
    *,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    history.keep_model_change(
        before=None if before is None else before.id, after=after.id, because=because, by=by, at=at
    )
    audit_operations.record(by=by, act=f"childindex.model.{because.value}", record_ref=str(after.id))
    events_operations.publish("childindex.model.changed", at=at, version_id=str(after.id))


def _check_may_approve(by: access_rules.Viewer) -> None:
    """Refuse whoever may not link by their own word: a model does so for everyone at once.

    Errors: NotAllowed.
    """
    decision = access_rules.decide(
        policy=access_queries.get_policy(),
        asked=access_rules.Asked(roles=by.roles, action="link", given=by.given),
    )
    if by.user_id is None or not decision.is_allowed:
        raise results.NotAllowed


def _get(version_id: uuid.UUID) -> models.ModelVersion:
    version = models.ModelVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise results.NoSuchVersion(version_id)
    return version
