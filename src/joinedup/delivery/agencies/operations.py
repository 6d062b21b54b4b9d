"""Writes of agencies: who works with children here.

Belongs here: agencies, teams and the people of the demonstration. Not here: what they may see (agreements).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import models, rules
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations

#: The code of the team that is the whole agency; no agency's own code begins with a star.
WHOLE_AGENCY = "*"


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
            "lowest_tier": agency.lowest_tier,
        },
    )
    models.Team.objects.update_or_create(
        agency=kept,
        is_whole_agency=True,
        defaults={"code": WHOLE_AGENCY, "name": agency.name, "phone": agency.phone},
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
    user_id = access_operations.keep_demo_user(
        username=persona.username, display_name=persona.display_name, role=persona.role, at=at
    )
    agency = models.Agency.objects.get(code=persona.agency_code)
    models.Practitioner.objects.update_or_create(
        user_id=user_id,
        defaults={
            "agency": agency,
            "team": agency.teams.filter(code=persona.team_code).first() if persona.team_code else None,
            "job_title": persona.job_title,
            "phone": persona.phone,
            "worker_code": persona.worker_code,
            "supervisor": models.Practitioner.objects.filter(user__username=persona.supervisor).first(),
        },
    )
    audit_operations.record(by=by, act="agencies.persona.kept", record_ref=persona.username)
    return user_id
