"""How surely the person at the keyboard is who they say: the one place where exports ask for a second factor.

Belongs here: the one question. Not here: showing a second factor (sign-in).
"""

from django.conf import settings

from joinedup.foundation.access import rules as access_rules


def is_stepped_up(viewer: access_rules.Viewer) -> bool:
    """Return whether the viewer has shown a second factor within the last ten minutes.

    Until sign-in asks for one, only the demonstration's one-click sign-in counts as if it had; nobody else does.
    """
    return settings.DEMO_SIGN_IN and viewer.user_id is not None
