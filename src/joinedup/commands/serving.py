"""`joinedup serve`: the pages and, beside them, the worker that loads and links. `joinedup worker`: the worker alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Annotated

import typer

from joinedup.commands import session
from joinedup.foundation.database import address

_GRACE_SECONDS = 10
_LOOK_SECONDS = 0.5
_RESTART_SECONDS = 5


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes serve pages")] = 2,
) -> None:
    """Serve the pages until stopped with Ctrl+C."""
    session.begin(address.Role.APP)
    session.say(f"Joinedup is at http://{host}:{port}/ - stop it with Ctrl+C.")
    run_servers(host=host, port=port, workers=workers)


def run_servers(*, host: str, port: int, workers: int) -> None:
    """Run the pages' server, and beside it the worker, until a signal comes or the server ends; then end both.

    A worker that dies is started again: pages go on, and what it had in hand goes on from its checkpoint.
    """
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server = subprocess.Popen(_server(host, port, workers), env=_environment("app"))  # noqa: S603  (our own command)
    worker_process = _start_worker()
    while not stopping and server.poll() is None:
        time.sleep(_LOOK_SECONDS)
        if worker_process.poll() is not None:
            session.say("The worker stopped; starting it again.")
            time.sleep(_RESTART_SECONDS)
            worker_process = _start_worker()
    has_failed = server.poll() is not None and not stopping
    _end(server, worker_process)
    if has_failed:
        raise session.fail(f"The server ended. Is port {port} in use? Try another: --port {port + 1}")


def _start_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "joinedup", "worker"], env=_environment("batch"))


def _end(*processes: "subprocess.Popen[bytes]") -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _server(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--backlog",
        "256",
        "--log-level",
        "warning",
        "--no-ws",
        "joinedup.config.wsgi:application",
    ]


def _environment(role: str) -> Mapping[str, str]:
    """Return the environment of a part: it has one role for its whole life."""
    return {
        **os.environ,
        "JOINEDUP_ROLE": role,
        "JOINEDUP_POOL": "yes" if role == "app" else "no",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.demo"),
    }


def worker() -> None:
    """Load files that were handed in, and link, until stopped."""
    session.begin(address.Role.BATCH)
    from django.core.management import call_command

    from joinedup.exchange.intake import loading
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations as childindex_operations

    # What a killed worker left half-way goes on first; its checkpoint says where.
    loading.resume_all(by=session.viewer("worker"))
    # Days may have gone by, or the tables may be of a newer edition, since someone last worked out who is tied to whom.
    childindex_operations.refresh_relations(by=session.viewer("worker"), at=clock.now())
    call_command("procrastinate", "worker", "--concurrency", "1", verbosity=0)
