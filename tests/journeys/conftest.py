"""A product that is running, and a browser to walk through it: Debian's Chromium, driven as a person would."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import databases

CHROMIUM = pathlib.Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
)
START_SECONDS = 90


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists() and "CI" not in os.environ:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site_database(database_server) -> Iterator[str]:
    """The name of a small borough of the site's own."""
    name = databases.clone(databases.borough_template())
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def site(site_database) -> Iterator[str]:
    """The address of a product that serves that borough."""
    port = _free_port()
    command = [sys.executable, "-m", "joinedup", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        command,
        env=databases.environment(site_database, DJANGO_SETTINGS_MODULE="joinedup.config.settings.demo"),
        cwd=databases.ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/about", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the product ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError("the product did not answer in time")


@pytest.fixture
def page(chromium, site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(chromium, site) -> Iterator[Page]:
    """A browser that runs no JavaScript."""
    context = chromium.new_context(base_url=site, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
