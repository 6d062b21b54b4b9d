"""What is checked before the product starts: that nobody takes it for ready to hold real people's records.

Belongs here: refusals at start-up. Not here: refusals of a person (access).
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

_SYNTHETIC = "synthetic"


def data_mode_problem(mode: str) -> str:
    """Return why the product must not start, or nothing.

    Shapes: empty when the mode is "synthetic".
    """
    if mode == _SYNTHETIC:
        return ""
    return (
        f'JOINEDUP_DATA_MODE is "{mode}". This version holds synthetic people only: who may see what is not yet '
        'decided by need to know. Leave the setting out, or set it to "synthetic".'
    )


def refuse_real_data(app_configs: Sequence[Any] | None, **_: Any) -> list[checks.CheckMessage]:
    """Refuse to start on real people's records until access by need to know has landed."""
    problem = data_mode_problem(settings.DATA_MODE)
    return [checks.Critical(problem, id="joinedup.E001")] if problem else []


def refuse_demo_sign_in(app_configs: Sequence[Any] | None, **_: Any) -> list[checks.CheckMessage]:
    """Refuse one-click sign-in anywhere but in the demonstration."""
    if settings.DEMO_SIGN_IN and settings.SESSION_COOKIE_SECURE:
        message = "Demo sign-in is on in a production setting. Turn DEMO_SIGN_IN off."
        return [checks.Critical(message, id="joinedup.E002")]
    return []
