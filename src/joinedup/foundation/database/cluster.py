"""Our own PostgreSQL server on this machine: made when first needed, started, adopted, looked at, stopped.

Belongs here: the life of one local server in one data folder. Not here: roles inside it (roles), its processes
(postmaster), servers elsewhere (address).
"""

import dataclasses
import datetime
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

from joinedup.foundation.database import binaries, credentials, faults, folder, location, postmaster, settings_file

ADMIN = "postgres"

_STEP_SECONDS = 0.05
_ATTEMPTS = 5
_SURVIVORS_GRACE_SECONDS = 10.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server that we know to be ours."""

    layout: folder.Layout
    pid: int
    version: str
    up_since: datetime.datetime
    admin: location.Location


def start(
    layout: folder.Layout,
    *,
    durable: bool = True,
    environ: Mapping[str, str] = os.environ,
    say: folder.Say = folder.quiet,
    patience_seconds: float = 300,
) -> Server:
    """Return the running server of this folder: the one that runs already, else a newly started one.

    Errors: a DatabaseFault whose message says what to do.
    """
    running = find(layout)
    if running:
        return running
    account = folder.account_for(layout)
    folder.make(layout, account)
    with postmaster.starting_lock(layout, patience_seconds=patience_seconds):
        running = find(layout)
        if running:
            return running
        programs = _programs(layout, account, environ)
        if not layout.cluster.exists():
            say(f"Making a database in {layout.root} with PostgreSQL {programs.version}")
            _create(layout, account, programs)
        with folder.Translated(layout.root):
            _write_settings(layout, account, durable=durable)
        return _started(layout, account, programs, say=say, patience_seconds=patience_seconds)


def stop(layout: folder.Layout, *, patience_seconds: float = 60) -> bool:
    """End the server and wait until it has ended; returns whether there was one.

    Errors: StopFailed when it does not end or belongs to someone else.
    """
    if not postmaster.lives(layout):
        return False
    with postmaster.starting_lock(layout, patience_seconds=patience_seconds):
        written = postmaster.read_pid_file(layout)
        if written is None or not postmaster.runs_here(written.pid, layout):
            _end_survivors(layout)
            return True
        for number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate: both keep every committed row
            postmaster.signal_to(written.pid, number)
            if postmaster.wait_until_dead(layout, patience_seconds=patience_seconds):
                return True
    raise faults.StopFailed(f"The database (process {written.pid}) has not ended. Its log is {layout.log}.")


def find(layout: folder.Layout) -> Server | None:
    """Return this folder's server if it answers now.

    Errors: CredentialsUnusable; FolderUnusable when the folder is someone else's.
    """
    written = postmaster.read_pid_file(layout)
    if written is None:
        return None
    admin = _admin(layout, written.port)
    try:
        with psycopg.connect(admin.url, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT current_setting('data_directory'), current_setting('server_version'),"
                " pg_postmaster_start_time()"
            ).fetchone()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error) and postmaster.runs_here(written.pid, layout):
            message = f"The database in {layout.root} refuses the password in {layout.credentials}. Put back its copy."
            raise faults.CredentialsUnusable(message) from None
        return None
    if row is None or Path(row[0]).resolve() != layout.cluster.resolve():
        return None
    return Server(layout=layout, pid=written.pid, version=row[1].split(" ")[0], up_since=row[2], admin=admin)


def admin_location(layout: folder.Layout) -> location.Location:
    """Return the administrator's address as last known, whether or not the server runs."""
    written = postmaster.read_pid_file(layout)
    return _admin(layout, written.port if written else _last_port(layout) or 5432)


def programs_for(layout: folder.Layout, environ: Mapping[str, str] = os.environ) -> binaries.Binaries:
    """Return the programs that fit this folder's data.

    Errors: ProgramsMissing; WrongVersion.
    """
    written = _data_major(layout)
    if written is None:
        return binaries.find(environ)
    try:
        return binaries.find(environ, major=written)
    except faults.WrongVersion as error:
        message = (
            f"The data in {layout.cluster} were written by PostgreSQL {written}. {error} "
            f"Either install PostgreSQL {written}, or make a backup where it is installed "
            "(joinedup db backup FILE), move the folder away, and restore the backup here."
        )
        raise faults.WrongVersion(message) from None


def _programs(layout: folder.Layout, account: folder.Account, environ: Mapping[str, str]) -> binaries.Binaries:
    with folder.Translated(layout.root):
        return binaries.reachable(programs_for(layout, environ), layout, account)


def _data_major(layout: folder.Layout) -> int | None:
    try:
        return int((layout.cluster / "PG_VERSION").read_text(encoding="utf-8"))
    except PermissionError:
        message = f"{layout.cluster} belongs to another account. Run as that account, or set JOINEDUP_DATA to your own."
        raise faults.FolderUnusable(message) from None
    except (FileNotFoundError, ValueError):
        if layout.cluster.exists():
            message = f"{layout.cluster} is there but is no PostgreSQL data directory. Move it away, or restore a copy."
            raise faults.FolderUnusable(message) from None
        return None


def _admin(layout: folder.Layout, port: int) -> location.Location:
    password = credentials.read(layout.credentials, credentials.LOCAL).get("admin")
    if not password:
        message = (
            f"The passwords of the database in {layout.root} are missing: {layout.credentials} is gone or incomplete. "
            "Put back a copy of it, or move the folder away to begin afresh."
        )
        raise faults.CredentialsUnusable(message)
    return location.Location(host="127.0.0.1", port=port, user=ADMIN, password=password, database="postgres")


def _create(layout: folder.Layout, account: folder.Account, programs: binaries.Binaries) -> None:
    """Make the data directory under another name and rename it when it is whole."""
    if not postmaster.wait_until_dead(layout, patience_seconds=60):  # an initdb whose launcher was killed
        raise faults.StartFailed(f"Processes of an earlier start in {layout.root} still run. End them and try again.")
    entry = credentials.read(layout.credentials, credentials.LOCAL)
    entry = {"admin": entry.get("admin") or credentials.new_password()}
    credentials.keep(layout.credentials, credentials.LOCAL, entry)
    with folder.Translated(layout.root):
        shutil.rmtree(layout.cluster_in_making, ignore_errors=True)
        layout.cluster_in_making.mkdir(mode=0o700)
        folder.hand_over(layout.cluster_in_making, account)
        _initdb(layout, account, programs, password=entry["admin"])
        settings_file.include_in(layout.cluster_in_making)
        layout.cluster_in_making.rename(layout.cluster)


def _initdb(layout: folder.Layout, account: folder.Account, programs: binaries.Binaries, *, password: str) -> None:
    command = [str(programs.program("initdb")), "-D", str(layout.cluster_in_making), "-U", ADMIN, "-E", "UTF8"]
    command += ["--data-checksums", "--auth=scram-sha-256", *_locale(programs)]
    handle, name = tempfile.mkstemp(prefix=".initial-", dir=layout.cluster_in_making.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(password + "\n")
        if not account.is_us:
            os.chown(name, account.uid, account.gid)
        with postmaster.opened_log(layout) as log, postmaster.life_lock(layout) as life:
            if life is None:
                raise faults.StartFailed(f"Someone else is making a database in {layout.root}.")
            offset = layout.log.stat().st_size
            ended = postmaster.run_as(account, [*command, f"--pwfile={name}"], log=log, life=life).wait()
    finally:
        Path(name).unlink(missing_ok=True)
    if ended:
        raise _failure(layout, offset, "PostgreSQL could not make its data directory.")


def _locale(programs: binaries.Binaries) -> list[str]:
    """Return one sort order for every machine: by code point, upper and lower case by Unicode."""
    if programs.major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C", "--lc-ctype=C.UTF-8"]


def _write_settings(layout: folder.Layout, account: folder.Account, *, durable: bool) -> None:
    path = layout.cluster / settings_file.FILE
    path.write_text(settings_file.text(durable=durable), encoding="utf-8")
    path.chmod(0o600)
    folder.hand_over(path, account)


def _started(
    layout: folder.Layout,
    account: folder.Account,
    programs: binaries.Binaries,
    *,
    say: folder.Say,
    patience_seconds: float,
) -> Server:
    fault: faults.DatabaseFault = faults.StartFailed("The database did not start.")
    port = _last_port(layout)
    for _ in range(_ATTEMPTS):
        running = _clear_the_way(layout, say=say, patience_seconds=patience_seconds)
        if running:
            return running
        port = postmaster.free_port(port)
        offset = layout.log.stat().st_size if layout.log.exists() else 0
        with postmaster.life_lock(layout) as life:
            if life is None:
                continue
            process = postmaster.launch(programs, layout, account, port=port, life=life)
        running = _answer(layout, process, say=say, patience_seconds=patience_seconds)
        if running:
            with folder.Translated(layout.root):
                layout.port.write_text(f"{port}\n", encoding="utf-8")
            return running
        fault = _failure(layout, offset, "The database ended as soon as it was started.")
        if not isinstance(fault, _Passing):
            raise fault
        port = None if "Address already in use" in str(fault) else port
        time.sleep(0.5)
    raise faults.StartFailed(str(fault))


def _clear_the_way(layout: folder.Layout, *, say: folder.Say, patience_seconds: float) -> Server | None:
    """Return a server that is coming up already; else make sure that nothing of an earlier one is left."""
    if postmaster.lives(layout):
        written = postmaster.read_pid_file(layout)
        if written and postmaster.runs_here(written.pid, layout):
            say("Waiting for the database that is coming up already")
            running = _answer(layout, None, say=say, patience_seconds=patience_seconds)
            if running:
                return running
        _end_survivors(layout)
    # Nobody lives: a pid in these files is a zombie's or someone else's by now, and would only stop the start.
    (layout.cluster / "postmaster.pid").unlink(missing_ok=True)
    for left in layout.socket.glob(".s.PGSQL.*") if layout.socket else ():
        left.unlink(missing_ok=True)
    return None


def _end_survivors(layout: folder.Layout) -> None:
    """See the last processes of a killed server off: they notice within moments, and are told if they do not."""
    if postmaster.wait_until_dead(layout, patience_seconds=_SURVIVORS_GRACE_SECONDS):
        return
    for pid in postmaster.survivors(layout):
        postmaster.signal_to(pid, signal.SIGQUIT)
    if not postmaster.wait_until_dead(layout, patience_seconds=_SURVIVORS_GRACE_SECONDS):
        message = f"Processes of an earlier database in {layout.root} still run. End them, or restart the machine."
        raise faults.StartFailed(message)


def _answer(
    layout: folder.Layout, process: "subprocess.Popen[bytes] | None", *, say: folder.Say, patience_seconds: float
) -> Server | None:
    """Wait until the server answers; nothing when it ended instead.

    Errors: StartFailed when it neither answers nor ends.
    """
    began = time.monotonic()
    told = False
    while time.monotonic() - began < patience_seconds:
        running = find(layout)
        if running:
            return running
        ended = process.poll() is not None if process else not postmaster.lives(layout)
        if ended:
            return None
        if not told and time.monotonic() - began > 3:
            say("The database is putting itself in order after it was interrupted")
            told = True
        time.sleep(_STEP_SECONDS)
    raise faults.StartFailed(f"The database did not answer within {patience_seconds:.0f} s. Its log is {layout.log}.")


class _Passing(faults.StartFailed):
    """A start that failed for a reason that may be gone at the next try."""


def _failure(layout: folder.Layout, offset: int, what: str) -> faults.DatabaseFault:
    """Return the fault that the end of the server's log speaks of."""
    with layout.log.open("rb") as log:
        log.seek(offset)
        said = log.read()[-4000:].decode("utf-8", "replace")
    if "No space left on device" in said:
        return folder.disk_full(layout.root)
    if "Address already in use" in said or "postmaster.pid" in said or "shared memory block" in said:
        return _Passing(f"{what} It said: {_last_line(said)}")
    return faults.StartFailed(f"{what} It said: {_last_line(said)} The whole log is {layout.log}.")


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower() or "HINT" in line]
    return " / ".join((telling or lines)[-2:]) or "nothing."


def _last_port(layout: folder.Layout) -> int | None:
    try:
        return int(layout.port.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
