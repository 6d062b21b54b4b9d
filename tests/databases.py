"""Databases for tests: one server, templates built once for each state of the code, and quick clones of them.

Tests log in as the administrator and step down to the application's role at once, so that a test can take on the
batch role or the owner's for its preparations inside one transaction; everything under test runs stepped down.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import uuid
from collections.abc import Iterator

import psycopg
from psycopg import conninfo, sql

from joinedup.foundation.database import address, cluster, databases, roles

ROOT = pathlib.Path(__file__).resolve().parents[1]
BOROUGH_CHILDREN = 300

_TABLES_COME_FROM = (
    "src/joinedup/**/migrations/*.py",
    "src/joinedup/*/*/*functions.py",
    "src/joinedup/*/*/*_sql.py",
    "src/joinedup/processes/childindex/rules/facts.py",
    "src/joinedup/foundation/**/*.py",
    "src/joinedup/governance/agreements/**/*",
    "tests/databases.py",
)

#: People of the tests who look children up; they work for no agency, and may find any child.
LOOKERS = {uuid.UUID(int=1): "Tamsin Okafor", uuid.UUID(int=9): "Ines Wray"}


@contextlib.contextmanager
def server() -> Iterator[None]:
    """Keep the tests' server running while any test run needs it; the last to leave stops it."""
    folder = pathlib.Path(os.environ["JOINEDUP_DATA"]).parent
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (folder / "in-use").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        address.url_for(address.Role.OWNER)
        yield
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if address.mode() is address.Mode.LOCAL:
                cluster.stop(address.layout())


def admin_url(database: str = "postgres") -> str:
    return databases.at(address.url_for(address.Role.ADMIN), database)


def environment(database: str, **more: str) -> dict[str, str]:
    """Return the environment of a program that uses this database under its real roles."""
    given = {
        "DATABASE_URL": address.url_for(address.Role.APP, database=database),
        "DATABASE_OWNER_URL": address.url_for(address.Role.OWNER, database=database),
        "DATABASE_BATCH_URL": address.url_for(address.Role.BATCH, database=database),
        # Each database's audit has heads of its own.
        "JOINEDUP_AUDIT_HEADS": str(pathlib.Path(os.environ["JOINEDUP_DATA"]).parent / "heads" / f"{database}.jsonl"),
    }
    return {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "joinedup.config.settings.test", **more}


def template() -> str:
    """Return a database with all tables and no rows, built once for this state of the migrations."""
    return _built("empty", _fingerprint(*_TABLES_COME_FROM), _migrate)


def borough_template() -> str:
    """Return a database with a small linked borough in it, built once for this state of the code."""
    return _built("borough", _fingerprint("src/joinedup/**/*.py", "src/joinedup/**/*.csv", *_TABLES_COME_FROM), _fill)


def clone(source: str) -> str:
    """Return a new database like the source."""
    name = f"test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    databases.create(admin_url(), name, roles=roles.role_names(), template=source)
    return name


def drop(name: str) -> None:
    databases.drop(admin_url(), name)


def _fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _built(kind: str, fingerprint: str, build) -> str:
    name = f"template_{kind}_{fingerprint}"
    lock_path = pathlib.Path(os.environ["JOINEDUP_DATA"]).parent / f"{kind}.lock"
    with lock_path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(admin_url(), autocommit=True) as connection:
            if databases.exists(connection, name):
                return name
            for (old,) in connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"template\\_{kind}\\_%"]
            ).fetchall():
                with contextlib.suppress(psycopg.Error):
                    connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        making = f"making_{kind}_{os.getpid()}"
        build(making)
        with psycopg.connect(admin_url(), autocommit=True) as connection:
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, name))))
    return name


def _migrate(name: str) -> None:
    databases.create(admin_url(), name, roles=roles.role_names())
    _run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
        environment(name, JOINEDUP_ROLE="owner"),
    )
    with psycopg.connect(admin_url(name)) as connection:
        for user_id, display_name in LOOKERS.items():
            _add_looker(connection, user_id, display_name, "safeguarding_lead")


def _fill(name: str) -> None:
    databases.create(admin_url(), name, roles=roles.role_names(), template=template())
    data = pathlib.Path(os.environ["JOINEDUP_DATA"]).parent / "boroughs"
    _run(
        [sys.executable, "-m", "joinedup", "demo", "--children", str(BOROUGH_CHILDREN), "--no-serve"],
        environment(name, JOINEDUP_DATA=str(data)),
    )
    with psycopg.connect(admin_url(name)) as connection:
        for agency_id, code in connection.execute("SELECT id, code FROM agencies_agency").fetchall():
            _add_looker(connection, looker_of(code), f"Lead of {code}", "safeguarding_lead")
            connection.execute(
                "INSERT INTO agencies_practitioner (id, user_id, agency_id, job_title, phone, worker_code) "
                "VALUES (%s, %s, %s, 'Lead', '', '')",
                [uuid.uuid4(), looker_of(code), agency_id],
            )


def looker_of(agency_code: str) -> uuid.UUID:
    """Return the user who looks children up for the whole of one agency of the borough."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{agency_code}.test")


def _add_looker(connection: psycopg.Connection, user_id: uuid.UUID, display_name: str, role: str) -> None:
    connection.execute(
        "INSERT INTO access_user (id, username, display_name, password, is_active, is_demo, joined_at) "
        "VALUES (%s, %s, %s, '', true, false, now())",
        [user_id, f"test-{user_id}", display_name],
    )
    connection.execute(
        "INSERT INTO access_roleheld (id, user_id, role, started_at) VALUES (%s, %s, %s, now())",
        [uuid.uuid4(), user_id, role],
    )


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def settings_for(name: str) -> dict[str, object]:
    """Return Django's connection settings for a test: logged in as the administrator, stepped down to the app."""
    parts = conninfo.conninfo_to_dict(admin_url(name))
    return {
        "NAME": name,
        "USER": parts["user"],
        "PASSWORD": parts.get("password", ""),
        "HOST": parts["host"],
        "PORT": str(parts["port"]),
        "OPTIONS": {"options": f"-c role={roles.role_names().app}"},
    }


def borough_manifest() -> dict[str, object]:
    """Return the manifest of the borough in the borough template."""
    data = pathlib.Path(os.environ["JOINEDUP_DATA"]).parent / "boroughs"
    found = next(data.glob("borough-*/manifest.json"))
    return {"folder": found.parent, **json.loads(found.read_text(encoding="utf-8"))}
