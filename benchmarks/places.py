"""Where benchmarks keep things: a folder of their own below the data folder, with a server and databases of their own.

Belongs here: the server, empty databases, clones, and the boroughs that are built once and kept. Not here: measuring.

    <data folder>/benchmarks/             the benchmarks' own data folder (`DATABASE_URL`, where given, wins over it)
    <data folder>/benchmarks/borough-...  the files of synthetic boroughs, kept
    <data folder>/benchmarks/audit-...    heads and key of an audit under seal, kept
    databases kept_...                    boroughs that are imported, and linked; bench_... are dropped after use
"""

import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from psycopg import sql

from joinedup.foundation.database import address, cluster, databases, folder, roles

ROOT = pathlib.Path(__file__).resolve().parents[1]
SEED = 2006

_FILES_COME_FROM = ("synthesis/**/*.py", "synthesis/**/*.csv", "exchange/*/schema.py", "exchange/*/write.py")
_TABLES_COME_FROM = (
    "*/*/migrations/*.py",
    "*/*/functions.py",
    "governance/agreements/**/*.yaml",
    "foundation/**/*.py",
)
_KNOWN_COME_FROM = (
    "synthesis/**/*.py",
    "synthesis/**/*.csv",
    "processes/childindex/linkage/*.py",
    "processes/childindex/*functions.py",
)
_ROWS_COME_FROM = (
    *_FILES_COME_FROM,
    "*/*/migrations/*.py",
    "*/*/functions.py",
    "governance/agreements/**/*.yaml",
    "exchange/**/*.py",
    "foundation/text/**/*",
    "delivery/records/rules.py",
    "delivery/records/operations/*.py",
    "processes/childindex/operations/indexing.py",
    "processes/childindex/operations/knowing.py",
    "processes/childindex/rules/*.py",
)
_LINKS_COME_FROM = (*_ROWS_COME_FROM, "processes/childindex/linkage/**/*.py", "processes/childindex/operations/*.py")


def say(words: str) -> None:
    """Tell whoever waits what is happening; the JSON lines alone go to standard output."""
    print(words, file=sys.stderr, flush=True)


@contextlib.contextmanager
def server() -> Iterator[None]:
    """Keep the benchmarks' own server running, durable as an operator's; the last benchmark to leave stops it."""
    if not os.environ.get("BENCHMARKS_HOME"):
        os.environ["BENCHMARKS_HOME"] = str(folder.settle(folder.named(os.environ)).root / "benchmarks")
    os.environ["JOINEDUP_DATA"] = os.environ["BENCHMARKS_HOME"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.demo")
    home().mkdir(mode=0o755, parents=True, exist_ok=True)
    with (home() / "in-use").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        address.url_for(address.Role.OWNER, say=say)
        try:
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if address.mode() is address.Mode.LOCAL:
                    cluster.stop(address.layout())


def home() -> pathlib.Path:
    """Return the benchmarks' own data folder."""
    return pathlib.Path(os.environ["BENCHMARKS_HOME"])


def admin_url(database: str = "postgres") -> str:
    """Return the address under which databases are made; nothing is measured under it but peers."""
    return databases.at(address.url_for(address.Role.ADMIN), database)


def environment(database: str, **more: str) -> dict[str, str]:
    """Return the environment of a program that uses this database under its real roles."""
    given = {
        "DATABASE_URL": address.url_for(address.Role.APP, database=database),
        "DATABASE_OWNER_URL": address.url_for(address.Role.OWNER, database=database),
        "DATABASE_BATCH_URL": address.url_for(address.Role.BATCH, database=database),
    }
    return {**os.environ, **given, **more}


def run(module: str, *arguments: str, database: str, **more: str) -> dict[str, Any]:
    """Run one of our modules in a process of its own and return the JSON it ends with."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env=environment(database, **more), stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def start(module: str, *arguments: str, database: str, **more: str) -> subprocess.Popen[str]:
    """Start one of our modules beside this process; it waits for a line before it begins and answers on its output."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment(database, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def run_together(programs: list[subprocess.Popen[str]]) -> list[Any]:
    """Let programs that were started begin at the same moment, and return the JSON each of them ends with."""
    for program in programs:
        if program.stdout is None or program.stdout.readline().strip() != "ready":
            raise RuntimeError(f"{program.args} did not start")
    for program in programs:
        if program.stdin is not None:
            program.stdin.write("go\n")
            program.stdin.flush()
    return [json.loads(program.communicate()[0].strip().splitlines()[-1]) for program in programs]


@contextlib.contextmanager
def clone(source: str) -> Iterator[str]:
    """Give a database like the source, and drop it afterwards."""
    name = f"bench_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    databases.create(admin_url(), name, roles=roles.role_names(), template=source)
    try:
        yield name
    finally:
        databases.drop(admin_url(), name)


def empty() -> str:
    """Return a database with all tables and no rows, built once for this state of the migrations."""

    def migrate(name: str) -> None:
        databases.create(admin_url(), name, roles=roles.role_names())
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
            env=environment(name, JOINEDUP_ROLE="owner"),
            check=True,
            cwd=ROOT,
        )

    return _kept(
        "empty",
        fingerprint("*/*/migrations/*.py", "*/*/functions.py", "governance/agreements/**/*.yaml", "foundation/**/*.py"),
        migrate,
    )


def files(children: int) -> pathlib.Path:
    """Return the folder of a synthetic borough's files, made once for this state of the synthesis."""
    made = home() / f"borough-{children}-{SEED}-{fingerprint(*_FILES_COME_FROM)}"
    if not (made / "manifest.json").exists():
        say(f"Inventing a borough of {children:,} children ...")
        command = [sys.executable, "-m", "joinedup", "synthesise", "--out", str(made)]
        subprocess.run([*command, "--children", str(children), "--seed", str(SEED)], check=True, stdout=sys.stderr)
    return made


def imported(children: int) -> str:
    """Return a database with a borough's files imported and nothing linked, built once and kept."""

    def fill(name: str) -> None:
        databases.create(admin_url(), name, roles=roles.role_names(), template=empty())
        say(f"Importing a borough of {children:,} children ...")
        run("benchmarks.steps", "import", str(files(children)), database=name)

    return _kept(f"imported_{children}", fingerprint(*_ROWS_COME_FROM), fill)


def linked(children: int) -> str:
    """Return a database with a borough imported and linked, built once and kept."""

    def fill(name: str) -> None:
        databases.create(admin_url(), name, roles=roles.role_names(), template=imported(children))
        say(f"Linking a borough of {children:,} children ...")
        answer = run("benchmarks.steps", "link-and-compare", str(files(children)), database=name)
        _figures_of(children).write_text(json.dumps(answer), encoding="utf-8")

    return _kept(f"linked_{children}", fingerprint(*_LINKS_COME_FROM), fill)


def linking_of(children: int) -> dict[str, Any]:
    """Return what linking a borough took and how right it was, as measured when the linked borough was built."""
    linked(children)
    answer: dict[str, Any] = json.loads(_figures_of(children).read_text(encoding="utf-8"))
    return answer


def _figures_of(children: int) -> pathlib.Path:
    return home() / f"linking-{children}-{fingerprint(*_LINKS_COME_FROM)}.json"


def known(kind: str, fill: Callable[[str], None]) -> str:
    """Return a database of known children of a kind, built once and kept."""
    return _kept(kind, fingerprint_of_known(), fill)


def fingerprint_of_known() -> str:
    """Return the state of the code that known children and their model come from."""
    return fingerprint(*_TABLES_COME_FROM, *_KNOWN_COME_FROM)


def copy_of_empty(name: str) -> None:
    """Make a database with all tables and no rows."""
    databases.create(admin_url(), name, roles=roles.role_names(), template=empty())


def sealed(events: int, fill: Callable[[str, pathlib.Path], None]) -> tuple[str, pathlib.Path]:
    """Return a database with so many audit events under seal, and the folder of its heads, built once and kept."""
    state = fingerprint("foundation/audit/**/*.py")
    heads = home() / f"audit-{events}-{state}"

    def build(name: str) -> None:
        databases.create(admin_url(), name, roles=roles.role_names(), template=empty())
        shutil.rmtree(heads, ignore_errors=True)
        fill(name, heads)

    return _kept(f"sealed_{events}", state, build), heads


def forget() -> None:
    """Drop the boroughs that are kept, files and databases, so that all are built anew."""
    with psycopg.connect(admin_url(), autocommit=True) as connection:
        kept = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'kept\\_%'").fetchall()
    for (name,) in kept:
        databases.drop(admin_url(), name)
    for made in home().glob("borough-*"):
        shutil.rmtree(made)


def fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in (ROOT / "src" / "joinedup").glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _kept(kind: str, state: str, build) -> str:
    """Return the kept database of a kind; one of an earlier state of the code is dropped and built anew."""
    name = f"kept_{kind}_{state}"
    with psycopg.connect(admin_url(), autocommit=True) as connection:
        if databases.exists(connection, name):
            return name
        older = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^kept_{kind}_[0-9a-f]{{10}}$"]
        ).fetchall()
    for (old,) in older:
        databases.drop(admin_url(), old)
    making = f"making_{kind}_{os.getpid()}"
    try:
        build(making)
    except BaseException:
        databases.drop(admin_url(), making)
        raise
    with psycopg.connect(admin_url(making), autocommit=True) as connection:
        # As the server does by itself some minutes later: what is measured is a settled database.
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    with psycopg.connect(admin_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, name))))
    return name
