"""Which database this installation uses, and its address under each role.

Belongs here: reading the environment and choosing. Not here: running the server (cluster), making roles (roles).

In this order: three addresses given are used as they are; `DATABASE_URL` alone is an administrator's and the roles are
made once; nothing given means our own server on this machine, started when it is needed.
"""

import dataclasses
import enum
import os
from collections.abc import Mapping

from joinedup.foundation.database import cluster, credentials, databases, faults, folder, location, roles

#: Raised where an address is asked for without starting anything, and nothing has been made yet.
NotPrepared = faults.NotPrepared


class Role(enum.StrEnum):
    """Whom to be in the database."""

    OWNER = "owner"  #: owns the tables and migrates them
    APP = "app"  #: serves requests, under row-level security
    BATCH = "batch"  #: loads and links, under its own policy
    ADMIN = "admin"  #: makes databases and backups; never used to serve


class Mode(enum.StrEnum):
    """Where the database is, and who made its roles."""

    LOCAL = "local"  #: our own server on this machine
    ADMINISTERED = "administered"  #: DATABASE_URL is an administrator's; we made the roles
    GIVEN = "given"  #: all three addresses were given


GIVEN_NAMES = dict(zip((Role.APP, Role.OWNER, Role.BATCH), roles.ADDRESS_NAMES, strict=True))

#: Where all three are given, this may be too, for backups.
ADMIN_NAME = "DATABASE_ADMIN_URL"


def mode(environ: Mapping[str, str] = os.environ) -> Mode:
    """Return where the database is.

    Errors: AddressIncomplete when some addresses are given but not the ones needed.
    """
    given = {role for role, name in GIVEN_NAMES.items() if environ.get(name, "").strip()}
    if not given:
        return Mode.LOCAL
    if given == {Role.APP}:
        return Mode.ADMINISTERED
    missing = [name for role, name in GIVEN_NAMES.items() if role not in given]
    if missing:
        message = (
            f"{' and '.join(missing)} is not set. Give DATABASE_URL, DATABASE_OWNER_URL and DATABASE_BATCH_URL, "
            "or DATABASE_URL alone with a user who may make roles and databases, or none for a database of our own."
        )
        raise faults.AddressIncomplete(message)
    return Mode.GIVEN


def url_for(
    role: Role,
    *,
    start: bool = True,
    database: str | None = None,
    say: folder.Say = folder.quiet,
    environ: Mapping[str, str] = os.environ,
) -> str:
    """Return the address of the database under one role, password included.

    With `start`, our own server is started and the roles are made if need be; without, nothing is touched and the
    address is the last known one. `database` names another database on the same server.
    Errors: a DatabaseFault whose message says what to do.
    """
    chosen = mode(environ)
    if chosen is Mode.GIVEN:
        url = _given(role, environ)
    elif chosen is Mode.ADMINISTERED:
        url = _administered(role, environ, start=start)
    else:
        url = _local(role, environ, start=start, say=say)
    return databases.at(url, database) if database else url


def layout(environ: Mapping[str, str] = os.environ, *, say: folder.Say = folder.quiet) -> folder.Layout:
    """Return the data folder in use."""
    return folder.settle(folder.named(environ), say=say)


def _given(role: Role, environ: Mapping[str, str]) -> str:
    name = GIVEN_NAMES.get(role, ADMIN_NAME)
    if not environ.get(name, "").strip():
        message = (
            "The administrator's address is not known: DATABASE_URL, DATABASE_OWNER_URL and DATABASE_BATCH_URL are "
            "used as they are. Give DATABASE_ADMIN_URL too, or use your provider's own means for backups."
        )
        raise faults.AddressIncomplete(message)
    return location.read(environ[name], name=name).url


def _administered(role: Role, environ: Mapping[str, str], *, start: bool) -> str:
    admin = location.read(environ["DATABASE_URL"])
    tail = roles.suffix(environ)
    database = _database_name(admin, tail)
    admin = dataclasses.replace(admin, database=_server_database(admin))
    if role is Role.ADMIN:
        return admin.url
    place = layout(environ)
    server = f"{admin.host}:{admin.port}/{database}/{tail}"
    entry = credentials.read(place.credentials, server)
    if roles.prepared(entry):
        return _of(roles.addresses(admin.url, entry, suffix=tail, database=database), role)
    if not start:
        raise NotPrepared("The roles have not been made yet. Run: joinedup db start")
    with roles.connect(admin.url) as connection:
        roles.check_version(connection.info.server_version)
        if not roles.may_prepare(connection):
            message = (
                f"The user {admin.user} of DATABASE_URL may not make roles and databases. Give DATABASE_OWNER_URL and "
                "DATABASE_BATCH_URL too, or the address of a user who may."
            )
            raise faults.AddressIncomplete(message)
    made = roles.prepare(admin.url, passwords_file=place.credentials, server=server, suffix=tail, database=database)
    return _of(made, role)


def _local(role: Role, environ: Mapping[str, str], *, start: bool, say: folder.Say) -> str:
    place = layout(environ, say=say)
    tail = roles.suffix(environ)
    database = _local_database(tail)
    if not start:
        return _last_known(role, place, tail)
    admin = cluster.start(place, durable=durable(environ), environ=environ, say=say).admin.url
    if role is Role.ADMIN:
        return admin
    entry = credentials.read(place.credentials, credentials.LOCAL)
    if roles.prepared(entry):
        return _of(roles.addresses(admin, entry, suffix=tail, database=database), role)
    return _of(roles.prepare(admin, passwords_file=place.credentials, suffix=tail, database=database), role)


def _last_known(role: Role, place: folder.Layout, tail: str) -> str:
    entry = credentials.read(place.credentials, credentials.LOCAL)
    if not roles.prepared(entry):
        raise NotPrepared("The database has not been made yet. Run: joinedup db start")
    admin = cluster.admin_location(place).url
    if role is Role.ADMIN:
        return admin
    return _of(roles.addresses(admin, entry, suffix=tail, database=_local_database(tail)), role)


def durable(environ: Mapping[str, str]) -> bool:
    """Whether a power cut must lose nothing; tests alone set `JOINEDUP_DATABASE_DURABLE=no`."""
    return environ.get("JOINEDUP_DATABASE_DURABLE", "yes").strip().lower() != "no"


def _of(made: roles.Credentials, role: Role) -> str:
    return {Role.OWNER: made.owner_url, Role.APP: made.app_url, Role.BATCH: made.batch_url}[role]


def _local_database(tail: str) -> str:
    return f"{roles.DATABASE}_{tail}" if tail else roles.DATABASE


def _database_name(admin: location.Location, tail: str) -> str:
    """Return the database to use: the one in the address unless it is the server's own."""
    return _local_database(tail) if _is_servers_own(admin.database) else admin.database


def _server_database(admin: location.Location) -> str:
    return admin.database if _is_servers_own(admin.database) and admin.database else "postgres"


def _is_servers_own(name: str) -> bool:
    return name in {"", "postgres", "template1", "defaultdb"}
