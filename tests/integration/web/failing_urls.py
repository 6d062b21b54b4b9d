"""The product's addresses and a few more at which something goes wrong, for the tests of failures."""

from django import db
from django.http import HttpResponse
from django.urls import path

from joinedup.config import urls
from joinedup.foundation.audit import operations as audit_operations
from joinedup.web import middleware

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def breaks_halfway(request: middleware.Request) -> HttpResponse:
    audit_operations.record(by=request.viewer, act="test.halfway")
    raise ZeroDivisionError("a secret that no page may show: 943 476 5919")


def loses_the_database(request: middleware.Request) -> HttpResponse:
    audit_operations.record(by=request.viewer, act="test.halfway")
    raise db.OperationalError("server closed the connection unexpectedly")


def has_lost_the_database(request: middleware.Request) -> HttpResponse:
    audit_operations.record(by=request.viewer, act="test.halfway")
    raise db.InterfaceError("the connection is closed")


urlpatterns = [
    *urls.urlpatterns,
    path("test/breaks-halfway", breaks_halfway),
    path("test/loses-the-database", loses_the_database),
    path("test/has-lost-the-database", has_lost_the_database),
]
