"""The file of passwords in the data folder.

Belongs here: making, keeping and refusing passwords. Not here: the roles they open (roles).
One entry per server: `local` for our own, `host:port` and suffix for another. The file is readable by its owner alone,
and one that others can read is refused, because whoever has read it once may still hold what it says.
"""

import json
import os
import secrets
import stat
import tempfile
from pathlib import Path

from joinedup.foundation.database import faults, folder

LOCAL = "local"

Entry = dict[str, str]


def new_password() -> str:
    """Return a fresh password that needs no quoting in an address."""
    return secrets.token_urlsafe(24)


def read(path: Path, server: str) -> Entry:
    """Return what is kept for one server; empty when nothing is.

    Errors: CredentialsUnusable when the file is broken or readable by others.
    """
    return dict(_whole(path).get(server, {}))


def keep(path: Path, server: str, entry: Entry) -> None:
    """Put one server's entry into the file, whole or not at all.

    Errors: CredentialsUnusable; DiskFull.
    """
    whole = _whole(path)
    whole[server] = entry
    with folder.Translated(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".credentials-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(whole, out, indent=2, sort_keys=True)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _whole(path: Path) -> dict[str, Entry]:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except PermissionError:
        message = f"{path} belongs to another account. Run as that account, or set JOINEDUP_DATA to a folder of yours."
        raise faults.CredentialsUnusable(message) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"{path} holds passwords and others may read it. Run: chmod 600 '{path}', and think who has read it."
        raise faults.CredentialsUnusable(message)
    try:
        whole: dict[str, Entry] = json.loads(text)
    except ValueError:
        message = f"{path} is not readable as JSON. Put back a copy of it, or move the folder away to begin afresh."
        raise faults.CredentialsUnusable(message) from None
    return whole
