"""The server that is started for real, spoken to byte by byte: what it refuses, what it says of itself, what it writes down."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from joinedup.commands import serving
from tests import databases

START_SECONDS = 60
NAME = "Tamsin-Okafor"


class Site:
    """A product that is serving, and what it has written to its standard error."""

    def __init__(self, port: int, errors: str) -> None:
        self.port, self._errors = port, errors

    def say(self, *lines: str, body: bytes = b"") -> bytes:
        """Send a request as it stands and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as spoken:
            spoken.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            spoken.settimeout(5)
            heard = b""
            try:
                while more := spoken.recv(65_536):
                    heard += more
            except (TimeoutError, ConnectionResetError):
                pass
        return heard

    def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
        return self.say(f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, body=body)

    def written(self) -> str:
        with open(self._errors, encoding="utf-8") as errors:  # noqa: PTH123
            return errors.read()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def answers(site: Site) -> bool:
    try:
        return b" 200 " in site.ask("GET", "/about")[:20]
    except OSError:
        return False


@pytest.fixture(scope="module")
def site(database_server, tmp_path_factory) -> Iterator[Site]:
    """A small product with one process that serves, as `joinedup serve` starts it."""
    name = databases.clone(databases.template())
    errors = tmp_path_factory.mktemp("served") / "errors"
    port = free_port()
    environment = databases.environment(
        name, DJANGO_SETTINGS_MODULE="joinedup.config.settings.demo", JOINEDUP_ROLE="app"
    )
    with errors.open("wb") as out:
        process = subprocess.Popen(
            serving._server("127.0.0.1", port, 1), env=environment, stdout=out, stderr=out, start_new_session=True
        )
        served = Site(port, str(errors))
        until = time.monotonic() + START_SECONDS
        while not answers(served):
            assert process.poll() is None, served.written()
            assert time.monotonic() < until, served.written()
            time.sleep(0.1)
        yield served
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
    databases.drop(name)


def status(heard: bytes) -> int:
    return int(heard.split(b" ", 2)[1])


def test_it_does_not_say_what_it_is(site):
    head = site.ask("GET", "/about").split(b"\r\n\r\n")[0].lower()

    for told in (b"granian", b"django", b"python", b"x-powered-by"):
        assert told not in head


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PUT", "DELETE"])
def test_methods_that_are_not_ours_are_refused_and_echo_nothing(site, method):
    heard = site.ask(method, "/about", f"X-Echo: {NAME}")

    assert status(heard) in {400, 404, 405, 501}
    assert NAME.encode() not in heard


def test_two_lengths_for_one_body_are_refused(site):
    heard = site.ask("POST", "/sign-in", "Content-Length: 3", "Content-Length: 30", body=b"a=b")

    assert status(heard) == 400


def test_a_length_beside_a_body_in_pieces_does_not_hide_a_second_request(site):
    hidden = b"0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    heard = site.ask("POST", "/sign-in", "Content-Length: 5", "Transfer-Encoding: chunked", body=hidden)

    assert heard.count(b"HTTP/1.1 ") == 1


def test_a_space_before_a_colon_and_a_header_over_two_lines_are_refused(site):
    assert status(site.ask("GET", "/about", "X-Odd : 1")) == 400
    assert status(site.ask("GET", "/about", "X-Odd: 1", " second")) == 400


def test_a_line_end_in_an_address_adds_no_header(site):
    heard = site.ask("GET", "/sign-in?next=%0d%0aX-Added:%20yes")

    assert b"\r\nX-Added" not in heard


def test_a_head_of_a_megabyte_is_refused(site):
    heard = site.ask("GET", "/about", f"X-Long: {'x' * 1_000_000}")

    assert not heard or status(heard) in {400, 413, 431}


def test_what_is_too_large_is_refused_without_waiting_for_it(site):
    heard = site.ask("POST", "/sign-in", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 900000000")

    assert status(heard) == 413
    assert b"That was too much to send at once" in heard


def test_a_path_that_climbs_is_not_found(site):
    for path in (
        "/static/../../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "//etc/passwd",
        "/.git/config",
    ):
        assert status(site.ask("GET", path)) in {301, 400, 404}, path


def test_no_socket_of_another_kind_is_opened(site):
    heard = site.ask(
        "GET",
        "/about",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: x",
        "Sec-WebSocket-Version: 13",
    )

    assert status(heard) != 101


def test_nothing_that_was_asked_stands_in_what_it_writes(site):
    for path in (f"/{NAME}", f"/find/{NAME}?name={NAME}", f"/child/{NAME}", f"/static/{NAME}.css"):
        site.ask("GET", path, f"Cookie: joinedup_session={NAME}", f"Referer: http://127.0.0.1/{NAME}")
    site.ask(
        "POST",
        "/sign-in",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 18",
        body=b"persona=" + NAME.encode()[:10],
    )
    site.say("GET / HTTP/1.1", f"Host: {NAME}.example", "Connection: close")

    assert NAME not in site.written()
    assert "404 GET an address without a route" in site.written()


def test_it_listens_to_this_machine_alone_unless_told_otherwise():
    import inspect

    assert inspect.signature(serving.serve).parameters["host"].default == "127.0.0.1"
