"""What goes with an answer, whatever a view or a package says of it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from joinedup.web import answers


def answered(path: str, **headers: str) -> HttpResponse:
    return answers.with_every_answer(lambda _: HttpResponse(headers=headers))(RequestFactory().get(path))


@pytest.mark.parametrize("said", ["public, max-age=600", "max-age=0, no-cache, private", "no-store", ""])
def test_no_view_lets_its_page_be_kept(said):
    assert answered("/find", **{"Cache-Control": said})["Cache-Control"] == "no-store"


def test_a_static_file_says_itself_how_long_it_may_be_kept():
    assert answered("/static/a.css", **{"Cache-Control": "public, max-age=60"})["Cache-Control"] == "public, max-age=60"
    assert answered("/static/nothing.css")["Cache-Control"] == "no-store"


def test_a_view_may_be_stricter_about_what_else_is_said():
    assert answered("/find", **{"Referrer-Policy": "no-referrer"})["Referrer-Policy"] == "no-referrer"
