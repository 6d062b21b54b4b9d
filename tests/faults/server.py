"""A database server of a test's own, in which a test may do what it must not do to the one that all tests share.

Belongs here: making it, filling it, killing it, starting it again. Not here: what must survive (the tests).
"""

import contextlib
import dataclasses
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from joinedup.foundation.database import address, backup, cluster, folder, postmaster, roles
from joinedup.foundation.database import databases as names
from tests import databases
from tests.conftest import NOW


@dataclasses.dataclass(frozen=True, kw_only=True)
class Server:
    """A server that keeps what it has acknowledged, in a folder of its own."""

    root: Path

    @property
    def layout(self) -> folder.Layout:
        return folder.Layout(self.root)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of programs that use it as an installation uses its own database."""
        given = {
            "JOINEDUP_DATA": str(self.root),
            "JOINEDUP_DATABASE_DURABLE": "yes",
            "DJANGO_SETTINGS_MODULE": "joinedup.config.settings.test",
        }
        return {**os.environ, **given}

    @property
    def admin_url(self) -> str:
        url = address.url_for(address.Role.ADMIN, environ=self.environ, start=False)
        return names.at(url, roles.DATABASE)

    def connect(self) -> psycopg.Connection:
        """Sign in as the server's administrator."""
        return psycopg.connect(self.admin_url, autocommit=True, connect_timeout=10)

    def ask(self, query: str, *given: object) -> list[tuple]:
        with self.connect() as connection:
            return connection.execute(query, given).fetchall()

    def start(self) -> None:
        address.url_for(address.Role.OWNER, environ=self.environ)

    def stop(self) -> None:
        cluster.stop(self.layout, patience_seconds=20)

    def kill(self) -> None:
        """Kill every process of the server at once, as when memory runs out or the machine is switched off."""
        for pid in postmaster.survivors(self.layout):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        postmaster.wait_until_dead(self.layout, patience_seconds=20)

    def fill(self, name: str, *, by_way_of: Path) -> None:
        """Have what a database of the shared server has, by a backup and a restore."""
        given = databases.environment(name, DATABASE_ADMIN_URL=databases.admin_url(name))
        backup.backup(by_way_of, at=NOW, environ=given)
        backup.restore(by_way_of, replace=True, environ=self.environ)


def made() -> Path:
    """Return the folder of a stopped server that holds the small borough, made once for this state of the code."""
    source = databases.borough_template()
    parent = Path(os.environ["JOINEDUP_DATA"]).parent
    kept = parent / f"fault_{source}"
    with (parent / "fault.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            return kept
        for old in parent.glob("fault_template_*"):
            shutil.rmtree(old)
        making = Server(root=parent / "fault_in_making")
        shutil.rmtree(making.root, ignore_errors=True)
        try:
            making.start()
            making.fill(source, by_way_of=parent / f"fault_{os.getpid()}.backup")
        finally:
            making.stop()
            for left in parent.glob(f"fault_{os.getpid()}.backup*"):
                left.unlink()
        return making.root.rename(kept)


@contextlib.contextmanager
def running(*, within: Path | None = None) -> Iterator[Server]:
    """Run a server that holds the small borough; it is killed and cleared away afterwards."""
    source = made()
    with tempfile.TemporaryDirectory(prefix="joinedup-fault-", dir=within) as name:
        Path(name).chmod(0o755)
        # Owners too: where tests run as root, the server does not.
        subprocess.run(["cp", "-a", str(source), f"{name}/data"], check=True)
        ours = Server(root=Path(name) / "data")
        try:
            ours.start()
            yield ours
        finally:
            ours.kill()
