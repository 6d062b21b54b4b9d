"""What is checked before the product starts: that nobody takes it for ready to hold real people's records.

Belongs here: refusals at start-up. Not here: refusals of a person (access).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import checks

_SYNTHETIC = "synthetic"
_THIS_MACHINE = {"", "localhost", "127.0.0.1", "::1"}
_PROVES_THE_SERVER = {"verify-ca", "verify-full"}


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


def open_connection_problem(database: Mapping[str, Any]) -> str:
    """Return why this connection to a database must not be used for real records, or nothing.

    Shapes: empty for a server on this machine, and for one whose certificate is proved on an encrypted connection.
    """
    host, how = str(database.get("HOST", "")), str(database.get("OPTIONS", {}).get("sslmode", ""))
    if host in _THIS_MACHINE or host.startswith("/") or how in _PROVES_THE_SERVER:
        return ""
    return (
        f"The database on {host} is reached over a network without proof of who answers. "
        "Put sslmode=verify-full into its address, and sslrootcert where your own authority signs."
    )


def refuse_open_connection(app_configs: Sequence[Any] | None, **_: Any) -> list[checks.CheckMessage]:
    """Refuse, in a real installation, a database across a network that is not encrypted and proved."""
    problem = open_connection_problem(settings.DATABASES["default"]) if settings.SESSION_COOKIE_SECURE else ""
    return [checks.Critical(problem, id="joinedup.E003")] if problem else []


def first_refusal() -> str:
    """Return why the product must not serve, or nothing."""
    refusals = (refuse_real_data, refuse_demo_sign_in, refuse_open_connection)
    return next((str(found.msg) for refusal in refusals for found in refusal(None)), "")
