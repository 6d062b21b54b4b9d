"""What is typed about child protection: one form for the steps, by what each act has to say; forms of spans and invitations.

Belongs here: reading what was posted, and words for what is wrong. Not here: what is asked in which words (asking).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from joinedup.foundation import clock
from joinedup.processes.protection import operations, rules
from joinedup.web import words
from joinedup.web.casework import forms as casework_forms
from joinedup.web.practitioner import forms as practitioner_forms
from joinedup.web.protection import vocabulary

Given = dict[str, Any]
#: Acts whose moment matters to the hour; of the others the day is asked.
TIMED = frozenset({rules.Act.WORRY, rules.Act.DISCUSSED})
_NOON = datetime.time(12)
_TIME_LETTERS = len("14:30")
_MISSING = {
    rules.Detail.OUTCOME: "Choose one",
    rules.Detail.PRESENT: "Name who took part, one in each line: name, agency",
    rules.Detail.CHAIR: "Give the name of whoever chaired",
    rules.Detail.CATEGORY: "Choose the category that was decided",
    rules.Detail.ENDING: "Choose why it ended",
    rules.Detail.ALONE: "Say whether the child was seen alone",
    rules.Detail.VIEW: "Write what the child says, or why that is missing",
}


class PastDay(forms.Field):
    """A day until today, in three boxes."""

    widget = practitioner_forms.DateParts

    def clean(self, value: tuple[str, str, str]) -> datetime.date | None:
        if not any(value) and not self.required:
            return None
        try:
            day, month, year = (int(part) for part in value)
            date = datetime.date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError("Give a day, a month and a year") from None
        if date > clock.today():
            raise ValidationError(f"{words.day(date)} lies in the future")
        return date


class TimeOfDay(forms.Field):
    """A time as 14:30."""

    def clean(self, value: object) -> datetime.time:
        said = str(value or "").strip().replace(".", ":")
        try:
            return datetime.time.fromisoformat(said.zfill(_TIME_LETTERS))
        except ValueError:
            raise ValidationError("Give a time by the 24-hour clock, for example 14:30") from None


class Step(forms.Form):
    """One act by its questions; a correction asks why besides."""

    def __init__(
        self, posted: Any, *, act: rules.Act, outcomes: tuple[rules.Outcome, ...], initial: Given, is_correction: bool
    ) -> None:
        super().__init__(posted, initial=initial)
        self.act, self.outcomes, self.asked = act, outcomes, rules.may_need(act)
        self.fields["happened_on"] = PastDay()
        if act in TIMED:
            self.fields["happened_time"] = TimeOfDay()
        for detail in rules.Detail:
            if detail in self.asked:
                self.fields[detail] = self._field(detail)
        self.fields["words"] = casework_forms.Said(most=rules.MOST_LETTERS)
        if is_correction:
            self.fields["why"] = casework_forms.Said(most=rules.MOST_LETTERS)

    def _field(self, detail: rules.Detail) -> forms.Field:
        chosen: dict[rules.Detail, Mapping[Any, str]] = {
            rules.Detail.OUTCOME: {one: vocabulary.OUTCOMES[one] for one in self.outcomes},
            rules.Detail.CATEGORY: vocabulary.CATEGORIES,
            rules.Detail.ENDING: vocabulary.ENDINGS,
            rules.Detail.ALONE: vocabulary.ALONE,
        }
        if detail in chosen:
            return casework_forms.chosen(chosen[detail], required=False)
        most = rules.MOST_NAME if detail is rules.Detail.CHAIR else rules.MOST_LETTERS
        return forms.CharField(required=False, max_length=most)

    def clean(self) -> Given:
        """Ask for what this act with this outcome has to say."""
        given: Given = super().clean() or self.cleaned_data
        outcome = rules.Outcome(given["outcome"]) if given.get("outcome") else None
        given["people"] = _people(str(given.get("present", "")))
        for detail in rules.Detail:
            if detail in rules.needs(self.act, outcome) and detail not in self.errors and not given.get(detail):
                self.add_error(detail, _MISSING[detail])
        if given["people"] is None or (self.act is rules.Act.DISCUSSED and given.get("present") and _alone(given)):
            self.add_error("present", self._who_is_wrong(given))
        return given

    def _who_is_wrong(self, given: Given) -> str:
        if given["people"] is None:
            return "Write each line as: name, agency"
        return "A strategy discussion is between agencies: name people of at least two"

    def saying(self, *, at: datetime.datetime) -> rules.Saying:
        """Return what was typed as a step; of a day without a time its noon is taken, or now where that is still ahead."""
        given = self.cleaned_data
        local = clock.local(at)
        when = datetime.datetime.combine(given["happened_on"], given.get("happened_time") or _NOON, tzinfo=local.tzinfo)
        if self.act not in TIMED:
            when = min(when, local)
        return rules.Saying(
            act=self.act,
            happened_at=when,
            words=given["words"],
            outcome=rules.Outcome(given["outcome"]) if given.get("outcome") else None,
            present=tuple(given["people"] or ()),
            chair=given.get("chair", ""),
            category=rules.Category(given["category"]) if given.get("category") else None,
            ending=rules.Ending(given["ending"]) if given.get("ending") else None,
            is_alone=given["is_alone"] == "yes" if given.get("is_alone") else None,
            childs_view=given.get("childs_view", ""),
        )


def _people(said: str) -> list[rules.Present] | None:
    """Return who is named, one in each line as name and agency; nothing where a line cannot be read."""
    found = []
    for line in filter(None, (line.strip() for line in said.splitlines())):
        name, _, agency = (part.strip() for part in line.partition(","))
        if not name or not agency:
            return None
        found.append(rules.Present(name=name, agency=agency))
    return found


def _alone(given: Given) -> bool:
    return len({one.agency.casefold() for one in given["people"] or ()}) < rules.FEWEST_AGENCIES


def initial_of(saying: rules.Saying) -> Given:
    """Return a step as a form begins with it."""
    at = clock.local(saying.happened_at)
    return {
        "happened_on-day": at.day,
        "happened_on-month": at.month,
        "happened_on-year": at.year,
        "happened_time": f"{at:%H:%M}",
        "outcome": saying.outcome or "",
        "present": lines_of(saying.present),
        "chair": saying.chair,
        "category": saying.category or "",
        "ending": saying.ending or "",
        "is_alone": {True: "yes", False: "no", None: ""}[saying.is_alone],
        "childs_view": saying.childs_view,
        "words": saying.words,
    }


def lines_of(present: tuple[rules.Present, ...]) -> str:
    """Return people as they are typed: one in each line, name and agency."""
    return "\n".join(f"{one.name}, {one.agency}" for one in present)


class Invite(casework_forms.WithPerson):
    """Whom to ask, to what, until when."""

    part = casework_forms.Said(most=rules.MOST_NAME)
    until_on = casework_forms.ComingDay()

    def clean_until_on(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until_on"]
        if until > clock.today() + datetime.timedelta(days=operations.MOST_DAYS):
            raise ValidationError(f"At most {operations.MOST_DAYS} days from today; ask anew then")
        return until


class Span(forms.Form):
    """A legal status or a placement: which, from when, why; a correction asks until when it ran, and why it was wrong."""

    def __init__(self, posted: Any, *, codes: dict[str, str], initial: Given, is_correction: bool = False) -> None:
        super().__init__(posted, initial=initial)
        self.codes = codes
        self.fields["code"] = casework_forms.chosen(codes)
        self.fields["started_on"] = PastDay()
        if is_correction:
            self.fields["ended_on"] = PastDay(required=False)
        self.fields["words"] = casework_forms.Said(most=rules.MOST_LETTERS)
        if is_correction:
            self.fields["why"] = casework_forms.Said(most=rules.MOST_LETTERS)


class EndSpan(forms.Form):
    """Until when, and why."""

    ended_on = PastDay()
    words = casework_forms.Said(most=rules.MOST_LETTERS)
