"""All that was written of a child in plans, line by line, for whoever answers that child's request for a copy.

Belongs here: turning rows into lines, within a view that is open. Not here: which lines are given out (rights).
"""

import datetime
import uuid
from collections.abc import Iterator

from joinedup.delivery.agencies import addressees
from joinedup.delivery.records import queries as records_queries
from joinedup.foundation import clock
from joinedup.processes.casework import models, rules

_PART = "plan"
_TIER = 2


def get_kept(*, child_id: uuid.UUID) -> list[records_queries.KeptLine]:
    """Return what stands in the plans of a child, episode by episode, oldest first; what the view does not show is not in it.

    Shapes: 2 queries, and 11 more where there is an episode. `person` names those of the team who have no account.
    """
    episodes = list(models.Episode.objects.filter(child_id=child_id).order_by("opened_at", "id"))
    if not episodes:
        return []
    teams = addressees.get_teams_by_id(team_ids={episode.responsible_team_id for episode in episodes})
    said_by = {episode.pk: teams[episode.responsible_team_id].agency_name for episode in episodes}
    return [line for lines in (_of_episodes, _of_plans, _of_meetings) for line in lines(child_id, said_by)]


def _line(  # what it is, whose it is, when it was written, and what is said
    kind: str,
    agency_name: str,
    at: datetime.datetime,
    *said: str,
    person: str = "",
    phone: str = "",
    until: datetime.datetime | None = None,
) -> records_queries.KeptLine:
    return records_queries.KeptLine(
        part=_PART,
        kind=kind,
        words=" ".join(words for words in said if words),
        person=person,
        phone=phone,
        started_date=clock.local(at).date(),
        ended_date=None if until is None else clock.local(until).date(),
        tier=_TIER,
        agency_name=agency_name,
        source_record_id=None,
        person_record_id=None,
        received_at=at,
        is_current=until is None,
    )


_SaidBy = dict[uuid.UUID, str]


def _of_episodes(child_id: uuid.UUID, said_by: _SaidBy) -> Iterator[records_queries.KeptLine]:
    for one in models.Episode.objects.filter(child_id=child_id).order_by("opened_at", "id"):
        said = (one.why, one.closing_words)
        yield _line("help_opened", said_by[one.pk], one.opened_at, *said, until=one.closed_at)
    spells = list(models.Lead.objects.filter(child_id=child_id).order_by("started_at", "id"))
    people = addressees.get_people(practitioner_ids={spell.practitioner_id for spell in spells})
    for spell in spells:
        said = (people[spell.practitioner_id].name, spell.goodbye)
        yield _line("lead", said_by[spell.episode_id], spell.started_at, *said, until=spell.ended_at)
    for member in models.TeamMember.objects.filter(child_id=child_id).order_by("joined_at", "id"):
        said = (member.part, member.agency_name)
        yield _line(
            "in_the_team",
            said_by[member.episode_id],
            member.joined_at,
            *said,
            person=member.person_name,
            phone=member.phone,
            until=member.left_at,
        )


def _of_plans(child_id: uuid.UUID, said_by: _SaidBy) -> Iterator[records_queries.KeptLine]:
    for need in models.Need.objects.filter(child_id=child_id).order_by("found_at", "id"):
        said = (need.statement, need.ended_words)
        kind = "strength" if need.state == rules.NeedState.STRENGTH.value else "need"
        yield _line(kind, said_by[need.episode_id], need.found_at, *said, until=need.ended_at)
    for wanted in models.DesiredOutcome.objects.filter(child_id=child_id).order_by("written_at", "id"):
        said = (wanted.statement, wanted.how_we_will_know)
        yield _line("wanted_outcome", said_by[wanted.episode_id], wanted.written_at, *said)
    for action in models.Action.objects.filter(child_id=child_id).order_by("added_at", "id"):
        said = (action.words, action.done_words)
        yield _line("action", said_by[action.episode_id], action.added_at, *said, until=action.done_at)


def _of_meetings(child_id: uuid.UUID, said_by: _SaidBy) -> Iterator[records_queries.KeptLine]:
    for review in models.Review.objects.filter(child_id=child_id, held_at__isnull=False).order_by("held_at", "id"):
        said = (review.what_changed, review.childs_view)
        yield _line("review", said_by[review.episode_id], review.held_at or review.from_at, *said)
    for offer in models.Transfer.objects.filter(child_id=child_id).order_by("offered_at", "id"):
        words = (offer.why, offer.to_area, offer.answer)
        yield _line("handing_over", said_by[offer.episode_id], offer.offered_at, *words, until=offer.answered_at)
    for asked in models.Approval.objects.filter(child_id=child_id).order_by("asked_at", "id"):
        said = (asked.words, asked.answered_words)
        yield _line("managers_word", said_by[asked.episode_id], asked.asked_at, *said, until=asked.answered_at)
    for note in models.Supervision.objects.filter(child_id=child_id).order_by("noted_at", "id"):
        yield _line("supervision", said_by[note.episode_id], note.noted_at, note.words)
