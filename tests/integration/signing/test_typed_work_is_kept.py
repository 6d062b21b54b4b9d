"""A session is over after a quarter of an hour, and what is typed into its page is never lost, and never another's."""

import re

import pytest
from django.test import Client

from joinedup.foundation.access import models
from tests.conftest import as_role
from tests.integration.signing import arriving

pytestmark = pytest.mark.django_db

NOTE = 'Rang the school twice.\r\nThe aunt has offered to collect, said "gladly" & left <her> number.'
FORM = {"name": "Smith", "note": NOTE, "age_band": ""}


@pytest.fixture
def person(client):
    return arriving.set_up(client)


def kept_page(client: Client) -> bytes:
    answer = client.get("/kept")
    assert answer.status_code == 200
    return answer.content


class TestTimeOuts:
    def test_after_a_quarter_of_an_hour_without_a_request_a_session_is_over(self, client, person):
        arriving.let_pass(person[0], minutes=15)

        assert client.get("/")["Location"] == "/sign-in?next=%2F"

    def test_a_request_before_that_keeps_it_open(self, client, person):
        for _ in range(3):
            arriving.let_pass(person[0], minutes=14)
            assert client.get("/").status_code == 200

    def test_after_twelve_hours_it_is_over_however_busy(self, client, person, settings):
        settings.SESSION_MOST_MINUTES = 14
        for passed, status in ((10, 200), (5, 200)):
            arriving.let_pass(person[0], minutes=passed)
            assert client.get("/").status_code == status
        # The end stands where signing in put it, whatever was seen since.
        row = models.Session.objects.get(user_id=person[0])
        assert (row.expire_date - row.started_at).total_seconds() <= 14 * 60

    def test_that_a_session_is_used_is_written_at_most_once_a_minute(self, client, person):
        client.get("/about")
        seen = models.Session.objects.get(user_id=person[0]).seen_at
        client.get("/about")

        assert models.Session.objects.get(user_id=person[0]).seen_at == seen

    def test_sessions_long_over_are_deleted_when_someone_signs_in(self, client, person):
        arriving.let_pass(person[0], days=8)

        arriving.sign_in(Client(), person[1])

        assert models.Session.objects.filter(user_id=person[0]).count() == 1


class TestAfterTheTimeOut:
    def test_what_was_posted_too_late_is_given_back_after_signing_in(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        answer = client.post("/find", FORM)

        assert answer["Location"] == "/sign-in?next=%2Ffind&kept=yes"
        assert "What you typed is kept" in client.get(answer["Location"], follow=True).content.decode()
        assert arriving.sign_in(client, person[1], next_href="/find")["Location"] == "/kept"
        page = kept_page(client)
        assert b"The aunt has offered to collect" in page
        given_back = arriving.hidden(page)
        assert re.search(rb'action="/find"', page)
        assert {name: given_back[name].replace("\r", "") for name in FORM} == {
            name: text.replace("\r", "") for name, text in FORM.items()
        }

    def test_it_is_kept_until_it_has_been_taken(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        client.post("/find", FORM)
        arriving.sign_in(client, person[1])

        assert client.post("/find", {**arriving.hidden(kept_page(client)), "age_band": "nonsense"}).status_code == 422
        assert models.KeptForm.objects.count() == 1
        assert client.post("/find", arriving.hidden(kept_page(client))).status_code == 302
        assert models.KeptForm.objects.count() == 0

    def test_nobody_else_sees_it(self, client, person):
        _, other_secret = arriving.set_up(Client(), "tokafor", display_name="Tamsin Okafor")
        arriving.let_pass(person[0], minutes=20)
        client.post("/find", FORM)
        (kept,) = models.KeptForm.objects.all()

        # The next at the same computer, in the same browser.
        assert arriving.sign_in(client, other_secret, username="tokafor")["Location"] == "/"
        assert b"aunt" not in kept_page(client)
        client.post(f"/kept/{kept.id}/discard")
        client.post("/find", {**FORM, "kept-form": str(kept.id)})
        assert models.KeptForm.objects.filter(user_id=person[0]).count() == 1

    def test_it_lies_sealed(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        client.post("/find", FORM)

        (kept,) = models.KeptForm.objects.all()

        assert b"aunt" not in bytes(kept.sealed)
        assert b"find" not in bytes(kept.sealed)

    def test_after_a_day_it_is_gone(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        client.post("/find", FORM)
        with as_role("owner"):
            models.KeptForm.objects.update(expires_at="2026-01-01T00:00:00Z")

        assert arriving.sign_in(client, person[1])["Location"] == "/"
        assert b"Nothing is kept" in kept_page(client)

    def test_it_can_be_thrown_away(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        client.post("/find", FORM)
        arriving.sign_in(client, person[1])
        (kept,) = models.KeptForm.objects.all()

        client.post(f"/kept/{kept.id}/discard")

        assert b"Nothing is kept" in kept_page(client)

    def test_of_one_person_the_newest_few_are_kept(self, client, person):
        arriving.let_pass(person[0], minutes=20)
        for number in range(7):
            client.post("/find", {**FORM, "note": f"Note of the day, number {number}"})
        arriving.sign_in(client, person[1])

        assert re.findall(rb'jd-typed">Note of the day, number (\d)', kept_page(client)) == [
            b"6",
            b"5",
            b"4",
            b"3",
            b"2",
        ]

    def test_what_is_posted_without_any_session_is_nobodys_and_is_not_kept(self):
        assert Client().post("/find", FORM)["Location"] == "/sign-in?next=%2Ffind"
        assert models.KeptForm.objects.count() == 0

    def test_passwords_and_codes_are_never_kept(self, client, person):
        arriving.let_pass(person[0], minutes=20)

        client.post("/account/password", {"password": "a b c", "again": "a b c"})
        client.post("/step-up", {"code": "123456"})

        assert models.KeptForm.objects.count() == 0

    def test_a_file_is_not_kept_and_the_page_says_so(self, client):
        from django.core.files.uploadedfile import SimpleUploadedFile

        user_id, secret = arriving.set_up(client, roles=("analyst",))
        arriving.let_pass(user_id, minutes=20)
        client.post("/files", {"agency": "schools", "file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
        arriving.sign_in(client, secret)

        page = kept_page(client)

        assert b"could not be kept" in page
        assert b"schools" in page
        assert b"1,2" not in page


class TestAPageOlderThanTheSession:
    """A second window: signed out, in again there, and then the first one's form is sent with its old token."""

    @pytest.fixture
    def back(self, person):
        browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN="http://testserver")
        lenient = Client()
        arriving.sign_in(lenient, person[1])
        arriving.let_pass(person[0], minutes=20)
        arriving.sign_in(lenient, person[1])
        browser.cookies = lenient.cookies
        return browser

    def test_what_it_held_is_kept_for_the_same_person(self, back):
        answer = back.post("/find", {**FORM, "csrfmiddlewaretoken": "x" * 64})

        assert answer["Location"] == "/kept"
        assert b"The aunt has offered to collect" in kept_page(back)

    def test_a_form_from_elsewhere_is_refused_and_not_kept(self, back):
        for origin in ("https://evil.example", "null", "http://testserver:81"):
            assert back.post("/find", FORM, headers={"origin": origin}).status_code == 400
        assert models.KeptForm.objects.count() == 0

    def test_after_another_person_has_signed_in_it_is_nobodys(self, person):
        lenient = Client()
        arriving.sign_in(lenient, person[1])
        arriving.let_pass(person[0], minutes=20)
        _, secret = arriving.set_up(Client(), "tokafor", display_name="Tamsin Okafor")
        arriving.sign_in(lenient, secret, username="tokafor")
        browser = Client(enforce_csrf_checks=True, HTTP_ORIGIN="http://testserver")
        browser.cookies = lenient.cookies

        assert browser.post("/find", FORM).status_code == 400
        assert models.KeptForm.objects.count() == 0
