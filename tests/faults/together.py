"""Two people who act in the same moment, each on a connection of their own.

Belongs here: bringing them to the same moment, and what each was told. Not here: what must come of it (the tests).
"""

import contextlib
import dataclasses
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent import futures

from django.db import connection

from tests.conftest import as_role


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What one of the two was told: an answer, or a refusal."""

    answer: object = None
    refusal: Exception | None = None


class Two:
    """Two people at work."""

    def __init__(self, pool: futures.Executor, seed: int) -> None:
        self._pool = pool
        self._dice = random.Random(seed)
        self._start = threading.Barrier(2)

    def act(
        self,
        one: Callable[[], object],
        other: Callable[[], object],
        *,
        refused_by: type[Exception] | tuple[type[Exception], ...],
        other_waits: float = 0.0,
    ) -> tuple[Told, Told]:
        """Let both act at once, one of them at times a breath later; any error but the refusal fails the test."""
        waits = [0.0, self._dice.uniform(0, other_waits)]
        waits[self._dice.randrange(2)] += self._dice.choice((0.0, 0.0, 0.0005, 0.002))
        told = [
            self._pool.submit(self._told, act, wait, refused_by) for act, wait in zip((one, other), waits, strict=True)
        ]
        return told[0].result(timeout=60), told[1].result(timeout=60)

    def _told(
        self, act: Callable[[], object], wait: float, refused_by: type[Exception] | tuple[type[Exception], ...]
    ) -> Told:
        self._start.wait(timeout=60)
        time.sleep(wait)
        try:
            return Told(answer=act())
        except refused_by as refusal:
            return Told(refusal=refusal)

    def leave(self) -> None:
        """Close both connections."""
        for told in [self._pool.submit(self._close) for _ in range(2)]:
            told.result(timeout=60)

    def _close(self) -> None:
        self._start.wait(timeout=60)
        connection.close()


@contextlib.contextmanager
def two(seed: int) -> Iterator[Two]:
    """Bring two people in."""
    with futures.ThreadPoolExecutor(max_workers=2) as pool:
        pair = Two(pool, seed)
        try:
            yield pair
        finally:
            pair.leave()


def as_batch(act: Callable[[], object]) -> Callable[[], object]:
    """Let someone act as a job does."""

    def acting() -> object:
        with as_role("batch"):
            return act()

    return acting


def winner(told: tuple[Told, Told]) -> int:
    """Return which of the two was let; that exactly one was is the point."""
    let = [place for place, one in enumerate(told) if one.refusal is None]
    assert len(let) == 1, told
    return let[0]
