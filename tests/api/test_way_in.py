"""Who is let in to the API and how a request must look, and that every refusal has one shape."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.foundation import logs
from tests.api import calling
from tests.conftest import NOW, as_role
from tests.integration.looking import asking

OPEN_TO_SIGNED_IN = ("/me", "/agencies", "/policy", "/openapi.json")


def test_the_health_of_the_interface_is_told_to_anyone_and_nothing_else_is(client, borough):
    assert calling.get(client, "/health").json() == {"status": "ready"}
    for address in (*OPEN_TO_SIGNED_IN, "/children/7K3M9Q2XR", f"/searches/{'x' * 43}"):
        assert calling.kind(calling.get(client, address)) == "not-signed-in"


def test_everyone_signed_in_reads_how_things_are_set_up(lead, teacher, analyst, system):
    for visitor in (lead, teacher, analyst, system):
        for address in OPEN_TO_SIGNED_IN:
            assert calling.get(visitor, address).status_code == 200


def test_a_person_is_told_who_they_are_and_what_their_roles_may_do(lead, analyst, system):
    me = calling.get(lead, "/me").json()

    assert (me["name"], me["roles"], me["agency_code"]) == ("Dilys Hart", ["safeguarding_lead"], "schools")
    assert "find" in me["actions"]
    assert "find" not in calling.get(analyst, "/me").json()["actions"]
    assert calling.get(system, "/me").json()["roles"] == ["integration"]


def test_the_matrix_is_whole(lead):
    policy = calling.get(lead, "/policy").json()

    assert {cell["role"] for cell in policy["cells"]} == {word["code"] for word in policy["roles"]}
    assert policy["version"] == calling.get(lead, "/me").json()["policy_version"]


class TestSecret:
    @pytest.mark.parametrize(
        "written", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer \udcff", "Bearer " + "x" * 5_000]
    )
    def test_a_secret_that_is_none_lets_nobody_in(self, borough, written):
        assert calling.kind(calling.get(Client(), "/me", Authorization=written)) == "not-signed-in"

    def test_a_wrong_secret_is_not_helped_by_a_session(self, lead):
        assert calling.kind(calling.get(lead, "/me", Authorization="Bearer x")) == "not-signed-in"

    def test_a_secret_opens_no_page(self, system):
        assert system.get("/").status_code == 302
        assert system.get("/find").status_code == 302

    def test_a_client_that_has_ended_is_out_at_its_next_request(self, system, secret, machine):
        with as_role("batch"):
            ((client_id,),) = asking.rows("SELECT id FROM access_apiclient")
            agencies_operations.end_client(client_id=client_id, by=machine, at=NOW)

        assert calling.kind(calling.get(system, "/me")) == "not-signed-in"
        with as_role("batch"):
            ((active, open_roles),) = asking.rows(
                "SELECT u.is_active, (SELECT count(*) FROM access_roleheld r WHERE r.user_id = u.id AND r.ended_at IS NULL) "
                "FROM access_user u JOIN access_apiclient c ON c.user_id = u.id"
            )
        assert (active, open_roles) == (False, 0)

    def test_of_a_secret_only_a_fingerprint_is_kept(self, secret):
        with as_role("batch"):
            ((kept,),) = asking.rows("SELECT secret_hash::text || name FROM access_apiclient")

        assert secret not in kept
        assert len(secret) == 43

    def test_what_a_system_does_bears_its_name(self, system):
        number = calling.known_to("schools", most=1)[0]
        calling.get(system, f"/children/{number}")

        seen = asking.events()[-1]
        assert (seen.actor_name, seen.roles) == ("Timetable", "integration")


class TestSession:
    @pytest.fixture
    def strict(self, lead) -> Client:
        """A browser in which no token of ours has been set."""
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = lead.cookies
        return browser

    def test_what_a_page_of_others_posts_is_refused(self, strict):
        assert calling.kind(calling.post(strict, "/searches", {"name": "Smith"})) == "not-from-here"
        assert calling.get(strict, "/me").status_code == 200

    def test_with_the_token_of_its_cookie_it_is_let_on(self, strict):
        strict.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32

        assert (
            calling.post(strict, "/searches", {"name": "Smith"}, headers={"X-CSRFToken": "x" * 32}).status_code == 201
        )

    def test_a_system_needs_no_token_for_it_has_no_cookie(self, secret):
        browser = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})

        assert calling.post(browser, "/searches", {"name": "Smith"}).status_code == 201


class TestShape:
    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
    )
    def test_what_is_posted_is_json(self, lead, kind):
        answer = lead.post(f"{calling.BASE}/searches", b'{"name": "Smith"}', content_type=kind)

        assert calling.kind(answer) == "wrong-media-type"

    @pytest.mark.parametrize("body", [b"{", b"[" * 9_000, b"\xff\xfe", b"NaN", b'{"name": "\\ud800"}', b"null", b"1"])
    def test_what_is_no_json_of_ours_is_our_sender_s_fault(self, lead, body):
        answer = lead.post(f"{calling.BASE}/searches", body, content_type="application/json")

        assert calling.kind(answer) in {"not-understood", "not-valid"}

    def test_a_request_has_a_most(self, lead):
        assert calling.kind(calling.post(lead, "/searches", {"name": "x" * 20_000})) == "too-large"

    def test_a_parameter_is_given_once(self, lead):
        assert calling.kind(calling.get(lead, f"/searches/{'x' * 43}?first=1&first=2")) == "not-valid"

    @pytest.mark.parametrize("address", ["/", "/nowhere", "/children", "/children/", "/%00", "/docs", "/searches/a/b"])
    def test_an_address_that_is_none_is_not_found_in_the_same_shape(self, lead, client, address):
        for visitor in (lead, client):
            assert calling.kind(calling.get(visitor, address)) in {"not-found", "wrong-method"}

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
    def test_there_is_no_other_way_to_ask(self, lead, method):
        answer = getattr(lead, method)(f"{calling.BASE}/children/7K3M9Q2XR", content_type="application/json")

        assert answer.status_code == 405
        assert answer["Allow"] == "GET"

    def test_a_fault_of_ours_shows_nothing_of_itself_and_is_taken_back(self, lead, monkeypatch):
        def breaks(**_: object) -> None:
            raise ZeroDivisionError("a secret that no answer may show: 943 476 5919")

        monkeypatch.setattr("joinedup.processes.childindex.queries.opening.show_child", breaks)
        lead.raise_request_exception = False
        number = calling.known_to("schools", most=1)[0]
        before = len(asking.events())

        answer = calling.get(lead, f"/children/{number}")

        assert calling.kind(answer) == "went-wrong"
        for word in (b"ZeroDivision", b"Traceback", b"943"):
            assert word not in answer.content
        assert len(asking.events()) == before

    def test_no_answer_is_kept_and_none_is_taken_for_a_page(self, lead):
        for address in ("/me", "/nowhere", f"/children/{calling.never_given()}"):
            answer = calling.get(lead, address)
            assert answer["Cache-Control"] == "no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer["Content-Security-Policy"]

    def test_what_a_person_types_into_an_address_is_in_no_log(self, lead, caplog):
        caplog.handler.setFormatter(logs.Line())
        with caplog.at_level(logging.DEBUG, logger="joinedup"):
            calling.get(lead, "/children/Ada-Okonkwo")
            calling.post(lead, "/searches", {"name": "Okonkwo"})

        assert "Okonkwo" not in caplog.text
