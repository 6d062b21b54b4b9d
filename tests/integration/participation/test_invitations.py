"""A page of one's own comes of a worker's invitation, works once, and ends when the invitation is taken back."""

import datetime

import pytest
from django.db import Error, connection, transaction

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation import clock
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import operations, queries, rules
from tests.conftest import NOW
from tests.integration.casework import working
from tests.integration.looking import asking
from tests.integration.participation import speaking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def number() -> str:
    number = speaking.teenagers()[0]
    working.a_led_episode(number)
    return number


def accept(token: str, username: str = "a-fox") -> object:
    return operations.accept(token=token, username=username, password=speaking.PASSWORD, at=clock.now())


def test_who_leads_invites_and_the_child_comes_in_with_a_page_of_their_own(number):
    made = speaking.invite(number, at=clock.now())
    assert queries.find_invited(token=made.token).voice is rules.Voice.CHILD

    user = accept(made.token)

    (page,) = queries.get_own_pages(viewer=speaking.viewer_of(user.pk))
    assert (page.number, page.voice) == (number, rules.Voice.CHILD)
    # Where people sign in stands no name of the family.
    assert (user.display_name, user.username) == ("A young person", "a-fox")
    assert {"participation.invited", "participation.accepted"} <= {event.act for event in asking.events()}


def test_a_link_works_once(number):
    made = speaking.invite(number, at=clock.now())
    accept(made.token)

    assert queries.find_invited(token=made.token) is None
    with pytest.raises(rules.InvitationIsOver):
        accept(made.token, "another-fox")


def test_a_link_that_was_never_made_or_is_too_old_or_taken_back_leads_nowhere(number):
    old = speaking.invite(number, at=clock.now() - datetime.timedelta(days=15))
    withdrawn = speaking.invite(number, at=clock.now())
    operations.withdraw(
        number=number, purpose="", invitation_id=withdrawn.id, by=working.person("social-worker"), at=clock.now()
    )
    for token in ("never-made", "\ud800", "", old.token, withdrawn.token):
        assert queries.find_invited(token=token) is None
        with pytest.raises(rules.InvitationIsOver), transaction.atomic():
            accept(token)


@pytest.mark.parametrize("username", ["", "ab", "a b", "x" * 41, "é" * 5, "-fox", "teacher", "TEACHER"])
def test_a_name_that_is_taken_or_none_to_sign_in_by_is_refused_and_the_link_still_works(number, username):
    made = speaking.invite(number, at=clock.now())
    with pytest.raises(rules.NameIsTaken), transaction.atomic():
        accept(made.token, username)

    assert accept(made.token, "a-fox")


@pytest.mark.parametrize("username", ["youth-worker", "police-officer", "out-of-hours", "front-door"])
def test_a_reason_for_looking_is_no_ground_for_inviting(number, username):
    with pytest.raises((rules.NotAllowed, people_queries.NoSuchChild, childindex_queries.ReasonNeeded)):
        speaking.invite(number, by=username)


def test_a_younger_child_is_not_invited(number):
    with pytest.raises(rules.TooYoung):
        speaking.invite(number, at=NOW - datetime.timedelta(days=366 * 8))


def test_a_parent_is_invited_only_where_it_is_recorded_as_safe(number):
    with pytest.raises(rules.NotRecordedSafe):
        speaking.invite(number, rules.Voice.PARENT, is_recorded_safe=False)

    mother = speaking.come_in(number, rules.Voice.PARENT)
    assert mother.roles == {"parent"}


def test_taken_back_it_ends_the_sign_in_at_the_next_request(number):
    child = speaking.come_in(number)
    made_id = asking_id(number)
    by = working.person("social-worker")
    operations.withdraw(number=number, purpose="", invitation_id=made_id, by=by, at=clock.now())

    assert agencies_queries.find_viewer(user_id=child.user_id, session="", request_id=None) is None
    assert queries.get_own_pages(viewer=child) == []
    with pytest.raises(people_queries.NoSuchChild):
        childindex_queries.open_child(viewer=child, number=number, purpose="", act="test.looked")
    with pytest.raises(rules.InvitationIsOver):
        operations.withdraw(number=number, purpose="", invitation_id=made_id, by=by, at=clock.now())


def asking_id(number: str):
    ((found,),) = working.rows(
        "SELECT i.id FROM participation_invitation i JOIN people_child c ON c.id = i.child_id WHERE c.number = %s",
        number,
    )
    return found


def test_one_page_has_one_sign_in(number):
    first, second = speaking.invite(number, at=clock.now()), speaking.invite(number, at=clock.now())
    accept(first.token)

    assert queries.find_invited(token=second.token) is None


def test_the_database_lets_nobody_make_a_used_invitation_or_one_in_anothers_name(number):
    childindex_queries.open_child(viewer=working.person("social-worker"), number=number, purpose="", act="test.looked")
    insert = (
        "INSERT INTO participation_invitation (id, child_id, voice, name, parent_ref, fingerprint, made_at, made_by_id, "
        "made_by_name, expires_at, accepted_at, user_id, withdrawn_by_name) SELECT gen_random_uuid(), id, 'child', '', '', "
        "'\\x00', now(), %s, 'x', now(), {}, '' FROM people_child WHERE number = %s"
    )
    someone = working.person("manager").user_id
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert.format("now(), %s"), [someone, someone, number])
    with connection.cursor() as cursor:
        cursor.execute(insert.format("NULL, NULL"), [someone, number])

    by = working.rows("SELECT made_by_id FROM participation_invitation")
    assert by == [(working.person("social-worker").user_id,)]


def test_strangers_and_the_family_itself_see_no_invitation(number):
    child = speaking.come_in(number)
    for viewer in (child, working.person("safeguarding-lead"), working.person("police-officer")):
        opened = childindex_queries.open_child(viewer=viewer, number=number, purpose="referral", act="test.looked")
        assert queries.get_invitations(child_id=opened.card.id, at=NOW) == []
        assert asking.rows("SELECT count(*) FROM participation_invitation") == [(0,)]

    opened = childindex_queries.open_child(
        viewer=working.person("social-worker"), number=number, purpose="", act="test.looked"
    )
    (card,) = queries.get_invitations(child_id=opened.card.id, at=NOW)
    assert card.standing is rules.Standing.ACCEPTED
