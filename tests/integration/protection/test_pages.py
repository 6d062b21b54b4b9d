"""The protection page: from a child's page to a plan and its end, all faults at once, and absent for whoever may not read it."""

import pytest
from django.test import Client

from joinedup.foundation import clock
from tests.integration.casework.test_pages import signed_in
from tests.integration.protection import working
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
PRESENT = "Rukhsana Peel, Children's social care\nAidan Frome, Police"


@pytest.fixture
def number() -> str:
    return working.a_number()


@pytest.fixture
def worker(number) -> Client:
    return signed_in(working.WORKER)


@pytest.fixture
def page(number) -> str:
    return f"/child/{number}/protection"


def day(name: str, date) -> dict[str, int]:
    return {f"{name}-day": date.day, f"{name}-month": date.month, f"{name}-year": date.year}


def today(name: str = "happened_on"):
    return day(name, clock.today())


WORRY = {"happened_time": "00:01", "words": "Bruises that nobody could explain"}
STEPS = (
    ("discussed", {"happened_time": "00:02", "present": PRESENT, "outcome": "joint", "words": "The police take part"}),
    ("enquiry-started", {"words": "Rukhsana visits today"}),
    ("enquiry-ended", {"outcome": "continuing_risk", "words": "It goes on", "childs_view": "I am afraid at night"}),
    (
        "conference-held",
        {
            "chair": "Ines Wray",
            "present": PRESENT,
            "outcome": "plan",
            "category": "PHY",
            "words": "He lives with Nan for now",
            "childs_view": "I want to stay with Nan",
        },
    ),
)


def errors(answer) -> list[str]:
    assert answer.status_code == 422
    return visiting.texts(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', answer.content.decode())


def post(client: Client, address: str, **given: object) -> None:
    answer = client.post(address, {**today(), **given})
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"].endswith("/protection")


def concern_of() -> str:
    return str(working.rows("SELECT id FROM protection_concern ORDER BY since_at DESC LIMIT 1")[0][0])


def to_a_plan(client: Client, page: str) -> str:
    post(client, f"{page}/worry", **WORRY)
    concern = concern_of()
    for name, given in STEPS:
        post(client, f"{page}/{concern}/{name}", **given)
    return concern


def test_from_the_childs_page_to_a_plan_with_what_comes_next_foremost(worker, page, number):
    child = visiting.body(worker, f"/child/{number}")
    assert visiting.links(child)["Child protection"] == page
    assert "Nothing is written down here" in visiting.body(worker, page)

    to_a_plan(worker, page)
    shown = visiting.body(worker, page)

    for words in (
        *("The child has a child protection plan", "Physical abuse", "Write down a core group", "First core group"),
        *(
            "At most 10 working days",
            "I want to stay with Nan",
            "Aidan Frome, Police",
            "That is a maximum, not a target",
        ),
    ):
        assert words in shown, words
    again = visiting.body(worker, f"/child/{number}")
    assert "Concern of " in again
    assert "physical abuse" in again


def test_all_faults_are_said_at_once_each_with_its_question(worker, page):
    post(worker, f"{page}/worry", **WORRY)
    concern = concern_of()
    (said,) = errors(worker.post(f"{page}/{concern}/discussed", {"happened_time": "25:00"}))

    for question in ("On which day was it held?", "At what time?", "Who took part?", "What was the outcome?"):
        assert question in said
    assert "What was decided, by whom, and why?" in said
    (said,) = errors(worker.post(f"{page}/{concern}/discussed", {**today(), **STEPS[0][1], "present": "Rukhsana Peel"}))
    assert "name, agency" in said
    alone = {**today(), **STEPS[0][1], "present": "Rukhsana Peel, Social care\nGwen Tolliver, Social care"}
    (said,) = errors(worker.post(f"{page}/{concern}/discussed", alone))
    assert "at least two" in said


def test_a_plan_asks_for_its_category_and_an_end_for_its_reason(worker, page):
    post(worker, f"{page}/worry", **WORRY)
    concern = concern_of()
    for name, given in STEPS[:3]:
        post(worker, f"{page}/{concern}/{name}", **given)
    (said,) = errors(worker.post(f"{page}/{concern}/conference-held", {**today(), **STEPS[3][1], "category": ""}))
    assert "Choose the category" in said
    post(worker, f"{page}/{concern}/conference-held", **STEPS[3][1])
    review = {**STEPS[3][1], "outcome": "ends", "category": "", "ending": ""}
    (said,) = errors(worker.post(f"{page}/{concern}/review-held", {**today(), **review}))
    assert "Choose why it ended" in said
    post(worker, f"{page}/{concern}/review-held", **{**review, "ending": "safe"})
    assert "No concern is open" in visiting.body(worker, page)


def test_a_correction_begins_with_what_was_written_and_both_are_shown(worker, page):
    concern = to_a_plan(worker, page)
    links = [
        href for words, href in visiting.links(visiting.body(worker, page)).items() if words.startswith("Correct this")
    ]
    conference = next(href for href in links if "conference" in visiting.body(worker, href).lower())
    form = visiting.body(worker, conference)
    assert "He lives with Nan for now" in form
    assert "Aidan Frome, Police" in form
    assert concern in conference

    post(worker, conference, **{**STEPS[3][1], "category": "NEG"}, why="The category was another")
    shown = visiting.body(worker, page)
    assert "Corrected later" in shown
    assert "The category was another" in shown
    assert worker.get(conference).status_code == 404


def test_spans_in_care_are_written_ended_and_corrected(worker, page):
    given = {"code": "C1", "words": "By the court", **today("started_on")}
    post(worker, f"{page}/care/legal-status", **given)
    (said,) = errors(worker.post(f"{page}/care/legal-status", {**given, "code": "C2"}))
    assert "Another span covers" in said
    post(worker, f"{page}/care/placement", **{**given, "code": "U3"})
    ((span,),) = working.rows("SELECT id FROM protection_carespan WHERE code = 'C1'")
    post(worker, f"{page}/care/{span}/end", words="A full order", **today("ended_on"))
    post(worker, f"{page}/care/{span}/correct", **{**given, "code": "C2"}, why="It was a full order")

    shown = visiting.body(worker, page)
    assert "Full care order (C2)" in shown
    assert "Foster placement with a relative or friend, not long term (U3)" in shown
    assert worker.get(f"{page}/care/{span}/end").status_code == 404
    assert worker.get(f"{page}/care/nothing").status_code == 404


def test_someone_is_asked_to_take_part_and_then_reads_it(worker, page, number):
    post(worker, f"{page}/worry", **WORRY)
    officer = signed_in("police-officer")
    visiting.open_child(officer, number)
    assert officer.get(page).status_code == 404
    until = day("until_on", clock.today() + working.DAY * 20)
    answer = worker.post(f"{page}/{concern_of()}/invite", {"who": "aidan", "part": "Police", **until})
    assert answer.status_code == 302, errors(answer)

    assert "Strategy discussion to be held" in visiting.body(officer, page)
    assert "Write down the strategy discussion" not in visiting.body(officer, page)
    assert officer.get(f"{page}/{concern_of()}/discussed").status_code == 403


@pytest.mark.parametrize("username", ["teacher", "safeguarding-lead", "front-door", "police-officer"])
def test_for_whoever_does_not_read_the_statutory_case_nothing_says_that_there_is_any(worker, page, number, username):
    to_a_plan(worker, page)
    visitor = signed_in(username)
    visiting.open_child(visitor, number)
    child = visitor.get(f"/child/{number}")
    assert "protection" not in child.content.decode()

    answer, absent = visitor.get(page), visitor.get(f"/child/{number}/nothing-here")
    assert answer.status_code == absent.status_code == 404
    for name in ("worry", f"{concern_of()}/core-group-held", "care/placement"):
        assert visitor.get(f"{page}/{name}").status_code in {302, 404}
        assert visitor.post(f"{page}/{name}", today()).status_code in {302, 404}


@pytest.mark.parametrize("odd", ["worry?contact=x", "x", "care/x", "00000000-0000-7000-8000-000000000000/discussed"])
def test_an_odd_address_is_not_there(worker, page, odd):
    assert worker.get(f"{page}/{odd}").status_code == 404


def test_what_does_not_begin_where_it_stands_is_refused(worker, page):
    post(worker, f"{page}/worry", **WORRY)
    assert worker.get(f"{page}/{concern_of()}/conference-held").status_code == 403
    assert worker.get(f"{page}/{concern_of()}/closed").status_code == 403
