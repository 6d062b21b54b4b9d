"""Writes of agencies: who works with children here.

Belongs here: agencies, teams and the people of the demonstration. Not here: what they may see (agreements).
"""

import datetime
import uuid

from django.contrib.auth import get_user_model
from django.db import transaction

from joinedup.delivery.agencies import models, rules
from joinedup.foundation.access import models as access_models
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations


@transaction.atomic
def keep_agency(*, agency: rules.Agency, by: access_rules.Viewer) -> uuid.UUID:
    """Add an agency with its teams, or bring one that is known up to date."""
    kept, _ = models.Agency.objects.update_or_create(
        code=agency.code,
        defaults={
            "name": agency.name,
            "kind": agency.kind,
            "phone": agency.phone,
            "legal_basis": agency.legal_basis,
        },
    )
    for team in agency.teams:
        models.Team.objects.update_or_create(
            agency=kept, code=team.code, defaults={"name": team.name, "phone": team.phone}
        )
    audit_operations.record(by=by, act="agencies.agency.kept", record_ref=agency.code)
    return kept.id


@transaction.atomic
def keep_persona(*, persona: rules.Persona, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Add a person of the demonstration, who has no password and signs in by one click."""
    user, is_new = get_user_model().objects.get_or_create(
        username=persona.username, defaults={"display_name": persona.display_name, "is_demo": True}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    access_models.RoleHeld.objects.get_or_create(
        user=user, role=persona.role, ended_at=None, defaults={"started_at": at}
    )
    models.Practitioner.objects.update_or_create(
        user=user,
        defaults={
            "agency": models.Agency.objects.get(code=persona.agency_code),
            "job_title": persona.job_title,
            "phone": persona.phone,
        },
    )
    audit_operations.record(by=by, act="agencies.persona.kept", record_ref=persona.username)
    return user.pk
