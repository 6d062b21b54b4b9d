"""What can be said of the database without starting or changing anything.

Belongs here: looking. Not here: printing it (commands.db).
"""

import dataclasses
import datetime
import os
from collections.abc import Mapping

import psycopg

from joinedup.foundation.database import address, cluster, databases, faults, location, postmaster

_MODE_WORDS = {
    address.Mode.LOCAL: "our own server; its roles were made here",
    address.Mode.ADMINISTERED: "DATABASE_URL is an administrator's; the roles were made here",
    address.Mode.GIVEN: "DATABASE_URL, DATABASE_OWNER_URL and DATABASE_BATCH_URL used as they are",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is known of the database now."""

    running: bool
    engine: str
    address: str
    data_folder: str
    size_bytes: int | None
    up_since: datetime.datetime | None
    role_mode: str
    warnings: tuple[str, ...]

    def lines(self) -> list[tuple[str, str]]:
        """Return it as names and plain words, in the order to read them in."""
        size = "-" if self.size_bytes is None else f"{self.size_bytes / 1_000_000:,.1f} MB"
        since = "-" if self.up_since is None else f"{self.up_since.astimezone(datetime.UTC):%-d %B %Y at %H:%M} UTC"
        rows = [
            ("State", "running" if self.running else "not running"),
            ("Engine", self.engine),
            ("Address", self.address),
            ("Data folder", self.data_folder),
            ("Size", size),
            ("Up since", since),
            ("Roles", self.role_mode),
        ]
        return rows + [("Warning", each) for each in self.warnings]


def look(environ: Mapping[str, str] = os.environ) -> Report:
    """Return what is known of the database, without starting it.

    Errors: a DatabaseFault when the settings contradict each other or the folder is not ours.
    """
    try:
        url = address.url_for(address.Role.APP, start=False, environ=environ)
    except faults.NotPrepared:
        return _report(environ, None, "not made yet: joinedup db start makes it")
    where = location.read(url)
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return _report(environ, connection, where.shown)
    except psycopg.OperationalError:
        return _report(environ, None, where.shown)


def is_empty(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the database has no rows yet; starts our own server to see."""
    ours = location.read(address.url_for(address.Role.OWNER, environ=environ)).database
    return databases.is_empty(address.url_for(address.Role.ADMIN, environ=environ, database=ours))


def shortcomings(connection: psycopg.Connection) -> tuple[str, ...]:
    """Return why the connected role must not serve the application; empty when it may."""
    row = connection.execute(
        "SELECT rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relkind IN ('r', 'p'))"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone() or (False, False, False)
    words = (
        "The application's role is a superuser: row-level security does not hold for it.",
        "The application's role may bypass row-level security.",
        "The application's role owns tables: it could take row-level security off them.",
    )
    return tuple(word for word, wrong in zip(words, row, strict=True) if wrong)


def _report(environ: Mapping[str, str], connection: psycopg.Connection | None, shown: str) -> Report:
    chosen = address.mode(environ)
    place = address.layout(environ)
    engine, size, since = "PostgreSQL", None, None
    warnings: tuple[str, ...] = ()
    if connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database()), pg_postmaster_start_time()"
        ).fetchone()
        version, size, since = row or ("", None, None)
        engine = f"PostgreSQL {version.split(' ')[0]}"
        warnings = shortcomings(connection)
    elif chosen is address.Mode.LOCAL:
        engine = f"PostgreSQL {cluster.programs_for(place, environ).version}"
        if postmaster.lives(place):
            warnings = ("Its processes live but it does not answer: it may be coming up.",)
    return Report(
        running=connection is not None,
        engine=engine,
        address=shown,
        data_folder=str(place.root),
        size_bytes=size,
        up_since=since,
        role_mode=_MODE_WORDS[chosen],
        warnings=warnings,
    )
