"""Bringing files in, as the tests of intake do: agencies that send, files made of rows, and one way to load them."""

import datetime

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.exchange.intake import loading, preview, registry
from joinedup.exchange.opening import formats
from joinedup.foundation.access import rules as access_rules

MACHINE = access_rules.Viewer(user_id=None, name="test command", roles=frozenset({"command"}))
BASIS = "Children Act 2004, section 10"
ON = datetime.date(2026, 11, 21)
#: The agency that sends each kind of format, in these tests.
SENDERS = {
    formats.AgencyKind.SCHOOLS: "council_education",
    formats.AgencyKind.SOCIAL_CARE: "social_care",
    formats.AgencyKind.HEALTH: "health",
    formats.AgencyKind.POLICE: "police",
    formats.AgencyKind.YOUTH_JUSTICE: "youth_justice",
    formats.AgencyKind.ACTIVITIES: "leisure",
}
PEOPLE = "local_id,given_name,family_name,date_of_birth,postcode,service,service_type,carer_1_name"


def agency(code="leisure", *, kind="", name=""):
    """Return an agency that sends files here; it is added where it is not known."""
    agencies_operations.keep_agency(
        agency=agencies_rules.Agency(code=code, name=name or code, kind=kind or code, legal_basis=BASIS), by=MACHINE
    )
    return agencies_queries.get_agency(code=code)


def people(*rows, name="children.csv"):
    """Return an agency's own list of children as a file."""
    return formats.Source.of_bytes(name, "\r\n".join([PEOPLE, *rows, ""]).encode())


def load(source, sender, *, progress=lambda _done: None):
    return loading.load(
        source=source, recognised=registry.recognise(source.head()), agency=sender, by=MACHINE, progress=progress
    )


def look(source, sender):
    return preview.preview(
        source=source,
        recognised=registry.recognise(source.head()),
        context=formats.Context.of(source.name, on=ON),
        agency_id=sender.id,
    )


def counts(loaded):
    """Return new, changed, duplicate and refused rows."""
    return loaded.new, loaded.changed, loaded.duplicate, loaded.refused
