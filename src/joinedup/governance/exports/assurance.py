"""How surely the person at the keyboard is who they say: the one place where exports ask for a second factor.

Belongs here: the one question. Not here: showing a second factor (sign-in).
"""

import datetime

from django.conf import settings

from joinedup.foundation.access import rules as access_rules


def is_stepped_up(viewer: access_rules.Viewer, *, at: datetime.datetime) -> bool:
    """Return whether the viewer has shown a second factor so recently that data may leave with them."""
    return viewer.is_stepped_up(at=at, within=datetime.timedelta(minutes=settings.STEP_UP_MINUTES))
