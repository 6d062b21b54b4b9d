"""The glossary: a word of the code that is not in it has no agreed meaning."""

import re

import pytest
from django.apps import apps

from tests.architecture import tree

ENTRY = re.compile(r"^\*\*(?P<term>[^*]+)\*\* - (?P<meaning>.+)$", re.MULTILINE)


def entries(text: str) -> dict[str, str]:
    """Return the meaning of each term, by the term in lower case; "Agency, body" gives two terms one meaning."""
    found = {}
    for entry in ENTRY.finditer(text):
        for term in entry["term"].lower().split(", "):
            found[term] = entry["meaning"]
    return found


def incomplete(glossary: dict[str, str]) -> list[str]:
    return sorted(term for term, meaning in glossary.items() if "Code: " not in meaning or "Source: " not in meaning)


@pytest.fixture(scope="module")
def glossary() -> dict[str, str]:
    return entries((tree.DOCS / "glossary.md").read_text(encoding="utf-8"))


def test_every_model_is_in_the_glossary(glossary):
    words = {
        str(model._meta.verbose_name).lower() for model in apps.get_models() if model.__module__.startswith("joinedup.")
    }

    assert words
    assert sorted(words - set(glossary)) == []


def test_every_entry_points_to_its_code_and_its_source(glossary):
    assert incomplete(glossary) == []


def test_terms_stand_in_the_order_of_the_alphabet():
    terms = [entry["term"].lower() for entry in ENTRY.finditer((tree.DOCS / "glossary.md").read_text(encoding="utf-8"))]

    assert terms == sorted(terms)


def test_an_entry_without_a_source_would_be_seen():
    planted = entries("**Link** - a tie. Code: childindex.Link. Source: ours.\n**Worry** - a word. Code: none yet.")

    assert incomplete(planted) == ["worry"]


def test_a_word_that_is_missing_would_be_seen():
    assert {"link", "notion"} - set(entries("**Link** - a tie. Code: a. Source: b.")) == {"notion"}
