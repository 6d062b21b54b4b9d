"""A child of the borough for the tests of governance."""

import pytest

from tests.integration.looking import asking


@pytest.fixture
def child() -> asking.Known:
    """A pupil who lives with no other child of the index, and of whom every number is known."""
    with asking.peeking():
        pupils = {
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c WHERE c.circles && (SELECT array_agg(t.id::integer) FROM agencies_team t "
                "JOIN agencies_agency a ON a.id = t.agency_id WHERE t.is_whole_agency AND a.code = 'schools')"
            )
        }
    return asking.children(
        lambda known: known.number in pupils and bool(known.nhs_number and known.upn and known.postcode), most=1
    )[0]
