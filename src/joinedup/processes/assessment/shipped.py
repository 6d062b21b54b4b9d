"""The form and the levels of need that ship.

Belongs here: where their files lie. Not here: what they may say (rules), the versions that assessments were begun on (models).
"""

import functools
from importlib import resources
from typing import Any

import yaml

from joinedup.processes.assessment import rules

_FORM, _LEVELS = "family-2026-11.yaml", "levels.yaml"


@functools.cache
def definition() -> dict[str, Any]:
    """Return the present form as its file has it, in the form in which a database keeps it."""
    given: dict[str, Any] = _loaded(_FORM)
    return {**given, "from_date": str(given["from_date"])}


@functools.cache
def form() -> rules.Form:
    """Return the form on which an assessment is begun today.

    Errors: UnreadableForm.
    """
    return rules.read_form(definition())


@functools.cache
def levels() -> rules.Levels:
    """Return the levels of need in force.

    Errors: UnreadableLevels.
    """
    return rules.read_levels(_loaded(_LEVELS))


def _loaded(name: str) -> Any:
    ours = resources.files("joinedup.processes.assessment") / "reference" / name
    return yaml.safe_load(ours.read_text(encoding="utf-8"))
