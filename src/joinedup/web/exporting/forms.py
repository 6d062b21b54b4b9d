"""Why children's data are taken out.

Belongs here: reading what was posted, and words for what cannot be read. Not here: who may (governance.exports).
"""

from django import forms
from django.core.exceptions import ValidationError

from joinedup.governance.exports import rules as exports_rules

#: The reasons that a person may give, as the page asks them.
REASONS = {
    exports_rules.Reason.MEETING: "A meeting about the child or children",
    exports_rules.Reason.COURT: "A court or a tribunal asked for it",
    exports_rules.Reason.TRANSFER: "The work is handed to another agency or area",
    exports_rules.Reason.FAMILY_REQUEST: "The child or family asked for it",
    exports_rules.Reason.SUPERVISION: "A manager reviews the work of their people",
    exports_rules.Reason.CHECKING: "Our agency compares its own list",
}
_TOO_SHORT = "Say in a few words what it is for"


class Ask(forms.Form):
    """Why, by a reason of the list and in words."""

    reason = forms.ChoiceField(
        choices=[(reason.value, text) for reason, text in REASONS.items()],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose one of the reasons"},
    )
    why = forms.CharField(max_length=300, error_messages={"required": _TOO_SHORT})

    def clean_why(self) -> str:
        try:
            return exports_rules.check_why(str(self.cleaned_data["why"]))
        except exports_rules.WhyIsTooShort:
            raise ValidationError(_TOO_SHORT) from None
