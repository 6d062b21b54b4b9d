"""What is logged says what happened, where and in which request, and nothing of whoever it happened with."""

import contextlib
import io
import logging
import re
import urllib.parse

import pytest
from django.test import Client

from joinedup.foundation import logs
from tests.integration.looking import asking
from tests.integration.security import failing_urls

pytestmark = [pytest.mark.urls("tests.integration.security.failing_urls"), pytest.mark.usefixtures("borough")]

_TELLING = ("tamsin", "okafor", "9434765919", "943 476 5919", "5919", "sw1a")
_LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 [A-Z]+ [\w.]+ (?P<request>[0-9A-F]{8}|-) (?P<said>.+)"
)


@pytest.fixture
def log():
    """What the product's own handlers write meanwhile."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, logs.Line)]
    assert handlers, "the settings give the log its form"
    out = io.StringIO()
    before = [handler.setStream(out) for handler in handlers]
    yield out
    for handler, stream in zip(handlers, before, strict=True):
        handler.setStream(stream)


def lines(log: io.StringIO) -> list[str]:
    return log.getvalue().splitlines()


def tells(written: str) -> list[str]:
    read = urllib.parse.unquote_plus(written).lower()
    return [word for word in _TELLING if word in read]


@pytest.mark.parametrize("name", failing_urls.FAILURES)
def test_no_failure_tells_anything_of_a_child(worker, log, name):
    worker.raise_request_exception = False
    form = {"name": failing_urls.NAME, "number": failing_urls.NHS_NUMBER, "postcode": failing_urls.POSTCODE}

    worker.post(f"/test/{name}?{urllib.parse.urlencode(form)}", form)

    assert lines(log)
    assert [line for line in lines(log) if not _LINE.fullmatch(line)] == []
    assert tells(log.getvalue()) == []


def test_a_broken_constraint_is_told_by_its_code_and_name_and_the_place_in_the_code(worker, log):
    worker.raise_request_exception = False

    worker.get("/test/breaks-a-constraint")

    told = log.getvalue()
    assert "psycopg.errors.UniqueViolation 23505 people_childsummary people_one_number_a_child" in told
    assert re.search(r"security/failing_urls\.py:\d+ breaks_a_constraint", told)
    assert "500 GET /test/breaks-a-constraint" in told


def test_every_line_of_a_request_and_the_page_name_the_same_request(worker, log):
    worker.raise_request_exception = False

    page = worker.get("/test/fails").content.decode()

    (shown,) = re.findall(r'please quote <span class="jd-number">([0-9A-F]{8})</span>', page)
    assert {_LINE.fullmatch(line)["request"] for line in lines(log)} == {shown}


def test_a_refusal_is_told_with_its_request_though_it_is_told_after_it(worker, log):
    worker.get("/files")

    (line,) = [line for line in lines(log) if "403 GET /files" in line]
    assert _LINE.fullmatch(line)["request"] != "-"


def test_the_reference_leads_to_the_audit_too(worker, log):
    worker.get("/test/not-found")  # a look that fails
    worker.get("/files")  # and one that is refused

    refused = next(event for event in asking.events() if event.act == "web.bring_in.denied")
    assert refused.request_id.hex[:8].upper() in log.getvalue()


def test_what_cannot_be_understood_is_told_by_kind_and_status(log):
    Client().get(f"/find/{urllib.parse.quote(failing_urls.NAME)}/nowhere?x={failing_urls.NHS_NUMBER}")
    Client().get("/about", headers={"host": "tamsin.okafor.example"})
    Client(enforce_csrf_checks=True).post(
        "/find", {"name": failing_urls.NAME}, headers={"referer": "https://okafor.example/"}
    )

    assert tells(log.getvalue()) == []
    assert "404 GET an address without a route" in log.getvalue()
    assert "django.security.DisallowedHost" in log.getvalue()
    assert "400 POST /find" in log.getvalue() or "403 POST /find" in log.getvalue()


def test_a_bad_form_is_nobodys_business_but_its_writers(worker, log):
    answer = worker.post(
        "/find", {"name": failing_urls.NAME, "number": "943", "postcode": failing_urls.POSTCODE, "age_band": ""}
    )

    assert answer.status_code == 422
    assert tells(log.getvalue()) == []


def test_a_path_cannot_write_a_line_of_its_own(log):
    Client().get("/nowhere%0A2026-01-01T00:00:00.000+00:00%20ERROR%20forged%20-%20all%20is%20well")
    logging.getLogger("a.package").error("a\n2026 forged\r\x1b[2Kline\u2028of\u202eits own %s", "x\ny")

    assert [line for line in lines(log) if not _LINE.fullmatch(line)] == []
    assert "a\\n2026 forged\\r\\x1b[2Kline\\u2028of\\u202eits own x\\ny" in log.getvalue()


def test_a_password_a_cookie_and_a_token_are_never_written(worker, log):
    worker.raise_request_exception = False
    cookie = worker.cookies["joinedup_session"].value

    worker.post("/test/fails", {"password": "correct horse battery", "csrfmiddlewaretoken": "t" * 64})

    assert "correct horse" not in log.getvalue()
    assert cookie not in log.getvalue()
    assert "t" * 64 not in log.getvalue()


def test_errors_go_to_no_mailbox_and_to_no_other_place(settings):
    configured = logging.getLogger("django")

    assert configured.handlers == []
    assert settings.LOGGING["handlers"].keys() == {"console"}
    assert all(not logging.getLogger(name).handlers for name in ("django.request", "django.server", "django.security"))


def test_a_command_that_fails_tells_nothing_either(monkeypatch, capsys):
    from joinedup.commands import main

    def stops() -> None:
        with contextlib.suppress(KeyError):
            raise KeyError
        raise ValueError(f"{failing_urls.NAME} {failing_urls.NHS_NUMBER}")

    monkeypatch.setattr(main, "app", stops)
    with pytest.raises(SystemExit) as ended:
        main.run()

    told = capsys.readouterr().err
    assert ended.value.code == 70
    assert tells(told) == []
    assert re.search(r"builtins\.ValueError at .*security/test_the_log_names_nobody\.py:\d+ stops", told)
