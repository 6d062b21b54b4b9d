"""The server as processes: its pid file, whether any of it lives, starting it and ending it.

Belongs here: pids, locks, signals, ports. Not here: passwords and connections (cluster).

Whether a server lives is told by a lock that its processes inherit: it is free when the last of them has died, however
it died, and no zombie, recycled pid or other container can mislead us about it.
"""

import contextlib
import dataclasses
import fcntl
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from joinedup.foundation.database import binaries, faults, folder

_STEP_SECONDS = 0.05
_LARGEST_LOG_BYTES = 10_000_000
_PORTS = range(20_000, 32_000)  # below the range that systems hand out to outgoing connections

#: Servers that this process started, so that it can reap them.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PidFile:
    """What the server wrote about itself in its data directory."""

    pid: int
    port: int


@contextlib.contextmanager
def starting_lock(layout: folder.Layout, *, patience_seconds: float) -> Iterator[None]:
    """Keep every other start, stop and restore of this folder out.

    Errors: StartFailed when another holds it for too long.
    """
    with _opened(layout, layout.start_lock) as handle:
        deadline = time.monotonic() + patience_seconds
        while not _locked(handle):
            if time.monotonic() > deadline:
                message = f"Another process has been starting or stopping the database in {layout.root} all this time."
                raise faults.StartFailed(message)
            time.sleep(_STEP_SECONDS)
        yield


@contextlib.contextmanager
def life_lock(layout: folder.Layout) -> Iterator[int | None]:
    """Take the lock that the server inherits; yields its handle, or nothing while a server's process lives."""
    with _opened(layout, layout.life_lock) as handle:
        yield handle if _locked(handle) else None


def lives(layout: folder.Layout) -> bool:
    """Whether any process of this folder's server lives."""
    if layout.life_lock.exists():
        with life_lock(layout) as free:
            if free is None:
                return True
    written = read_pid_file(layout)
    return written is not None and runs_here(written.pid, layout)


def read_pid_file(layout: folder.Layout) -> PidFile | None:
    """Return what the server wrote about itself; nothing when there is no such file or it is not whole yet."""
    try:
        lines = (layout.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return PidFile(pid=int(lines[0]), port=int(lines[3]))
    except (FileNotFoundError, IndexError, ValueError):
        return None
    except PermissionError:
        message = f"{layout.cluster} belongs to another account. Run as that account, or set JOINEDUP_DATA to your own."
        raise faults.FolderUnusable(message) from None


def runs_here(pid: int, layout: folder.Layout) -> bool:
    """Whether `pid` is a living process (not a zombie) that works in this data directory, as far as can be told."""
    reap(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if not Path("/proc/self").exists():
        said = subprocess.run(["/bin/ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return bool(said.stdout.strip()) and not said.stdout.strip().startswith("Z")
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state not in "ZX" and Path(f"/proc/{pid}/cwd").readlink() == layout.cluster.resolve()
    except (FileNotFoundError, ProcessLookupError):
        return False
    except PermissionError:
        return True


def survivors(layout: folder.Layout) -> list[int]:
    """Return the processes that still work in this data directory; empty where the system does not tell."""
    pids = [int(each.name) for each in Path("/proc").glob("[0-9]*") if each.name.isdigit()]
    return [pid for pid in pids if pid != os.getpid() and runs_here(pid, layout)]


def wait_until_dead(layout: folder.Layout, *, patience_seconds: float) -> bool:
    """Wait until no process of the server lives; returns whether that came."""
    deadline = time.monotonic() + patience_seconds
    while lives(layout):
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP_SECONDS)
    return True


def signal_to(pid: int, number: signal.Signals) -> None:
    """Send a signal; a process that is gone already is no error.

    Errors: StopFailed when the process belongs to another account.
    """
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError:
        message = f"The database's process {pid} belongs to another account. Run as that account, or as root."
        raise faults.StopFailed(message) from None


def free_port(wish: int | None) -> int:
    """Return a port nobody listens on: the wished one if that can be had."""
    tries = random.SystemRandom().sample(_PORTS, 50)
    for port in [wish, *tries] if wish else tries:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise faults.StartFailed("No free port was found on 127.0.0.1 for the database.")


def launch(
    programs: binaries.Binaries, layout: folder.Layout, account: folder.Account, *, port: int, life: int
) -> subprocess.Popen[bytes]:
    """Start the server as a child with its own session, so that it outlives us and our keyboard.

    Errors: DiskFull and FolderUnusable from opening its log; StartFailed when it cannot be run at all.
    """
    socket_folder = f'"{layout.socket}"' if layout.socket and '"' not in str(layout.socket) else ""
    command = [str(programs.program("postgres")), "-D", str(layout.cluster), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={socket_folder}"]
    with folder.Translated(layout.root), opened_log(layout) as log:
        try:
            process = run_as(account, command, log=log, life=life)
        except (PermissionError, ValueError) as error:
            message = (
                f"The account {account.name} may not run {command[0]}: {error}. Set JOINEDUP_DATA or DATABASE_URL."
            )
            raise faults.StartFailed(message) from error
    _children[process.pid] = process
    return process


def run_as(account: folder.Account, command: list[str], *, log: int, life: int) -> subprocess.Popen[bytes]:
    """Run one program as the server's account, with nothing of ours but its log and the lock of life."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        env=binaries.bare_environment(),
        start_new_session=True,
        umask=0o077,
        pass_fds=(life,),
        user=None if account.is_us else account.uid,
        group=None if account.is_us else account.gid,
        extra_groups=None if account.is_us else [],
    )


@contextlib.contextmanager
def opened_log(layout: folder.Layout) -> Iterator[int]:
    """Open the server's log for adding to; a long one is put aside first."""
    if layout.log.exists() and layout.log.stat().st_size > _LARGEST_LOG_BYTES:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    handle = os.open(layout.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def reap(pid: int) -> None:
    """Collect a child of ours that has died, so that it does not stay as a zombie."""
    child = _children.get(pid)
    if child is not None and child.poll() is not None:
        del _children[pid]


@contextlib.contextmanager
def _opened(layout: folder.Layout, path: Path) -> Iterator[int]:
    with folder.Translated(layout.root):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
