"""Under the application's role and with a view open, every look leads by an index to the rows it shows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.processes.childindex import queries
from tests.conftest import TODAY
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

#: Tables that grow with the number of children; no look reads one from end to end.
GROWING = re.compile(r"Seq Scan on (childindex_\w+|records_\w+|people_\w+)")


def plans_of(statements: list[str]) -> str:
    """Explain statements as if every table were large: a scan from end to end stays only where there is no other way."""
    plans = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            plans.extend(line for (line,) in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = on")
    return "\n".join(plans)


def statements_of(counted: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"]
        for query in counted
        if query["sql"].startswith(("SELECT", "WITH")) and "audit_" not in query["sql"]
    ]


@pytest.fixture
def known() -> asking.Known:
    return asking.children(lambda known: bool(known.nhs_number and known.postcode), most=1)[0]


def test_the_test_sees_a_scan_where_there_is_one(viewer):
    queries.count_index(viewer=viewer)

    assert GROWING.search(plans_of(["SELECT * FROM people_childsummary WHERE lower(given_name) = 'ada'"]))


@pytest.mark.parametrize(
    "given",
    [
        ("name",),
        ("name", "birth_date"),
        ("birth_date",),
        ("number",),
        ("postcode",),
        ("name", "birth_date", "number", "postcode"),
    ],
    ids=" and ".join,
)
def test_a_find_uses_indexes(given, known, viewer):
    remembered = {
        "name": known.name,
        "birth_date": known.born,
        "number": known.nhs_number,
        "postcode": known.postcode,
    }
    with CaptureQueriesContext(connection) as counted:
        asking.found_by(viewer, **{name: remembered[name] for name in given})

    assert GROWING.findall(plans_of(statements_of(counted))) == []


def read_from_end_to_end() -> dict[str, int]:
    """Return how often this transaction has read each growing table from end to end, by whatever function."""
    counted = asking.rows(
        "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname ~ '^(childindex|records|people)_'"
    )
    return {name: scans for name, scans in counted if scans}


@pytest.mark.parametrize("given", ["name", "birth_date", "number", "postcode", "child_number"])
def test_the_databases_own_functions_use_indexes_too(given, known, viewer):
    remembered = {
        "name": {"name": known.name},
        "birth_date": {"birth_date": known.born},
        "number": {"number": known.nhs_number},
        "postcode": {"postcode": known.postcode},
        "child_number": {"number": known.number},
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        before = read_from_end_to_end()
        asking.found_by(viewer, **remembered[given])
        queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
        after = read_from_end_to_end()
        cursor.execute("SET LOCAL enable_seqscan = on")

    assert after == before


def test_a_find_by_the_childs_own_number_uses_indexes(known, viewer):
    with CaptureQueriesContext(connection) as counted:
        asking.found_by(viewer, number=known.number)

    assert GROWING.findall(plans_of(statements_of(counted))) == []


def test_the_page_its_chronology_and_its_sources_use_indexes(known, viewer):
    with CaptureQueriesContext(connection) as counted:
        page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY)
        queries.get_record_page(
            viewer=viewer,
            source_record_id=page.facts[0].sayings[0].source_record_id,
            number=known.number,
            purpose="referral",
        )

    plans = plans_of(statements_of(counted))
    assert "records_identity_by_person" in plans
    assert GROWING.findall(plans) == []


def test_what_may_be_seen_is_asked_once_a_statement_and_not_once_a_row(known, viewer):
    queries.count_index(viewer=viewer)

    for table in ("people_childsummary", "records_identitystatement", "records_chronologyentry", "childindex_link"):
        plan = plans_of([f"SELECT * FROM {table}"])
        filters = [line for line in plan.splitlines() if "Filter:" in line or "Cond:" in line]
        assert filters, table
        assert not [line for line in filters if "access_" in line and "InitPlan" not in line], table
