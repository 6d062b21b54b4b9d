"""Sealing by itself: every ten seconds, or sooner when a thousand events wait, for as long as the worker lives.

Belongs here: when to seal. Not here: sealing (operations). No failure ends it: the next round tries again.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from joinedup.foundation.audit import keeping, operations, rules

EVERY_SECONDS = 10
SOONER_FROM_EVENTS = 1_000
_LOOK_SECONDS = 1

_logger = logging.getLogger(__name__)


def seal_for_ever(
    *, connect: Callable[[], psycopg.Connection[Any]], place: keeping.Place, stop: threading.Event
) -> None:
    """Seal until told to stop; what goes wrong is logged once, not every ten seconds."""
    said = ""
    while not stop.is_set():
        try:
            with connect() as connection:
                while not stop.is_set():
                    operations.seal(connection, place=place)
                    said = ""
                    _wait(connection, stop)
        except (psycopg.Error, OSError, operations.SealRefused, keeping.KeyUnusable, rules.HeadFault) as problem:
            if str(problem) != said:
                _logger.error("The audit was not sealed: %s", problem)
            said = str(problem)
            stop.wait(EVERY_SECONDS)
        except Exception:
            _logger.exception("The audit was not sealed.")
            stop.wait(EVERY_SECONDS)


def _wait(connection: psycopg.Connection[Any], stop: threading.Event) -> None:
    until = time.monotonic() + EVERY_SECONDS
    while time.monotonic() < until and not stop.wait(_LOOK_SECONDS):
        row = connection.execute("SELECT audit_waiting(%s)", [SOONER_FROM_EVENTS]).fetchone()
        if row and row[0] >= SOONER_FROM_EVENTS:
            return
