"""Every page in every state it can be in, made by hand: empty, full, with errors, with long text. No database."""

from typing import Any

from tests.journeys.screens import (
    account,
    assessment,
    casework,
    child,
    common,
    datarequests,
    emergencies,
    entrance,
    exporting,
    family,
    files,
    finding,
    frontdoor,
    looking,
    openness,
    protection,
    retention,
    shield,
    steward,
    tracking,
    voice,
)

SIGNED_OUT = {"sign_in", "sign_in_error", "problem_500", "problem_503"} | {
    *("enter", "enter_error", "code", "code_error", "go_on", "password", "password_error", "second_factor"),
    "second_factor_error",
    *("invited", "invited_error"),
}


def screens() -> dict[str, tuple[str, dict[str, Any]]]:
    """A name for each state, with the template and what it is given."""
    states = entrance.states() | account.states() | finding.states() | child.states() | files.states()
    states |= looking.states() | exporting.states() | openness.states()
    states |= retention.states() | datarequests.states()
    states |= frontdoor.states()
    states |= emergencies.states() | shield.states() | steward.states()
    states |= tracking.states()
    states |= casework.states()
    states |= protection.states()
    states |= assessment.states()
    states |= family.states() | voice.states()
    return {
        name: (template, {"page": page, "furniture": common.frame(place, is_in=name not in SIGNED_OUT)})
        for name, (template, page, place) in states.items()
    }
