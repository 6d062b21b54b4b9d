"""The database that this process uses, and the folder in which the installation keeps what is its own.

Belongs here: turning addresses into Django's settings. Not here: starting a server (foundation.database).
"""

import os
import pathlib
import secrets
from typing import Any

from psycopg import conninfo

from joinedup.foundation.database import address, faults

_UNPREPARED = "host=127.0.0.1 port=1 dbname=unprepared user=unprepared"


def data_folder() -> pathlib.Path:
    """Return the folder in which this installation keeps its database, keys and working files."""
    return address.layout().root


def secret_key() -> str:
    """Return the key that signs sessions: from the environment, else made once and kept in the data folder."""
    given = os.environ.get("JOINEDUP_SECRET_KEY")
    if given:
        return given
    kept = data_folder() / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as out:
            out.write(secrets.token_urlsafe(64))
    return kept.read_text()


def connection() -> dict[str, Any]:
    """Return Django's description of this process's connection.

    The role is the process's: pages serve as the application, jobs and imports as the batch, migrations as the owner.
    """
    role = address.Role(os.environ.get("JOINEDUP_ROLE", "app"))
    try:
        url = address.url_for(role, start=False)
    except faults.DatabaseFault:
        url = _UNPREPARED
    return settings_of(url, pool=os.environ.get("JOINEDUP_POOL") == "yes")


def settings_of(url: str, *, pool: bool = False) -> dict[str, Any]:
    """Return Django's description of a connection to this address."""
    parts = conninfo.conninfo_to_dict(url)
    options: dict[str, Any] = {
        name: value for name, value in parts.items() if name not in {"dbname", "user", "password", "host", "port"}
    }
    if pool:
        # Pages ask the same questions again and again: a connection that stays plans each of them once.
        options["server_side_binding"] = True
        options["prepare_threshold"] = 3
        options["pool"] = {"min_size": 2, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
