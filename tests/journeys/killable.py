"""A site that a journey can kill and start again, at the same address and over the same database.

Belongs here: the process. Not here: what must survive (the journeys).
"""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from joinedup.commands import serving
from tests import databases
from tests.faults import site

_PATIENCE_SECONDS = 60


class Site:
    """Pages alone, as every serving process gives them."""

    def __init__(self, database: str) -> None:
        self.port = site._free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = databases.environment(
            database,
            DJANGO_SETTINGS_MODULE="joinedup.config.settings.demo",
            JOINEDUP_ROLE="app",
            JOINEDUP_POOL="yes",
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            serving._server("127.0.0.1", self.port, 1),
            env=self._environment,
            cwd=databases.ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/about", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("the site did not answer in time")

    def kill(self) -> None:
        """End it with all its processes, without a word."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
