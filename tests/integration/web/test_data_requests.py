"""A data request as a browser goes it: written down, confirmed by another person, a fact disputed, decided, answered."""

import pytest
from django.test import Client

from joinedup.foundation import clock
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
SAYS = "The birthday is the third of May, as the passport says"


@pytest.fixture
def known():
    return asking.children(lambda one: one.upn and one.nhs_number)[0]


def sign_in(username):
    client = Client()
    assert client.post("/sign-in", {"persona": username}).status_code == 302
    return client


@pytest.fixture
def officer():
    return sign_in("data-protection-officer")


@pytest.fixture
def second():
    return sign_in("subject-access-officer")


def asked(known, **given):
    return {
        "kind": "correction",
        "number": known.number,
        "asker": "parent",
        "asker_name": "Ines Wray",
        "identity_checked": "They showed a passport",
        "asked_on-day": str(clock.today().day),
        "asked_on-month": str(clock.today().month),
        "asked_on-year": str(clock.today().year),
        "asked": SAYS,
    } | given


def posted(client, address, **given):
    answer = client.post(address, given, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def address(officer, known):
    return officer.post("/requests/new", asked(known))["Location"]


def test_a_request_goes_from_being_written_down_to_its_answer(officer, second, known, address):
    page = visiting.body(officer, address)
    assert "Waits for a second person" in page
    assert officer.post(f"{address}/confirm").status_code == 422
    assert officer.get(f"{address}/dispute").status_code == 422
    assert "Confirmed." in posted(second, f"{address}/confirm")

    form = visiting.body(officer, visiting.links(visiting.body(officer, address))["Choose what is disputed"])
    key = next(
        key
        for key, words in zip(
            [found.partition('value="')[2].partition('"')[0] for found in form.split("govuk-radios__input")[1:]],
            visiting.texts(r'<label class="govuk-label govuk-radios__label"[^>]*>(.*?)</label>', form),
            strict=True,
        )
        if words.startswith("Date of birth:") and "no longer" not in words
    )
    assert "It is marked as disputed" in posted(officer, f"{address}/dispute", key=key, words=SAYS)

    lead = visiting.sign_in(Client(), "front_door")
    child = visiting.body(lead, visiting.open_child(lead, known.number))
    assert "Disputed</strong>" in child
    assert SAYS in child

    assert officer.post(f"{address}/answer", {"outcome": "partly", "words": "Both dates are shown"}).status_code == 422
    decide = next(
        href
        for words, href in visiting.links(visiting.body(officer, address)).items()
        if words.startswith("Decide on it")
    )
    assert "Decided." in posted(officer, decide, decision="upheld", words="The register office confirms it")
    assert "Answered, and closed." in posted(
        officer, f"{address}/answer", outcome="partly", words="Both dates are shown"
    )
    assert "It was checked, and the agency stands by it." in visiting.body(
        lead, visiting.open_child(lead, known.number)
    )
    assert "Answered" in visiting.body(officer, "/requests")
    assert officer.get(f"{address}/dispute").status_code == 422


def test_a_copy_is_made_once_each_line_that_names_someone_else_is_decided(officer, second, known):
    address = officer.post("/requests/new", asked(known, kind="access"))["Location"]
    posted(second, f"{address}/confirm")
    page = visiting.body(officer, visiting.links(visiting.body(officer, address))["Make the copy"])
    fields = sorted({found.partition('"')[0] for found in page.split('name="ruling-')[1:]})
    assert fields
    assert "Make it as a PDF" not in page
    assert officer.post(f"{address}/copy/take", {"format": "json"}).status_code == 422
    left_out = {f"ruling-{field}": "redact" for field in fields}
    assert "Say in a few words why" in officer.post(f"{address}/copy/decide", left_out).content.decode()

    while fields:
        given = {f"ruling-{field}": "redact" for field in fields} | {"why": "They have not agreed to it"}
        page = posted(officer, f"{address}/copy/decide", **given)
        waiting = page.partition(">Waiting<")[2].partition(">Decided<")[0]
        fields = sorted({found.partition('"')[0] for found in waiting.split('name="ruling-')[1:]})

    copy = officer.post(f"{address}/copy/take", {"format": "pdf"})
    assert copy.content.startswith(b"%PDF-")
    assert copy["Content-Disposition"].startswith('attachment; filename="copy-R')
    assert officer.post(f"{address}/copy/take", {"format": "json"}).json()["child_number"] == known.number
    assert officer.post(f"{address}/copy/take", {"format": "docx"}).status_code == 422
    assert "Fingerprint of the copy" in visiting.body(officer, address)
    assert "Answered, and closed." in posted(officer, f"{address}/answer", outcome="granted", words="The copy was sent")
    assert officer.get(f"{address}/copy").status_code == 422


def test_two_more_months_are_taken_once(officer, address):
    assert "Two more months." in posted(officer, f"{address}/extend", words="Four agencies must be asked")
    assert officer.post(f"{address}/extend", {"words": "Four agencies must be asked"}).status_code == 422


def test_what_is_wrong_is_said_in_words(officer, known):
    for change, says in (
        ({"kind": ""}, "Choose one"),
        ({"number": "000000000"}, "No child has this number"),
        ({"asker_name": ""}, "Give the name"),
        ({"identity_checked": "ok"}, "Say it in a few words"),
        ({"asked_on-day": "31", "asked_on-month": "2"}, "Give a day, a month and a year"),
        ({"asked_on-year": "2099"}, "This day has not come yet"),
    ):
        answer = officer.post("/requests/new", asked(known, **change))
        assert (answer.status_code, says in answer.content.decode()) == (422, True), change
    for odd in visiting.ODD:
        assert officer.post("/requests/new", asked(known, **{"number": odd, "asked_on-day": odd})).status_code == 422


def test_the_pages_ask_the_database_little(officer, address):
    assert visiting.queries_of(officer, "/requests") <= 8
    assert visiting.queries_of(officer, address) <= 9
