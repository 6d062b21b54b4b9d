"""When something goes wrong the page says so in plain words, with the right status, and nothing is left half done."""

import logging
import re

import pytest
from django.db import ProgrammingError, connection, connections
from django.test import Client, RequestFactory

from joinedup.web import problems
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.urls("tests.integration.web.failing_urls")


def done_halfway() -> list[str]:
    return [event.act for event in asking.events() if event.act == "test.halfway"]


@pytest.fixture
def unreachable(django_db_blocker):
    """A database server that is not there."""
    with django_db_blocker.unblock():
        connection.close()
        kept = dict(connection.settings_dict)
        connection.settings_dict.update({"HOST": "127.0.0.1", "PORT": "1"})
        yield
        connection.close()
        connection.settings_dict.update(kept)


@pytest.mark.usefixtures("borough")
class TestSomethingBreaks:
    def test_it_is_said_in_plain_words_and_nothing_of_the_fault_is_shown(self, worker):
        worker.raise_request_exception = False

        answer = worker.get("/test/breaks-halfway")

        page = answer.content.decode()
        assert answer.status_code == 500
        assert "Something went wrong on our side" in page
        assert "Nothing that was saved before is lost" in page
        for secret in ("ZeroDivision", "Traceback", "943 476 5919", "halfway", "postgres"):
            assert secret not in page
        assert answer["Cache-Control"] == "no-store"
        assert "unsafe" not in answer["Content-Security-Policy"]

    def test_what_was_done_before_it_broke_is_taken_back(self, worker):
        worker.raise_request_exception = False

        worker.get("/test/breaks-halfway")

        assert done_halfway() == []
        assert worker.get("/").status_code == 200

    def test_the_reference_on_the_page_stands_in_the_log(self, worker, caplog):
        worker.raise_request_exception = False
        with caplog.at_level(logging.ERROR):
            page = worker.get("/test/breaks-halfway").content.decode()

        reference = re.search(r'please quote <span class="jd-number">([0-9A-F]{8})</span>', page)
        assert reference
        assert any(reference[1] in record.getMessage() for record in caplog.records)

    @pytest.mark.parametrize("path", ["/test/loses-the-database", "/test/has-lost-the-database"])
    def test_a_database_that_goes_away_halfway_is_not_available_for_the_moment(self, worker, path):
        worker.raise_request_exception = False

        answer = worker.get(path)

        assert answer.status_code == 503
        assert "Joinedup is not available for the moment" in answer.content.decode()
        assert done_halfway() == []


def test_whoever_asks_on_after_the_connection_broke_is_told_the_same(monkeypatch):
    monkeypatch.setattr(connections["default"], "closed_in_transaction", True)

    try:
        raise ProgrammingError("Cannot open a new connection in an atomic block.")
    except ProgrammingError:
        answer = problems.went_wrong(RequestFactory().get("/"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.usefixtures("unreachable")
class TestNoDatabase:
    @pytest.mark.parametrize("path", ["/", "/about", "/sign-in", "/find", "/child/7K3M9Q2XR", "/nowhere"])
    def test_every_page_says_that_it_is_not_available_for_the_moment(self, path):
        answer = Client().get(path)

        page = answer.content.decode()
        assert answer.status_code == 503
        assert "Joinedup is not available for the moment" in page
        assert "Wait a minute and load the page again" in page
        assert answer["Cache-Control"] == "no-store"
        assert answer["Retry-After"] == "60"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "127.0.0.1" not in page

    def test_a_post_is_answered_likewise(self):
        assert Client().post("/find", {"name": "Smith"}).status_code == 503

    @pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/me", "/api/v1/children/7K3M9Q2XR", "/api/nowhere"])
    def test_the_api_says_so_in_its_own_shape(self, path):
        answer = Client().get(path, headers={"Authorization": "Bearer x"})

        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:joinedup:problem:unavailable"
        assert "127.0.0.1" not in answer.content.decode()

    def test_a_head_has_no_words(self):
        answer = Client().head("/")

        assert (answer.status_code, answer.content) == (503, b"")


@pytest.mark.usefixtures("borough")
def test_the_way_back_is_open_when_the_database_is_there_again(client):
    assert visiting.sign_in(client, "analyst").get("/").status_code == 200
