"""What someone asked about their own data, and what was decided.

Belongs here: reading what was posted, and words for what cannot be read. Not here: who may (governance.rights).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.foundation import clock
from joinedup.governance.rights import rules as rights_rules
from joinedup.web.practitioner import forms as practitioner_forms

KINDS = {
    rights_rules.Kind.ACCESS: "A copy of what is kept",
    rights_rules.Kind.CORRECTION: "That something is put right",
    rights_rules.Kind.OBJECTION: "That something is used no longer",
}
ASKERS = {
    rights_rules.Asker.CHILD: "The child or young person, or the adult they became",
    rights_rules.Asker.PARENT: "A parent with parental responsibility",
    rights_rules.Asker.REPRESENTATIVE: "Someone with their written authority",
}
OUTCOMES = {
    rights_rules.Outcome.GRANTED: "Done as they asked",
    rights_rules.Outcome.PARTLY: "Done in part",
    rights_rules.Outcome.REFUSED: "Refused",
}
DECISIONS = {
    rights_rules.Decision.NOTED: "Nobody can tell: both stand beside each other",
    rights_rules.Decision.CORRECTED: "The agency puts its own record right and sends it again",
    rights_rules.Decision.UPHELD: "Checked: the agency's record is right, and the dispute stays beside it",
}
_SAY_MORE = "Say it in a few words"


def _says_enough(value: object) -> None:
    try:
        rights_rules.check_said(str(value))
    except rights_rules.TooFewLetters:
        raise ValidationError(_SAY_MORE) from None


class Said(forms.CharField):
    """Words that say enough."""

    def __init__(self, *, most: int = rights_rules.MOST_WORDS) -> None:
        super().__init__(max_length=most, error_messages={"required": _SAY_MORE}, validators=[_says_enough])


def _choice(choices: Mapping[Any, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(value.value, text) for value, text in choices.items()],
        error_messages={"required": "Choose one", "invalid_choice": "Choose one of these"},
    )


class Day(forms.Field):
    """A day that has come, in three boxes."""

    widget = practitioner_forms.DateParts

    def clean(self, value: tuple[str, str, str]) -> datetime.date:
        try:
            day, month, year = (int(part) for part in value)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError("Give a day, a month and a year") from None
        if date > clock.today():
            raise ValidationError("This day has not come yet")
        return date


class NewRequest(forms.Form):
    """What was asked, of whom and by whom."""

    kind = _choice(KINDS)
    number = forms.CharField(max_length=20, error_messages={"required": "Give the child number"})
    asker = _choice(ASKERS)
    asker_name = forms.CharField(max_length=200, error_messages={"required": "Give the name of whoever asked"})
    identity_checked = Said(most=300)
    asked_on = Day()
    asked = Said()


class Why(forms.Form):
    """Words alone."""

    words = Said()


class Answer(Why):
    """How a request was answered."""

    outcome = _choice(OUTCOMES)


class Dispute(forms.Form):
    """Which line is disputed, and what is said against it."""

    key = forms.CharField(max_length=32, error_messages={"required": "Choose what is disputed"})
    words = Said(most=300)


class Decide(Why):
    """What was decided of a disputed fact."""

    decision = _choice(DECISIONS)
