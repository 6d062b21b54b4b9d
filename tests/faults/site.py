"""The product as it is served, as processes of its own, and browsers that visit it.

Belongs here: starting and ending the site, asking it. Not here: what befalls it, and what it must answer (the tests).
"""

import contextlib
import dataclasses
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence

from joinedup.commands import serving
from tests import databases

_PATIENCE_SECONDS = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a browser was told; status 0 where nothing came."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def is_try_again(self) -> bool:
        """Whether it says that nothing was kept, and when to come again."""
        return self.status == 503 and self.headers.get("Retry-After", "").isdigit()


class Browser:
    """One browser, or another system: it keeps its connection and its cookies, or gives its secret.

    One that was given cookies holds on to them, whatever the site tells it to forget.
    """

    def __init__(self, port: int, *, secret: str = "", cookies: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
        self._secret = secret
        self.cookies = dict(cookies or {})
        self._holds_on = cookies is not None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        form = urllib.parse.urlencode(fields)
        return self._ask("POST", path, form.encode(), "application/x-www-form-urlencoded")

    def post_json(self, path: str, body: object) -> Answer:
        return self._ask("POST", path, json.dumps(body).encode(), "application/json")

    def upload(self, path: str, content: bytes, **fields: str) -> Answer:
        edge = secrets.token_hex(16)
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="club.csv"\r\n\r\n')
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def sign_in(self, persona: str) -> None:
        """Sign in as one of the people of the demonstration."""
        self.get("/sign-in")
        answer = self.post("/sign-in", persona=persona)
        assert (answer.status, answer.headers.get("Location")) == (302, "/"), answer

    def _asked(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        self._connection.request(method, path, body=body, headers=dict(headers))
        came = self._connection.getresponse()
        return came, came.read().decode("utf-8", "replace")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        if kind:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.cookies.get("joinedup_csrf", "")}
        is_kept = self._connection.sock is not None
        try:
            came, text = self._asked(method, path, body, headers)
        except (OSError, http.client.HTTPException) as fault:
            self._connection.close()
            # A kept connection may have been closed meanwhile; a browser then asks once more on a new one.
            if is_kept:
                return self._ask(method, path, body, kind)
            return Answer(0, {}, repr(fault))
        for given in [] if self._holds_on else came.headers.get_all("Set-Cookie") or []:
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(came.status, came.headers, text)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that answers."""

    port: int
    process: subprocess.Popen

    def browser(self, **how: object) -> Browser:
        return Browser(self.port, **how)


def pages(environ: Mapping[str, str], *, workers: int = 1) -> contextlib.AbstractContextManager[Site]:
    """Serve pages alone, with the pool and the prepared statements of every serving process."""
    port = _free_port()
    given = {**environ, "JOINEDUP_ROLE": "app", "JOINEDUP_POOL": "yes"}
    return _running(serving._server("127.0.0.1", port, workers), given, port)


def whole(environ: Mapping[str, str], *, workers: int = 1) -> contextlib.AbstractContextManager[Site]:
    """Run what `joinedup serve` runs: the pages, and the worker that loads, links and seals."""
    port = _free_port()
    words = ["serve", "--port", str(port), "--workers", str(workers)]
    return _running([sys.executable, "-m", "joinedup", *words], environ, port)


@contextlib.contextmanager
def _running(command: Sequence[str], environ: Mapping[str, str], port: int) -> Iterator[Site]:
    process = subprocess.Popen(
        command,
        env=dict(environ),
        cwd=databases.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + _PATIENCE_SECONDS
        while Browser(port).get("/sign-in").status != http.HTTPStatus.OK:
            assert process.poll() is None, "the site ended"
            assert time.monotonic() < until, "the site did not answer"
            time.sleep(0.1)
        yield Site(port=port, process=process)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        # Whoever of its family is left goes too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
