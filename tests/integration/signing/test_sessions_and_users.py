"""Sessions can be seen and ended, and whoever has left, or lost a role, is out at the very next request."""

import re

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.access import models
from tests import databases
from tests.integration.signing import arriving

NEW = {"password": "seven copper owls sing", "again": "seven copper owls sing"}


@pytest.mark.django_db
class TestOnesOwnSessions:
    def test_each_is_listed_by_its_browser_and_this_one_is_marked(self, client):
        _, secret = arriving.set_up(client)
        agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
        arriving.sign_in(Client(headers={"user-agent": agent}), secret)

        page = client.get("/account").content.decode()

        assert "Safari on iPhone" in page
        assert page.count("This is the browser you are using") == 1
        assert page.count("Sign out there") == 1
        assert client.cookies["joinedup_session"].value not in page

    def test_another_is_ended_and_this_one_goes_on(self, client):
        _, secret = arriving.set_up(client)
        other = Client()
        arriving.sign_in(other, secret)
        page = client.get("/account").content.decode()

        client.post(page.partition('action="/account/sessions/')[2].partition('"')[0].join(["/account/sessions/", ""]))

        assert other.get("/account")["Location"].startswith("/sign-in")
        assert client.get("/account").status_code == 200
        assert "sign-in.session-ended" in arriving.acts()

    def test_nobody_elses_can_be_ended(self, client):
        _, secret = arriving.set_up(Client())
        victim = Client()
        arriving.sign_in(victim, secret)
        arriving.set_up(client, "tokafor")
        from joinedup.foundation.access import queries

        for row in models.Session.objects.all():
            client.post(f"/account/sessions/{queries.session_reference(row.session_key)}/end")

        assert victim.get("/account").status_code == 200

    def test_a_new_password_ends_all_the_others(self, client):
        _, secret = arriving.set_up(client)
        other = Client()
        arriving.sign_in(other, secret)

        answer = client.post("/account/password", NEW | {"present": arriving.PASSWORD})

        assert answer["Location"] == "/account"
        assert client.get("/account").status_code == 200
        assert other.get("/account")["Location"].startswith("/sign-in")

    def test_a_new_password_is_taken_only_from_who_knows_the_present_one(self, client):
        from axes.models import AccessAttempt

        arriving.set_up(client)

        for present in ({}, {"present": ""}, {"present": "seven copper owls"}, {"present": "\0"}):
            answer = client.post("/account/password", NEW | present)
            assert answer.status_code == 422
            assert "That is not your password" in answer.content.decode()
        assert arriving.acts()[-1] == "sign-in.password.denied"
        assert "copper owls" not in " ".join(str(row) for row in AccessAttempt.objects.values_list())
        assert client.post("/account/password", NEW).status_code == 429
        assert client.post("/account/password", NEW | {"present": arriving.PASSWORD}).status_code == 429
        assert Client().post("/sign-in/password", {"username": "rpeel", "password": NEW["password"]}).status_code == 429

    def test_a_session_left_open_ends_no_other(self, client):
        _, secret = arriving.set_up(client)
        other = Client()
        arriving.sign_in(other, secret)
        page = client.get("/account").content.decode()
        arriving.step_back(client)

        answer = client.post(re.search(r'action="(/account/sessions/[^"]+)"', page)[1])

        assert answer["Location"].startswith("/step-up")
        assert other.get("/account").status_code == 200

    def test_the_last_second_factor_stays(self, client):
        arriving.set_up(client)
        from allauth.mfa.models import Authenticator

        (factor,) = Authenticator.objects.filter(type="totp")
        client.post(f"/account/second-factor/{factor.pk}/remove")

        assert Authenticator.objects.filter(pk=factor.pk).exists()


@pytest.mark.django_db
class TestSteppingUp:
    @pytest.fixture
    def admin(self, client):
        return arriving.set_up(client, "admin", roles=("system_admin",), display_name="Nerys Vaughan")

    def test_just_after_signing_in_nothing_more_is_asked(self, client, admin):
        assert client.get("/users").status_code == 200

    def test_ten_minutes_later_the_second_factor_is_asked_for_and_leads_back(self, client, admin):
        arriving.step_back(client)
        before = client.cookies["joinedup_session"].value

        assert client.get("/users")["Location"] == "/step-up?next=%2Fusers"
        assert b"Show that it is you" in client.get("/step-up?next=/users").content
        arriving.forget_codes_used()
        answer = client.post("/step-up", {"code": arriving.code(admin[1]), "next": "/users"})

        assert answer["Location"] == "/users"
        assert client.get("/users").status_code == 200
        assert client.cookies["joinedup_session"].value != before
        assert "sign-in.stepped-up" in arriving.acts()

    def test_a_wrong_code_does_not_step_up(self, client, admin):
        arriving.step_back(client)

        assert client.post("/step-up", {"code": "000000"}).status_code == 422
        assert client.get("/users").status_code == 302

    def test_what_was_posted_is_kept_until_then(self, client, admin):
        leaver, _ = arriving.set_up(Client())
        arriving.step_back(client)

        answer = client.post(f"/users/{leaver}/end-role", {"role": "social_worker"})

        assert answer["Location"].startswith("/step-up")
        assert models.RoleHeld.objects.filter(user_id=leaver, ended_at=None).exists()
        arriving.forget_codes_used()
        assert client.post("/step-up", {"code": arriving.code(admin[1])})["Location"] == "/kept"
        client.post(f"/users/{leaver}/end-role", arriving.hidden(client.get("/kept").content))
        assert not models.RoleHeld.objects.filter(user_id=leaver, ended_at=None).exists()
        assert models.KeptForm.objects.count() == 0

    def test_a_factor_is_added_by_one_who_has_just_shown_another(self, client, admin):
        arriving.step_back(client)

        assert client.get("/account/second-factor")["Location"].startswith("/step-up")
        assert client.post("/account/second-factor", {"code": "123456"})["Location"].startswith("/step-up")
        assert client.get("/account/passkey/options")["Location"].startswith("/step-up")


@pytest.mark.django_db
class TestLookingAfterUsers:
    def test_only_an_administrator_of_users_comes_here(self, client):
        user_id, _ = arriving.set_up(client)

        assert client.get("/users").status_code == 403
        assert client.get(f"/users/{user_id}").status_code == 403
        for end in ("end", "end-role", "end-sessions"):
            assert client.post(f"/users/{user_id}/{end}", {"role": "social_worker"}).status_code == 403
        assert "web.users.denied" in arriving.acts()

    def test_each_ending_works_at_the_next_request_and_is_written_down(self, client):
        arriving.set_up(client, "admin", roles=("system_admin",), display_name="Nerys Vaughan")
        leaver = Client()
        user_id, secret = arriving.set_up(leaver)
        assert b"Rukhsana Peel" in client.get("/users").content

        client.post(f"/users/{user_id}/end-sessions")
        assert leaver.get("/find")["Location"].startswith("/sign-in")

        arriving.sign_in(leaver, secret)
        client.post(f"/users/{user_id}/end-role", {"role": "social_worker"})
        assert leaver.get("/find").status_code == 403
        assert leaver.post("/find", {"name": "Smith"}).status_code == 403

        client.post(f"/users/{user_id}/end")
        assert leaver.get("/")["Location"].startswith("/sign-in")
        answer = leaver.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})
        assert answer.status_code == 422
        acts = arriving.acts()
        for act in ("agencies.sessions.ended", "agencies.role.ended", "agencies.joiner.ended"):
            assert act in acts
        assert b"Ended" in client.get(f"/users/{user_id}").content

    def test_someone_who_never_was_is_not_found(self, client):
        import uuid

        arriving.set_up(client, "admin", roles=("system_admin",))

        assert client.get(f"/users/{uuid.uuid4()}").status_code == 404
        assert client.post(f"/users/{uuid.uuid4()}/end").status_code == 404


class TestLeaving:
    """Someone acts on another connection; the old cookie is refused at the very next request, looking and posting."""

    LEAVING = {
        "the role ends": "UPDATE access_roleheld SET ended_at = now()",
        "the person may sign in no more": "UPDATE access_user SET is_active = false",
        "the session is ended": "DELETE FROM access_session",
    }

    @pytest.mark.parametrize("what", LEAVING)
    def test_the_next_request_is_refused(self, committed, client, what):
        arriving.set_up(client)
        assert client.get("/find").status_code == 200

        self.act(committed, self.LEAVING[what])

        refused = {403} if what == "the role ends" else {302}
        answers = [client.get("/find"), client.post("/find", {"name": "Smith"}), client.head("/find")]
        assert {answer.status_code for answer in answers} == refused
        assert all(answer.get("Location", "/sign-in").startswith("/sign-in") for answer in answers)

    def test_the_next_request_is_of_no_team_and_no_agency_once_someone_has_left_it(self, committed, client, rf):
        from joinedup.delivery.agencies import queries as agencies_queries

        user_id, _ = arriving.set_up(client, team_code="north")
        seen = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
        assert len(seen.team_ids) == 1

        self.act(committed, "UPDATE agencies_practitioner SET team_id = NULL")
        assert client.get("/").wsgi_request.viewer.team_ids == frozenset()

        self.act(committed, "DELETE FROM agencies_practitioner")
        assert client.get("/")["Location"].startswith("/sign-in")

    def act(self, database: str, statement: str) -> None:
        with psycopg.connect(databases.admin_url(database), autocommit=True) as other:
            other.execute(statement)


@pytest.mark.django_db
def test_to_know_who_is_asking_costs_two_questions(client):
    """The session; and the person with their roles, team and agency."""
    arriving.set_up(client)
    client.get("/about")

    with CaptureQueriesContext(connection) as asked:
        client.get("/about")

    questions = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert [sql.partition("FROM ")[2].split()[0].strip('"') for sql in questions] == [
        *("access_session", "access_roleheld")
    ]
