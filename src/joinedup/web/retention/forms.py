"""Why a record is held, and why a hold is lifted.

Belongs here: reading what was posted, and words for what cannot be read. Not here: who may (governance.rights).
"""

from django import forms
from django.core.exceptions import ValidationError

from joinedup.governance.rights import rules as rights_rules

REASONS = {
    rights_rules.HoldReason.INQUIRY: "A public inquiry asked that nothing be destroyed",
    rights_rules.HoldReason.COURT: "A court, a tribunal or a claim needs it, or may",
    rights_rules.HoldReason.COMPLAINT: "A complaint or a request about this record is open",
    rights_rules.HoldReason.REVIEW: "A safeguarding practice review or a child death review",
    rights_rules.HoldReason.WISH: "The person whom it is about asked that it be kept",
}
_TOO_SHORT = f"Say why, in at least {rights_rules.FEWEST_LETTERS} letters"


def _why(value: object) -> str:
    try:
        return rights_rules.check_words(str(value))
    except rights_rules.TooFewWords:
        raise ValidationError(_TOO_SHORT) from None


class Lift(forms.Form):
    """Why a hold is lifted."""

    why = forms.CharField(max_length=rights_rules.MOST_LETTERS, error_messages={"required": _TOO_SHORT})

    def clean_why(self) -> str:
        return _why(self.cleaned_data["why"])


class Hold(Lift):
    """Whose record is held, and why."""

    number = forms.CharField(max_length=20, error_messages={"required": "Give the child number"})
    reason = forms.ChoiceField(
        choices=[(reason.value, text) for reason, text in REASONS.items()],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose one of the reasons"},
    )
