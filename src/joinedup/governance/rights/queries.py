"""Reads of rights: the retention schedule of this installation.

Belongs here: what is asked of rights. Not here: deciding by it (rules).
"""

import functools
import pathlib

from joinedup.governance.rights import rules

_SCHEDULE = pathlib.Path(__file__).parent / "reference" / "retention.yaml"


@functools.cache
def get_schedule() -> rules.Schedule:
    """Return the retention schedule.

    Errors: ScheduleUnreadable.
    """
    return rules.read_schedule(_SCHEDULE.read_text(encoding="utf-8"))
