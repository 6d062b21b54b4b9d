"""What a backup says about itself, in a small file beside it.

Belongs here: reading, writing and checking the manifest. Not here: making or restoring backups (backup).
"""

import dataclasses
import datetime
import hashlib
import json
from pathlib import Path

from joinedup.foundation.database import faults

FORMAT = 1
SUFFIX = ".manifest.json"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one backup holds, and how to know that it is whole."""

    made_at: datetime.datetime
    server_version: str
    size_bytes: int
    sha256: str
    #: The roles whose rights and policies are in the backup, by what they are for.
    roles: dict[str, str]
    #: How many rows each table had, by schema and table.
    rows: dict[str, int]

    @property
    def server_major(self) -> int:
        """The major version of the server it was made from."""
        return int(self.server_version.split(".")[0])

    @property
    def total_rows(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def path_for(backup: Path) -> Path:
    """Return where the manifest of a backup lies."""
    return backup.with_name(backup.name + SUFFIX)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text(manifest: Manifest) -> str:
    """Return the manifest as it is written."""
    fields = dataclasses.asdict(manifest) | {"format": FORMAT, "made_at": manifest.made_at.isoformat()}
    return json.dumps(fields, indent=2, sort_keys=True) + "\n"


def read_checked(backup: Path) -> Manifest:
    """Return the manifest of a backup after comparing the backup with it.

    Errors: BackupFailed when either is missing, or the backup is not the bytes that were written.
    """
    if not backup.is_file():
        raise faults.BackupFailed(f"There is no backup {backup}.")
    manifest = _read(path_for(backup))
    size = backup.stat().st_size
    if size != manifest.size_bytes:
        message = f"{backup} has {size:,} bytes and should have {manifest.size_bytes:,}: it is not whole. Nothing was changed."
        raise faults.BackupFailed(message)
    if digest(backup) != manifest.sha256:
        raise faults.BackupFailed(f"{backup} is not what was written: its checksum differs. Nothing was changed.")
    return manifest


def _read(path: Path) -> Manifest:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields.pop("format") != FORMAT:
            raise faults.BackupFailed(f"{path} is of a format this version does not know. Use a newer Joinedup.")
        return Manifest(**fields | {"made_at": datetime.datetime.fromisoformat(fields["made_at"])})
    except FileNotFoundError:
        message = f"The manifest {path} is missing. Keep the two files of a backup together."
        raise faults.BackupFailed(message) from None
    except (ValueError, KeyError, TypeError):
        raise faults.BackupFailed(f"The manifest {path} cannot be read.") from None
