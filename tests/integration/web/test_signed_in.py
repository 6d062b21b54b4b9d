"""Who is signed in is asked afresh at every request, and their own work is worked out, never remembered."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_SOURCES = """
SELECT c.number, p.source_record_id FROM people_child c
JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL
JOIN records_identitystatement p ON p.person_record_id = l.person_record_id AND p.is_current
JOIN records_personrecord r ON r.id = l.person_record_id JOIN agencies_agency a ON a.id = r.agency_id
WHERE {whose} ORDER BY c.number, p.source_record_id LIMIT 1
"""
_HELPED = "a.id = (SELECT p.agency_id FROM agencies_practitioner p JOIN access_user u ON u.id = p.user_id WHERE u.username = %s)"


def a_source(of: str) -> tuple[str, str]:
    """Return a child's number and a record of theirs, by whom the agency of this person helps, or does not."""
    whose = (
        _HELPED
        if of == "own work"
        else (
            "NOT EXISTS (SELECT FROM childindex_link o JOIN records_personrecord q ON q.id = o.person_record_id "
            "JOIN agencies_agency a ON a.id = q.agency_id WHERE o.child_id = c.id AND o.ended_at IS NULL "
            f"AND {_HELPED})"
        )
    )
    with asking.peeking():
        ((number, record),) = asking.rows(_SOURCES.format(whose=whose), visiting.usernames()["social_worker"])
    return number, f"/child/{number}/record/{record}"


def is_signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


class TestASession:
    def test_ends_when_the_password_is_changed(self, worker):
        assert is_signed_in(worker)

        visiting.write_as_owner("UPDATE access_user SET password = %s", make_password("another one"))

        assert not is_signed_in(worker)

    def test_ends_when_the_person_may_no_longer_sign_in(self, worker):
        visiting.write_as_owner("UPDATE access_user SET is_active = false")

        assert not is_signed_in(worker)

    def test_ends_when_its_time_is_over(self, worker):
        visiting.write_as_owner("UPDATE django_session SET expire_date = now() - interval '1 second'")

        assert not is_signed_in(worker)

    def test_that_was_never_begun_is_nobodys(self, client):
        client.cookies["joinedup_session"] = "a" * 32

        assert not is_signed_in(client)


class TestOwnWork:
    def test_a_look_at_a_child_of_ones_own_work_writes_no_session(self, worker):
        number, _ = a_source("own work")

        answer = worker.get(f"/child/{number}")

        assert answer.status_code == 200
        assert "joinedup_session" not in answer.cookies

    def test_it_opens_a_source_record_without_a_question(self, worker):
        _, record = a_source("own work")

        assert worker.get(record).status_code == 200

    def test_where_it_does_not_lead_to_the_child_a_source_record_leads_to_the_question(self, worker):
        number, record = a_source("others' work")

        answer = worker.get(record)

        assert (answer.status_code, answer["Location"]) == (302, f"/child/{number}")
