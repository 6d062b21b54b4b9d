"""The pages of casework: from a child's page to a plan, the acts on it, My work, offers, and the team's board."""

import datetime

import pytest
from django.test import Client

from joinedup.processes.casework import operations, rules
from tests.integration.casework import working
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")


def signed_in(username: str) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"persona": username})
    assert answer.status_code == 302
    return client


@pytest.fixture
def number() -> str:
    return working.a_number()


@pytest.fixture
def manager(number) -> Client:
    client = signed_in("manager")
    visiting.open_child(client, number)
    return client


@pytest.fixture
def worker() -> Client:
    return signed_in("social-worker")


@pytest.fixture
def plan(number) -> str:
    return f"/child/{number}/plan/{working.a_led_episode(number)}"


def done(client: Client, address: str, **given: object) -> str:
    """Post an act; return where it leads."""
    answer = client.post(address, given)
    assert answer.status_code == 302, visiting.texts(
        r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', answer.content.decode()
    )
    return answer["Location"]


def test_from_the_childs_page_an_episode_is_opened_and_a_lead_named(manager, worker, number):
    assert "The plan and who leads it" not in visiting.body(manager, f"/child/{number}")
    plan = done(manager, f"/child/{number}/plan", kind="early_help", level="3", why="She comes to school hungry")

    assert "Name who leads" in visiting.body(manager, plan)
    assert done(manager, f"{plan}/lead", who="rukhsana") == plan

    assert "Leads: Rukhsana Peel" in visiting.body(manager, f"/child/{number}")
    page = visiting.body(worker, plan)
    assert "Rukhsana Peel" in page
    assert "Changes of lead" in page
    assert "Leads: Rukhsana Peel" in visiting.body(worker, f"/child/{number}")


def test_a_name_that_several_people_have_is_asked_about(manager, plan, number):
    episode = plan.rpartition("/")[2]
    assert episode
    other = done(manager, f"/child/{number}/plan", kind="family_help", level="2", why="Her brother needs help")
    answer = manager.post(f"{other}/lead", {"who": "a"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Several people fit" in page
    assert "Who of these?" in page
    assert manager.post(f"{other}/lead", {"who": "nobody of this name"}).status_code == 422
    assert manager.post(f"{other}/lead", {"who": ""}).status_code == 422


def test_the_plan_is_written_reviewed_and_owed(worker, plan, number):
    aim = working.an_aim()
    done(
        worker,
        f"{plan}/need",
        sort="need",
        about="element:child.health",
        level="2",
        statement="She is hungry",
        owner="",
    )
    done(worker, f"{plan}/need", sort="strength", about=f"aim:{aim}", level="1", statement="Her nan is there", owner="")
    done(worker, f"{plan}/join", person_name="Ama Boateng", agency_name="Food bank", part="Food parcels")
    done(worker, f"{plan}/outcome", aim=aim, statement="She is fed", how_we_will_know="She says so")
    with asking.peeking():
        ((outcome,),) = working.rows("SELECT id FROM casework_desiredoutcome")
        ((member,),) = working.rows("SELECT id FROM casework_teammember WHERE agency_name = 'Food bank'")
    due = datetime.date(2099, 1, 2)
    done(
        worker,
        f"{plan}/action",
        outcome=outcome,
        doer=member,
        words="A parcel each week",
        **{"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year},
    )
    page = visiting.body(worker, plan)
    for words in (
        "She is hungry",
        "Her nan is there",
        "Duty post",
        "A parcel each week",
        "Food bank",
        "The next review",
    ):
        assert words in page
    # What someone without an account said they would do, the lead asks about.
    owed = visiting.body(worker, "/my-work")
    assert "A parcel each week" in owed
    assert "Hold the review" in owed

    ((action,),) = working.rows("SELECT id FROM casework_action")
    done(worker, f"{plan}/done", action=action, words="It comes on Fridays")
    done(worker, f"{plan}/review", what_changed="She eats", spoken="said", childs_view="I like beans")
    page = visiting.body(worker, plan)
    assert "I like beans" in page
    assert "It comes on Fridays" in page


@pytest.mark.parametrize(
    ("act", "posted"),
    [
        ("need", {}),
        ("need", {"sort": "need", "about": "element:soul", "level": "9", "statement": "a", "owner": "someone"}),
        ("outcome", {"aim": "none", "statement": "", "how_we_will_know": ""}),
        ("join", {"part": "x"}),
        ("supervision", {}),
        ("offer", {"where": "nowhere at all", "why": "Because of this"}),
        ("offer", {"where": "", "area": "", "why": "Because of this"}),
        ("step", {"level": "7", "why": ""}),
        ("close", {}),
        ("ask", {"act": "all", "words": ""}),
    ],
)
def test_what_cannot_be_read_is_asked_for_again_and_nothing_is_lost(worker, plan, number, act, posted):
    visiting.body(worker, plan)
    client = worker if act != "supervision" else signed_in("manager")
    if act == "supervision":
        working.a_need(number, plan.rpartition("/")[2])
    answer = client.post(f"{plan}/{act}", posted)
    page = answer.content.decode()

    assert answer.status_code == 422, act
    assert "There is a problem" in page
    for name in {"statement", "where", "why", "words", "part"} & posted.keys():
        assert posted[name] in page


@pytest.mark.parametrize("act", ["", "/need", "/close", "/lead"])
def test_whom_the_matrix_keeps_out_finds_no_plan(plan, act):
    for username in ("teacher", "youth-worker", "police-officer"):
        assert signed_in(username).get(f"{plan}{act}").status_code in {302, 404}


def test_an_act_that_is_not_ones_own_is_refused_and_written(worker, plan):
    for act in ("agree", "supervision", "withdraw", "elsewhere", "lead"):
        assert worker.get(f"{plan}/{act}").status_code == 403, act
    assert worker.get(f"{plan}/nonsense").status_code == 404
    assert "casework.supervision.noted.denied" in {event.act for event in asking.events()}


def test_an_offer_is_found_in_my_work_and_accepted_with_a_new_lead(number, worker):
    episode_id = working.a_led_episode(number, lead="teacher", by="safeguarding-lead")
    working.a_need(number, episode_id, by="teacher")
    teacher, dsl = signed_in("teacher"), signed_in("safeguarding-lead")
    plan = f"/child/{number}/plan/{episode_id}"
    visiting.open_child(dsl, number)
    assert "Offer this to another team" in visiting.body(dsl, plan)
    done(dsl, f"{plan}/offer", where=team_name(), why="More than school can do")

    address = next(href for href in visiting.links(visiting.body(worker, "/my-work")).values() if "/offers/" in href)
    shown = visiting.body(worker, address)
    assert "More than school can do" in shown
    answer = worker.post(address, {"answer": "accept", "words": "Yes, we do", "who": ""})
    assert answer.status_code == 422
    assert "Name who will lead" in answer.content.decode()
    assert (
        worker.post(address, {"answer": "accept", "words": "Yes, we do", "who": "Rukhsana"})["Location"] == "/my-work"
    )

    assert worker.get(address).status_code == 404
    assert "Rukhsana Peel" in visiting.body(worker, plan)
    assert teacher.get(plan).status_code in {302, 404}


def test_a_whole_agency_is_meant_by_its_full_name_and_some_of_it_is_asked_about(number, plan, worker):
    episode_id = plan.rpartition("/")[2]
    agree_to_transfer(number, episode_id)
    agency = working.card("youth-worker").agency_name
    several = worker.post(f"{plan}/offer", {"where": agency.split()[1], "why": "They know her best"})
    assert several.status_code == 422
    assert "Which of these?" in several.content.decode()

    assert done(worker, f"{plan}/offer", where=agency, why="They know her best") == plan
    assert f"to {agency}" in visiting.body(worker, plan)


def agree_to_transfer(number, episode_id) -> None:
    approval = operations.ask_approval(
        asking=working.says("social-worker", number),
        episode_id=episode_id,
        act=rules.ApprovedAct.TRANSFER,
        words="The youth club knows her best",
    )
    operations.decide_approval(
        asking=working.says("manager", number),
        episode_id=episode_id,
        approval_id=approval,
        answer=rules.Approving.AGREED,
        words="Agreed",
    )


def team_name() -> str:
    return working.card("social-worker").team_name


def test_a_manager_sees_the_board_and_agrees_and_the_lead_closes_with_each_needs_outcome(number, plan, worker):
    episode_id = plan.rpartition("/")[2]
    need = working.a_need(number, episode_id)
    manager = signed_in("manager")
    assert visiting.links(visiting.body(manager, "/board"))
    done(worker, f"{plan}/ask", act="close", words="All is well")
    assert "Agree or refuse" in visiting.body(manager, "/my-work")
    approval = str(working.rows("SELECT id FROM casework_approval")[0][0])
    done(manager, f"{plan}/agree", approval=approval, answer="agreed", words="Yes")

    closing = {"closing": "needs_met", "words": "She is well", f"state-{need}": "met", f"words-{need}": "She eats"}
    assert done(worker, f"{plan}/close", **closing) == "/my-work"

    assert working.rows("SELECT state FROM casework_need") == [("met",)]
    assert worker.get(plan).status_code in {302, 404}
    assert "no open episode" in visiting.body(manager, "/board") or number not in visiting.body(manager, "/board")


def test_each_page_takes_as_many_queries_whatever_is_on_it(number, plan, worker):
    episode_id = plan.rpartition("/")[2]
    manager = signed_in("manager")

    def more() -> None:
        working.a_need(number, episode_id)
        operations.write_plan(
            asking=working.says("social-worker", number),
            episode_id=episode_id,
            aim_code=working.an_aim(),
            statement="She is well",
            how_we_will_know="She says so",
        )
        working.an_episode(number)

    more()
    few = [
        visiting.queries_of(worker, plan),
        visiting.queries_of(worker, "/my-work"),
        visiting.queries_of(manager, "/board"),
    ]
    for _ in range(5):
        more()
    many = [
        visiting.queries_of(worker, plan),
        visiting.queries_of(worker, "/my-work"),
        visiting.queries_of(manager, "/board"),
    ]

    assert many == few
    assert max(many) <= 30


@pytest.mark.parametrize("query", visiting.ODD)
def test_odd_addresses_of_the_board_show_its_beginning(query):
    assert signed_in("manager").get("/board", {"from": query}).status_code == 200


def test_what_is_wrong_in_a_form_is_said_with_its_question(manager, number):
    page = manager.post(f"/child/{number}/plan", {}).content.decode()

    assert "Which help is this? Choose one" in page
    assert "Which level of need, in your judgement? Choose one" in page
