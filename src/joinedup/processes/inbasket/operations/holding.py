"""Who has an item: taking it, putting it back, handing it on, giving it to a colleague, and undoing these.

Belongs here: moving an item between people and teams. Not here: what is decided of it.
"""

import datetime
import uuid

from django.db import transaction

from joinedup.delivery.agencies import addressees
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.inbasket import models, queries, rules
from joinedup.processes.inbasket.operations import writing

_HOLDING = ("holder_id", "holder_name", "giver_id", "given_from_id")


class NotThere(Exception):
    """The team or colleague is not of the agency whose in-basket it is in, or works no in-basket."""


@transaction.atomic
def claim(*, item_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Take an item; of two who take it at once, one has it and the other is told who. Taking what one has changes nothing.

    Errors: NoSuchItem; TakenByOther; OwnItem; NotInState; NotAllowed.
    """
    acting = writing.begin(rules.Act.CLAIM, item_id=item_id, by=by, at=at)
    item = acting.item
    if acting.is_holder:
        return
    if item.holder_id is not None and item.state != rules.State.CLOSED:
        raise writing.TakenByOther(item.holder_name)
    acting.check()
    if item.kind in rules.FROM_OUTSIDE and item.sent_by_id == by.user_id:
        raise writing.OwnItem(item_id)
    acting.hold(acting.person.practitioner_id, acting.person.name)
    acting.move(has_asked=_has_asked(item))
    _worked_on(item)
    acting.keep(after=acting.person.name, fields=_HOLDING)
    writing.tie(item)
    _tell_who(item, by)


@transaction.atomic
def put_back(*, item_id: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Undo taking an item: it is its team's again. Putting back what nobody has changes nothing.

    Errors: NoSuchItem; NotInState; NotAllowed.
    """
    acting = writing.begin(rules.Act.PUT_BACK, item_id=item_id, by=by, at=at, why=why)
    if acting.item.state == rules.State.NEW:
        return
    acting.check()
    before = acting.item.holder_name
    writing.untie(acting.item)
    acting.hold(None, "")
    acting.move()
    acting.keep(before=before, fields=_HOLDING)
    _tell_team(acting.item)


@transaction.atomic
def hand_on(*, item_id: uuid.UUID, team_id: int, why: str, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Hand an item on to another team of the agency; until someone there works on it, whoever did so may take it back.

    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded; NotThere.
    """
    acting = writing.begin(rules.Act.HAND_ON, item_id=item_id, by=by, at=at, why=why)
    item = acting.item
    if item.team_id == team_id and item.giver_id == by.user_id:
        return
    acting.check()
    teams = {team.id: team for team in addressees.get_teams(agency_id=item.agency_id)}
    if team_id not in teams or team_id == item.team_id:
        raise NotThere(team_id)
    before = teams[item.team_id].name
    writing.untie(item)
    item.giver_id, item.given_from_id = by.user_id, item.team_id
    item.team_id = team_id
    item.circles = _circles(item, teams[team_id])
    acting.hold(None, "")
    acting.move()
    acting.keep(before=before, after=teams[team_id].name, fields=[*_HOLDING, "team_id", "circles"])
    _tell_team(item)


@transaction.atomic
def give(
    *, item_id: uuid.UUID, practitioner_id: uuid.UUID, why: str, by: access_rules.Viewer, at: datetime.datetime
) -> None:
    """Give an item to a colleague of the agency; until they work on it, whoever gave it may take it back.

    Errors: NoSuchItem; NotInState; NotAllowed; ReasonNeeded; NotThere; OwnItem where the colleague sent it.
    """
    acting = writing.begin(rules.Act.GIVE, item_id=item_id, by=by, at=at, why=why)
    item = acting.item
    if item.holder_id == practitioner_id:
        return
    acting.check()
    colleagues = {card.id: card for card in queries.get_colleagues(agency_id=item.agency_id)}
    if practitioner_id not in colleagues:
        raise NotThere(practitioner_id)
    colleague = colleagues[practitioner_id]
    if item.kind in rules.FROM_OUTSIDE and item.sent_by_id == colleague.user_id:
        raise writing.OwnItem(item_id)
    before = item.holder_name
    writing.untie(item)
    item.giver_id, item.given_from_id = by.user_id, item.team_id
    # It goes with the colleague, so that their own team sees it.
    teams = {team.id: team for team in addressees.get_teams(agency_id=item.agency_id)}
    item.team_id = colleague.team_id
    item.circles = _circles(item, teams[colleague.team_id])
    acting.hold(colleague.id, colleague.name)
    acting.move(has_asked=_has_asked(item))
    acting.keep(before=before, after=colleague.name, fields=[*_HOLDING, "team_id", "circles"])
    writing.tie(item)
    writing.show_sender(item, name=colleague.name, phone=colleague.phone)


@transaction.atomic
def take_back(*, item_id: uuid.UUID, by: access_rules.Viewer, at: datetime.datetime) -> None:
    """Undo handing on or giving: it is with whoever did so again. Done twice, it is done once.

    Errors: NoSuchItem; NotInState; NotAllowed; OwnItem where one sent it.
    """
    acting = writing.begin(rules.Act.TAKE_BACK, item_id=item_id, by=by, at=at)
    item = acting.item
    if acting.is_holder and item.giver_id is None:
        return
    acting.check()
    if item.kind in rules.FROM_OUTSIDE and item.sent_by_id == by.user_id:
        raise writing.OwnItem(item_id)
    before = item.holder_name
    writing.untie(item)
    teams = {team.id: team for team in addressees.get_teams(agency_id=item.agency_id)}
    item.team_id = item.given_from_id or item.team_id
    item.circles = _circles(item, teams[item.team_id])
    acting.hold(acting.person.practitioner_id, acting.person.name)
    acting.move()
    _worked_on(item)
    acting.keep(before=before, after=acting.person.name, fields=[*_HOLDING, "team_id", "circles"])
    writing.tie(item)
    _tell_who(item, by)


def _worked_on(item: models.Item) -> None:
    item.giver_id = item.given_from_id = None


def _circles(item: models.Item, team: addressees.TeamCard) -> list[int]:
    """Return who may read it from now on; those who asked an agency read its answer wherever it lies."""
    if item.about_id is None:
        return team.circles
    before = {one for known in addressees.get_teams(agency_id=team.agency_id) for one in known.circles}
    return sorted({*team.circles, *(circle for circle in item.circles if circle not in before)})


def _has_asked(item: models.Item) -> bool:
    return models.Item.objects.filter(about=item, kind=rules.Kind.INFORMATION_REQUEST).exists()


def _tell_who(item: models.Item, by: access_rules.Viewer) -> None:
    card = addressees.find_person(user_id=by.user_id)
    if card is not None:
        writing.show_sender(item, name=card.name, phone=card.phone)


def _tell_team(item: models.Item) -> None:
    team = queries.get_team(team_id=item.team_id)
    if team is not None:
        writing.show_sender(item, name=team.name, phone=team.phone)
