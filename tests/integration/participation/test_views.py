"""Whom a child lets see what they think sees it, nobody else does, by any statement; and the lead owes an answer."""

import datetime
import uuid

import pytest
from django.db import Error, connection, transaction

from joinedup.foundation import clock
from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.governance.rights import functions as rights_functions
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.casework import operations as casework_operations
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.participation import operations, queries, rules
from tests.conftest import NOW, as_role
from tests.integration.casework import working
from tests.integration.governance import sealers
from tests.integration.looking import asking
from tests.integration.participation import speaking

pytestmark = pytest.mark.usefixtures("borough")

WORDS = {rules.ShownTo.LEAD: "for my lead", rules.ShownTo.HELPERS: "for all", rules.ShownTo.NAMED: "for Jo"}
TABLES = ("participation_view", "participation_aboutme", "participation_invitation")


@pytest.fixture
def family(borough) -> speaking.Family:
    family = speaking.a_family()
    for username in ("youth-worker", "health-visitor"):
        casework_operations.join_team(
            asking=working.says("social-worker", family.number),
            episode_id=family.episode_id,
            part="Helps",
            practitioner_id=working.practitioner(username),
        )
    return family


@pytest.fixture
def said(family) -> dict[rules.ShownTo, uuid.UUID]:
    """What the child said to each kind of listener."""
    return {
        shown_to: speaking.say(
            family,
            shown_to,
            words=words,
            named_id=working.practitioner("youth-worker") if shown_to is rules.ShownTo.NAMED else None,
        )
        for shown_to, words in WORDS.items()
    }


SEEN_BY = {
    "social-worker": {"for my lead", "for all"},
    "youth-worker": {"for all", "for Jo"},
    "health-visitor": {"for all"},
    "safeguarding-lead": set(),
    "police-officer": set(),
    "front-door": set(),
}


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("username", SEEN_BY)
def test_a_worker_sees_what_the_child_lets_them_see_by_any_statement(family, username):
    assert speaking.words_seen(family, working.person(username)) == SEEN_BY[username]


@pytest.mark.usefixtures("said")
def test_the_child_sees_all_that_they_said_and_a_parent_nothing_of_it(family):
    assert speaking.words_seen(family, family.child) == set(WORDS.values())
    mother = speaking.come_in(family.number, rules.Voice.PARENT)
    assert speaking.words_seen(family, mother) == set()

    operations.give_view(
        number=family.number,
        words="I am her mother",
        occasion=rules.Occasion.REVIEW,
        shown_to=rules.ShownTo.HELPERS,
        by=mother,
        at=NOW,
    )
    assert speaking.words_seen(family, mother) == {"I am her mother"}
    assert speaking.words_seen(family, family.child) == set(WORDS.values())
    (card,) = speaking.read(family.number, mother)
    assert (card.voice, card.given_by_name) == (rules.Voice.PARENT, "Sade Marlow")


@pytest.mark.usefixtures("said")
def test_the_rule_and_the_database_agree_on_who_sees_what(family):
    rows = {
        words: rules.Choice(voice=rules.Voice(voice), given_by_id=by, shown_to=rules.ShownTo(shown_to), named_id=named)
        for words, voice, by, shown_to, named in working.rows(
            "SELECT words, voice, given_by_id, shown_to, named_id FROM participation_view"
        )
    }
    mother = speaking.come_in(family.number, rules.Voice.PARENT)
    for viewer in (family.child, mother, *map(working.person, SEEN_BY)):
        opened = childindex_queries.open_child(
            viewer=viewer, number=family.number, purpose="referral", act="test.looked"
        )
        looker = rules.Looker(
            user_id=viewer.user_id,
            grounds=opened.grounds,
            reads_plan="T2" in opened.tiers,
            voice=next((rules.Voice(role) for role in viewer.roles if role in set(rules.Voice)), None),
        )
        by_rule = {words for words, choice in rows.items() if rules.is_shown(choice, looker)}
        assert speaking.words_seen(family, viewer) == by_rule, viewer.name


@pytest.mark.usefixtures("said")
def test_who_leads_anew_sees_it_and_who_led_before_no_more(family):
    working.a_need(family.number, family.episode_id)
    casework_operations.hand_over(
        asking=working.says("manager", family.number),
        episode_id=family.episode_id,
        practitioner_id=working.practitioner("health-visitor"),
        goodbye="We told her together",
    )

    assert "for my lead" in speaking.words_seen(family, working.person("health-visitor"))
    assert speaking.words_seen(family, working.person("social-worker")) == set()


@pytest.mark.usefixtures("said")
def test_what_is_of_a_sealed_child_is_seen_by_nobody_and_the_page_is_closed(family):
    sealers.seal(family.number)

    assert queries.get_own_pages(viewer=family.child) == []
    for viewer in (family.child, *map(working.person, SEEN_BY)):
        with pytest.raises((people_queries.NoSuchChild, childindex_queries.SecondFactorNeeded)):
            speaking.words_seen(family, viewer)
        assert asking.rows("SELECT count(*) FROM participation_view") == [(0,)]
    with pytest.raises(people_queries.NoSuchChild), transaction.atomic():
        speaking.say(family)


@pytest.mark.usefixtures("said")
def test_a_child_who_comes_in_anew_has_all_that_they_said_before(family):
    operations.write_about_me(
        number=family.number, know="I am shy", like="", helps="", hinders="", by=family.child, at=NOW
    )
    lead = working.person("social-worker")
    ((made,),) = working.rows("SELECT id FROM participation_invitation")
    operations.withdraw(number=family.number, purpose="", invitation_id=made, by=lead, at=NOW)
    again = speaking.come_in(family.number)

    assert speaking.words_seen(family, again) == set(WORDS.values())
    assert asking.rows("SELECT know FROM participation_aboutme") == [("I am shy",)]


def test_only_somebody_who_works_with_the_child_may_be_the_one(family):
    for named in (None, uuid.uuid4(), working.practitioner("police-officer")):
        with pytest.raises(rules.NobodyNamed), transaction.atomic():
            speaking.say(family, rules.ShownTo.NAMED, named_id=named)


def test_nobody_speaks_in_a_childs_name(family):
    other = speaking.come_in_elsewhere(family)
    with pytest.raises(people_queries.NoSuchChild), transaction.atomic():
        speaking.say(family, by=other)
    with pytest.raises(people_queries.NoSuchChild), transaction.atomic():
        speaking.say(family, by=working.person("social-worker"))
    childindex_queries.open_child(
        viewer=working.person("social-worker"), number=family.number, purpose="", act="test.looked"
    )
    with pytest.raises(Error, match="whose page it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO participation_view (id, child_id, voice, given_by_id, given_by_name, given_at, occasion, words, "
            "shown_to, named_name, answer, answered_by_name) SELECT gen_random_uuid(), id, 'child', %s, '', now(), "
            "'any_time', 'not mine', 'helpers', '', '', '' FROM people_child WHERE number = %s",
            [family.child.user_id, family.number],
        )


def test_the_lead_answers_once_and_the_child_reads_it(family, said):
    given = {"number": family.number, "purpose": "", "view_id": said[rules.ShownTo.HELPERS], "at": NOW}
    for username in ("youth-worker", "health-visitor"):
        with pytest.raises(rules.NotAllowed), transaction.atomic():
            operations.answer_view(words="We will", by=working.person(username), **given)
    operations.answer_view(words="We asked the club", by=working.person("social-worker"), **given)
    with pytest.raises(rules.Answered), transaction.atomic():
        operations.answer_view(words="We did not", by=working.person("social-worker"), **given)

    cards = {card.words: card for card in speaking.read(family.number, family.child)}
    assert (cards["for all"].answer, cards["for all"].answered_by_name) == ("We asked the club", "Rukhsana Peel")
    assert cards["for my lead"].answer == ""


def test_the_one_who_was_named_answers_and_the_lead_does_not_know(family, said):
    given = {"number": family.number, "purpose": "", "view_id": said[rules.ShownTo.NAMED], "at": NOW}
    with pytest.raises(rules.NoSuchView), transaction.atomic():
        operations.answer_view(words="We will", by=working.person("social-worker"), **given)
    operations.answer_view(words="I will", by=working.person("youth-worker"), **given)

    assert {card.answer for card in speaking.read(family.number, family.child)} == {"", "I will"}


def test_an_answer_is_owed_within_the_days_of_the_setting(family, said, settings):
    settings.VIEWS_ANSWERED_WITHIN_DAYS = 3
    on = clock.local(NOW).date()
    lead = working.person("social-worker")

    def late(days: int) -> set[bool]:
        return {card.is_late for card in speaking.read(family.number, lead, on=on + datetime.timedelta(days=days))}

    assert (late(3), late(4)) == ({False}, {True})
    assert all(card.may_answer for card in speaking.read(family.number, lead))
    assert len(said) == 3


def test_words_are_never_written_over(family, said):
    childindex_queries.open_child(viewer=family.child, number=family.number, purpose="", act="test.looked")
    view_id = said[rules.ShownTo.LEAD]
    for change in ("words = 'other'", "shown_to = 'helpers'"):
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE participation_view SET {change} WHERE id = %s", [view_id])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participation_view SET answer = 'mine', answered_at = now() WHERE id = %s", [view_id])
        assert cursor.rowcount == 0, "nobody answers themselves"


def test_what_the_child_wants_known_is_read_by_whoever_helps_and_by_nobody_else(family):
    about = {"know": "I am shy", "like": "Dogs", "helps": "", "hinders": "Noise"}
    with pytest.raises(rules.SayMore), transaction.atomic():
        operations.write_about_me(number=family.number, by=family.child, at=NOW, **dict.fromkeys(about, " "))
    operations.write_about_me(number=family.number, by=family.child, at=NOW, **{**about, "like": "Cats"})
    operations.write_about_me(number=family.number, by=family.child, at=NOW + datetime.timedelta(hours=1), **about)
    mother = speaking.come_in(family.number, rules.Voice.PARENT)
    for viewer, reads in (
        (family.child, True),
        (working.person("youth-worker"), True),
        (working.person("police-officer"), False),
        (mother, False),
    ):
        opened = childindex_queries.open_child(
            viewer=viewer, number=family.number, purpose="referral", act="test.looked"
        )
        card = queries.get_about(child_id=opened.card.id)
        assert (card.like if card else None) == ("Dogs" if reads else None), viewer.name
    with pytest.raises(Error, match="only the child"), transaction.atomic():
        operations.write_about_me(number=family.number, by=mother, at=NOW, **about)


def test_all_of_it_is_deleted_with_the_childs_file_and_the_sign_in_has_no_name_left(family, said):
    operations.write_about_me(
        number=family.number, know="I am shy", like="", helps="", hinders="", by=family.child, at=NOW
    )
    ((child_id,),) = working.rows("SELECT id FROM people_child WHERE number = %s", family.number)
    with as_role("definer"), connection.cursor() as cursor:
        for table, where in rights_functions.DELETED:
            if table in TABLES:
                cursor.execute(f"DELETE FROM {table} {where.replace('= child', '= %s')}", [child_id])

    assert {table: working.rows(f"SELECT count(*) FROM {table}") for table in TABLES} == {
        table: [(0,)] for table in TABLES
    }
    assert working.rows(
        "SELECT is_active, username LIKE 'gone-%%' FROM access_user WHERE id = %s", family.child.user_id
    ) == [(False, True)]
    assert len(said) == 3


def test_where_a_steward_says_that_the_page_is_another_childs_all_of_it_goes(family, said):
    other = speaking.somebody_else(family)
    ((other_id,),) = working.rows("SELECT id FROM people_child WHERE number = %s", other)
    work = reassigning_rules.WORK["own_page"]
    with as_role("definer"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {work.table} w SET {work.child} = %s WHERE user_id = %s", [other_id, family.child.user_id]
        )

    assert working.rows("SELECT DISTINCT child_id FROM participation_view") == [(other_id,)]
    assert [page.number for page in queries.get_own_pages(viewer=family.child)] == [other]
    assert len(said) == 3
