"""The profile and the calendar that this installation goes by.

Belongs here: which file the operator named. Not here: reading it (shipped).
"""

from django.conf import settings

from joinedup.foundation.timescales import rules, shipped


def get_profile() -> rules.Profile:
    """Return the timescales in force here.

    Errors: UnreadableProfile; OSError when the operator's file cannot be read.
    """
    return shipped.profile(settings.TIMESCALES)


def get_calendar() -> rules.Calendar:
    """Return the holidays and school terms in force here.

    Errors: as `get_profile`.
    """
    return shipped.calendar(settings.TIMESCALES)
