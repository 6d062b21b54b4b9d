"""What is typed into the in-basket's forms, and words for what cannot be read.

Belongs here: reading what was posted. Each field's name is its own over all forms, for several stand on one page.
Not here: who may (inbasket).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.foundation import clock
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import words
from joinedup.web.frontdoor import texts
from joinedup.web.practitioner import forms as practitioner_forms

_LONGEST_DAYS = 366


def _choice(choices: Mapping[Any, str], missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(str(value), text) for value, text in choices.items()],
        error_messages={"required": missing, "invalid_choice": missing},
    )


def _says_something(value: object) -> None:
    if not inbasket_rules.says_something(str(value)):
        raise ValidationError("Say it in a few words")


def _why(missing: str = "Say why") -> forms.CharField:
    return forms.CharField(
        max_length=inbasket_rules.MOST_WHY,
        error_messages={"required": missing, "max_length": f"Use at most {inbasket_rules.MOST_WHY} letters"},
        validators=[_says_something],
    )


class Expected(forms.Field):
    """A day on which a child is expected, or nothing."""

    widget = practitioner_forms.DateParts

    def clean(self, value: tuple[str, str, str]) -> datetime.date | None:
        if not any(value):
            return None
        try:
            day, month, year = (int(part) for part in value)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError("Give a day, a month and a year") from None
        if abs((date - clock.today()).days) > _LONGEST_DAYS:
            raise ValidationError(f"{words.day(date)} is not within a year of today")
        return date


class Help(forms.Form):
    """A worry about a child, a request for help, or a notification."""

    kind = _choice(texts.KINDS_TO_SEND, "Choose what you are sending")
    key = forms.UUIDField(error_messages={"required": "Open this page anew", "invalid": "Open this page anew"})
    name = forms.CharField(required=False, max_length=inbasket_rules.MOST_NAME)
    birth_date = practitioner_forms.DateInParts(required=False)
    expected_date = Expected(required=False)
    address = forms.CharField(required=False, max_length=300)
    postcode = forms.CharField(required=False, max_length=12)
    number = forms.CharField(required=False, max_length=40)
    words = forms.CharField(
        max_length=inbasket_rules.MOST_WORDS,
        error_messages={
            "required": "Say what you are worried about, or what help is needed",
            "max_length": f"Use at most {inbasket_rules.MOST_WORDS:,} letters",
        },
        validators=[_says_something],
    )
    consent = _choice(texts.CONSENTS, "Say whether the family agreed")
    consent_why = forms.CharField(required=False, max_length=inbasket_rules.MOST_WHY)
    ring_back = forms.CharField(
        max_length=200, error_messages={"required": "Give a number on which you can be rung back"}
    )

    def clean(self) -> dict[str, Any]:
        """Say of each field what it lacks, all at once."""
        faults: dict[type[Exception], tuple[str, str]] = {
            inbasket_rules.NothingOfTheChild: (
                "name",
                "Give the child's name, or a date, an address or a number by which we can find out who is meant",
            ),
            inbasket_rules.BornAndExpected: ("expected_date", "Give a date of birth or a date expected, not both"),
            inbasket_rules.WhyNotAsked: ("consent_why", "Say why the family did not agree, or was not asked"),
            inbasket_rules.NoWords: ("words", "Say it in a few words"),
            inbasket_rules.NoWayBack: ("ring_back", "Give a number on which you can be rung back"),
        }
        for fault in inbasket_rules.lacking(self.cleaned_data):
            field, text = faults[fault]
            if field not in self.errors:
                self.add_error(field, text)
        return self.cleaned_data

    def said(self) -> inbasket_rules.Said:
        """Return what was typed, as a value."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"kind", "key", "consent"}}
        return inbasket_rules.Said(**given, consent=inbasket_rules.Consent(self.cleaned_data["consent"]))


class Nothing(forms.Form):
    """A button alone."""


class PutBack(forms.Form):
    put_back_why = forms.CharField(required=False, max_length=inbasket_rules.MOST_WHY)


class HandOn(forms.Form):
    to_team = forms.IntegerField(error_messages={"required": "Choose a team", "invalid": "Choose a team"})
    hand_on_why = _why()


class Give(forms.Form):
    to_person = forms.UUIDField(error_messages={"required": "Choose a colleague", "invalid": "Choose a colleague"})
    give_why = _why()


class Urgency(forms.Form):
    urgency = _choice(texts.URGENCIES, "Choose a colour")
    urgency_why = _why("Say why it has this colour")


class Ask(forms.Form):
    ask_teams = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Choose whom to ask", "invalid_choice": "Choose whom to ask"}
    )
    question = _why("Say what you need to know, and what for")
    ask_basis = _choice(texts.BASES, "Choose on what legal basis you ask")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        chosen = self.data.getlist("ask_teams") if hasattr(self.data, "getlist") else []
        # Which teams there are is asked when the question is sent.
        field = self.fields["ask_teams"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one, one) for one in chosen if one.isascii() and one.isdecimal() and len(one) < 10]


class Split(forms.Form):
    sibling_name = forms.CharField(
        max_length=inbasket_rules.MOST_NAME, error_messages={"required": "Give the brother's or sister's name"}
    )
    sibling_born = practitioner_forms.DateInParts(required=False)


class Decide(forms.Form):
    level = forms.IntegerField(
        error_messages={"required": "Choose a level of need", "invalid": "Choose a level of need"}
    )
    outcome = _choice(texts.OUTCOMES, "Choose what happens next")
    decide_why = _why("Say why: what you weighed, and what was missing")


class Tell(forms.Form):
    tell_words = _why("Say what the sender may know and what they should do")


class Answer(forms.Form):
    answer_words = forms.CharField(
        max_length=inbasket_rules.MOST_WORDS,
        error_messages={"required": "Say what you know that matters here"},
        validators=[_says_something],
    )
    answer_basis = _choice(texts.BASES, "Choose on what legal basis you share it")


class Refuse(forms.Form):
    refuse_why = _why("Say why you share nothing")
    refuse_basis = _choice(texts.BASES, "Choose the legal basis you weighed")


class Withdraw(forms.Form):
    withdraw_why = _why("Say why you need no answer any more")


class Choose(forms.Form):
    """Which child it is about; an empty number says that it is none of the index."""

    chosen = forms.CharField(max_length=9, error_messages={"required": "Choose a child, or that it is none of them"})
    choose_why = _why("Say by what you know")
