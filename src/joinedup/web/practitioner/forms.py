"""What is typed to find a child, and why a page is opened.

Belongs here: reading what was posted, and words for what cannot be read. Not here: who fits (childindex).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.foundation import clock
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import words

_PARTS = ("day", "month", "year")
_MOST_LETTERS = 120


class DateParts(forms.Widget):
    """A date in three boxes, `<name>-day`, `<name>-month` and `<name>-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str, str]:
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in _PARTS)
        return day, month, year


class DateInParts(forms.Field):
    """A day in the past, or nothing."""

    widget = DateParts

    def clean(self, value: tuple[str, str, str]) -> datetime.date | None:
        if not any(value):
            return None
        if not all(value):
            missing = [part for part, given in zip(_PARTS, value, strict=True) if not given]
            raise ValidationError(f"Date of birth must have a {' and a '.join(missing)}")
        try:
            day, month, year = (int(part) for part in value)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(f"{' '.join(value)[:40]} is not a date") from None
        if date > clock.today():
            raise ValidationError(f"{words.day(date)} lies in the future")
        return date


class Find(forms.Form):
    """What a person remembers of a child."""

    name = forms.CharField(required=False, max_length=_MOST_LETTERS)
    birth_date = DateInParts(required=False)
    number = forms.CharField(required=False, max_length=40)
    postcode = forms.CharField(required=False, max_length=12)
    age_band = forms.ChoiceField(required=False, choices=[(band.value, band.name) for band in childindex_rules.AgeBand])

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        criteria = childindex_rules.Criteria(number=number)
        if number and not (criteria.nhs_number() or criteria.upn() or criteria.child_number()):
            raise ValidationError(
                "This is not an NHS number, a unique pupil number or a child number: check its digits"
            )
        return number

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.criteria().check()
            except childindex_rules.EmptyCriteria:
                raise ValidationError("Enter a name, a date of birth, a number or a postcode") from None
        return self.cleaned_data

    def criteria(self) -> childindex_rules.Criteria:
        """Return what was typed, as a value."""
        given = self.cleaned_data
        return childindex_rules.Criteria(
            name=given["name"],
            birth_date=given["birth_date"],
            number=given["number"],
            postcode=given["postcode"],
            age_band=childindex_rules.AgeBand(given["age_band"]),
        )


#: The reasons that a person may give; own work is never asked for.
REASONS = {
    childindex_rules.Purpose.REFERRAL: "A worry, or a request for help, about this child",
    childindex_rules.Purpose.ASSESSMENT: "An assessment is being made",
    childindex_rules.Purpose.PLAN_REVIEW: "A plan is being reviewed",
    childindex_rules.Purpose.SECTION_47: "Enquiries under section 47 of the Children Act 1989",
    childindex_rules.Purpose.MISSING: "The child is missing",
    childindex_rules.Purpose.TRANSITION: "The child moves school, service or area",
    childindex_rules.Purpose.FAMILY_REQUEST: "The child or family asked",
    childindex_rules.Purpose.SUPERVISION: "Supervising someone's work",
}


class Why(forms.Form):
    """Why a child's page is opened."""

    reason = forms.ChoiceField(
        choices=[(purpose.value, text) for purpose, text in REASONS.items()],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose one of the reasons"},
    )
    note = forms.CharField(required=False, max_length=300)
