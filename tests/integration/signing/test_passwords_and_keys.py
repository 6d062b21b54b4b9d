"""What a password may be and how it is asked for, and that codes and sessions cannot be guessed or used late."""

import math
import re

import pytest
from django.contrib.auth import password_validation
from django.core import exceptions
from django.test import Client

from joinedup.config import sign_in
from joinedup.foundation.access import operations
from tests.architecture import tree
from tests.conftest import as_role
from tests.integration.signing import arriving

pytestmark = pytest.mark.django_db

#: Letters of several scripts, spaces side by side and at the end, large and small.
ODD = "Ωmega  Élan 🦉 lantern "


def enters(password: str) -> bool:
    """Say whether this password is right; the second factor would come next."""
    answer = Client().post("/sign-in/password", {"username": "rpeel", "password": password})
    return answer.get("Location") == "/sign-in/code"


def set_up_with(password: str) -> None:
    client = Client()
    arriving.choose_password(client, arriving.link(arriving.join()), password)
    arriving.set_codes_up(client)


def test_a_password_may_have_any_letters_and_counts_just_as_it_was_typed():
    set_up_with(ODD)

    assert enters(ODD)
    assert [other for other in (ODD.strip(), ODD.replace("  ", " "), ODD.lower()) if enters(other)] == []


def test_no_kind_of_letter_is_asked_for():
    set_up_with("onlysmalllettersandnothingelse")

    assert enters("onlysmalllettersandnothingelse")


def test_a_long_password_is_taken_whole():
    long = "lantern owls " * 10
    set_up_with(f"{long}x")

    assert enters(f"{long}x")
    assert not enters(f"{long}y")


def test_a_password_is_hidden_while_it_is_typed_and_may_be_pasted_or_kept_by_a_manager(client):
    pages = [client.get(address).content.decode() for address in ("/sign-in/password", arriving.link(arriving.join()))]

    boxes = [re.findall(r"<input[^>]*type=\"password\"[^>]*>", page) for page in pages]
    assert [len(found) for found in boxes] == [1, 2]
    for box in (box for found in boxes for box in found):
        assert re.search(r'autocomplete="(current|new)-password"', box)
        assert "readonly" not in box
    scripts = [path.read_text(encoding="utf-8") for path in (tree.SOURCE / "web" / "static").glob("*.js")]
    assert scripts
    assert [words for words in ("paste", "onkeydown", '"password"') if any(words in script for script in scripts)] == []


def test_a_code_of_two_minutes_ago_works_no_more(client):
    _, secret = arriving.set_up(Client())
    arriving.forget_codes_used()
    client.post("/sign-in/password", {"username": "rpeel", "password": arriving.PASSWORD})

    assert client.post("/sign-in/code", {"code": arriving.code(secret, ahead=-4)}).status_code == 422
    assert client.post("/sign-in/code", {"code": arriving.code(secret)}).status_code == 302


def test_the_key_of_a_session_cannot_be_guessed(client):
    _, secret = arriving.set_up(Client())
    keys = set()
    for _ in range(3):
        visitor = Client()
        arriving.sign_in(visitor, secret)
        keys.add(visitor.cookies["joinedup_session"].value)

    assert len(keys) == 3
    assert all(re.fullmatch(r"[0-9a-z]+", key) and len(key) * math.log2(36) > 128 for key in keys)


@pytest.mark.parametrize("password", ["Children Trust 2026!", "joinedup-safeguarding", "WelcomeSocialWorker1"])
def test_a_password_of_words_that_everyone_here_knows_is_refused(password):
    with pytest.raises(exceptions.ValidationError, match="words of your own"):
        password_validation.validate_password(password)


def test_the_name_of_the_area_is_such_a_word():
    with as_role("batch"):
        operations.mark_synthetic(area_name="Aldergate Vale")

    with pytest.raises(exceptions.ValidationError, match="words of your own"):
        password_validation.validate_password("AldergateVale-2026")
    password_validation.validate_password("seven copper owls sing")


def test_each_word_stands_in_the_documentation():
    page = (tree.DOCS / "assurance" / "limits.md").read_text(encoding="utf-8")
    listed = page.partition("## Words that no password may be made of")[2].partition("\n## ")[0]

    assert set(sign_in.PASSWORD_WORDS) <= set(re.findall(r"[a-z]+", listed))
