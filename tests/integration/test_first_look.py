"""The database shows no child unless a view is open, whatever the code above it forgets."""

import pytest
from django.db import connection

from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules
from tests.conftest import TODAY


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("borough")
def test_no_child_is_seen_before_an_event_is_written(viewer):
    assert count("people_childsummary") == 0

    childindex_queries.count_index(viewer=viewer)

    assert count("people_childsummary") > 250


@pytest.mark.usefixtures("borough")
def test_a_child_is_found_by_name(viewer):
    childindex_queries.count_index(viewer=viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name, family_name, birth_date FROM people_childsummary WHERE family_name <> '' "
            "ORDER BY sort_name LIMIT 1"
        )
        given, family, born = cursor.fetchone()

    found = childindex_queries.find_children(
        viewer=viewer, criteria=rules.Criteria(name=f"{given} {family}", birth_date=born), purpose="referral", on=TODAY
    )

    assert found.children[0].card.family_name == family
    page = childindex_queries.get_child_page(
        viewer=viewer, number=found.children[0].card.number, purpose="referral", on=TODAY
    )
    assert page.facts
