"""Assessments as a browser goes: beginning, writing with and without a script, two at once, signing, reading, the PDF."""

import re
import uuid

import pytest
from django.test import Client

from tests.integration.assessment import assessing
from tests.integration.assessment.assessing import place
from tests.integration.exports import taking_out
from tests.integration.signing import arriving
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
JSON = {"Accept": "application/json"}


@pytest.fixture
def one():
    (known,) = assessing.children(1)
    assessing.tie(assessing.worker(), known)
    return known


@pytest.fixture
def worker(client, one):
    return visiting.sign_in(client, "social_worker")


@pytest.fixture
def address(worker, one):
    """The address of an assessment that has just been begun."""
    return worker.post(f"/child/{one[1]}/assessments/begin")["Location"]


def page_of(client, address, part="start"):
    return visiting.body(client, f"{address}/part/{part}")


def fields(page):
    """Return what a page's form would post: the version of each answer, the page, and the answers by their questions."""
    hidden = dict(re.findall(r'<input type="hidden" name="(page|seen)" value="([^"]*)">', page))
    boxes = {
        label: name
        for name, label in re.findall(
            r'<label class="govuk-label govuk-label--s" for="(a-[^"]+)">([^<]*)</label>', page
        )
    }
    return hidden, boxes


def answers(page):
    return visiting.texts(r"<textarea[^>]*>(.*?)</textarea>", page)


def test_it_is_begun_from_the_childs_page_and_what_is_known_stands_there(worker, one):
    page = visiting.body(worker, f"/child/{one[1]}")
    listed = visiting.body(worker, visiting.links(page)["Assessments"])
    assert "There is no assessment yet" in listed
    asked = visiting.body(worker, visiting.links(listed)["Begin an assessment"])
    assert "When was the referral received?" in asked

    answer = worker.post(
        f"/child/{one[1]}/assessments/begin", {"referral-day": "1", "referral-month": "9", "referral-year": "2026"}
    )
    shown = visiting.body(worker, answer["Location"])

    assert "Being written" in shown
    assert "By 3 November 2026 at the latest: 45 working days from the referral on 1 September 2026" in shown
    assert "A maximum, not a target" in shown
    assert "Said by" in shown
    assert "Begun by" in visiting.body(worker, f"/child/{one[1]}/assessments")


@pytest.mark.parametrize(
    ("typed", "said"),
    [(("31", "2", "2026"), "not a date"), (("1", "1", "2999"), "future"), (("1", "", "2026"), "not a date")],
)
def test_a_day_that_cannot_be_is_asked_for_again_as_it_was_typed(worker, one, typed, said):
    given = dict(zip(("referral-day", "referral-month", "referral-year"), typed, strict=True))
    answer = worker.post(f"/child/{one[1]}/assessments/begin", given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{typed[2]}"' in answer.content.decode()


def test_a_part_is_written_without_a_script(worker, address):
    page = page_of(worker, address)
    hidden, boxes = fields(page)
    posted = hidden | {boxes["What led to this assessment?"]: "Tired at school\r\nand alone"}

    answer = worker.post(f"{address}/part/start", posted | {"next": "yes"}, follow=True)

    assert "Everything is saved" in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/part/known")
    assert "Tired at school\nand alone" in answers(page_of(worker, address))


def test_a_script_saves_one_answer_and_is_told_which_version_stands(worker, address):
    hidden, boxes = fields(page_of(worker, address))
    name = boxes["Who took part?"]

    for number, words in enumerate(("Mum", "Mum and Ben"), 1):
        answer = worker.post(f"{address}/part/start", hidden | {name: words}, headers=JSON).json()
        assert answer["saved"] == {name.removeprefix("a-"): number}
        assert re.fullmatch(r"\d\d:\d\d", answer["at"])
        # The answer may be lost on the way: the same page saves on with what it had seen.


def test_two_who_write_the_same_answer_are_told_and_one_of_them_chooses(worker, address, one):
    colleague = visiting.sign_in(Client(), "universal")
    assessing.tie(assessing.teacher(), one, ground="P")
    mine, boxes = fields(page_of(worker, address))
    theirs, _ = fields(page_of(colleague, address))
    name = boxes["Who took part?"]
    worker.post(f"{address}/part/start", mine | {name: "Mum"}, headers=JSON)

    told = colleague.post(f"{address}/part/start", theirs | {name: "Gran"}, headers=JSON).json()
    assert told["saved"] == {}
    assert [one["who"] for one in told["beside"].values()] == [assessing.worker().name]
    assert told["writers"][0].startswith(assessing.worker().name)
    shown = page_of(colleague, address)
    assert "wrote here at the same time. Both are kept" in shown

    (other,) = told["beside"].values()
    choice = visiting.body(colleague, other["href"])
    assert "Mum" in choice
    assert "Gran" in choice
    assert colleague.post(other["href"], {"seen": "1"}).status_code == 422
    done = colleague.post(other["href"], {"seen": "1", "choice": "both"}, follow=True).content.decode()
    assert "Your choice is kept" in done
    assert "Mum\n\nGran" in answers(page_of(worker, address))
    history = visiting.links(page_of(worker, address))["Earlier words of: Who took part?"]
    assert "Written at the same time as another" in visiting.body(worker, history)
    assert colleague.get(other["href"], follow=True).content.decode().count("Nothing waits there any more")


def test_without_a_script_too_nothing_is_written_over(worker, address, one):
    colleague = visiting.sign_in(Client(), "universal")
    assessing.tie(assessing.teacher(), one, ground="P")
    mine, boxes = fields(page_of(worker, address))
    theirs, _ = fields(page_of(colleague, address))
    name = boxes["Who took part?"]
    worker.post(f"{address}/part/start", mine | {name: "Mum"})

    # The whole form, with what the colleague left alone too.
    told = colleague.post(f"{address}/part/start", theirs | {name: "Gran"}, follow=True).content.decode()

    assert "Someone else wrote the same answer meanwhile" in told
    assert "Mum" in answers(told)


def test_what_is_too_long_stays_on_the_page_and_the_rest_is_kept(worker, address):
    hidden, boxes = fields(page_of(worker, address))
    long = "word " * 7000
    given = {boxes["Who took part?"]: long, boxes["What led to this assessment?"]: "Kept"}

    answer = worker.post(f"{address}/part/start", hidden | given)

    assert answer.status_code == 422
    assert "longer than one answer may be" in answer.content.decode()
    assert long.strip() in [one.strip() for one in answers(answer.content.decode())]
    assert "Kept" in answers(page_of(worker, address))


def test_it_is_signed_when_complete_and_read_as_it_was_signed(worker, address, one):
    assert "Still to be answered" in visiting.body(worker, f"{address}/sign")
    assert worker.post(f"{address}/sign").status_code == 422
    assessment_id = uuid.UUID(address.rpartition("/")[2])
    asked = assessing.asked(assessment_id, one[1], assessing.worker())
    assessing.complete(asked)
    assert "What is signed stays as it is" in visiting.body(worker, f"{address}/sign")

    done = worker.post(f"{address}/sign", follow=True).content.decode()
    assert "Signed off as version 1" in done
    assessing.write(asked, {place("start.why"): "It was not said"})
    worker.post(f"{address}/sign")
    version = visiting.body(worker, f"{address}/version/2")
    assert "1 answer changed since version 1" in version
    assert "<ins>not </ins>" in version
    assert "Level 2: Additional" in version
    assert worker.get(f"{address}/version/9").status_code == 404

    new = worker.post(f"{address}/again", follow=True)
    assert "This is a new assessment" in new.content.decode()


def test_the_childs_copy_is_a_pdf_for_those_who_may_take_it(worker, address, one):
    answer = worker.post(f"{address}/take")

    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert one[1] in answer["Content-Disposition"]
    assessing.tie(assessing.teacher(), one, ground="P")
    assert visiting.sign_in(Client(), "universal").post(f"{address}/take").status_code == 403


def test_who_may_not_write_reads_it_and_who_may_not_read_finds_none(worker, address, one):
    manager = visiting.sign_in(Client(), "manager")
    assert manager.get(address).status_code == 302  # why, first
    visiting.open_child(manager, one[1])
    assert manager.get(address).status_code in {200, 404}
    assert visiting.sign_in(Client(), "steward").get(address).status_code == 403
    assert worker.get(f"/child/{one[1]}/assessments/{uuid.uuid4()}").status_code == 404
    assert worker.get(f"{address}/part/shoes").status_code == 404
    assert worker.get(f"{address}/history/{uuid.uuid4()}").status_code == 404


def test_odd_posts_change_nothing(worker, address):
    hidden, boxes = fields(page_of(worker, address))
    name = boxes["Who took part?"]
    for odd in visiting.ODD[:-1]:
        for posted in (
            {**hidden, "seen": odd, name: odd},
            {**hidden, "page": odd, f"a-{odd}": odd},
            {name: odd},
        ):
            assert worker.post(f"{address}/part/start", posted).status_code == 302
        assert worker.post(f"{address}/choose/{uuid.uuid4()}", {"choice": odd, "seen": odd}).status_code in {302, 404}
        assert worker.post(f"{address}/family", {"join": odd, "leave": odd}).status_code == 422


def test_what_was_typed_when_the_session_was_over_is_given_back_and_sent_on(client, one):
    user_id, secret = arriving.set_up(client, "second-worker")
    assessing.tie(taking_out.persona("second-worker"), one)
    address = client.post(f"/child/{one[1]}/assessments/begin")["Location"]
    hidden, boxes = fields(page_of(client, address))
    posted = hidden | {boxes["Who took part?"]: "Mum,\r\nGran"}
    arriving.let_pass(user_id, minutes=20)

    for headers in (JSON, {}):  # the script, which is told nothing, and then the button
        sent = client.post(f"{address}/part/start", posted, headers=headers)
        assert sent["Location"].startswith("/sign-in?next=")
    arriving.sign_in(client, secret, username="second-worker")
    given_back = arriving.hidden(client.get("/kept").content)
    assert client.post(f"{address}/part/start", given_back).status_code == 302

    assert "Mum,\nGran" in answers(page_of(client, address))


@pytest.mark.parametrize("part", ["voices", "start", "known", "child", "parents", "family_environment", "conclusions"])
def test_a_part_takes_a_bounded_number_of_queries(worker, address, part):
    queries = visiting.queries_of(worker, f"{address}/part/{part}")

    print(f"{part}: {queries} queries")
    assert queries <= 24


def test_a_family_of_three_takes_no_more_queries_than_one_of_two(client):
    known = assessing.children(3)
    assessing.tie(assessing.worker(), *known)
    worker = visiting.sign_in(client, "social_worker")
    counted = []
    for count in (2, 3):
        asked = assessing.begin(*known[:count], by=assessing.worker())
        counted.append(visiting.queries_of(worker, f"/child/{known[0][1]}/assessments/{asked.assessment_id}"))

    print(f"whole assessment of 2 and 3 children: {counted} queries")
    assert counted[0] == counted[1] <= 26
