"""What a worker fills in to answer a child or parent, and to invite one.

Belongs here: reading what was posted. Not here: words of the page (wording).
"""

from typing import Any

from django import forms

from joinedup.processes.participation import rules as participation_rules
from joinedup.web.casework import forms as casework_forms

WHO = {
    participation_rules.Voice.CHILD.value: "The child or young person",
    participation_rules.Voice.PARENT.value: "A parent with parental responsibility",
}
YES, NO = "yes", "no"
SAFE = {YES: "Yes, and I have asked", NO: "No, or I do not know"}


class Answer(forms.Form):
    """What was done."""

    words = casework_forms.Said(most=participation_rules.MOST_LETTERS)


class Invite(forms.Form):
    """Who is invited; of a parent, the name, and whether it is safe and how that is known."""

    who = casework_forms.chosen(WHO)
    parent_name = forms.CharField(required=False, max_length=participation_rules.MOST_NAME)
    safe = casework_forms.chosen(SAFE, required=False)
    reason = casework_forms.Said(required=False, most=500)

    def clean(self) -> dict[str, Any]:
        """Ask of a parent for all that must be recorded first."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("who") == participation_rules.Voice.PARENT:
            for name, text in (
                ("parent_name", "Give their name"),
                ("reason", "Say how you know"),
                ("safe", "Choose one"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, text)
        return given
