"""The levels of need in force here: those that ship.

Belongs here: where the file lies. Not here: what it may say (rules).
"""

import functools
from importlib import resources

import yaml

from joinedup.processes.inbasket import rules


@functools.cache
def levels() -> tuple[rules.Level, ...]:
    """Return the levels of need, lowest first."""
    ours = resources.files("joinedup.processes.inbasket") / "reference" / "levels.yaml"
    return rules.read_levels(yaml.safe_load(ours.read_text(encoding="utf-8")))
