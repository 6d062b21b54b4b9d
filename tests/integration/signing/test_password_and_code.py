"""Coming in by password and code: a password alone opens nothing, and nobody learns who exists."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.foundation.access import models
from tests.conftest import as_role
from tests.integration.signing import arriving

pytestmark = pytest.mark.django_db


class TestSettingUp:
    def test_a_person_comes_in_by_their_link_and_sets_a_second_factor_up(self, client):
        user_id, _ = arriving.set_up(client)

        assert arriving.acts()[-4:] == [
            *("sign-in.password", "sign-in.codes-set-up", "sign-in.stepped-up", "sign-in.recovery-codes-made")
        ]
        assert models.Session.objects.filter(user_id=user_id).count() == 1
        assert "Rukhsana Peel" in client.get("/").content.decode()

    def test_without_a_second_factor_only_its_set_up_and_signing_out_are_reachable(self, client):
        arriving.choose_password(client, arriving.link(arriving.join()))

        for path in ("/", "/find", "/account", "/kept", "/step-up", "/users"):
            assert client.get(path)["Location"] == "/account/second-factor", path
        assert client.get("/account/second-factor").status_code == 200
        assert client.post("/sign-out").status_code == 302
        assert client.get("/account/second-factor")["Location"].startswith("/sign-in")

    def test_a_link_works_once(self, client):
        address = arriving.link(arriving.join())
        arriving.choose_password(client, address)

        assert Client().get(address).status_code == 404
        assert arriving.choose_password(Client(), address).status_code == 404

    def test_a_new_link_ends_the_one_before(self, client):
        user_id = arriving.join()
        first, second = arriving.link(user_id), arriving.link(user_id)

        assert client.get(first).status_code == 404
        assert client.get(second).status_code == 200

    def test_a_link_that_is_too_old_works_no_more(self, client):
        address = arriving.link(arriving.join())
        models.SetUpLink.objects.update(expires_at="2026-01-01T00:00:00Z")

        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("weak", ["short", "password1234", "rukhsana peel", "123456789012", "\0" * 20])
    def test_a_weak_password_is_refused_in_words(self, client, weak):
        answer = arriving.choose_password(client, arriving.link(arriving.join()), weak)

        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()

    def test_secrets_lie_sealed_in_the_database(self, client):
        _, secret = arriving.set_up(client)

        kept = " ".join(str(row.data) for row in Authenticator.objects.all())

        assert secret not in kept
        assert "secret" in kept

    def test_the_square_is_drawn_within_the_page(self, client):
        arriving.choose_password(client, arriving.link(arriving.join()))

        page = client.get("/account/second-factor")

        assert re.search(r'jd-square"[^>]+viewBox="0 0 \d+ \d+"><path d="M[^"]{500,}"/></svg>', page.content.decode())
        assert b"data:image" not in page.content
        assert b" style=" not in page.content


class TestSigningIn:
    def test_password_and_code_lead_to_where_someone_was_going(self, client):
        _, secret = arriving.set_up(Client())

        answer = arriving.sign_in(client, secret, next_href="/account")

        assert answer["Location"] == "/account"
        assert client.get("/account").status_code == 200

    def test_after_the_password_nothing_opens_before_the_code(self, client):
        arriving.set_up(Client())
        client.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})

        assert client.get("/")["Location"].startswith("/sign-in")
        assert client.get("/account/second-factor")["Location"].startswith("/sign-in")

    def test_a_code_counts_once(self, client):
        _, secret = arriving.set_up(Client())
        arriving.sign_in(client, secret)
        used = arriving.code(secret)

        other = Client()
        other.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})

        assert other.post("/sign-in/code", {"code": used}).status_code == 422
        assert other.post("/sign-in/code", {"code": arriving.code(secret, ahead=1)}).status_code == 302

    def test_a_recovery_code_signs_in_once(self, client):
        user_id = arriving.join()
        arriving.choose_password(client, arriving.link(user_id))
        arriving.set_codes_up(client)
        spare = arriving.recovery_codes(client.post("/account/recovery-codes").content)[0]

        def enter():
            visitor = Client()
            visitor.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})
            return visitor.post("/sign-in/code", {"code": f"{spare[:4]} {spare[4:]}"}).status_code

        assert [enter(), enter()] == [302, 422]

    def test_the_session_has_a_new_key_after_each_step(self, client):
        _, secret = arriving.set_up(Client())
        client.get("/sign-in/passkey")  # an anonymous session, as an attacker might plant it
        keys = [client.cookies["joinedup_session"].value]
        client.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})
        keys.append(client.cookies["joinedup_session"].value)
        arriving.forget_codes_used()
        client.post("/sign-in/code", {"code": arriving.code(secret)})
        keys.append(client.cookies["joinedup_session"].value)

        assert len(set(keys)) == 3
        assert models.Session.objects.filter(session_key__in=keys[:2]).count() == 0

    @pytest.mark.parametrize("after", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\x00"])
    def test_signing_in_never_leads_away(self, client, after):
        _, secret = arriving.set_up(Client())

        assert arriving.sign_in(client, secret, next_href=after)["Location"] == "/"

    def test_signing_out_ends_the_session_on_the_server(self, client):
        arriving.set_up(client)
        stolen = client.cookies["joinedup_session"].value

        client.post("/sign-out")

        thief = Client()
        thief.cookies["joinedup_session"] = stolen
        assert thief.get("/")["Location"].startswith("/sign-in")
        assert not models.Session.objects.filter(session_key=stolen).exists()

    def test_a_made_up_person_cannot_be_signed_in_as_here(self, client):
        models.User.objects.create_user(username="analyst", display_name="Imran Castell", password=arriving.PASSWORD)
        models.User.objects.filter(username="analyst").update(is_demo=True)

        answer = client.post("/sign-in/password", {"username": "analyst", "password": arriving.PASSWORD})

        assert answer.status_code == 422
        assert client.post("/sign-in", {"persona": "analyst"}).status_code == 404


class TestNobodyLearnsWhoExists:
    def attempts(self, username: str, times: int) -> list[tuple[int, str]]:
        visitor = Client()
        found = []
        for _ in range(times):
            answer = visitor.post("/sign-in/password", {"username": username, "password": "not the right one"})
            page = answer.content.decode()
            found.append((answer.status_code, page.partition("<main")[2].replace(username, "")))
        return [(status, without_tokens(page)) for status, page in found]

    def test_a_known_and_an_unknown_name_are_answered_alike_and_locked_out_alike(self):
        arriving.set_up(Client())

        known, unknown = self.attempts("rpeel", 7), self.attempts("nobody", 7)

        assert known == unknown
        assert [status for status, _ in known] == [422] * 4 + [429] * 3

    def test_who_is_locked_out_is_let_in_from_elsewhere_and_after_the_rest(self, client):
        _, secret = arriving.set_up(Client())
        self.attempts("rpeel", 5)
        right = {"username": "rpeel", "password": arriving.PASSWORD}

        assert client.post("/sign-in/password", right).status_code == 429
        assert Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/password", right).status_code == 302
        from axes.models import AccessAttempt

        AccessAttempt.objects.update(attempt_time="2026-01-01T00:00:00Z")
        assert arriving.sign_in(client, secret)["Location"] == "/"

    def test_wrong_codes_lock_out_as_wrong_passwords_do(self, client):
        _, secret = arriving.set_up(Client())
        client.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})

        statuses = [client.post("/sign-in/code", {"code": "000000"}).status_code for _ in range(5)]

        assert statuses == [422] * 4 + [429]
        assert client.post("/sign-in/code", {"code": arriving.code(secret)}).status_code == 429

    def test_what_was_typed_stands_nowhere(self, client):
        from axes.models import AccessAttempt

        client.post("/sign-in/password", {"username": "my secret typed too early", "password": "and another"})

        kept = " ".join(str(row) for row in AccessAttempt.objects.values_list())
        assert "typed too early" not in kept
        assert "another" not in kept
        assert arriving.acts()[-1] == "sign-in.password.denied"

    @pytest.mark.parametrize("odd", ["", "\x00", "x" * 5_000, "' OR 1=1", "%"])
    def test_an_odd_name_is_answered_like_a_wrong_one(self, client, odd):
        assert client.post("/sign-in/password", {"username": odd, "password": odd}).status_code == 422


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


class TestLosingEverything:
    def test_beginning_afresh_leaves_nothing_of_before_and_a_new_link_lets_in(self, client):
        user_id, secret = arriving.set_up(client)
        with transaction.atomic(), as_role("batch"):
            agencies_operations.begin_afresh(user_id=user_id, by=arriving.COMMAND)

        assert client.get("/")["Location"].startswith("/sign-in")
        right = {"username": "rpeel", "password": arriving.PASSWORD}
        assert Client().post("/sign-in/password", right).status_code == 422
        assert not Authenticator.objects.exists()
        arriving.choose_password(client, arriving.link(user_id))
        assert arriving.set_codes_up(client) != secret

    def test_a_link_alone_does_not_get_past_a_second_factor(self, client):
        user_id, secret = arriving.set_up(Client())

        assert arriving.choose_password(client, arriving.link(user_id))["Location"] == "/sign-in/code"
        assert client.get("/")["Location"].startswith("/sign-in")
        arriving.forget_codes_used()
        assert client.post("/sign-in/code", {"code": arriving.code(secret)})["Location"] == "/"

    def test_a_session_left_open_is_not_enough_to_add_the_first_factor(self, client):
        arriving.choose_password(client, arriving.link(arriving.join()))
        session = client.session
        session["signed_in_at"] = "2026-01-01T00:00:00+00:00"
        session.save()

        assert client.get("/account/second-factor")["Location"].startswith("/sign-in")


class TestManyNamesFromOneAddress:
    def test_after_so_many_a_minute_nothing_more_is_tried(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
        statuses = [
            client.post("/sign-in/password", {"username": f"name{n}", "password": "guess"}).status_code
            for n in range(5)
        ]

        assert statuses == [422, 422, 422, 429, 429]
