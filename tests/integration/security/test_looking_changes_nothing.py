"""A look changes nothing but the record of looks, and a form that is not ours changes nothing at all."""

import pytest
from django.test import Client

from tests.integration.security import walking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

METHODS = ("get", "head", "options", "trace")
UNKNOWN = ("DELETE", "PUT", "PATCH", "TRACE", "CONNECT", "PROPFIND", "JOINEDUP")


@pytest.mark.parametrize("role", ["analyst", "social_worker", "steward", "board", ""])
def test_no_look_writes_anything_but_who_looked(addresses, role):
    visitor = visiting.sign_in(Client(), role) if role else Client()

    for address in addresses:
        for method in METHODS:
            before = walking.written()
            getattr(visitor, method)(address)
            assert walking.written_besides(before, *walking.MAY_WRITE) == set(), (method, address)


@pytest.mark.parametrize("method", UNKNOWN)
def test_no_other_method_does_anything(addresses, analyst, method):
    for address in addresses:
        before = walking.written()
        answer = analyst.generic(method, address)
        assert answer.status_code in {403, 404, 405}, (address, answer.status_code)
        assert walking.written_besides(before, *walking.MAY_WRITE) == set(), address


@pytest.mark.parametrize("role", ["analyst", "social_worker", ""])
def test_a_form_that_is_not_ours_is_refused_at_every_address_and_changes_nothing(addresses, role):
    stranger = Client(enforce_csrf_checks=True)
    if role:
        stranger.cookies = visiting.sign_in(Client(), role).cookies

    for address in addresses:
        before = walking.written()
        answer = stranger.post(address, {"persona": "steward", "reason": "referral", "name": "Smith", "next": "/"})
        if walking.is_of_the_api(address):
            assert answer.json()["type"] == "urn:joinedup:problem:wrong-media-type", address
        else:
            assert answer.status_code == 400, address
            assert "That request could not be understood" in answer.content.decode()
        assert walking.written_besides(before) == set(), address


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_a_body_of_another_kind_gets_round_nothing(addresses, kind):
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies = visiting.sign_in(Client(), "analyst").cookies

    for address in addresses:
        before = walking.written()
        answer = stranger.generic("POST", address, b'{"reason": "referral"}', content_type=kind)
        if walking.is_of_the_api(address):
            assert answer.status_code in {400, 403, 405, 415}, address  # no token, no such way, or no JSON
            assert answer["Content-Type"] == "application/problem+json", address
        else:
            assert answer.status_code == 400, address
        assert walking.written_besides(before) == set(), address


def test_a_token_of_another_session_does_not_serve(analyst):
    theirs = Client(enforce_csrf_checks=True)
    theirs.cookies = visiting.sign_in(Client(), "social_worker").cookies
    token = visiting.token(theirs, "/find")
    ours = Client(enforce_csrf_checks=True)
    ours.cookies = analyst.cookies
    ours.get("/find")

    assert ours.post("/find", {"name": "Smith", "age_band": "", "csrfmiddlewaretoken": token}).status_code == 400
    assert theirs.post("/find", {"name": "Smith", "age_band": "", "csrfmiddlewaretoken": token}).status_code == 302


def test_a_write_would_be_seen(worker):
    before = walking.written()

    visiting.search(worker, name="Smith")

    assert walking.written_besides(before, *walking.MAY_WRITE) == {"childindex_search"}
