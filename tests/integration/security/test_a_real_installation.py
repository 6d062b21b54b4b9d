"""The settings of a real installation: encryption always, cookies held to this host, nothing of the demonstration."""

import pytest
from django.contrib.auth import hashers
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


def test_a_program_that_asks_unencrypted_is_refused_and_not_led_on():
    answer = Client(headers={"host": HOST, "authorization": "Bearer a secret"}).get("/api/v1/me")

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:joinedup:problem:not-encrypted"
    assert "Location" not in answer


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
    assert "Demo sign-in is on" in our_checks.first_refusal()


def test_without_one_click_sign_in_its_page_is_not_there(visitor, settings):
    settings.DEMO_SIGN_IN = False

    assert visitor.get("/sign-in")["Location"] == "/sign-in/password"
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


@pytest.mark.parametrize("how", ["", "disable", "prefer", "require"])
def test_a_database_across_a_network_must_prove_itself(settings, monkeypatch, how):
    where = {"HOST": "db.council.example", "OPTIONS": {"sslmode": how} if how else {}}

    assert "sslmode=verify-full" in our_checks.open_connection_problem(where)
    settings.DEMO_SIGN_IN = False
    monkeypatch.setitem(settings.DATABASES, "default", where)
    assert [found.id for found in our_checks.refuse_open_connection(None)] == ["joinedup.E003"]
    assert "sslmode=verify-full" in our_checks.first_refusal()


@pytest.mark.parametrize(
    "where",
    [
        {"HOST": "127.0.0.1"},
        {"HOST": "/var/run/postgresql"},
        {"HOST": ""},
        {"HOST": "db.council.example", "OPTIONS": {"sslmode": "verify-full"}},
    ],
)
def test_one_that_does_or_stands_on_this_machine_is_taken(where):
    assert our_checks.open_connection_problem(where) == ""


def test_a_real_installation_as_it_is_may_serve(settings):
    settings.DEMO_SIGN_IN = False

    assert our_checks.first_refusal() == ""


@pytest.mark.parametrize(
    "header",
    [
        "x-forwarded-host",
        "x-forwarded-server",
        "x-original-url",
        "x-rewrite-url",
        "x-http-method-override",
        "x-remote-user",
    ]
    + ["remote-user", "x-user-id", "x-real-ip", "x-forwarded-for", "forwarded"],
)
def test_what_a_sender_says_of_itself_in_a_header_changes_nothing(visitor, header):
    plain = visitor.get("/find")
    with_it = visitor.get("/find", headers={header: "steward"})

    assert (
        (with_it.status_code, with_it["Location"])
        == (plain.status_code, plain["Location"])
        == (302, "/sign-in?next=%2Ffind")
    )
    assert "steward" not in visitor.get("/about", headers={header: "steward"}).content.decode()


def test_passwords_are_kept_by_argon2_whatever_hashes_came_before(production, settings):
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS

    kept = hashers.make_password("correct horse battery staple")

    assert kept.startswith("argon2$argon2id$")
    assert hashers.check_password("correct horse battery staple", kept)
    assert kept != hashers.make_password("correct horse battery staple")


def test_the_key_can_be_changed_while_people_work(visitor, settings):
    visitor.post("/sign-in", {"persona": visiting.usernames()["analyst"]})
    before = settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 6, [before]
    assert visitor.get("/").status_code == 200

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a third key " * 6, []
    assert visitor.get("/").status_code == 302
