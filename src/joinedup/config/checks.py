"""What is checked before the product starts: that it protects real people's records before it holds any.

Belongs here: refusals at start-up. Not here: refusals of a person (access).
"""

import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from joinedup.config import databases

_SYNTHETIC, _REAL = "synthetic", "real"
_THIS_MACHINE = {"", "localhost", "127.0.0.1", "::1"}
_PROVES_THE_SERVER = {"verify-ca", "verify-full"}


def data_mode_problem(mode: str) -> str:
    """Return why this is no mode to start in, or nothing.

    Shapes: empty for "synthetic" and "real".
    """
    if mode in {_SYNTHETIC, _REAL}:
        return ""
    return f'JOINEDUP_DATA_MODE is "{mode}". Set it to "real" for real people\'s records, or leave it out for made-up ones.'


def real_data_problem(*, is_hardened: bool, heads: pathlib.Path, data_folder: pathlib.Path) -> str:
    """Return why real people's records must not be held with these settings, or nothing.

    Shapes: `is_hardened` says whether the settings of a real installation are in force; `heads` is the file of the
    audit's signed heads, which proves nothing where whoever can change the database can change it too.
    """
    if not is_hardened:
        return (
            'JOINEDUP_DATA_MODE is "real", and these are not the settings of a real installation. '
            "Set DJANGO_SETTINGS_MODULE=joinedup.config.settings.production."
        )
    if heads.resolve().is_relative_to(data_folder.resolve()):
        return (
            f"The signed heads of the audit would be kept in {data_folder}, beside the database that they prove. "
            "Set JOINEDUP_AUDIT_HEADS to a file on another volume, which the database's keepers cannot change."
        )
    return ""


def refuse_unready_for_real_people(app_configs: Sequence[Any] | None, **_: Any) -> list[checks.CheckMessage]:
    """Refuse to start on real people's records with settings that do not protect them."""
    problem = data_mode_problem(settings.DATA_MODE)
    if not problem and settings.DATA_MODE == _REAL:
        problem = real_data_problem(
            is_hardened=settings.SESSION_COOKIE_SECURE,
            heads=settings.AUDIT_HEADS,
            data_folder=databases.data_folder(),
        )
    return [checks.Critical(problem, id="joinedup.E001")] if problem else []


def invented_people_problem() -> str:
    """Return why this database must not be used for real people's records, or nothing: it holds invented ones."""
    # Models cannot be imported before Django is set up, and the other checks are asked before that.
    from joinedup.foundation.access import queries as access_queries

    if settings.DATA_MODE != _REAL or not access_queries.get_installation().holds_synthetic_people:
        return ""
    return (
        "This database holds the invented people of a demonstration. Real people's records are never put beside them: "
        "set JOINEDUP_DATA to a new folder, or DATABASE_URL to a new database."
    )


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
    refusals = (refuse_unready_for_real_people, refuse_demo_sign_in, refuse_open_connection)
    return next((str(found.msg) for refusal in refusals for found in refusal(None)), "")
