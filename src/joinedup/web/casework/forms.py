"""What is typed about a child's work.

Belongs here: reading what was posted, and words for what cannot be read. Not here: what is asked in which words (asking).
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.delivery.agencies import addressees
from joinedup.foundation import clock
from joinedup.processes.casework import rules
from joinedup.web.practitioner import forms as practitioner_forms

MOST_FOUND = 8
_SAY_MORE = "Say it in a few words"
_CHOOSE = {"required": "Choose one", "invalid_choice": "Choose one of these"}


class Said(forms.CharField):
    """Words that say enough."""

    def __init__(self, *, required: bool = True, most: int = rules.MOST_LETTERS) -> None:
        super().__init__(required=required, max_length=most, error_messages={"required": _SAY_MORE})

    def clean(self, value: object) -> str:
        said = str(super().clean(value))
        if said or self.required:
            try:
                return rules.check_said(said)
            except rules.SayMore:
                raise ValidationError(_SAY_MORE) from None
        return said


def chosen(values: Mapping[Any, str], *, required: bool = True) -> forms.ChoiceField:
    """Return a question that is answered by one of these."""
    return forms.ChoiceField(
        required=required, choices=[(str(value), text) for value, text in values.items()], error_messages=_CHOOSE
    )


class ComingDay(forms.Field):
    """A day from today on, in three boxes."""

    widget = practitioner_forms.DateParts

    def clean(self, value: tuple[str, str, str]) -> datetime.date:
        try:
            day, month, year = (int(part) for part in value)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError("Give a day, a month and a year") from None
        if date < clock.today():
            raise ValidationError("This day is past")
        return date


class WithPerson(forms.Form):
    """A person who works here, by name; where several have it, one of them is chosen."""

    who = forms.CharField(max_length=rules.MOST_NAME, required=False)
    person = forms.CharField(max_length=40, required=False)
    agency_id: uuid.UUID | None = None
    is_needed = True
    found: tuple[addressees.PersonCard, ...] = ()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["practitioner_id"] = None
        typed = str(given.get("who", "")).strip()
        if not typed:
            if self.is_needed:
                self.add_error("who", "Give their name")
            return given
        found = addressees.find_people(words=typed, most=MOST_FOUND + 1, agency_id=self.agency_id)
        self.found = tuple(found[:MOST_FOUND])
        picked = (
            [card for card in found if str(card.id) == given.get("person")]
            or [card for card in found if card.name.casefold() == typed.casefold()]
            or found
        )
        if not found:
            self.add_error("who", "Nobody of this name signs in here")
        elif len(picked) > 1:
            self.add_error("who", "Several people fit. Choose one below, or type more of the name")
        else:
            given["practitioner_id"] = picked[0].id
        return given


class WithTeam(forms.Form):
    """A team, by name or by its agency's; where several fit, one of them is chosen."""

    where = forms.CharField(max_length=rules.MOST_NAME, required=False)
    team = forms.CharField(max_length=20, required=False)
    area = forms.CharField(max_length=rules.MOST_NAME, required=False)
    why = Said()
    found: tuple[addressees.TeamCard, ...] = ()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        typed, area = str(given.get("where", "")).strip(), str(given.get("area", "")).strip()
        given["to_team_id"] = None
        if bool(typed) == bool(area):
            self.add_error("where", "Give a team here, or another area, and not both")
            return given
        if area:
            return given
        found = addressees.find_teams(words=typed, most=MOST_FOUND + 1)
        self.found = tuple(found[:MOST_FOUND])
        exact = [card for card in found if card.name.casefold() == typed.casefold()]
        # A team may bear its agency's name: then the whole agency, which comes first, is meant.
        picked = (
            [card for card in found if str(card.id) == given.get("team")]
            or [card for card in exact if card.name == card.agency_name][:1]
            or exact
            or found
        )
        if not found:
            self.add_error("where", "No team or agency here has this name")
        elif len(picked) > 1:
            self.add_error("where", "Several teams fit. Choose one below, or type more of the name")
        else:
            given["to_team_id"] = picked[0].id
        return given
