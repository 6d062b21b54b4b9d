"""Coming in through an agency's own directory: a real provider, whose word is believed only whole and only of those we know."""

import http.client
import urllib.parse

import pytest
from django.test import Client

from joinedup.config import sign_in
from tests.integration.signing import arriving
from tests.integration.signing.directory import CLIENT, SECRET, Directory, listening

pytestmark = pytest.mark.django_db
SUBJECT = {"directory": "northshire", "subject": "8f1c-rukhsana"}


@pytest.fixture(scope="module")
def provider():
    with listening(Directory()) as directory:
        yield directory


@pytest.fixture
def directory(provider, settings, monkeypatch):
    monkeypatch.setenv("NORTHSHIRE_SECRET", SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = sign_in.directories(
        [
            {
                "name": "northshire",
                "title": "Northshire council",
                "agency": "social_care",
                "issuer": provider.address,
                "client_id": CLIENT,
                "client_secret_env": "NORTHSHIRE_SECRET",
            }
        ]
    )
    usual = Directory(key=provider.key, other_key=provider.other_key)
    for name in ("subject", "says", "leaves_out", "signs_with", "algorithm", "is_down"):
        setattr(provider, name, getattr(usual, name))
    return provider


def set_out(client: Client, **more: str):
    return client.post("/sign-in/directory/northshire", more)


def follow(answer) -> str:
    """Go on to the directory as a browser does; return where it sends us back to."""
    there = urllib.parse.urlsplit(answer["Refresh"].partition("url=")[2])
    connection = http.client.HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urllib.parse.urlsplit(connection.getresponse().headers["Location"])
    return f"{back.path}?{back.query}"


def come_in(client: Client, **more: str):
    return client.get(follow(set_out(client, **more)))


def is_out(client: Client) -> bool:
    return client.get("/")["Location"].startswith("/sign-in") if client.get("/").status_code == 302 else False


class TestWhoIsKnown:
    def test_comes_in_and_goes_where_they_were_going(self, client, directory):
        arriving.join(**SUBJECT)

        answer = come_in(client, next="/account")

        assert (answer.status_code, answer["Location"]) == (302, "/account")
        assert "Rukhsana Peel" in client.get("/account").content.decode()
        assert arriving.acts().count("sign-in.directory") == 1

    def test_goes_on_by_a_page_and_not_by_a_form_to_elsewhere(self, client, directory):
        answer = set_out(client)

        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer["Refresh"]).query))
        assert answer.status_code == 200
        assert asked["code_challenge_method"] == "S256"
        assert {"state", "nonce", "code_challenge"} <= asked.keys()
        assert "form-action 'self'" in answer["Content-Security-Policy"]

    def test_is_asked_for_a_second_factor_of_their_own_before_what_matters(self, client, directory):
        arriving.join(roles=("system_admin",), **SUBJECT)
        come_in(client)

        assert client.get("/users")["Location"] == "/step-up?next=%2Fusers"
        assert b"You have no second factor yet" in client.get("/step-up").content
        arriving.set_codes_up(client)
        assert client.get("/users").status_code == 200


class TestWhoIsNotLetIn:
    def refused(self, client, words: str, status: int = 403) -> None:
        answer = come_in(client)
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert is_out(client)

    def test_a_subject_nobody_has_named(self, client, directory):
        arriving.join(**SUBJECT)
        directory.subject = "someone-else"

        self.refused(client, "You are not set up here")
        assert arriving.acts()[-1] == "sign-in.directory.denied"

    def test_a_person_who_has_been_ended(self, client, directory):
        from joinedup.foundation.access import models

        arriving.join(**SUBJECT)
        models.User.objects.update(is_active=False)

        self.refused(client, "You are not set up here")

    def test_a_person_of_another_agency(self, client, directory, settings):
        arriving.join(**SUBJECT)
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["agency"] = "police"

        self.refused(client, "You are not set up here")

    @pytest.mark.parametrize(
        "says",
        [
            {"aud": "another-client"},
            {"iss": "https://elsewhere.example"},
            {"exp": 1_700_000_000},
            {"iat": 4_000_000_000},
            {"nonce": "of another sign-in"},
        ],
        ids=lambda says: next(iter(says)),
    )
    def test_a_token_that_was_not_made_for_this(self, client, directory, says):
        arriving.join(**SUBJECT)
        directory.says = says

        self.refused(client, "could not be trusted")

    @pytest.mark.parametrize("claim", ["sub", "exp", "aud", "nonce"])
    def test_a_token_that_leaves_out_what_it_must_say(self, client, directory, claim):
        arriving.join(**SUBJECT)
        directory.leaves_out = frozenset({claim})

        self.refused(client, "could not be trusted")

    def test_a_token_signed_by_another(self, client, directory):
        arriving.join(**SUBJECT)
        directory.signs_with = directory.other_key

        self.refused(client, "could not be trusted")

    @pytest.mark.parametrize(("algorithm", "signs_with"), [("HS256", SECRET * 2), ("none", "")])
    def test_a_token_that_no_key_of_the_directory_signed(self, client, directory, algorithm, signs_with):
        arriving.join(**SUBJECT)
        directory.algorithm, directory.signs_with = algorithm, signs_with or None

        if algorithm == "none":
            directory.key, kept = None, directory.key
            try:
                self.refused(client, "could not be trusted")
            finally:
                directory.key = kept
        else:
            self.refused(client, "could not be trusted")

    def test_a_return_that_belongs_to_another_browser_or_comes_twice(self, client, directory):
        arriving.join(**SUBJECT)
        back = follow(set_out(client))

        assert Client().get(back).status_code == 403
        assert client.get(back).status_code == 302
        client.post("/sign-out")
        assert client.get(back).status_code == 403
        assert is_out(client)

    @pytest.mark.parametrize("back", ["", "?code=x", "?state=x&code=x", "?error=access_denied&state=x", "?state=%00"])
    def test_a_return_that_is_made_up(self, client, directory, back):
        assert client.get(f"/sign-in/directory/northshire/back{back}").status_code == 403

    def test_a_directory_that_is_silent_is_said_to_be(self, client, directory):
        directory.is_down = True

        answer = set_out(client)

        assert answer.status_code == 502
        assert "cannot be reached" in answer.content.decode()

    def test_a_directory_that_is_not_set_up(self, client, directory):
        assert client.post("/sign-in/directory/nowhere").status_code == 404
        assert client.get("/sign-in/directory/nowhere/back?state=a&code=b").status_code == 404


def test_a_secret_comes_from_a_file_or_the_environment_and_never_from_the_list(tmp_path, monkeypatch):
    described = {"name": "a", "title": "A", "agency": "b", "issuer": "https://a.example", "client_id": "c"}
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("A_SECRET", "from the environment")

    by_file = sign_in.directories([described | {"client_secret_file": str(tmp_path / "secret")}])
    by_name = sign_in.directories([described | {"client_secret_env": "A_SECRET"}])

    assert by_file["openid_connect"]["APPS"][0]["secret"] == "from a file"
    assert by_name["openid_connect"]["APPS"][0]["secret"] == "from the environment"
    with pytest.raises(KeyError):
        sign_in.directories([described | {"client_secret": "in the list"}])
