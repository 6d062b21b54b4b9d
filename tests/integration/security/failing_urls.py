"""The product's addresses and a few more at which something goes wrong with a child's details in hand."""

import logging

from django import db
from django.core import exceptions
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from joinedup.config import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

NAME, NHS_NUMBER, POSTCODE = "Tamsin Okafor", "943 476 5919", "SW1A 1AA"
_BROKEN = (
    "DO $$ BEGIN RAISE unique_violation USING MESSAGE = 'duplicate key value', "
    f"DETAIL = 'Key (name, nhs_number)=({NAME}, {NHS_NUMBER}) already exists.', "
    "TABLE = 'people_childsummary', CONSTRAINT = 'people_one_number_a_child'; END $$"
)


def fails(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("name", NAME)
    raise ValueError(f"{given} cannot be {NHS_NUMBER}")


def breaks_a_constraint(request: HttpRequest) -> HttpResponse:
    with db.connection.cursor() as cursor:
        cursor.execute(_BROKEN)
    raise AssertionError


def mistakes_a_value(request: HttpRequest) -> HttpResponse:
    with db.connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [NAME])
    raise AssertionError


def fails_while_failing(request: HttpRequest) -> HttpResponse:
    try:
        mistakes_a_value(request)
    except db.DataError as error:
        raise KeyError(NHS_NUMBER) from error
    raise AssertionError


def not_allowed(request: HttpRequest) -> HttpResponse:
    raise exceptions.PermissionDenied(NAME)


def not_found(request: HttpRequest) -> HttpResponse:
    raise Http404(f"no {NAME} here")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise exceptions.SuspiciousOperation(f"{NAME} was tampered with")


def logs_an_error(request: HttpRequest) -> HttpResponse:
    try:
        fails(request)
    except ValueError as error:
        logging.getLogger("a.package").exception("could not go on: %s", error)
    return HttpResponse("went on", content_type="text/plain; charset=utf-8")


FAILURES = {
    "fails": fails,
    "breaks-a-constraint": breaks_a_constraint,
    "mistakes-a-value": mistakes_a_value,
    "fails-while-failing": fails_while_failing,
    "not-allowed": not_allowed,
    "not-found": not_found,
    "suspicious": suspicious,
    "logs-an-error": logs_an_error,
}
urlpatterns = [*urls.urlpatterns, *(path(f"test/{name}", view) for name, view in FAILURES.items())]
