"""What a child or parent types on their own pages.

Belongs here: reading what was posted, and plain words for what cannot be read. Not here: what is asked (sayings).
"""

import uuid
from collections.abc import Mapping

from django import forms

from joinedup.processes.casework import queries as casework_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.processes.participation import rules as participation_rules

_SAY = "Write a few words first"
_PICK = {"required": "Pick one", "invalid_choice": "Pick one of these"}


def _said(*, required: bool = True, most: int = participation_rules.MOST_LETTERS, fewest: int = 2) -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=most,
        min_length=fewest,
        error_messages={
            "required": _SAY,
            "min_length": "Write a bit more",
            "max_length": "This is too long. Make it shorter",
        },
    )


def _pick(values: Mapping[str, str], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(required=required, choices=list(values.items()), error_messages=_PICK)


SHOWN_TO = {
    participation_rules.ShownTo.LEAD.value: "The worker who runs my plan",
    participation_rules.ShownTo.HELPERS.value: "All who help me and can read my plan",
    participation_rules.ShownTo.NAMED.value: "Just one worker",
}
OCCASIONS = {
    participation_rules.Occasion.ANY_TIME.value: "I just want to say it",
    participation_rules.Occasion.ASSESSMENT.value: "Someone wants to find out what help I need",
    participation_rules.Occasion.REVIEW.value: "We will meet to talk about my plan",
}


class Think(forms.Form):
    """What someone thinks, and whom they let see it; of those who help, one may be named."""

    words = _said()
    occasion = _pick(OCCASIONS)
    shown_to = _pick(SHOWN_TO)
    named = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Mapping[str, str] | None, *, helpers: Mapping[str, str]) -> None:
        super().__init__(data)
        self.helpers = helpers
        one = participation_rules.ShownTo.NAMED.value
        self.may_see = {key: text for key, text in SHOWN_TO.items() if helpers or key != one}

    def clean(self) -> None:
        """Ask for the one worker where one alone is to see it."""
        is_one = self.cleaned_data.get("shown_to") == participation_rules.ShownTo.NAMED
        if is_one and self.cleaned_data.get("named", "") not in self.helpers:
            self.add_error("named", "Pick who")

    @property
    def named_id(self) -> uuid.UUID | None:
        """Return the practitioner who was named, where one was."""
        named = self.cleaned_data.get("named", "")
        return uuid.UUID(named) if named in self.helpers else None


class About(forms.Form):
    """What a child wants new workers to know."""

    know = _said(required=False)
    like = _said(required=False)
    helps = _said(required=False)
    hinders = _said(required=False)

    def clean(self) -> None:
        """Ask for one of them at least."""
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("know", _SAY)


class Worry(forms.Form):
    """What worries someone, and how to reach them without harm."""

    words = _said(most=inbasket_rules.MOST_WORDS, fewest=3)
    ring_back = _said(most=inbasket_rules.MOST_NAME)
    key = forms.UUIDField()


class Correction(forms.Form):
    """What is wrong, and what is right."""

    words = _said(most=1_000, fewest=12)


def helpers_of(plans: tuple[casework_queries.OwnPlan, ...]) -> dict[str, str]:
    """Return those of the plans who can sign in here, by practitioner: one of them may be named."""
    return {
        str(helper.practitioner_id): f"{helper.name}, {helper.agency_name}"
        for plan in plans
        for helper in plan.helpers
        if helper.practitioner_id is not None
    }
