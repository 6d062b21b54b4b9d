"""Making and dropping databases on a server, with the sort order, extensions and grants that ours need.

Belongs here: databases as things of a server. Not here: roles (roles), tables (migrations), which server (address).
Tests make their template and its clones here too, so that they meet the same grants as everyone else.
"""

import dataclasses
import re

import psycopg
from psycopg import errors, sql

from joinedup.foundation.database import faults, location

#: Extensions the product uses. All are of the kind that a database's owner may install.
EXTENSIONS = ("btree_gist", "fuzzystrmatch", "pg_trgm", "unaccent")

_SUFFIX = re.compile(r"[a-z0-9_]{0,20}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoleNames:
    """What the roles are called on this server."""

    owner: str
    app: str
    batch: str
    definer: str


def role_names(suffix: str = "") -> RoleNames:
    """Return the names of the roles; a suffix keeps several installations on one server apart.

    Errors: RolesUnusable when the suffix has anything but small letters, digits and underscores.
    """
    if not _SUFFIX.fullmatch(suffix):
        message = "The suffix of the role names may hold at most 20 small letters, digits and underscores."
        raise faults.RolesUnusable(message)
    tail = f"_{suffix}" if suffix else ""
    return RoleNames(
        owner=f"joinedup_owner{tail}",
        app=f"joinedup_app{tail}",
        batch=f"joinedup_batch{tail}",
        definer=f"joinedup_definer{tail}",
    )


def create(admin_url: str, name: str, *, roles: RoleNames, template: str | None = None) -> bool:
    """Make a database owned by the owner role, unless it is there; returns whether it was made.

    With a template, everything in it is copied; nobody may be connected to the template meanwhile.
    Errors: RolesUnusable when it is there with someone else's tables, or the administrator may not do this.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True) as connection:
            made = not exists(connection, name)
            if made:
                _create(connection, name, template=template)
            with psycopg.connect(at(admin_url, name), autocommit=True) as inside:
                _prepare_inside(inside, name, roles)
            connection.execute(
                sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(roles.owner))
            )
            _grant_on_database(connection, name, roles)
    except errors.InsufficientPrivilege as error:
        message = f"The administrator may not make or prepare the database '{name}': {error.diag.message_primary}."
        raise faults.RolesUnusable(message) from None
    return made


def drop(admin_url: str, name: str) -> None:
    """Drop a database and throw out whoever is connected to it; one that is not there is no error."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def is_empty(url: str) -> bool:
    """Whether a database has no tables of ours, or only tables without rows."""
    with psycopg.connect(url) as connection:
        return all(
            connection.execute(sql.SQL("SELECT 1 FROM {}.{} LIMIT 1").format(*map(sql.Identifier, table))).fetchone()
            is None
            for table in tables(connection)
        )


def tables(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Return schema and name of every table that is not the server's own or an extension's, in order."""
    rows = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND n.nspname NOT LIKE 'pg\\_%%' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid"
        " AND d.classid = 'pg_class'::regclass AND d.deptype = 'e') ORDER BY 1, 2",
        [],
    ).fetchall()
    return [(schema, name) for schema, name in rows]


def at(url: str, name: str) -> str:
    """Return the same address with another database."""
    return dataclasses.replace(location.read(url), database=name).url


def _create(connection: psycopg.Connection, name: str, *, template: str | None) -> None:
    base = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    if template:
        connection.execute(base)
        return
    utf8 = base + sql.SQL(" ENCODING 'UTF8'")
    if connection.info.server_version >= 170000:
        wish = utf8 + sql.SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    else:
        wish = utf8 + sql.SQL(" LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
    try:
        connection.execute(wish)
    except (errors.WrongObjectType, errors.InvalidParameterValue, errors.UndefinedObject):
        connection.execute(utf8)  # a server without that locale: its own does, names are sorted by our own column


def _prepare_inside(connection: psycopg.Connection, name: str, roles: RoleNames) -> None:
    """Install the extensions, give the schema to the owner, and let the others into it."""
    owner, app, batch, definer = _identifiers(roles)
    had = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if had != (roles.owner,) and tables(connection) and not _belong_to(connection, roles.owner):
        message = (
            f"The database '{name}' has someone else's tables in it already. "
            "Name another database in DATABASE_URL, or set JOINEDUP_ROLE_SUFFIX."
        )
        raise faults.RolesUnusable(message)
    with connection.transaction():
        for extension in EXTENSIONS:
            _install(connection, extension)
        # Owned outright, not through "whoever owns the database": PostgreSQL 15 does not let a role that inherits
        # nothing, as ours, have that.
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(app, batch))
        # A function can only be given to a role that may create in its schema.
        connection.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(definer))
        # Tables get no rights here: each app's migration says who may do what, and what is forgotten stays shut.
        rights = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ")
        connection.execute(rights.format(owner) + sql.SQL("{}, {}, {}").format(app, batch, definer))


def _belong_to(connection: psycopg.Connection, owner: str) -> bool:
    rows = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {each for (each,) in rows} <= {owner}


def _grant_on_database(connection: psycopg.Connection, name: str, roles: RoleNames) -> None:
    """Let our roles in and nobody else; only batch may make temporary tables, to load through them."""
    _, app, batch, definer = _identifiers(roles)
    database = sql.Identifier(name)
    with connection.transaction():
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(database, app, definer))
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, batch))


def _install(connection: psycopg.Connection, extension: str) -> None:
    offered = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension]).fetchone()
    if offered is None and extension == "unaccent":
        return
    if offered is None:
        message = f"The server lacks the extension '{extension}'. Install PostgreSQL's contrib package on it."
        raise faults.RolesUnusable(message)
    connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def _identifiers(roles: RoleNames) -> tuple[sql.Identifier, sql.Identifier, sql.Identifier, sql.Identifier]:
    return (
        sql.Identifier(roles.owner),
        sql.Identifier(roles.app),
        sql.Identifier(roles.batch),
        sql.Identifier(roles.definer),
    )
