"""Who is signed in is asked afresh at every request, and their own work is worked out, never remembered."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

_RECORDS = """
SELECT DISTINCT ON (c.number) c.number, i.source_record_id FROM people_child c
JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL
JOIN records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current
WHERE c.state = 'active' AND %s = EXISTS (
    SELECT FROM childindex_link o JOIN records_personrecord r ON r.id = o.person_record_id
    JOIN agencies_agency a ON a.id = r.agency_id
    WHERE o.child_id = c.id AND o.ended_at IS NULL AND a.code = 'social_care')
ORDER BY c.number, i.source_record_id LIMIT 60
"""


def a_record(worker: Client, *, of_own_work: bool) -> tuple[str, str]:
    """Return the pages of a child and of one of their records, where the person's own work leads to the child or does not."""
    with asking.peeking():
        known = asking.rows(_RECORDS, of_own_work)
    for number, record in known:
        page = f"/child/{number}"
        if of_own_work is not (f"{page}/why" in visiting.body(worker, page)):
            return page, f"{page}/record/{record}"
    raise AssertionError("the borough has no such child")


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
        visiting.write_as_owner("UPDATE access_session SET expire_date = now() - interval '1 second'")

        assert not is_signed_in(worker)

    def test_that_was_never_begun_is_nobodys(self, client):
        client.cookies["joinedup_session"] = "a" * 32

        assert not is_signed_in(client)


class TestOwnWork:
    def test_a_look_at_a_child_of_it_writes_no_session(self, worker):
        page, _ = a_record(worker, of_own_work=True)

        assert "joinedup_session" not in worker.get(page).cookies

    def test_it_opens_a_source_record_without_a_question(self, worker):
        _, record = a_record(worker, of_own_work=True)

        assert worker.get(record).status_code == 200

    def test_where_it_does_not_lead_to_the_child_a_source_record_leads_to_the_question(self, worker):
        page, record = a_record(worker, of_own_work=False)

        answer = worker.get(record)

        assert (answer.status_code, answer["Location"]) == (302, page)
