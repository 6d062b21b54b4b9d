"""The settings of a real installation: encryption always, cookies held to this host, nothing of the demonstration."""

import pytest
from django.core import checks
from django.test import Client

from joinedup.config import checks as our_checks
from tests.integration.web import visiting

HOST = "joinedup.council.example"

pytestmark = pytest.mark.usefixtures("borough", "production")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": HOST, "x-forwarded-proto": "https"})


def test_every_answer_asks_for_encryption_for_a_year_on_every_name_of_the_host(visitor):
    for path in ("/", "/about", "/sign-in", "/nowhere", "/static/joinedup.css", "/find/%00"):
        said = visitor.get(path)["Strict-Transport-Security"]

        assert "includeSubDomains" in said, path
        assert int(said.partition("max-age=")[2].partition(";")[0]) >= 365 * 24 * 60 * 60, path


def test_a_refusal_asks_for_it_too(visitor):
    assert "Strict-Transport-Security" in Client(headers={"host": "evil.example", "x-forwarded-proto": "https"}).get(
        "/"
    )


def test_what_comes_unencrypted_is_sent_to_the_encrypted_address_and_told_nothing():
    answer = Client(headers={"host": HOST}).get("/about")

    assert answer.status_code == 301
    assert answer["Location"] == f"https://{HOST}/about"
    assert answer.content == b""
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}


def test_cookies_are_held_to_this_host_to_encryption_and_out_of_reach_of_scripts(visitor):
    answers = [visitor.get("/sign-in"), visitor.post("/sign-in", {"persona": visiting.usernames()["analyst"]})]
    cookies = {name: cookie for answer in answers for name, cookie in answer.cookies.items()}

    assert cookies.keys() == {"__Host-joinedup_session", "__Host-joinedup_csrf"}
    for name, cookie in cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
        assert len(name) + len(cookie.value) <= 4096, name


def test_another_name_than_the_sites_own_is_not_answered():
    for host in ("evil.example", f"{HOST}.evil.example", f"evil.{HOST}", "127.0.0.1", "localhost"):
        answer = Client(headers={"host": host, "x-forwarded-proto": "https"}).get("/about")

        assert answer.status_code == 400, host
        assert host not in answer.content.decode(), host


def test_a_form_from_another_site_is_refused_even_with_a_token(visitor):
    strict = Client(enforce_csrf_checks=True, headers={"host": HOST, "x-forwarded-proto": "https"})
    token = visiting.token(strict, "/sign-in")
    form = {"persona": visiting.usernames()["analyst"], "csrfmiddlewaretoken": token}

    assert strict.post("/sign-in", form, headers={"origin": "https://evil.example"}).status_code == 400
    assert strict.post("/sign-in", form, headers={"referer": "https://evil.example/"}).status_code == 400
    assert strict.post("/sign-in", form).status_code == 400  # neither says where it came from
    assert strict.post("/sign-in", form, headers={"origin": f"https://{HOST}"}).status_code == 302


def test_no_mode_for_finding_faults_is_on(settings, production):
    assert production.DEBUG is False
    assert production.DEMO_SIGN_IN is False
    assert not any("debug" in app for app in settings.INSTALLED_APPS)


def test_one_click_sign_in_with_the_settings_of_a_real_installation_is_refused_at_start(settings):
    settings.DEMO_SIGN_IN = True

    assert [found.id for found in our_checks.refuse_demo_sign_in(None)] == ["joinedup.E002"]


def test_without_one_click_sign_in_its_page_is_not_there(visitor, settings):
    settings.DEMO_SIGN_IN = False

    assert visitor.get("/sign-in").status_code == 404
    assert visitor.post("/sign-in", {"persona": visiting.usernames()["analyst"]}).status_code == 404


def test_djangos_own_look_at_an_installation_finds_nothing():
    # The key of the tests is short on purpose; whether a council's whole domain is preloaded is the council's to say.
    ours = {"security.W009", "security.W021"}

    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)

    assert [one for one in found if one.id not in ours] == []


def test_without_a_key_in_the_environment_a_long_one_is_made_for_this_installation_alone(monkeypatch, tmp_path):
    from joinedup.config import databases

    monkeypatch.delenv("JOINEDUP_SECRET_KEY")
    monkeypatch.setattr(databases, "data_folder", lambda: tmp_path)

    made = databases.secret_key()

    assert len(set(made)) > 20
    assert len(made) >= 64
    assert databases.secret_key() == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
