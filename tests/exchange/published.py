"""Files that others have published, for the exchange tests: the full set beside the repository, or our small copies.

Belongs here: finding them, and files too large to keep. Not here: what they hold (each test says so).
"""

import gzip
import io
import pathlib
import tracemalloc
from collections.abc import Iterator

import pytest

from joinedup.exchange.opening import formats

_REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
_PLACES = (_REPOSITORY.parent / "shared" / "fixtures", _REPOSITORY / "tests" / "fixtures")


def folder(name):
    """Return the first folder of that name that is there."""
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    return pytest.skip(f"no folder of published files called {name}")


def source(name):
    """Return a published file as the import would open it; a copy that we keep compressed is unpacked."""
    for place in _PLACES:
        if (place / name).exists():
            return formats.Source.of_path(place / name)
        packed = place / f"{name}.gz"
        if packed.exists():
            return formats.Source.of_bytes(packed.stem, gzip.decompress(packed.read_bytes()))
    return pytest.skip(f"no published file called {name}")


class Vast(io.RawIOBase):
    """A file of any size that was never written down: a beginning, one piece over and over, an end."""

    def __init__(self, start, piece, times, end):
        super().__init__()
        self._pieces: Iterator[bytes] = iter([start, *[piece] * times, end])
        self._rest = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        taken = self._rest[: len(buffer)]
        self._rest = self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def vast_source(name, start, piece, times, end):
    """Return a source that is `start`, `piece` so many times, and `end`, without holding it."""

    def open_at(first_byte):
        file = io.BufferedReader(Vast(start, piece, times, end))
        while first_byte:
            first_byte -= len(file.read(min(first_byte, 1 << 20)))
        return file

    return formats.Source(name=name, size_bytes=len(start) + len(piece) * times + len(end), open_at=open_at)


def peak_bytes(act):
    """Return what the act gave, and the most memory that it held at once."""
    tracemalloc.start()
    try:
        found = act()
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
