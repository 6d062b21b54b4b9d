"""The one environment in which every page is rendered, made once and kept by Django's own Jinja backend.

Belongs here: where templates are found, what every template may call, how a missing value is met.
Not here: what a page says (presenters, templates).
"""

import datetime
import functools
import pathlib
from typing import Any

import jinja2
from django.templatetags import static
from django.urls import reverse

from joinedup.foundation import clock
from joinedup.web import words

TEMPLATES = pathlib.Path(__file__).parent / "templates"

#: The parts of GOV.UK Frontend that our own components are made from, and where each is written.
PARTS = {"govukDateInput": "date-input", "govukFileUpload": "file-upload", "govukInput": "input"}


def url(name: str, *parts: object) -> str:
    """Return the address of a page by the name of its route."""
    return reverse(name, args=parts)


def moment(at: datetime.datetime | None, unknown: str = "not known") -> str:
    """Write a point in time as the clocks of England show it."""
    return words.moment(None if at is None else clock.local(at), unknown)


def govuk_parts() -> dict[str, Any]:
    """Return the macros of GOV.UK Frontend.

    They are written for templates in which a missing value is empty; ours are strict, so theirs live in a room of their own.
    """
    loader = jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")})
    room = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.ChainableUndefined)
    return {
        name: getattr(room.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html").module, name)
        for name, folder in PARTS.items()
    }


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment; Django gives its options and keeps what this returns.

    A value that a template asks for and was not given is our mistake: the page fails, in tests before anyone sees it.
    """
    options.pop("autoescape", None)
    options |= {
        "loader": jinja2.FileSystemLoader(TEMPLATES),
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    made = jinja2.Environment(autoescape=True, **options)
    made.globals |= govuk_parts() | {"url": url, "static": functools.cache(static.static)}
    made.filters |= {
        "day": words.day,
        "moment": moment,
        "age": words.age,
        "number": words.number,
        "count": words.count,
        "nhs_number": words.nhs_number,
        "child_number": words.child_number,
    }
    return made
