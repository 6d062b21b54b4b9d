"""Looking in an emergency, and reviewing such looks, in every state."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.emergencies import presenters as emergencies
from tests.journeys.screens import common

_REASONS = (
    ("life_at_risk", "A child's life or safety is at risk now"),
    ("section_47", "Enquiries under section 47 of the Children Act 1989 cannot wait"),
    ("out_of_hours", "Nobody who works with the child can be reached"),
)
_FOUND = (("justified", "It was an emergency, and no more was opened than it took"), ("no", "It was not an emergency"))


def _choice(name: str, label: str, choices: tuple[tuple[str, str], ...], error: str = "") -> presenters.Field:
    made = tuple(presenters.Choice(value=value, text=text) for value, text in choices)
    return presenters.Field(name=name, label=label, choices=made, error=error)


def ask(errors: bool = False, asks_household: bool = True) -> emergencies.BreakPage:
    reason = _choice("reason", "What is the emergency?", _REASONS, "Choose a reason" if errors else "")
    words = presenters.Field(
        name="words",
        label="What has happened, and what do you need to know?",
        hint="At least 20 letters. The person who reviews this reads it.",
        value="urgent" if errors else "",
        error="Say it in at least 20 letters, so that someone can review it" if errors else "",
    )
    return emergencies.BreakPage(
        what_happens="For the next hour you will see more of this child's record than your work shows you otherwise.",
        action_href="#",
        back=common.link("Back to the child's page"),
        reason=reason,
        words=words,
        asks_household=asks_household,
        is_household=errors,
        errors=presenters.errors_of(reason, words),
    )


def look(who: str = "Bea Rowntree", found: str = "", is_overdue: bool = False) -> emergencies.Look:
    return emergencies.Look(
        href="#",
        who=who,
        reason=_REASONS[1][1],
        started_at=common.NOW,
        due_at=common.NOW,
        tag=presenters.Tag(text="Overdue", tone=presenters.Tone.ALARM) if is_overdue else None,
        found=found,
    )


def looks(**changes: Any) -> emergencies.ReviewsPage:
    return dataclasses.replace(
        emergencies.ReviewsPage(
            looks=(look(is_overdue=True), look(), look(common.LONG_NAME)),
            is_waiting=True,
            other=common.link("Those already reviewed"),
            pager=presenters.Pager(first=1, last=3, total=41, noun="look", plural="looks", next_href="#"),
            message=presenters.Message(heading="Your review is kept."),
        ),
        **changes,
    )


def review(errors: bool = False, long: bool = False) -> emergencies.ReviewPage:
    said = common.LONG_TEXT + " " + common.LONG_WORD * 3 if long else "Found alone at the station at night, hurt"
    outcome = _choice("outcome", "What did you find?", _FOUND, "Choose what you found" if errors else "")
    return emergencies.ReviewPage(
        back_href="#",
        rows=(
            ("Who looked", "Bea Rowntree"),
            ("Child", "7K3 M9Q 2XR"),
            ("In their words", said),
            ("Past a seal", "Yes"),
        ),
        action_href="#",
        outcome=outcome,
        note=presenters.Field(name="note", label="Note (you may leave this empty)"),
        errors=presenters.errors_of(outcome),
    )


def reviewed() -> emergencies.ReviewPage:
    page = review(long=True)
    more = (("What the review found", _FOUND[0][1]), ("Reviewed by", "Gwen Tolliver"), ("Note", common.LONG_TEXT))
    return dataclasses.replace(page, rows=page.rows + more, action_href="", outcome=None, note=None)


def states() -> dict[str, common.State]:
    asked, listed, one = "emergencies/break.jinja", "emergencies/reviews.jinja", "emergencies/review.jinja"
    none = presenters.EmptyState(
        heading="Nothing waits for review", words="When someone looks in an emergency, it stands here at once."
    )
    kept = looks(is_waiting=False, looks=(look(found=_FOUND[0][1]), look(common.LONG_NAME, _FOUND[1][1])), message=None)
    place = "Emergency looks"
    return {
        "emergency": (asked, ask(), "Find a child"),
        "emergency_past_a_seal": (asked, ask(asks_household=False), "Find a child"),
        "emergency_error": (asked, ask(errors=True), "Find a child"),
        "emergencies": (listed, looks(), place),
        "emergencies_none": (listed, looks(looks=(), pager=None, message=None, empty=none), place),
        "emergencies_reviewed": (listed, kept, place),
        "emergency_review": (one, review(), place),
        "emergency_review_error": (one, review(errors=True, long=True), place),
        "emergency_reviewed": (one, reviewed(), place),
    }
