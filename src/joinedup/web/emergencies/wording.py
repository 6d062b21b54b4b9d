"""The words of emergency looks: reasons, outcomes, and what a reviewer reads.

Belongs here: turning looks and forms into presenters. Not here: deciding anything.
"""

from django import forms
from django.urls import reverse

from joinedup.foundation import clock
from joinedup.governance.breakglass import queries as breakglass_queries
from joinedup.governance.breakglass import rules as breakglass_rules
from joinedup.web import filled, lists, presenters, words
from joinedup.web.emergencies import presenters as emergencies

PAGE_LOOKS = 20
_LEAST = breakglass_rules.FEWEST_LETTERS

REASONS = {
    breakglass_rules.Reason.LIFE_AT_RISK: "A child's life or safety is at risk now",
    breakglass_rules.Reason.SECTION_47: "Enquiries under section 47 of the Children Act 1989 cannot wait",
    breakglass_rules.Reason.OUT_OF_HOURS: "Nobody who works with the child can be reached",
    breakglass_rules.Reason.MISSING: "The child is missing",
    breakglass_rules.Reason.COURT_ORDER: "A court has ordered it",
}
_FURTHER = "For the next hour you will see more of this child's record than your work shows you otherwise."
_PAST_SEAL = "You will see this child's record until you open another child's, or for an hour at most."
OUTCOMES = {
    breakglass_rules.Outcome.JUSTIFIED: "It was an emergency, and no more was opened than it took",
    breakglass_rules.Outcome.JUSTIFIED_WITH_ADVICE: "It was an emergency, and there is something to learn",
    breakglass_rules.Outcome.NOT_JUSTIFIED: "It was not an emergency",
}


class Break(forms.Form):
    """Why someone looks in an emergency, and at whom."""

    reason = forms.ChoiceField(
        choices=[(reason.value, text) for reason, text in REASONS.items()],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose one of the reasons"},
    )
    words = forms.CharField(
        max_length=breakglass_rules.MOST_LETTERS,
        error_messages={
            "required": "Say what has happened",
            "max_length": f"Use at most {breakglass_rules.MOST_LETTERS} letters",
        },
    )
    household = forms.BooleanField(required=False)

    def clean_words(self) -> str:
        said = str(self.cleaned_data["words"])
        try:
            breakglass_rules.Spoken(reason=breakglass_rules.Reason.LIFE_AT_RISK, words=said)
        except breakglass_rules.TooFewWords:
            raise forms.ValidationError(f"Say it in at least {_LEAST} letters, so that someone can review it") from None
        return said

    def spoken(self) -> breakglass_rules.Spoken:
        """Return what was said, as a value."""
        given = self.cleaned_data
        return breakglass_rules.Spoken(reason=breakglass_rules.Reason(given["reason"]), words=given["words"])


class Review(forms.Form):
    """What a reviewer found."""

    outcome = forms.ChoiceField(
        choices=[(outcome.value, text) for outcome, text in OUTCOMES.items()],
        error_messages={"required": "Choose what you found", "invalid_choice": "Choose one of the answers"},
    )
    note = forms.CharField(required=False, max_length=1000)


def break_page(form: Break, *, number: str, is_from_stub: bool = False, refused: str = "") -> emergencies.BreakPage:
    """Ask for the reason, with what was typed before; who comes from a stub has no page of the child to go back to."""
    to_page = presenters.Link(text="Back to the child's page", href=reverse("child", args=[number]))
    reason = presenters.Field(
        name="reason",
        label="What is the emergency?",
        error=filled.error(form, "reason") or refused,
        choices=filled.choices(REASONS, filled.given(form, "reason")),
    )
    said = presenters.Field(
        name="words",
        label="What has happened, and what do you need to know?",
        hint=f"At least {_LEAST} letters. The person who reviews this reads it.",
        value=filled.given(form, "words"),
        error=filled.error(form, "words"),
    )
    return emergencies.BreakPage(
        what_happens=_PAST_SEAL if is_from_stub else _FURTHER,
        action_href=reverse("emergency", args=[number]) + ("?sealed=yes" if is_from_stub else ""),
        back=presenters.Link(text="Find a child", href=reverse("find")) if is_from_stub else to_page,
        reason=reason,
        words=said,
        asks_household=not is_from_stub,
        is_household=bool(filled.given(form, "household")),
        errors=presenters.errors_of(reason, said),
    )


def reviews_page(  # each is one thing that only the caller knows
    looks: list[breakglass_queries.EmergencyLookCard],
    *,
    wanted: lists.Asked,
    first: int,
    total: int,
    is_waiting: bool,
    message: presenters.Message | None,
) -> emergencies.ReviewsPage:
    """List the looks that wait, or those that were reviewed."""
    here = reverse("emergencies")
    other = (
        presenters.Link(text="Those already reviewed", href=f"{here}?state=reviewed")
        if is_waiting
        else presenters.Link(text="Those that wait", href=here)
    )
    heading = "Nothing waits for review" if is_waiting else "Nothing was reviewed yet"
    return emergencies.ReviewsPage(
        looks=tuple(_look(look) for look in looks),
        is_waiting=is_waiting,
        other=other,
        pager=lists.pager(
            wanted, first=first, shown=len(looks), total=total, size=PAGE_LOOKS, noun="look", plural="looks"
        ),
        message=message,
        empty=None
        if looks
        else presenters.EmptyState(
            heading=heading, words="When someone looks in an emergency, it stands here at once.", action=None
        ),
    )


def _look(look: breakglass_queries.EmergencyLookCard) -> emergencies.Look:
    tag = presenters.Tag(text="Overdue", tone=presenters.Tone.ALARM) if look.is_escalated else None
    return emergencies.Look(
        href=reverse("emergency-review", args=[look.id]),
        who=look.user_name,
        reason=REASONS[breakglass_rules.Reason(look.reason)] + (" (past a seal)" if look.is_past_seal else ""),
        started_at=look.started_at,
        due_at=look.review_due_at,
        tag=None if look.reviewed_at else tag,
        found=OUTCOMES[breakglass_rules.Outcome(look.outcome)] if look.outcome else "",
    )


def review_page(
    look: breakglass_queries.EmergencyLookCard, form: Review, *, refused: str = ""
) -> emergencies.ReviewPage:
    """Show one look, with the question what the reviewer found unless it is answered."""
    rows = (
        ("Who looked", look.user_name),
        ("Child", words.child_number(look.child_number)),
        ("Reason", REASONS[breakglass_rules.Reason(look.reason)]),
        ("In their words", look.words),
        ("Past a seal", "Yes" if look.is_past_seal else "No"),
        ("From", words.moment(clock.local(look.started_at))),
        ("Until", words.moment(clock.local(look.ends_at))),
        ("To be reviewed by", words.moment(clock.local(look.review_due_at))),
    )
    if look.reviewed_at is not None:
        found = (
            ("What the review found", OUTCOMES[breakglass_rules.Outcome(look.outcome)]),
            ("Reviewed by", look.reviewer_name),
            ("Reviewed", words.moment(clock.local(look.reviewed_at))),
            *([("Note", look.note)] if look.note else []),
        )
        return emergencies.ReviewPage(back_href=reverse("emergencies"), rows=rows + found)
    outcome = presenters.Field(
        name="outcome",
        label="What did you find?",
        error=filled.error(form, "outcome") or refused,
        choices=filled.choices(OUTCOMES, filled.given(form, "outcome")),
    )
    note = presenters.Field(
        name="note",
        label="Note (you may leave this empty)",
        value=filled.given(form, "note"),
        error=filled.error(form, "note"),
    )
    return emergencies.ReviewPage(
        back_href=reverse("emergencies"),
        rows=rows,
        action_href=reverse("emergency-review", args=[look.id]),
        outcome=outcome,
        note=note,
        errors=presenters.errors_of(outcome, note),
    )
