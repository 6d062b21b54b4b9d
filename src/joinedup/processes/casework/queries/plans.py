"""The plan of one episode whole: who leads and who is in the team, needs, outcomes, actions, reviews, and what has passed.

Belongs here: reads of one child's work, each under an open view. Not here: what one owes over all children (work).
"""

import itertools
import uuid
from collections.abc import Iterable, Mapping

from django.db import connection

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.framework import queries as framework_queries
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import models, rules
from joinedup.processes.casework.queries import standing
from joinedup.processes.casework.queries.cards import (
    ActionCard,
    ApprovalCard,
    EpisodeCard,
    LeadCard,
    MemberCard,
    NeedCard,
    NoteCard,
    OutcomeCard,
    Plan,
    ReviewCard,
    TransferCard,
)
from joinedup.processes.childindex import queries as childindex_queries

People = Mapping[uuid.UUID, addressees.PersonCard]


def get_plan(*, viewer: access_rules.Viewer, number: str, purpose: str, episode_id: uuid.UUID) -> Plan:
    """Open the child and return one episode whole.

    Shapes: the same number of queries whatever there is in it.
    Errors: as `childindex_queries.open_child`; NoSuchEpisode, for one that the matrix keeps from this viewer too.
    """
    opened = childindex_queries.open_child(viewer=viewer, number=number, purpose=purpose, act="casework.plan.seen")
    episode = models.Episode.objects.filter(pk=episode_id, child_id=opened.card.id).first()
    if episode is None:
        raise rules.NoSuchEpisode(episode_id)
    stands = standing.stand(viewer=viewer, grounds=opened.grounds, circles=episode.circles)
    if not stands.may_read:
        raise rules.NoSuchEpisode(episode_id)
    return _plan(opened.card, episode, stands)


def get_episodes(
    *, viewer: access_rules.Viewer, child_id: uuid.UUID, grounds: frozenset[str]
) -> tuple[EpisodeCard, ...]:
    """Return the episodes of a child who is open before the viewer, those whose plan they may read, newest first.

    Shapes: 1 query for a child without any, as nearly all are; otherwise at most 6.
    """
    if not _has_episodes(child_id):
        return ()
    found = list(models.Episode.objects.filter(child_id=child_id).order_by("-opened_at", "-id"))
    spells = list(models.Lead.objects.filter(child_id=child_id).order_by("started_at", "id"))
    people = addressees.get_people(practitioner_ids={spell.practitioner_id for spell in spells})
    teams = addressees.get_teams_by_id(team_ids={episode.responsible_team_id for episode in found})
    own = standing.get_circles()
    return tuple(
        _episode(episode, teams[episode.responsible_team_id], _now(spells, episode, people))
        for episode in found
        if standing.of_circles(viewer=viewer, grounds=grounds, circles=episode.circles, own=own).may_read
    )


def _has_episodes(child_id: uuid.UUID) -> bool:
    """Return whether the view shows any; every child's page asks, and putting the longer question together takes a while."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM casework_episode WHERE child_id = %s LIMIT 1", [child_id])
        return cursor.fetchone() is not None


def get_opened_from(*, contact_id: uuid.UUID) -> list[tuple[str, uuid.UUID]]:
    """Return the episodes that were opened from a contact, within a view that is open: the child's number and the episode.

    Shapes: 1 query, oldest first; those that the view shows.
    """
    found = models.Episode.objects.filter(contact_id=contact_id).order_by("opened_at", "id")
    return list(found.values_list("child__number", "id"))


def count_lead_changes(*, child_id: uuid.UUID) -> int:
    """Count how often another person became the child's lead professional: the trust a child has had to give anew.

    Shapes: 1 query; under an open view, over the spells that it shows.
    """
    spells = models.Lead.objects.filter(child_id=child_id, is_of_child=True).order_by("started_at", "id")
    return _changes(list(spells))


def _changes(spells: Iterable[models.Lead]) -> int:
    leading = [spell.practitioner_id for spell in spells]
    return sum(before != after for before, after in itertools.pairwise(leading))


def _plan(child: people_queries.ChildCard, episode: models.Episode, stands: standing.Standing) -> Plan:
    of_child = list(models.Lead.objects.filter(child_id=episode.child_id).order_by("started_at", "id"))
    members = list(models.TeamMember.objects.filter(episode=episode).order_by("joined_at", "id"))
    needs = list(models.Need.objects.filter(episode=episode).order_by("found_at", "id"))
    transfers = list(models.Transfer.objects.filter(episode=episode).order_by("offered_at", "id"))
    outcomes = list(models.DesiredOutcome.objects.filter(episode=episode).order_by("written_at", "id"))
    people = addressees.get_people(
        practitioner_ids={spell.practitioner_id for spell in of_child}
        | {member.practitioner_id for member in members if member.practitioner_id}
        | {need.owner_id for need in needs if need.owner_id}
    )
    teams = addressees.get_teams_by_id(
        team_ids={episode.responsible_team_id}
        | {need.duty_team_id for need in needs}
        | {team_id for one in transfers for team_id in (one.from_team_id, one.to_team_id) if team_id}
    )
    aims = framework_queries.get_aims(
        codes={one.aim_id for one in outcomes} | {need.aim_id for need in needs if need.aim_id}
    )
    of_team = {member.pk: _member(member, people) for member in members}
    return Plan(
        child=child,
        episode=_episode(episode, teams[episode.responsible_team_id], _now(of_child, episode, people)),
        standing=stands,
        leads=tuple(_lead(spell, people) for spell in of_child if spell.episode_id == episode.pk),
        lead_changes=_changes(spell for spell in of_child if spell.is_of_child),
        members=tuple(of_team.values()),
        needs=tuple(_need(need, people, teams, aims) for need in needs),
        outcomes=_outcomes(outcomes, episode, of_team, aims),
        reviews=tuple(
            _review(review) for review in models.Review.objects.filter(episode=episode).order_by("from_at", "id")
        ),
        transfers=tuple(_transfer(one, teams) for one in transfers),
        approvals=tuple(
            _approval(one, stands.viewer)
            for one in models.Approval.objects.filter(episode=episode).order_by("asked_at", "id")
        ),
        supervisions=tuple(
            NoteCard(words=one.words, noted_at=one.noted_at, noted_by=one.noted_by_name)
            for one in models.Supervision.objects.filter(episode=episode).order_by("noted_at", "id")
        ),
    )


def _now(spells: Iterable[models.Lead], episode: models.Episode, people: People) -> LeadCard | None:
    return next(
        (_lead(spell, people) for spell in spells if spell.episode_id == episode.pk and spell.ended_at is None), None
    )


def _episode(episode: models.Episode, team: addressees.TeamCard, lead: LeadCard | None) -> EpisodeCard:
    return EpisodeCard(
        id=episode.pk,
        kind=rules.EpisodeKind(episode.kind),
        level=episode.level,
        team=team_name(team),
        team_phone=team.phone,
        why=episode.why,
        opened_at=episode.opened_at,
        closed_at=episode.closed_at,
        closing=episode.closing,
        closing_words=episode.closing_words,
        lead=lead,
    )


def team_name(team: addressees.TeamCard) -> str:
    """Return how a family would name a team."""
    return team.name if team.name == team.agency_name else f"{team.name}, {team.agency_name}"


def _lead(spell: models.Lead, people: People) -> LeadCard:
    person = people[spell.practitioner_id]
    return LeadCard(
        name=person.name,
        agency_name=person.agency_name,
        phone=person.phone,
        is_of_child=spell.is_of_child,
        is_here=person.is_active,
        started_at=spell.started_at,
        ended_at=spell.ended_at,
        goodbye=spell.goodbye,
    )


def _member(member: models.TeamMember, people: People) -> MemberCard:
    person = people.get(member.practitioner_id) if member.practitioner_id else None
    return MemberCard(
        id=member.pk,
        practitioner_id=member.practitioner_id,
        name=person.name if person else member.person_name,
        agency_name=person.agency_name if person else member.agency_name,
        phone=person.phone if person else member.phone,
        part=member.part,
        joined_at=member.joined_at,
        left_at=member.left_at,
    )


def _need(
    need: models.Need, people: People, teams: Mapping[int, addressees.TeamCard], aims: Mapping[str, str]
) -> NeedCard:
    return NeedCard(
        id=need.pk,
        about=rules.ELEMENTS.get(need.element, "") or aims.get(need.aim_id or "", ""),
        level=need.level,
        statement=need.statement,
        state=rules.NeedState(need.state),
        found_at=need.found_at,
        found_by=need.found_by_name,
        owner=people[need.owner_id].name if need.owner_id else f"Duty post: {team_name(teams[need.duty_team_id])}",
        ended_at=need.ended_at,
        ended_words=need.ended_words,
    )


def _outcomes(
    outcomes: list[models.DesiredOutcome],
    episode: models.Episode,
    members: Mapping[uuid.UUID, MemberCard],
    aims: Mapping[str, str],
) -> tuple[OutcomeCard, ...]:
    actions = list(models.Action.objects.filter(episode=episode).order_by("due_on", "id"))
    return tuple(
        OutcomeCard(
            id=one.pk,
            aim=aims.get(one.aim_id, ""),
            statement=one.statement,
            how_we_will_know=one.how_we_will_know,
            actions=tuple(
                _action(action, members[action.doer_id]) for action in actions if action.outcome_id == one.pk
            ),
        )
        for one in outcomes
    )


def _action(action: models.Action, doer: MemberCard) -> ActionCard:
    return ActionCard(
        id=action.pk,
        words=action.words,
        doer=doer.name,
        agency_name=doer.agency_name,
        has_left=doer.left_at is not None,
        due_on=action.due_on,
        done_at=action.done_at,
        done_words=action.done_words,
    )


def _review(review: models.Review) -> ReviewCard:
    return ReviewCard(
        clock=review.clock,
        from_at=review.from_at,
        due_on=review.due_on,
        held_at=review.held_at,
        held_by=review.held_by_name,
        what_changed=review.what_changed,
        spoken=review.spoken,
        childs_view=review.childs_view,
    )


def _transfer(one: models.Transfer, teams: Mapping[int, addressees.TeamCard]) -> TransferCard:
    return TransferCard(
        id=one.pk,
        from_team=team_name(teams[one.from_team_id]),
        to=team_name(teams[one.to_team_id]) if one.to_team_id else one.to_area,
        is_to_area=one.to_team_id is None,
        from_level=one.from_level,
        to_level=one.to_level,
        why=one.why,
        state=rules.Transfer(one.state),
        offered_at=one.offered_at,
        offered_by=one.offered_by_name,
        answered_at=one.answered_at,
        answered_by=one.answered_by_name,
        answer=one.answer,
    )


def _approval(one: models.Approval, viewer: access_rules.Viewer) -> ApprovalCard:
    return ApprovalCard(
        id=one.pk,
        act=rules.ApprovedAct(one.act),
        words=one.words,
        asked_at=one.asked_at,
        asked_by=one.asked_by_name,
        is_own=one.asked_by_id == viewer.user_id,
        answer=rules.Approving(one.answer),
        answered_by=one.answered_by_name,
        answered_words=one.answered_words,
    )
