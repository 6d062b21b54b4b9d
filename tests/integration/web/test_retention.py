"""Retention as a browser goes it: what is due, a hold and its end, an approval, a certificate."""

import pytest

from tests.integration.rights import answering
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
WHY = "The inquiry asked that nothing be destroyed"


@pytest.fixture
def officer(client):
    return visiting.sign_in(client, "data_protection_officer")


@pytest.fixture
def one():
    answering.list_due()
    return answering.known_of(answering.due()[0])


def test_what_is_due_is_approved_and_after_the_deletion_there_is_a_certificate(officer, one):
    page = visiting.body(officer, "/retention")
    assert one.number in page
    assert all(secret not in page for secret in one.secrets)
    with_approval = page[page.index(one.number) :]
    approve = with_approval.partition('action="')[2].partition('"')[0]

    answer = officer.post(approve, follow=True)
    assert "Approved." in answer.content.decode()
    assert officer.post(approve).status_code == 404
    answering.delete(one.id)

    page = visiting.body(officer, "/retention")
    assert one.number not in page
    (certificate,) = [href for words, href in visiting.links(page).items() if words.startswith("Certificate ")]
    shown = visiting.body(officer, certificate)
    assert "As it was made" in shown
    assert "Maud Ellery" in shown
    assert one.number not in shown


def test_a_hold_is_placed_with_a_reason_and_lifted_with_one(officer, one):
    said = {"number": one.number.lower(), "reason": "inquiry", "why": WHY}
    assert "The hold stands." in officer.post("/retention/hold", said, follow=True).content.decode()

    page = visiting.body(officer, "/retention")
    lift = next(href for words, href in visiting.links(page).items() if words.startswith("Lift it"))
    assert WHY in visiting.body(officer, lift)
    assert officer.post(lift, {"why": "done"}).status_code == 422
    assert "The hold is lifted." in officer.post(lift, {"why": WHY}, follow=True).content.decode()
    assert "It was lifted already." in officer.post(lift, {"why": WHY}, follow=True).content.decode()


def test_what_is_wrong_is_said_in_words(officer, one):
    good = {"number": one.number, "reason": "inquiry", "why": WHY}
    for change, says in (
        ({"number": ""}, "Give the child number"),
        ({"number": "000000000"}, "No child has this number"),
        ({"reason": ""}, "Choose a reason"),
        ({"why": "so"}, "at least 20 letters"),
    ):
        answer = officer.post("/retention/hold", good | change)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    for odd in visiting.ODD:
        assert officer.post("/retention/hold", good | {"number": odd}).status_code == 422


def test_the_page_asks_the_database_little(officer, one):
    assert visiting.queries_of(officer, "/retention") <= 10
