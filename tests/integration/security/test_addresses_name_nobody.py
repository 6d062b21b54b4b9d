"""Nothing of a child stands in an address: what a page leads to, what it posts to, where an answer leads on."""

import datetime
import html
import re
import urllib.parse

import pytest
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_LEADS = re.compile(r'\s(?:href|src|action|formaction|content|hx-get|hx-post|data-[a-z-]+)="([^"]*)"')


def telling(known: asking.Known) -> dict[str, str]:
    """Return what of a child may stand in no address, as one would look for it."""
    born = [known.born.strftime(form) for form in ("%d/%m/%Y", "%Y-%m-%d")]
    said = [known.given, known.family, known.nhs_number, known.upn, known.postcode, *born]
    return {plain(word): word for word in reversed(said) if len(plain(word)) > 3}


def plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", urllib.parse.unquote_plus(words).lower())


def found_in(address: str, known: asking.Known) -> list[str]:
    """Return what of the child stands in an address, however it is spaced, quoted or cased."""
    parts = {plain(part) for part in re.split(r"[/?&=#]", address)}
    words = {
        plain(word)
        for part in re.split(r"[/?&=#]", address)
        for word in re.split(r"[\W_]+", urllib.parse.unquote_plus(part))
    }
    return [word for key, word in telling(known).items() if key in parts | words]


def leads(page: str) -> list[str]:
    return [html.unescape(address) for address in _LEADS.findall(page)]


def walked(client: Client, known: asking.Known) -> list[str]:
    """Find a child, open the page, follow each fact and each part of the list; return every address met on the way."""
    born = {"birth_date-day": known.born.day, "birth_date-month": known.born.month, "birth_date-year": known.born.year}
    met = [visiting.search(client, name=known.name, number=known.nhs_number, postcode=known.postcode, **born)]
    found = leads(visiting.body(client, met[0]))
    opened = visiting.open_child(client, known.number)
    page = visiting.body(client, f"{opened}?search={met[0].rpartition('/')[2]}")
    assert known.family.lower() in page.lower()
    onward = sorted({address for address in leads(page) if address.startswith(opened)})
    met += [*found, opened, *leads(page), *onward]
    for address in onward[:12]:
        answer = client.get(address)
        met += leads(answer.content.decode()) + [answer.get("Location", "")]
    return met


@pytest.mark.parametrize("role", ["social_worker", "steward"])
def test_no_address_on_the_way_to_a_childs_facts_says_who_the_child_is(role):
    client = visiting.sign_in(Client(), role)
    for known in asking.children(lambda one: bool(one.nhs_number and one.upn and one.postcode), most=4):
        met = walked(client, known)

        assert len(met) > 20
        assert {address: found for address in met if (found := found_in(address, known))} == {}


def test_no_answer_to_something_amiss_leads_to_an_address_with_what_was_typed(worker):
    known = asking.children(most=1)[0]
    amiss = [
        worker.post("/find", {"name": known.name, "number": "943", "age_band": ""}),
        worker.post(f"/child/{known.number}/why", {"reason": "", "note": known.name}),
        Client().post("/sign-in", {"persona": known.name, "next": "/"}),
    ]

    for answer in amiss:
        met = [*leads(answer.content.decode()), answer.get("Location", "")]
        assert {address: found for address in met if (found := found_in(address, known))} == {}


def test_whoever_must_sign_in_first_is_led_back_without_what_they_asked():
    answer = Client().get("/find?name=Smith&number=9434765919")

    assert answer["Location"] == "/sign-in?next=%2Ffind"


def test_what_is_typed_into_an_address_by_hand_is_not_carried_on(worker):
    known = asking.children(most=1)[0]
    odd = urllib.parse.urlencode(
        {"name": known.name, "sort": known.family, "search": known.nhs_number, "kind": known.given}
    )
    address = visiting.open_child(worker, known.number)

    for page in (worker.get(f"{address}?{odd}"), worker.get(f"/find?{odd}"), worker.get(f"/?{odd}")):
        met = [*leads(page.content.decode()), page.get("Location", "")]
        assert {lead: found for lead in met if (found := found_in(lead, known))} == {}


def test_no_title_says_who_the_child_is(worker):
    known = asking.children(most=1)[0]
    page = visiting.body(worker, visiting.open_child(worker, known.number))

    (title,) = visiting.texts(r"<title>(.*?)</title>", page)
    assert found_in(f"/{title}", known) == []


def test_a_child_in_an_address_would_be_seen():
    known = asking.Known(
        id=None, number="7K3M9Q2XR", given="Tamsin", family="Okafor", born=datetime.date(2015, 3, 27),
        nhs_number="9434765919", upn="A123456789012", postcode="SW1A 1AA",
    )  # fmt: skip

    assert found_in("/find/Tamsin%20Okafor", known) == ["Okafor", "Tamsin"]
    assert found_in("/find?number=943+476+5919", known) == ["9434765919"]
    assert found_in("/x?born=2015-03-27&at=sw1a%201aa", known) == ["2015-03-27", "SW1A 1AA"]
    assert found_in("/x?born=27%2F03%2F2015", known) == ["27/03/2015"]
    assert found_in("/child/7K3M9Q2XR?search=xTamsinx", known) == []
