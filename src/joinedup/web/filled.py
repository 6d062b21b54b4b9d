"""What was filled in: a posted form's answers and faults, as the fields of a page.

Belongs here: taking answers and errors out of Django's forms, once for all pages. Not here: what is asked, or in which words.
"""

from collections.abc import Mapping
from typing import TypeVar

from django import forms

from joinedup.web import presenters

#: A word, or a member of an enumeration of words.
Key = TypeVar("Key", bound=str)


def given(form: forms.Form, name: str) -> str:
    """Return what was typed or chosen; where nothing was sent yet, what the form begins with."""
    return str(form.data.get(name, "")) if form.is_bound else str((form.initial or {}).get(name, ""))


def error(form: forms.Form, name: str) -> str:
    """Return what is wrong with an answer, in words; empty where nothing is."""
    return " ".join(str(text) for text in form.errors.get(name, [])) if form.is_bound else ""


def choices(texts: Mapping[Key, str], chosen: str) -> tuple[presenters.Choice, ...]:
    """Return answers to choose from, with the one that is chosen.

    Shapes: `texts` gives each value its words; the values of a StrEnum are its members.
    """
    return tuple(
        presenters.Choice(value=str(value), text=text, is_chosen=str(value) == chosen) for value, text in texts.items()
    )
