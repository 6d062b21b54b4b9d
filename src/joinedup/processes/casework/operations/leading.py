"""Opening an episode, naming who leads, handing over, and the team around the child.

Belongs here: spells of people, and the ties that let them see the child. Not here: what is planned (planning).
"""

import uuid

from django.db import IntegrityError, transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation.events import operations as events_operations
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.operations import entering
from joinedup.processes.casework.operations.entering import Asking, Entered


@transaction.atomic
def open_episode(
    *,
    asking: Asking,
    kind: rules.EpisodeKind,
    level: rules.Level,
    why: str,
    contact_id: uuid.UUID | None = None,
    assessment_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Open an episode for which the viewer's own team answers; whom it came from is an opaque identifier.

    Errors: as `childindex_queries.open_child`; NotAllowed; SayMore.
    """
    said = rules.check_said(why)
    opened = entering.open_child(asking, act="episode.opened")
    me = entering.may_open_episode(asking, opened)
    episode = models.Episode.objects.create(
        child_id=opened.card.id,
        contact_id=contact_id,
        assessment_id=assessment_id,
        kind=kind,
        level=level,
        responsible_team_id=me.team_id,
        why=said,
        opened_at=asking.at,
        opened_by_id=me.user_id,
        opened_by_name=me.name,
    )
    events_operations.publish("casework.episode.opened", at=asking.at, episode_id=str(episode.id))
    return episode.id


@transaction.atomic
def name_lead(*, asking: Asking, episode_id: uuid.UUID, practitioner_id: uuid.UUID) -> None:
    """Name who leads an episode that nobody leads; where nobody leads the child yet, they are the lead professional.

    Errors: as `entering.enter`; AlreadyThere where someone leads; NoSuchPiece; NotOneself.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="lead.named")
    if _spell(entered) is not None:
        raise rules.AlreadyThere(episode_id)
    person = _worker(practitioner_id)
    _begin(entered, person, at=asking)
    entering.announce(entered, "lead.named", at=asking.at)


@transaction.atomic
def hand_over(*, asking: Asking, episode_id: uuid.UUID, practitioner_id: uuid.UUID, goodbye: str) -> None:
    """Let another person lead; whoever led leaves, and says goodbye. There is no moment without a lead.

    Errors: as `entering.enter`; NoSuchPiece where nobody leads; AlreadyThere; NotOneself; SayMore.
    """
    said = rules.check_said(goodbye)
    entered = entering.enter(
        asking, episode_id=episode_id, act="lead.handed-over", approved=rules.ApprovedAct.HAND_OVER
    )
    spell = _spell(entered)
    if spell is None:
        raise rules.NoSuchPiece(episode_id)
    if spell.practitioner_id == practitioner_id:
        raise rules.AlreadyThere(practitioner_id)
    person = _worker(practitioner_id)
    end_lead(entered, spell, asking=asking, goodbye=said)
    _begin(entered, person, at=asking, is_of_child=spell.is_of_child)
    entering.announce(entered, "lead.handed-over", at=asking.at)


def _spell(entered: Entered) -> models.Lead | None:
    return models.Lead.objects.filter(episode=entered.episode, ended_at=None).first()


def _worker(practitioner_id: uuid.UUID) -> addressees.PersonCard:
    person = addressees.get_people(practitioner_ids=[practitioner_id]).get(practitioner_id)
    if person is None or not person.is_active:
        raise rules.NoSuchPiece(practitioner_id)
    return person


def _begin(entered: Entered, person: addressees.PersonCard, *, at: Asking, is_of_child: bool | None = None) -> None:
    """Begin a spell, as a member of the team too; the child's lead professional unless there is one."""
    entering.tie(entered, user_id=person.user_id, ground=entering.LEADS)
    try:
        with transaction.atomic():
            _add_spell(entered, person, at=at, is_of_child=is_of_child is not False)
    except IntegrityError:
        # Another episode's lead is the child's lead professional, whether or not the viewer may see it.
        _add_spell(entered, person, at=at, is_of_child=False)
    if not models.TeamMember.objects.filter(episode=entered.episode, practitioner_id=person.id, left_at=None).exists():
        _add_member(entered, person, part="Leads", at=at)
    entering.keep_supervisor(entered)


def _add_spell(entered: Entered, person: addressees.PersonCard, *, at: Asking, is_of_child: bool) -> None:
    models.Lead.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        practitioner_id=person.id,
        is_of_child=is_of_child,
        started_at=at.at,
    )


def _add_member(entered: Entered, person: addressees.PersonCard, *, part: str, at: Asking) -> uuid.UUID:
    entering.tie(entered, user_id=person.user_id, ground=entering.MEMBER)
    return models.TeamMember.objects.create(
        child_id=entered.child_id,
        episode=entered.episode,
        practitioner_id=person.id,
        part=part,
        joined_at=at.at,
    ).id


def end_lead(entered: Entered, spell: models.Lead, *, asking: Asking, goodbye: str) -> None:
    """End a spell: the person leaves the team too, and what tied them and their supervisor to the child ends."""
    person = addressees.get_people(practitioner_ids=[spell.practitioner_id])[spell.practitioner_id]
    models.Lead.objects.filter(pk=spell.pk).update(ended_at=asking.at, goodbye=goodbye)
    entering.untie(entered, user_id=person.user_id, ground=entering.LEADS)
    if person.supervisor_user_id is not None:
        entering.untie(entered, user_id=person.supervisor_user_id, ground=entering.SUPERVISES)
    end_memberships(entered, [person], asking=asking)


def end_memberships(entered: Entered, people: list[addressees.PersonCard], *, asking: Asking) -> None:
    """Let people leave the team; what needs they owned, the duty post owns."""
    leaving = models.TeamMember.objects.filter(
        episode=entered.episode, practitioner_id__in=[person.id for person in people], left_at=None
    )
    leaving.update(left_at=asking.at)
    for person in people:
        entering.untie(entered, user_id=person.user_id, ground=entering.MEMBER)


@transaction.atomic
def join_team(
    *,
    asking: Asking,
    episode_id: uuid.UUID,
    part: str,
    practitioner_id: uuid.UUID | None = None,
    person_name: str = "",
    agency_name: str = "",
    phone: str = "",
) -> uuid.UUID:
    """Let someone into the team around the child: a practitioner, who may then see the plan, or a named person.

    Errors: as `entering.enter`; AlreadyThere; NoSuchPiece; NotOneself; SayMore.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="team.joined")
    said = rules.check_said(part)[: rules.MOST_NAME]
    if practitioner_id is not None:
        present = models.TeamMember.objects.filter(
            episode=entered.episode, practitioner_id=practitioner_id, left_at=None
        )
        if present.exists():
            raise rules.AlreadyThere(practitioner_id)
        member_id = _add_member(entered, _worker(practitioner_id), part=said, at=asking)
    else:
        member_id = models.TeamMember.objects.create(
            child_id=entered.child_id,
            episode=entered.episode,
            person_name=rules.check_said(person_name)[: rules.MOST_NAME],
            agency_name=rules.check_said(agency_name)[: rules.MOST_NAME],
            phone=phone.strip()[:40],
            part=said,
            joined_at=asking.at,
        ).id
    entering.announce(entered, "team.joined", at=asking.at)
    return member_id


@transaction.atomic
def leave_team(*, asking: Asking, episode_id: uuid.UUID, member_id: uuid.UUID) -> None:
    """Let someone leave the team; a practitioner's next request is without the child, unless something else ties them.

    Errors: as `entering.enter`; NoSuchPiece; AlreadyThere for whoever leads, who hands over instead.
    """
    entered = entering.enter(asking, episode_id=episode_id, act="team.left")
    member = models.TeamMember.objects.filter(pk=member_id, episode=entered.episode, left_at=None).first()
    if member is None:
        raise rules.NoSuchPiece(member_id)
    spell = _spell(entered)
    if spell is not None and spell.practitioner_id == member.practitioner_id:
        raise rules.AlreadyThere(member_id)
    if member.practitioner_id is None:
        models.TeamMember.objects.filter(pk=member.pk).update(left_at=asking.at)
    else:
        people = addressees.get_people(practitioner_ids=[member.practitioner_id])
        end_memberships(entered, list(people.values()), asking=asking)
    entering.announce(entered, "team.left", at=asking.at)
