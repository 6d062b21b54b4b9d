"""Asking for an export, the second person's word on it, and calling it back."""

import datetime
import secrets
import uuid

from django.conf import settings
from django.db import transaction

from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.governance.exports import models, queries, rules
from joinedup.processes.childindex import queries as childindex_queries

_EXPORT = "export"
#: Digits and letters that are not taken for one another when read aloud.
_SYMBOLS = "23456789ACDEFGHJKMNPQRTUVWXY"


@transaction.atomic
def ask(  # of which list, why, by whom and when
    *,
    kind: rules.Kind,
    of: str,
    reason: rules.Reason,
    why: str,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    """Ask for an export; with many children it waits for a second person.

    Shapes: at most 16 queries, however many children.
    Errors: WhyIsTooShort; TooManyChildren; NothingToExport; OneChildOnly; StepUpNeeded; NoSuchChild; NoSuchSearch.
    """
    words = rules.check_why(why)
    child_ids = queries.get_child_ids(viewer=by, kind=kind, of=of, on=at.date())
    rules.check_size(asked=len(child_ids), most=settings.EXPORT_MOST_CHILDREN)
    sorted_out = sort_children(child_ids=child_ids, by=by, is_agreed=True)
    export = models.Export(
        number=f"{at:%y%m%d}-{''.join(secrets.choice(_SYMBOLS) for _ in range(6))}",
        kind=kind,
        reason=reason,
        why=words,
        child_count=len(sorted_out.allowed),
        left_out_count=sorted_out.left_out,
        state=rules.first_state(children=len(sorted_out.allowed)),
        asked_by_id=rules.who(by),
        asked_by_name=by.name,
        home_id=by.home_id,
        asked_at=at,
        expires_at=at + rules.LIFETIME,
    )
    audit_operations.open_view(
        viewer=by,
        act="exports.asked",
        purpose=reason,
        reason=words,
        record_ref=export.number,
        subjects=sorted_out.allowed,
    )
    export.save(force_insert=True)
    _keep_subjects(export, sorted_out)
    return export.id


def _keep_subjects(export: models.Export, sorted_out: rules.Sorted) -> None:
    models.ExportSubject.objects.bulk_create(
        models.ExportSubject(
            export=export,
            child_id=child_id,
            asked_by_id=export.asked_by_id,
            is_own_only=child_id in sorted_out.own_only,
        )
        for child_id in sorted_out.allowed
    )


def sort_children(*, child_ids: list[uuid.UUID], by: access_rules.Viewer, is_agreed: bool) -> rules.Sorted:
    """Put the one decision to each child.

    Shapes: 2 queries. A view must be open.
    Errors: StepUpNeeded, OneChildOnly or NothingToExport where nobody may leave.
    """
    policy = access_queries.get_policy()
    given = rules.conditions_met(
        children=len(child_ids), is_stepped_up=access_rules.STEP_UP in by.given, is_agreed=is_agreed
    )
    return rules.sort_out(
        (
            tied.card.id,
            access_rules.decide(
                policy=policy,
                asked=access_rules.Asked(
                    roles=by.roles,
                    action=_EXPORT,
                    grounds=tied.grounds,
                    given=given,
                    is_sealed=tied.is_sealed,
                    is_past_seal=tied.is_past_seal,
                ),
            ),
        )
        for tied in childindex_queries.tie_children(child_ids=child_ids)
    )


def locked(export_id: uuid.UUID) -> models.Export:
    """Return an export that nobody else changes meanwhile.

    Errors: NoSuchExport.
    """
    export = models.Export.objects.select_for_update().filter(pk=export_id).first()
    if export is None:
        raise queries.NoSuchExport(export_id)
    return export


@transaction.atomic
def decide(*, export_id: uuid.UUID, is_agreed: bool, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Agree to another person's export, or refuse it; from an agreement on it can be taken for a day.

    Errors: NoSuchExport; NotASecondPerson; OwnExport; NotOpen.
    """
    if not rules.may_be_second(access_queries.get_policy(), by.roles):
        raise rules.NotASecondPerson
    audit_operations.open_view(
        viewer=by, act="exports.agreed" if is_agreed else "exports.refused", record_ref=str(export_id)
    )
    export = locked(export_id)
    now = queries.card_of(export, at=at)
    rules.check_can_agree(state=now.state, asked_by_id=export.asked_by_id, by_id=by.user_id)
    export.state = rules.State.READY if is_agreed else rules.State.REFUSED
    export.decided_by_id, export.decided_by_name, export.decided_at = by.user_id, by.name, at
    export.expires_at = at + rules.LIFETIME
    export.save(update_fields=["state", "decided_by_id", "decided_by_name", "decided_at", "expires_at"])


@transaction.atomic
def withdraw(*, export_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Call an export back: nobody can take it any longer, and whoever took it is known.

    Errors: NoSuchExport; NotOpen where it was never ready or is called back already.
    """
    audit_operations.open_view(viewer=by, act="exports.withdrawn", record_ref=str(export_id))
    export = locked(export_id)
    if export.state in {rules.State.WITHDRAWN, rules.State.REFUSED}:
        raise rules.NotOpen(rules.State(export.state))
    export.state = rules.State.WITHDRAWN
    export.withdrawn_by_id, export.withdrawn_by_name, export.withdrawn_at = by.user_id, by.name, at
    export.save(update_fields=["state", "withdrawn_by_id", "withdrawn_by_name", "withdrawn_at"])
