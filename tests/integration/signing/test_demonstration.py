"""One-click sign-in stays what it was: for made-up people, where everyone is made up, and nowhere else."""

import importlib

import pytest
from django.test import Client

from joinedup.config import checks
from joinedup.foundation.access import models
from tests.conftest import as_role
from tests.integration.signing import arriving
from tests.integration.web import visiting

pytestmark = [pytest.mark.usefixtures("borough"), pytest.mark.urls("tests.integration.signing.stepping_urls")]


@pytest.fixture
def made_up(client, settings) -> Client:
    settings.DEMO_SIGN_IN = True
    return visiting.sign_in(client, "social_worker")


def test_a_made_up_person_has_no_second_factor_and_counts_as_having_shown_one(made_up):
    assert made_up.get("/test/matters").content == b"let in"
    assert "sign-in.demo" in arriving.acts()


def test_but_only_where_the_database_says_that_everyone_is_made_up(made_up):
    with as_role("batch"):
        models.Installation.objects.update(holds_synthetic_people=False)

    assert made_up.get("/test/matters").status_code == 403
    assert Client().post("/sign-in", {"persona": visiting.usernames()["social_worker"]}).status_code == 422


def test_a_session_of_the_demonstration_opens_nothing_where_there_is_none(made_up, settings):
    settings.DEMO_SIGN_IN = False

    assert made_up.get("/")["Location"].startswith("/sign-in")
    assert Client().get("/sign-in?next=/find")["Location"] == "/sign-in/password?next=%2Ffind"


def test_production_settings_have_no_demonstration():
    production = importlib.import_module("joinedup.config.settings.production")

    assert production.DEMO_SIGN_IN is False
    assert production.SESSION_COOKIE_SECURE is True


def test_a_production_setting_with_a_demonstration_does_not_start(settings):
    settings.DEMO_SIGN_IN, settings.SESSION_COOKIE_SECURE = True, True

    assert [problem.id for problem in checks.refuse_demo_sign_in(None)] == ["joinedup.E002"]


def test_what_a_made_up_person_typed_too_late_is_kept_as_well(made_up):
    user = models.User.objects.get(username=visiting.usernames()["social_worker"])
    arriving.let_pass(user.pk, minutes=20)
    answer = made_up.post("/find", {"name": "Smith", "note": "The aunt has offered to collect.", "age_band": ""})

    assert "What you typed is kept for you" in made_up.get(answer["Location"]).content.decode()
    persona = {"persona": user.username, "next": "/find"}
    assert made_up.post("/sign-in", persona)["Location"] == "/kept"
    assert "aunt has offered" in made_up.get("/kept").content.decode()


def test_a_made_up_person_can_be_given_no_password_and_no_second_factor(made_up):
    for path in ("/account/second-factor", "/account/passkey/options", "/account/password"):
        assert made_up.get(path).status_code == 404
    assert made_up.post("/account/passkey", {"credential": "{}"}).status_code == 404
    assert made_up.post("/account/recovery-codes").status_code == 404
