"""Taking data out as a browser goes: asking why, the second person, the file, the page to print, calling it back."""

import pytest
from django.test import Client

from joinedup.foundation import clock, sheets
from tests.integration.exports import taking_out
from tests.integration.signing import arriving
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
WHY = {"reason": "meeting", "why": "The review on Thursday"}


@pytest.fixture
def worker(client):
    """The social worker, who leads the plan of one child."""
    (child_id, _), *_ = taking_out.own_children()
    taking_out.give_ground(taking_out.persona("social-worker"), child_id, "L")
    return visiting.sign_in(client, "social_worker")


@pytest.fixture
def number():
    return taking_out.own_children()[0][1]


def asked(client, number, **given):
    return client.post(f"/exports/ask/child?of={number}", WHY | given)


def test_a_child_is_taken_out_from_their_own_page_with_a_reason(worker, number):
    page = visiting.body(worker, visiting.open_child(worker, number))
    question = visiting.body(worker, visiting.links(page)["Take this out"])
    assert "One child&#39;s page" in question

    address = asked(worker, number)["Location"]
    shown = visiting.body(worker, address)
    answer = worker.post(f"{address}/take", {"format": "csv"})

    assert "Can be taken" in shown
    assert answer["Content-Disposition"].startswith('attachment; filename="export-')
    assert answer["Cache-Control"] == "no-store"
    assert {row[0] for row in sheets.read_csv(answer.content.decode())[1:]} == {number}
    assert "Table (CSV)" in visiting.body(worker, address)


def test_a_page_to_print_bears_its_mark_above_and_below(worker, number):
    address = asked(worker, number)["Location"]

    page = worker.post(f"{address}/take", {"format": "print"}).content.decode()

    assert page.count("because: The review on Thursday. Not to be passed on.") == 2


def test_a_workbook_is_taken_as_one(worker, number):
    address = asked(worker, number)["Location"]

    answer = worker.post(f"{address}/take", {"format": "xlsx"})

    assert answer.content.startswith(b"PK")
    assert ".xlsx" in answer["Content-Disposition"]


def test_what_is_wrong_is_said_in_words(worker, number):
    assert "Choose a reason" in asked(worker, number, reason="").content.decode()
    assert "Say in a few words" in asked(worker, number, why="so").content.decode()
    assert "None of these children" in asked(worker, taking_out.own_children()[1][1]).content.decode()
    address = asked(worker, number)["Location"]
    assert "Choose one of the formats" in worker.post(f"{address}/take", {"format": "pdf"}).content.decode()
    for odd in visiting.ODD:
        assert asked(worker, number, reason=odd, why=odd[:5]).status_code == 422
        assert worker.get("/exports/ask/child", {"of": odd}).status_code == 404
    assert worker.get("/exports/ask/found?of=nonsense").status_code == 404
    assert worker.get("/exports/ask/everything").status_code == 404
    assert worker.post(f"/exports/ask/found?of={'x' * 43}", WHY).status_code == 404


def test_one_that_is_called_back_says_so_and_is_not_taken(worker, number):
    address = asked(worker, number)["Location"]

    worker.post(f"{address}/withdraw")

    assert "It can no longer be taken" in visiting.body(worker, address)
    assert worker.post(f"{address}/take", {"format": "csv"}).status_code == 422
    assert worker.post(f"{address}/withdraw").status_code == 422


def test_a_second_factor_is_asked_for_and_what_was_typed_is_kept_until_then(client):
    (child_id, number), *_ = taking_out.own_children()
    _, secret = arriving.set_up(client, "second-worker")
    taking_out.give_ground(taking_out.persona("second-worker"), child_id, "L")
    arriving.step_back(client)

    assert asked(client, number)["Location"].startswith("/step-up")
    arriving.forget_codes_used()
    assert client.post("/step-up", {"code": arriving.code(secret)})["Location"] == "/kept"
    given = arriving.hidden(client.get("/kept").content)
    address = client.post(f"/exports/ask/child?of={number}", given)["Location"]
    assert "Can be taken" in visiting.body(client, address)

    arriving.step_back(client)
    assert client.post(f"{address}/take", {"format": "csv"})["Location"].startswith("/step-up")


def test_many_children_wait_for_another_person_of_the_agency():
    taking_out.make_many(taking_out.lead())
    export_id = taking_out.asked(taking_out.lead(), at=clock.now())
    manager = visiting.sign_in(Client(), "manager")

    listed = visiting.body(manager, "/exports")
    assert "Waiting for your word" in listed
    answer = manager.post(f"/exports/{export_id}/decide", {"decision": "agree"}, follow=True)

    assert "You agreed." in answer.content.decode()
    assert "Agreed by" in answer.content.decode()
    assert manager.post(f"/exports/{export_id}/decide", {"decision": "agree"}).status_code == 422
    assert manager.post(f"/exports/{export_id}/take", {"format": "csv"}).status_code == 404
    assert visiting.sign_in(Client(), "analyst").post(f"/exports/{export_id}/decide").status_code == 403


def test_who_has_taken_nothing_out_is_told_where_to_begin(worker):
    assert "Begin on a child" in visiting.body(worker, "/exports")


def test_the_pages_of_exports_ask_the_database_little(worker, number):
    address = asked(worker, number)["Location"]

    assert visiting.queries_of(worker, "/exports") <= 8
    assert visiting.queries_of(worker, address) <= 8
