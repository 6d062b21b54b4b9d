"""Reads of the levels of need in force.

Belongs here: which they are. Not here: deciding by them.
"""

from joinedup.processes.inbasket import rules, shipped


def get_levels() -> tuple[rules.Level, ...]:
    """Return the levels of need, lowest first."""
    return shipped.levels()
