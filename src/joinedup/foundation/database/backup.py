"""Backing the whole database up into one file, and restoring it.

Belongs here: pg_dump and pg_restore, and what surrounds them so that nothing is lost. Not here: the manifest (manifest).

Everything in the database is in the backup: records, the files they came from, and the audit. The passwords of the
roles are not; they belong to the installation. The administrator's role makes it, because row-level security holds
for the owner of the tables too, and a backup under it would be refused.
"""

import datetime
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import errors, sql

from joinedup.foundation.database import (
    address,
    binaries,
    cluster,
    databases,
    faults,
    folder,
    location,
    manifest,
    roles,
)

_SWAP_ATTEMPTS = 5


def backup(
    to: Path, *, at: datetime.datetime, environ: Mapping[str, str] = os.environ, say: folder.Say = folder.quiet
) -> manifest.Manifest:
    """Write the whole database to `to` and its manifest beside it; either both appear or neither.

    Errors: BackupFailed, also when `to` exists; DiskFull; AddressIncomplete without an administrator's address.
    """
    beside = manifest.path_for(to)
    for path in (to, beside):
        if path.exists():
            raise faults.BackupFailed(f"{path} exists already. Choose another name; backups are never overwritten.")
    admin = _admin_at_ours(environ, say)
    _check_sees_all(admin)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with folder.Translated(to.parent):
            to.parent.mkdir(parents=True, exist_ok=True)
            version, rows = _dump(admin, part, environ)
            made = manifest.Manifest(
                made_at=at,
                server_version=version,
                size_bytes=part.stat().st_size,
                sha256=manifest.digest(part),
                roles=_named(environ),
                rows=rows,
            )
            _write(beside, manifest.text(made))
            part.rename(to)
            _sync_folder(to.parent)
    finally:
        part.unlink(missing_ok=True)
    return made


def restore(
    source: Path, *, replace: bool = False, environ: Mapping[str, str] = os.environ, say: folder.Say = folder.quiet
) -> manifest.Manifest:
    """Put a backup in the place of the database, after checking that all of it has arrived.

    It is built beside the present database, which stays untouched until the new one is complete.
    Errors: BackupFailed when the backup is damaged or for other roles, or there are data and `replace` is not given.
    """
    written = manifest.read_checked(source)
    admin = _admin_at_ours(environ, say)
    _check_sees_all(admin)
    _check_fits(written, admin, environ)
    if not replace and not databases.is_empty(admin.url):
        message = "The database has data in it. Nothing was changed. Confirm that the backup is to replace them."
        raise faults.BackupFailed(message)
    server = databases.at(admin.url, "postgres")
    new = f"{admin.database}_restoring"
    databases.drop(server, new)
    try:
        databases.create(server, new, roles=roles.role_names(environ))
        say(f"Restoring {written.total_rows:,} rows")
        _load(location.read(databases.at(admin.url, new)), source, environ)
        _check_arrived(databases.at(admin.url, new), written)
        _swap(server, admin.database, new)
    finally:
        databases.drop(server, new)
    return written


def _admin_at_ours(environ: Mapping[str, str], say: folder.Say) -> location.Location:
    ours = location.read(address.url_for(address.Role.OWNER, environ=environ, say=say)).database
    return location.read(address.url_for(address.Role.ADMIN, environ=environ, database=ours))


def _check_sees_all(admin: location.Location) -> None:
    with roles.connect(admin.url) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if row != (True,):
        message = (
            f"The user {admin.user} is held by row-level security and cannot back everything up. Use your provider's "
            "own backups, or give DATABASE_ADMIN_URL with a user who has BYPASSRLS."
        )
        raise faults.BackupFailed(message)


def _dump(admin: location.Location, part: Path, environ: Mapping[str, str]) -> tuple[str, dict[str, int]]:
    """Write the dump, and count the rows of each table as of the very same moment."""
    with psycopg.connect(admin.url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot(), current_setting('server_version')").fetchone()
        snapshot, version = row or ("", "")
        program = _client(connection.info.server_version // 10_000, environ).program("pg_dump")
        command = [str(program), "--format=custom", f"--snapshot={snapshot}", f"--file={part}"]
        _run(command, admin, part.parent, "The backup could not be made.")
        rows = {f"{schema}.{name}": _count(connection, schema, name) for schema, name in databases.tables(connection)}
    return version.split(" ")[0], rows


def _load(new: location.Location, source: Path, environ: Mapping[str, str]) -> None:
    with psycopg.connect(new.url) as connection:
        program = _client(connection.info.server_version // 10_000, environ).program("pg_restore")
    command = [str(program), "--exit-on-error", "--jobs=2", f"--dbname={new.database}", str(source)]
    _run(command, new, source.parent, "The backup could not be restored; the database is as it was.")


def _run(command: list[str], where: location.Location, place: Path, what: str) -> None:
    environment = binaries.bare_environment(
        PGHOST=dict(where.options).get("host", where.host),  # a folder of sockets stands among the options
        PGPORT=str(where.port),
        PGUSER=where.user,
        PGPASSWORD=where.password,
        PGDATABASE=where.database,
        **{f"PG{name.upper()}": value for name, value in where.options if name.startswith("ssl")},
    )
    ended = subprocess.run(command, env=environment, capture_output=True, umask=0o077, check=False)
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip()
        if "No space left on device" in said:
            raise folder.disk_full(place)
        raise faults.BackupFailed(f"{what} {said.splitlines()[0] if said else 'No reason was given.'}")


def _client(server_major: int, environ: Mapping[str, str]) -> binaries.Binaries:
    """Return programs at least as new as the server: older ones refuse to back it up."""
    if address.mode(environ) is address.Mode.LOCAL:
        return cluster.programs_for(address.layout(environ), environ)
    for each in binaries.candidates(environ):
        if each.major >= server_major and (each.folder / "pg_dump").exists():
            return each
    message = f"The server is PostgreSQL {server_major}; no pg_dump as new as that was found here. Install it."
    raise faults.ProgramsMissing(message)


def _check_fits(written: manifest.Manifest, admin: location.Location, environ: Mapping[str, str]) -> None:
    with roles.connect(admin.url) as connection:
        major = connection.info.server_version // 10_000
    if written.server_major > major:
        message = (
            f"The backup was made with PostgreSQL {written.server_major}, and this server is {major}: too old for it."
        )
        raise faults.WrongVersion(message)
    if written.roles != _named(environ):
        message = (
            f"The backup is of an installation whose roles are {', '.join(sorted(written.roles.values()))}; here they "
            f"are {', '.join(sorted(_named(environ).values()))}. Set JOINEDUP_ROLE_SUFFIX as it was there."
        )
        raise faults.BackupFailed(message)


def _named(environ: Mapping[str, str]) -> dict[str, str]:
    names = roles.role_names(environ)
    return {"owner": names.owner, "app": names.app, "batch": names.batch, "definer": names.definer}


def _check_arrived(url: str, written: manifest.Manifest) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        rows = {f"{schema}.{name}": _count(connection, schema, name) for schema, name in databases.tables(connection)}
        connection.execute("ANALYZE")
    if rows != written.rows:
        wrong = sorted(name for name in rows.keys() | written.rows.keys() if rows.get(name) != written.rows.get(name))
        message = f"Not every row of the backup arrived (see {', '.join(wrong[:5])}). The database is as it was."
        raise faults.BackupFailed(message)


def _count(connection: psycopg.Connection, schema: str, name: str) -> int:
    statement = sql.SQL("SELECT count(*) FROM {}.{}").format(sql.Identifier(schema), sql.Identifier(name))
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


def _swap(server: str, present: str, new: str) -> None:
    """Put the new database in the place of the present one in one step, then drop the old one."""
    old = f"{present}_replaced"
    databases.drop(server, old)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(server, autocommit=True) as connection:
        for attempt in range(1, _SWAP_ATTEMPTS + 1):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)", [[present, new]]
            )
            try:
                with connection.transaction():
                    connection.execute(rename.format(sql.Identifier(present), sql.Identifier(old)))
                    connection.execute(rename.format(sql.Identifier(new), sql.Identifier(present)))
                break
            except errors.ObjectInUse:
                if attempt == _SWAP_ATTEMPTS:
                    message = "The database is in use and could not be replaced; it is as it was. Stop the application."
                    raise faults.BackupFailed(message) from None
    databases.drop(server, old)


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
