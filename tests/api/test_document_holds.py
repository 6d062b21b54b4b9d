"""The document keeps what it says: every operation is tried with odd and fitting requests, in four roles and by nobody.

The examples are drawn the same way every time; `make test-all` draws ten times as many.
"""

import contextlib
import dataclasses
import json
from collections.abc import Iterator

import hypothesis
import pytest
from django import db
from django.conf import settings
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import strategies

from tests.api import calling

FEW, MANY = 20, 200
WHO = ("safeguarding-lead", "teacher", "analyst", "integration", "nobody")
TOKEN = "x" * 32


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, by what goes with each request."""

    who: str
    headers: dict[str, str]
    cookies: dict[str, str]

    @property
    def is_nobody(self) -> bool:
        return self.who == "nobody"


@contextlib.contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection from request to request, as Django's own test client does: all is one test's transaction."""
    around = (signals.request_started, signals.request_finished)
    for signal in around:
        signal.disconnect(db.close_old_connections)
    yield
    for signal in around:
        signal.connect(db.close_old_connections)


@pytest.fixture
def asker(request, secret) -> Asker:
    who = request.param
    if who == "integration":
        return Asker(who=who, headers={"Authorization": f"Bearer {secret}"}, cookies={})
    if who == "nobody":
        return Asker(who=who, headers={}, cookies={})
    session = calling.signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
    return Asker(
        who=who,
        headers={"X-CSRFToken": TOKEN},
        cookies={settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN},
    )


@pytest.fixture
def places(asker) -> list[dict[str, str]]:
    """What may stand in an address together: a child and a record of theirs, known, unknown or never given."""
    known, unknown = calling.known_to("schools", most=3), calling.not_known_to("schools", most=1)
    own = [{"number": number, "record_id": calling.record_of(number, "schools") or ""} for number in known]
    others = [{"number": number, "record_id": own[0]["record_id"]} for number in (*unknown, calling.never_given())]
    visitor = Client(headers=asker.headers)
    visitor.cookies.load(asker.cookies)
    answer = calling.post(visitor, "/searches", {"name": "Smith"})
    token = {"token": answer.json()["token"]} if answer.status_code == 201 else {}
    return [{**place, **token} for place in (*own, *others) if place["record_id"]]


def tried(operation, asker, places, *, examples: int) -> set[int]:
    """Try one operation with fitting and unfitting requests; return the statuses that it answered."""
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    holds = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]
    answered = set()

    def attempt(case, drawn) -> None:
        if case.path_parameters and drawn.draw(strategies.booleans()):
            fitting = drawn.draw(strategies.sampled_from(places))
            case.path_parameters |= {name: fitting[name] for name in case.path_parameters if name in fitting}
        for name in ("Authorization", "Cookie", "X-CSRFToken"):
            case.headers.pop(name, None)
        case.cookies.clear()
        answer = case.call(app=WSGIHandler(), base_url="http://localhost", headers=asker.headers, cookies=asker.cookies)
        case.validate_response(answer, checks=holds)
        answered.add(answer.status_code)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body or operation.headers):
            continue  # nothing in it can be amiss
        bounded = hypothesis.settings(
            max_examples=examples // 2,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        cases = operation.as_strategy(generation_mode=mode)
        with one_connection():
            bounded(hypothesis.given(case=cases, drawn=strategies.data())(attempt))()
    return answered


@pytest.fixture(scope="module")
def operations() -> list:
    import schemathesis

    from joinedup.api import v1

    schema = schemathesis.openapi.from_dict(json.loads(v1.document()))
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("asker", WHO, indirect=True)
@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_every_operation_answers_as_the_document_says(operations, asker, places, examples):
    seen = {operation.label: tried(operation, asker, places, examples=examples) for operation in operations}

    read = {label: answered for label, answered in seen.items() if not label.endswith(calling.OF_NOBODY)}
    if asker.is_nobody:
        assert {status for answered in read.values() for status in answered if status < 400} == set()
    else:
        assert [label for label, answered in read.items() if not answered & {200, 201, 403}] == []
