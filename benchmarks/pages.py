"""The real server and people who look at its pages: starting it as `joinedup serve` does, signing in, asking at once.

Belongs here: HTTP. Not here: which pages are measured (child_page).
"""

import contextlib
import html
import http.client
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence

import psycopg

from benchmarks import machine, places

_PATIENCE_SECONDS = 90
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TICK_SECONDS = 0.2


class Server:
    """A running `joinedup serve` and the processes below it."""

    def __init__(self, port: int, process_id: int, database: str) -> None:
        self.port = port
        self._process_id = process_id
        self._database = database

    def cpu_seconds(self) -> float | None:
        """Return the processor time of all its processes, the database's not included."""
        used = [machine.Backend(each).cpu_seconds() for each in _family(self._process_id)]
        return None if None in used else sum(each or 0 for each in used)

    def database_cpu_seconds(self) -> float | None:
        """Return the processor time of the database's processes that serve its connections."""
        with psycopg.connect(places.admin_url()) as connection:
            serving = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s", [self._database]
            ).fetchall()
        used = [machine.Backend(each).cpu_seconds() for (each,) in serving]
        return None if None in used else sum(each or 0 for each in used)


@contextlib.contextmanager
def served(database: str) -> Iterator[Server]:
    """Serve a database's pages with two workers while the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "joinedup", "serve", "--port", str(port), "--workers", "2"],
        env=places.environment(database, DJANGO_SETTINGS_MODULE="benchmarks.settings"),
        stdout=sys.stderr,
        cwd=places.ROOT,
    )
    try:
        _wait_for(port, process)
        yield Server(port, process.pid, database)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=_PATIENCE_SECONDS)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Visitor(port).get("/sign-in")[0] == http.HTTPStatus.OK:
                return
        time.sleep(_TICK_SECONDS)
    raise RuntimeError("the server did not answer")


def _family(process_id: int) -> list[int]:
    listing = pathlib.Path(f"/proc/{process_id}/task/{process_id}/children")
    below = [int(each) for each in listing.read_text(encoding="utf-8").split()] if listing.exists() else []
    return [process_id, *(each for child in below for each in _family(child))]


class Visitor:
    """One person's browser: it keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the page."""
        return self._ask("GET", path, None)

    def sign_in(self, persona: str) -> None:
        """Sign in as one of the people of the demonstration."""
        found = _TOKEN.search(self.get("/sign-in")[1])
        token = html.unescape(found.group(1)) if found else ""
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "persona": persona})
        status, _ = self._ask("POST", "/sign-in", form)
        if status != http.HTTPStatus.FOUND:
            raise RuntimeError(f"{persona} could not sign in: {status}")

    def cookies(self) -> str:
        """Return the cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _ask(self, method: str, path: str, form: str | None) -> tuple[int, str]:
        headers = {"Cookie": self.cookies()}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=form, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = given.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, body


def times(visitors: Sequence[Visitor], paths: Sequence[Sequence[str]]) -> list[float]:
    """Return how long each page took when all visitors look at their paths at once, each without a pause."""
    began = threading.Barrier(len(visitors))
    taken: list[float] = []
    wrong: list[str] = []

    def look(visitor: Visitor, own: Sequence[str]) -> None:
        began.wait()
        for path in own:
            start = time.perf_counter()
            status, page = visitor.get(path)
            taken.append(time.perf_counter() - start)
            if status != http.HTTPStatus.OK or f'action="{path}/why"' in page:
                wrong.append(f"{path}: {status}")

    lookers = [threading.Thread(target=look, args=pair) for pair in zip(visitors, paths, strict=True)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} pages did not come, the first: {wrong[0]}")
    return taken
