"""The database's roles: the owner migrates, the app serves, batch links, the definer owns what looks past a policy.

Belongs here: making roles and keeping their passwords. Not here: policies on tables (each app's migrations).
Nobody but the server's administrator is superuser or may bypass row-level security, and only the owner owns tables.
"""

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from joinedup.foundation.database import binaries, credentials, databases, faults, location

DATABASE = "joinedup"

#: The settings that hold the addresses of the app, the owner and batch.
ADDRESS_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BATCH_URL")

#: Raised whenever `prepare` learns something that installations prepared earlier must get too.
EDITION = "2"

_PREPARING = 7_203_411  # key of the advisory lock that keeps two preparations apart
_APP_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    # Pages ask the same questions of few rows: planning them afresh each time cost more than answering them. Measured
    # among 100,000 children, it takes a third off what a child's page costs the database, and leaves finding as it was.
    "plan_cache_mode": "force_generic_plan",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The addresses of one database under each of the roles that sign in."""

    owner_url: str = dataclasses.field(repr=False)
    app_url: str = dataclasses.field(repr=False)
    batch_url: str = dataclasses.field(repr=False)


def prepare(
    admin_url: str, *, passwords_file: Path, server: str = credentials.LOCAL, suffix: str = "", database: str = DATABASE
) -> Credentials:
    """Make the roles, the database, its extensions and grants; run again, it changes nothing but what is missing.

    Errors: WrongVersion; ServerUnreachable; RolesUnusable; CredentialsUnusable.
    """
    names = databases.role_names(suffix)
    with connect(admin_url) as connection:
        check_version(connection.info.server_version)
        connection.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])
        entry = _entry_with_passwords(connection, passwords_file, server, names)
        _make_roles(connection, names, entry)
        databases.create(admin_url, database, roles=names)
        credentials.keep(passwords_file, server, entry | {"edition": EDITION, "database": database})
    return addresses(admin_url, entry, suffix=suffix, database=database)


def suffix(environ: Mapping[str, str] = os.environ) -> str:
    """Return what is put behind the role names, from `JOINEDUP_ROLE_SUFFIX`."""
    return environ.get("JOINEDUP_ROLE_SUFFIX", "").strip()


def role_names(environ: Mapping[str, str] = os.environ) -> databases.RoleNames:
    """Return what the roles are called here; migrations need it to grant and to write policies.

    Where all three addresses are given, their users are the roles; the definer is `DATABASE_DEFINER_ROLE` or ours.
    """
    ours = databases.role_names(suffix(environ))
    given = {name: location.read(environ[name], name=name).user for name in ADDRESS_NAMES if environ.get(name)}
    if len(given) < len(ADDRESS_NAMES):
        return ours
    app, owner, batch = (given[name] for name in ADDRESS_NAMES)
    definer = environ.get("DATABASE_DEFINER_ROLE", "").strip() or ours.definer
    return databases.RoleNames(owner=owner, app=app, batch=batch, definer=definer)


def prepared(entry: credentials.Entry) -> bool:
    """Whether what is kept for a server says that this edition of `prepare` has been through."""
    return entry.get("edition") == EDITION and bool(entry.get("database"))


def addresses(admin_url: str, entry: credentials.Entry, *, suffix: str, database: str) -> Credentials:
    """Return the roles' addresses on the administrator's server."""
    names = databases.role_names(suffix)
    base = dataclasses.replace(location.read(admin_url), database=database)
    return Credentials(
        owner_url=dataclasses.replace(base, user=names.owner, password=entry["owner"]).url,
        app_url=dataclasses.replace(base, user=names.app, password=entry["app"]).url,
        batch_url=dataclasses.replace(base, user=names.batch, password=entry["batch"]).url,
    )


def connect(url: str) -> psycopg.Connection:
    """Connect, or say in plain words why not.

    Errors: ServerUnreachable.
    """
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        message = f"The database at {location.read(url).shown} cannot be used: {reason}"
        raise faults.ServerUnreachable(message) from None


def check_version(server_version: int) -> None:
    """Refuse a server that is too old; the version is the server's own number, such as 180006.

    Errors: WrongVersion.
    """
    major = server_version // 10_000
    if major < binaries.OLDEST_MAJOR:
        message = f"The server is PostgreSQL {major}. Joinedup needs PostgreSQL {binaries.OLDEST_MAJOR} or newer."
        raise faults.WrongVersion(message)


def may_prepare(connection: psycopg.Connection) -> bool:
    """Whether the connected user may make roles and databases."""
    row = connection.execute(
        "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    return bool(row and row[0])


def _entry_with_passwords(
    connection: psycopg.Connection, passwords_file: Path, server: str, names: databases.RoleNames
) -> credentials.Entry:
    """Return the kept passwords, made first where there are none, and kept before any role has them.

    Errors: RolesUnusable when roles of these names exist whose passwords are someone else's.
    """
    entry = credentials.read(passwords_file, server)
    if {"owner", "app", "batch"} <= entry.keys():
        return entry
    row = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) ORDER BY 1", [[names.owner, names.app, names.batch]]
    ).fetchone()
    if row and server != credentials.LOCAL:
        message = (
            f"The role {row[0]} exists on that server already, made by another installation: its password is not in "
            f"{passwords_file}. Copy that file from there, or give DATABASE_URL, DATABASE_OWNER_URL and "
            "DATABASE_BATCH_URL, or set JOINEDUP_ROLE_SUFFIX to keep a second installation apart."
        )
        raise faults.RolesUnusable(message)
    entry |= {role: credentials.new_password() for role in ("owner", "app", "batch")}
    credentials.keep(passwords_file, server, entry)
    return entry


def _make_roles(connection: psycopg.Connection, names: databases.RoleNames, entry: credentials.Entry) -> None:
    with connection.transaction():
        # NOINHERIT: the owner may hand functions to the definer, but does not fall under the definer's policies.
        _make(connection, names.owner, "LOGIN NOINHERIT", entry["owner"])
        _make(connection, names.app, "LOGIN", entry["app"])
        _make(connection, names.batch, "LOGIN", entry["batch"])
        _make(connection, names.definer, "NOLOGIN", None)
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(names.definer), sql.Identifier(names.owner)))
        _let_administrator_act_as(connection, names.owner)
        for setting, value in _APP_SETTINGS.items():
            statement = sql.SQL("ALTER ROLE {} SET {} = {}")
            connection.execute(statement.format(sql.Identifier(names.app), sql.Identifier(setting), sql.Literal(value)))


def _make(connection: psycopg.Connection, name: str, login: str, password: str | None) -> None:
    there = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if there and any(there):
        message = f"The role {name} is a superuser or may bypass row-level security. Take that from it."
        raise faults.RolesUnusable(message)
    if not there:
        statement = sql.SQL("CREATE ROLE {} NOCREATEDB NOCREATEROLE {}")
        options = {"LOGIN": sql.SQL("LOGIN"), "NOLOGIN": sql.SQL("NOLOGIN")}
        connection.execute(statement.format(sql.Identifier(name), options.get(login, sql.SQL("LOGIN NOINHERIT"))))
    if password is not None:
        # The server gets the verifier, never the password, so that none can end in its log.
        verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(verifier)))


def _let_administrator_act_as(connection: psycopg.Connection, owner: str) -> None:
    """An administrator who is no superuser must be a member of the owner to make databases for it."""
    row = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [owner]).fetchone()
    superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if superuser == (True,) or (row == (True,) and connection.info.server_version < 160000):
        return
    tail = sql.SQL(" WITH INHERIT TRUE, SET TRUE") if connection.info.server_version >= 160000 else sql.SQL("")
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner)) + tail)
