"""Writes of agencies: who works with children here.

Belongs here: agencies, teams, those who join and leave them, and the people of the demonstration.
Not here: what they may see (agreements).
"""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import models, queries, rules
from joinedup.foundation.access import operations as access_operations
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations

#: The code of the team that is the whole agency; no agency's own code begins with a star.
WHOLE_AGENCY = "*"

#: The role of another system; the matrix says what it may do.
INTEGRATION = "integration"


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
            "team": _team_of(persona, agency),
            "job_title": persona.job_title,
            "phone": persona.phone,
            "worker_code": persona.worker_code,
            "supervisor": models.Practitioner.objects.filter(user__username=persona.supervisor).first(),
        },
    )
    audit_operations.record(by=by, act="agencies.persona.kept", record_ref=persona.username)
    return user_id


def _team_of(persona: rules.Persona, agency: models.Agency) -> models.Team | None:
    """Return the team of a person of the demonstration; one that sends no files, and is named with them, is added."""
    if not persona.team_code:
        return None
    if persona.team:
        return models.Team.objects.update_or_create(
            agency=agency, code=persona.team_code, defaults={"name": persona.team}
        )[0]
    return agency.teams.filter(code=persona.team_code).first()


class NoSuchTeam(Exception):
    """The agency has no team with this code."""


@transaction.atomic
def keep_joiner(*, joiner: rules.Joiner, by: access_rules.Viewer, at: datetime.datetime) -> uuid.UUID:
    """Add a person who works for an agency, or bring one who is known up to date, with the roles they are to hold.

    Errors: queries.NoSuchAgency; NoSuchTeam.
    """
    agency_id = queries.get_agency(code=joiner.agency_code).id
    team = models.Team.objects.filter(agency_id=agency_id, code=joiner.team_code).first() if joiner.team_code else None
    if joiner.team_code and team is None:
        raise NoSuchTeam(joiner.team_code)
    user = access_operations.keep_user(username=joiner.username, display_name=joiner.display_name)
    for role in joiner.roles:
        access_operations.keep_role(user_id=user.id, role=role, at=at)
    if joiner.directory:
        access_operations.keep_identity(user_id=user.id, directory=joiner.directory, subject=joiner.subject)
    models.Practitioner.objects.update_or_create(
        user_id=user.id,
        defaults={"agency_id": agency_id, "team": team, "job_title": joiner.job_title, "phone": joiner.phone},
    )
    audit_operations.record(by=by, act="agencies.joiner.kept", record_ref=str(user.id))
    return user.id


@transaction.atomic
def make_set_up_link(*, user_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> str:
    """Make the one link by which a person sets up how they sign in, and write that it was made.

    Shapes: the secret end of the address, shown once.
    """
    audit_operations.record(by=by, act="agencies.set-up-link.made", record_ref=str(user_id))
    return access_operations.make_set_up_link(user_id=user_id, at=at)


@transaction.atomic
def end_joiner(*, user_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let a person in no more, from their next request on.

    Errors: access_operations.NoSuchUser.
    """
    # The database lets roles be ended in the view of someone who administers users, so the view is opened first.
    audit_operations.open_view(viewer=by, act="agencies.joiner.ended", record_ref=str(user_id))
    access_operations.end_user(user_id=user_id, at=at)


class RoleNotHeld(Exception):
    """The person does not hold this role, or someone else has just ended it."""


@transaction.atomic
def end_role(*, user_id: uuid.UUID, role: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """End a role that a person holds.

    Errors: RoleNotHeld, and then nothing is written.
    """
    audit_operations.open_view(viewer=by, act="agencies.role.ended", record_ref=f"{user_id} {role}")
    if not access_operations.end_role(user_id=user_id, role=role, at=at):
        raise RoleNotHeld(role)


@transaction.atomic
def end_sessions(*, user_id: uuid.UUID, by: access_rules.Viewer) -> int:
    """End every session of another person; return how many there were."""
    ended = access_operations.end_sessions(user_id=user_id)
    audit_operations.record(by=by, act="agencies.sessions.ended", record_ref=str(user_id))
    return ended


@transaction.atomic
def begin_afresh(*, user_id: uuid.UUID, by: access_rules.Viewer) -> None:
    """Take a person's password, second factors and sessions away, so that only a new link lets them in."""
    access_operations.forget_credentials(user_id=user_id)
    audit_operations.record(by=by, act="agencies.joiner.begun-afresh", record_ref=str(user_id))


@transaction.atomic
def keep_worker_code(*, username: str, worker_code: str, by: access_rules.Viewer) -> None:
    """Say by which code or name an agency's records name one of its practitioners."""
    models.Practitioner.objects.filter(user__username=username).update(worker_code=worker_code)
    audit_operations.record(by=by, act="agencies.worker-code.kept", record_ref=username)


@transaction.atomic
def add_client(
    *, agency_code: str, name: str, by: access_rules.Viewer, at: datetime.datetime
) -> access_operations.ClientMade:
    """Let another system of an agency sign in. Its agency is set here, and nothing it sends can name another.

    Errors: NoSuchAgency.
    """
    agency = models.Agency.objects.filter(code=agency_code).first()
    if agency is None:
        raise queries.NoSuchAgency(agency_code)
    made = access_operations.make_client(name=name, role=INTEGRATION, at=at)
    models.Practitioner.objects.create(user_id=made.user_id, agency=agency, job_title="Another system")
    audit_operations.record(by=by, act="agencies.client.added", record_ref=str(made.id))
    return made


@transaction.atomic
def end_client(*, client_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Let another system sign in no more.

    Errors: NoSuchClient.
    """
    access_operations.end_client(client_id=client_id, at=at)
    audit_operations.record(by=by, act="agencies.client.ended", record_ref=str(client_id))
