"""A child's and a parent's own pages: theirs alone, what they say on them, and what comes of it."""

import datetime

import pytest
from django.test import Client

from joinedup.foundation import clock, ids
from joinedup.governance.assurance import operations as assurance_operations
from joinedup.processes.casework import operations as casework_operations
from joinedup.processes.participation import rules
from tests.conftest import NOW
from tests.integration.casework import working
from tests.integration.governance import sealers
from tests.integration.looking import asking
from tests.integration.participation import speaking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

#: Every page of one's own that is read, by its end.
PAGES = ("", "/plan", "/think", "/about-me", "/worry", "/wrong", "/looked")


@pytest.fixture
def family() -> speaking.Family:
    family = speaking.a_family()
    says = {"asking": working.says("social-worker", family.number), "episode_id": family.episode_id}
    working.a_need(family.number, family.episode_id)
    outcome = casework_operations.write_plan(
        **says, aim_code=working.an_aim(), statement="You feel safe", how_we_will_know="You say so"
    )
    ((member,),) = working.rows("SELECT id FROM casework_teammember")
    casework_operations.add_action(
        **says, outcome_id=outcome, doer_id=member, words="Make a referral", due_on=datetime.date(2099, 1, 2)
    )
    manager = {"asking": working.says("manager", family.number), "episode_id": family.episode_id}
    casework_operations.note_supervision(**manager, words="What only we two know")
    return family


@pytest.fixture
def mine(family) -> Client:
    return speaking.browser(family.child)


def address(family: speaking.Family, end: str = "") -> str:
    return f"/mine/{family.number}{end}"


def alert(page: str) -> str:
    return " ".join(visiting.texts(r'govuk-notification-banner__heading">(.*?)</p>', page))


def test_home_leads_to_the_page_that_is_ones_own(family, mine):
    assert mine.get("/")["Location"] == "/mine"
    assert mine.get("/mine")["Location"] == address(family)
    page = visiting.body(mine, address(family))
    assert "Rukhsana Peel" in page
    assert "Runs my plan" in page


def test_the_plan_is_read_in_plain_words_and_without_what_workers_keep_to_themselves(family, mine):
    page = visiting.body(mine, address(family, "/plan"))

    for words in ("Rukhsana Peel runs this plan", "You feel safe", working.WORDS, "by 2 January 2099"):
        assert words in page
    assert "asking another worker to help you" in page
    assert "What only we two know" not in page


def test_another_childs_page_is_no_page_at_all(family, mine):
    other = speaking.somebody_else(family)
    absent = ids.new_child_number()
    for end in PAGES:
        answers = [mine.get(f"/mine/{number}{end}") for number in (other, absent, "nonsense")]
        assert {answer.status_code for answer in answers} == {404}
        assert visiting.main(answers[0].content.decode()) == visiting.main(answers[1].content.decode())
    assert "participation.page.seen.denied" in {event.act for event in asking.events()}


@pytest.mark.parametrize(
    "path",
    [
        "/my-work",
        "/help",
        "/sent",
        "/in-basket",
        "/find",
        "/child/{number}",
        "/child/{number}/voice",
        "/board",
        "/exports",
    ],
)
def test_workers_pages_are_not_a_familys(family, mine, path):
    assert mine.get(path.format(number=family.number)).status_code == 403


def test_workers_have_no_page_of_their_own(family):
    client = visiting.sign_in(Client(), "social_worker")

    for end in PAGES:
        assert client.get(address(family, end)).status_code == 403
    assert client.get("/mine").status_code == 403


def test_each_look_at_ones_own_page_names_the_child_in_the_audit(family, mine):
    ((child_id,),) = working.rows("SELECT id FROM people_child WHERE number = %s", family.number)
    for end in PAGES:
        before = len(asking.events())
        visiting.body(mine, address(family, end))
        named = [event for event in asking.events()[before:] if child_id in event.subjects]
        assert named, end
        assert {event.actor_id for event in named} == {family.child.user_id}


def test_what_i_think_is_said_and_waits_for_an_answer(family, mine):
    posted = {"words": "I do not like the bus", "occasion": "review", "shown_to": "lead", "named": ""}
    assert mine.post(address(family, "/think"), posted).status_code == 302
    page = visiting.body(mine, address(family, "/think"))

    assert "You have said it" in alert(page)
    assert "I do not like the bus" in page
    assert "You will have an answer by" in page
    lead = visiting.sign_in(Client(), "social_worker")
    plan = f"/child/{family.number}/plan/{family.episode_id}"
    assert "I do not like the bus" in visiting.body(lead, plan)
    assert "Answer due" in visiting.body(lead, plan)
    assert "I do not like the bus" in visiting.body(lead, f"/child/{family.number}")
    voice = visiting.body(lead, f"/child/{family.number}/voice")
    answer = next(href for href in visiting.links(voice).values() if href.endswith("/answer"))
    assert lead.post(answer, {"words": ""}).status_code == 422
    assert lead.post(answer, {"words": "We will ask if you can walk"}).status_code == 302
    assert lead.get(answer).status_code == 404

    assert "You have 1 answer." in visiting.body(mine, address(family))
    page = visiting.body(mine, address(family, "/think"))
    assert "Rukhsana Peel said" in page
    assert "We will ask if you can walk" in page


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"words": "a", "occasion": "x", "shown_to": "y"},
        {"words": "I do not like the bus", "occasion": "review", "shown_to": "named", "named": "nobody"},
        {"words": "\x00", "occasion": "review", "shown_to": "lead"},
    ],
)
def test_what_cannot_be_read_is_asked_for_again_and_nothing_is_lost(family, mine, posted):
    answer = mine.post(address(family, "/think"), posted)

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    if len(posted.get("words", "")) > 2:
        assert posted["words"] in answer.content.decode()


def test_one_worker_alone_may_be_picked_of_those_who_help(family, mine):
    lead = working.practitioner("social-worker")
    assert "Rukhsana Peel, " in visiting.body(mine, address(family, "/think"))
    posted = {"words": "Just for you", "occasion": "any_time", "shown_to": "named", "named": str(lead)}
    assert mine.post(address(family, "/think"), posted).status_code == 302

    assert "Just Rukhsana Peel can see this." in visiting.body(mine, address(family, "/think"))


def test_about_me_is_said_once_filled_in_the_next_time_and_read_by_who_helps(family, mine):
    assert mine.post(address(family, "/about-me"), {}).status_code == 422
    assert mine.post(address(family, "/about-me"), {"know": "I am shy", "like": "Dogs"}).status_code == 302

    assert "I am shy</textarea>" in visiting.body(mine, address(family, "/about-me"))
    lead = visiting.sign_in(Client(), "social_worker")
    assert "I am shy" in visiting.body(lead, f"/child/{family.number}/plan/{family.episode_id}")
    assert "I am shy" in visiting.body(lead, f"/child/{family.number}")


def test_a_worry_goes_to_the_front_door_with_a_clock_and_the_child_is_told_what_comes_next(family, mine):
    key = ids.uuid7()
    posted = {"words": "Someone hits my brother", "ring_back": "Ring me at school", "key": key}
    assert mine.post(address(family, "/worry"), {**posted, "words": ""}).status_code == 422
    assert mine.post(address(family, "/worry"), posted).status_code == 302
    assert mine.post(address(family, "/worry"), posted).status_code == 302

    page = visiting.body(mine, address(family, "/worry"))
    assert "We have your worry" in alert(page)
    assert "A worker reads it and says here what comes next, by the end of " in page
    ((kind, state, due_at, number, consent),) = working.rows(
        "SELECT i.kind, i.state, i.due_at, c.number, m.consent FROM inbasket_item i "
        "JOIN people_child c ON c.id = i.child_id JOIN inbasket_message m ON m.item_id = i.id WHERE i.sent_by_id = %s",
        family.child.user_id,
    )
    assert (kind, state, number, consent) == ("contact", "new", family.number, "given")
    assert due_at > clock.now()
    assert "Someone hits my brother" not in page, "what was told is not on the page for others to read"


def test_a_wrong_fact_becomes_a_request_for_those_who_answer_for_rights(family, mine):
    assert mine.post(address(family, "/wrong"), {"words": "no"}).status_code == 422
    assert mine.post(address(family, "/wrong"), {"words": "My name is Sam, it is not Pam"}).status_code == 302

    page = visiting.body(mine, address(family, "/wrong"))
    assert "My name is Sam, it is not Pam" in page
    assert "You will have an answer by" in page
    ((asked, *others),) = working.rows("SELECT number, kind, asker, child_number, confirmed_at FROM rights_datarequest")
    assert others == ["correction", "child", family.number, None]
    assert asked in visiting.body(visiting.sign_in(Client(), "data_protection_officer"), "/requests")


def test_a_parents_page_is_closed_until_it_is_safe_when_it_is_not_and_from_eighteen_on(family):
    mother = speaking.come_in(family.number, rules.Voice.PARENT)
    theirs, lead = speaking.browser(mother), working.person("social-worker")
    assert "Your page is not open now" in visiting.body(theirs, address(family))

    ((child_id,),) = working.rows("SELECT id FROM people_child WHERE number = %s", family.number)

    def record(*, is_safe: bool) -> None:
        assurance_operations.record_parental_safety(
            child_id=child_id,
            parent_ref=speaking.MOTHER,
            parent_name="Sade Marlow",
            is_safe=is_safe,
            reason="Spoken with her alone",
            by=lead,
            at=clock.now(),
        )

    record(is_safe=True)
    page = visiting.body(theirs, address(family))
    assert "Who helps my child" in page
    assert "About me" not in page
    assert theirs.get(address(family, "/about-me")).status_code == 404
    assert "Who looked" in visiting.body(theirs, address(family, "/looked"))

    record(is_safe=False)
    for end in PAGES:
        assert "Your page is not open now" in visiting.body(theirs, address(family, end))


def test_a_sealed_childs_page_is_closed(family, mine):
    sealers.seal(family.number)

    assert mine.get(address(family)).status_code == 404
    assert "Your page is not open now" in visiting.body(mine, "/mine")


def test_who_looked_stands_on_a_page(family, mine):
    page = visiting.body(mine, address(family, "/looked"))

    assert "Who looked" in page
    assert "28 days" in page


def test_a_worker_makes_the_link_shows_it_once_and_takes_it_back():
    number = speaking.teenagers()[0]
    working.a_led_episode(number)
    lead = visiting.sign_in(Client(), "social_worker")
    invite = f"/child/{number}/voice/invite"
    assert lead.post(invite, {"who": "parent"}).status_code == 422
    assert (
        lead.post(invite, {"who": "parent", "parent_name": "Sade", "safe": "no", "reason": "We asked"}).status_code
        == 422
    )
    answer = lead.post(invite, {"who": "parent", "parent_name": "Sade", "safe": "yes", "reason": "We asked her"})
    (link,) = visiting.texts(r'id="link">(.*?)<', answer.content.decode())
    anyone = Client()
    path = link.removeprefix("http://testserver")
    assert "Come in" in visiting.body(anyone, path)
    for posted in (
        {"username": "teacher", "password": speaking.PASSWORD, "again": speaking.PASSWORD},
        {"username": "a-fox", "password": "short", "again": "short"},
        {"username": "a-fox", "password": speaking.PASSWORD, "again": "other"},
    ):
        assert anyone.post(path, posted).status_code == 422
    posted = {"username": "a-fox", "password": speaking.PASSWORD, "again": speaking.PASSWORD}
    assert anyone.post(path, posted)["Location"] == "/account/second-factor"
    assert anyone.get("/mine").status_code == 302, "a password alone opens nothing"
    assert anyone.get(path).status_code == 404

    voice = visiting.body(lead, f"/child/{number}/voice")
    assert "A parent: Sade" in voice
    assert path.rpartition("/")[2] not in voice
    (back,) = set(visiting.texts(r'action="([^"]*take-back)"', voice))
    assert lead.post(back).status_code == 302
    assert lead.post(back).status_code == 404
    assert "Taken back" in visiting.body(lead, f"/child/{number}/voice")


def test_whom_the_matrix_keeps_out_neither_reads_nor_invites(family):
    speaking.say(family, at=NOW)
    for role in ("police", "front_door"):
        client = visiting.sign_in(Client(), role)
        visiting.open_child(client, family.number)
        page = visiting.body(client, f"/child/{family.number}/voice")
        assert "I like the club" not in page
        assert "Invite the child" not in page
        answer = client.post(f"/child/{family.number}/voice/invite", {"who": "child"})
        assert answer.status_code == 422
        assert "You cannot invite this family" in answer.content.decode()


def test_however_much_was_said_a_page_asks_the_database_as_often(family, mine):
    lead = visiting.sign_in(Client(), "social_worker")
    pages = ((mine, address(family, "/think")), (lead, f"/child/{family.number}/voice"))
    speaking.say(family)
    before = [visiting.queries_of(*page) for page in pages]
    for _ in range(5):
        speaking.say(family)

    assert [visiting.queries_of(*page) for page in pages] == before
