"""The settings our own server starts with: right for a small machine, and no personal data in its log.

Belongs here: PostgreSQL settings of the local cluster. Not here: Django's settings (config).
They are written at each start; `ALTER SYSTEM` still wins over them.
"""

import os
from pathlib import Path

FILE = "joinedup.conf"

#: Parallel queries want this much shared memory; containers often have 64 MB.
_ENOUGH_SHARED_MEMORY_BYTES = 512_000_000

_ALWAYS = {
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    # A failed statement, its parameters and the detail of a broken constraint would name children in the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}

#: For tests alone: a power cut may lose everything.
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def text(*, durable: bool) -> str:
    """Return the settings file."""
    settings = dict(_ALWAYS)
    if not durable:
        settings |= _NOT_DURABLE
    if _shared_memory_is_small():
        settings["dynamic_shared_memory_type"] = "sysv"
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    return "# Written by joinedup at each start. Use ALTER SYSTEM to change a setting.\n" + "\n".join(lines) + "\n"


def include_in(cluster: Path) -> None:
    """Make the server's own settings file read ours."""
    with (cluster / "postgresql.conf").open("a", encoding="utf-8") as out:
        out.write(f"\ninclude_if_exists = '{FILE}'\n")


def _shared_memory_is_small() -> bool:
    try:
        room = os.statvfs("/dev/shm")  # read for its size alone; nothing is written there  # nosec B108
    except OSError:
        return False
    return room.f_blocks * room.f_frsize < _ENOUGH_SHARED_MEMORY_BYTES
