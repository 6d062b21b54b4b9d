"""The retention schedule of this installation, read once.

Belongs here: reading it. Not here: deciding by it (rules).
"""

import functools
import pathlib

from joinedup.governance.rights import rules

_SCHEDULE = pathlib.Path(__file__).parents[1] / "reference" / "retention.yaml"


@functools.cache
def get_schedule() -> rules.Schedule:
    """Return the retention schedule.

    Errors: ScheduleUnreadable.
    """
    return rules.read_schedule(_SCHEDULE.read_text(encoding="utf-8"))
