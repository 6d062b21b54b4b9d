"""The types that every format shares: a file that can be reopened anywhere, its head, and what a format says of it.

Belongs here: `Source`, `Head`, `Recognised`, `Context`, `Format`.
Not here: which formats there are (intake), how a row is cut (rows).
"""

import dataclasses
import datetime
import enum
import functools
import io
import pathlib
import re
from collections.abc import Callable
from typing import BinaryIO

from joinedup.exchange.opening import dialects

HEAD_BYTES = 64 * 1024


class AgencyKind(enum.StrEnum):
    """The kind of agency that sends a format."""

    SCHOOLS = "schools"  #: schools, through the school census
    SOCIAL_CARE = "social_care"  #: the council's children's social care
    HEALTH = "health"  #: the NHS: demographics, immunisation, community health
    POLICE = "police"  #: the police force
    YOUTH_JUSTICE = "youth_justice"  #: the youth justice service
    ACTIVITIES = "activities"  #: leisure, culture and voluntary groups
    ANY = "any"  #: any agency may send it


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One outside standard: what it is called and who sends it."""

    code: str
    title: str
    agency_kind: AgencyKind
    extensions: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Head:
    """The first bytes of an unpacked file, from which a format is recognised.

    Units: `content` at most 64 KiB; `size_bytes` of the whole file.
    """

    name: str
    content: bytes
    size_bytes: int

    @functools.cached_property
    def encoding(self) -> dialects.Encoding:
        """Say how the file's text is encoded, as far as its head shows."""
        return dialects.encoding_of(self.content)

    @functools.cached_property
    def heading(self) -> dialects.Heading | None:
        """Find the row of column names, or nothing where the head is not a table."""
        return dialects.heading_of(self.content, self.encoding)

    @property
    def stem(self) -> str:
        """Give the file's name in small letters, without folders and extensions."""
        return pathlib.PurePosixPath(self.name.replace("\\", "/")).name.lower().split(".")[0]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a format says of a file: that it is ours, which table it holds, and why we think so.

    Units: `confidence` 0 to 100; the registry takes the highest. `notes` hold for the whole file.
    A file with `missing_columns` is ours but cannot be read: `refusal` says so in plain words.
    """

    format: Format
    table: str
    why: str
    confidence: int
    heading: dialects.Heading | None = None
    missing_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """Say why the whole file cannot be taken; empty where it can."""
        if not self.missing_columns:
            return ""
        columns = ", ".join(self.missing_columns)
        return f"This looks like {self.format.title}, table {self.table}, but it has no column {columns}."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Context:
    """What a reader may know besides the file: today's date, and the collection that the file's name speaks of.

    Units: `year` is the year in the file's name; `term` is autumn, spring or summer.
    """

    on: datetime.date
    year: int | None = None
    term: str = ""

    @classmethod
    def of(cls, name: str, *, on: datetime.date) -> "Context":
        """Take the year and term of a collection from a file's name."""
        stem = pathlib.PurePosixPath(name.replace("\\", "/")).name.lower()
        year = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", stem)
        term = re.search(r"autumn|spring|summer", stem)
        return cls(on=on, year=int(year[0]) if year else None, term=term[0] if term else "")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Source:
    """A file's unpacked bytes, which can be opened again at any byte.

    Rows are read from `first_byte`, which stands at the start of line `first_line`; a load that was broken off
    goes on with `resuming_at`. All byte ranges count from 0 in these unpacked bytes.
    """

    name: str
    size_bytes: int
    open_at: Callable[[int], BinaryIO]
    first_byte: int = 0
    first_line: int = 1
    notes: tuple[str, ...] = ()

    @classmethod
    def of_path(cls, path: pathlib.Path, *, name: str = "") -> "Source":
        """Offer a file on disk, as it is (see `packing.unpacked` for archives)."""

        def open_at(first_byte: int) -> BinaryIO:
            file = path.open("rb")
            file.seek(first_byte)
            return file

        return cls(name=name or path.name, size_bytes=path.stat().st_size, open_at=open_at)

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> "Source":
        """Offer bytes in memory."""

        def open_at(first_byte: int) -> BinaryIO:
            file = io.BytesIO(content)
            file.seek(first_byte)
            return file

        return cls(name=name, size_bytes=len(content), open_at=open_at)

    @classmethod
    def of_file(cls, name: str, file: BinaryIO) -> "Source":
        """Offer an open file that can be sought; one reading at a time, and never closed by a reader."""

        def open_at(first_byte: int) -> BinaryIO:
            file.seek(first_byte)
            return _KeptOpen(file)

        return cls(name=name, size_bytes=file.seek(0, io.SEEK_END), open_at=open_at)

    def resuming_at(self, *, first_byte: int, first_line: int) -> "Source":
        """Give the same file, its rows to be read from the given start of a line."""
        return dataclasses.replace(self, first_byte=first_byte, first_line=first_line)

    def resuming_after(self, *, byte_start: int, byte_length: int, line_number: int) -> "Source":
        """Give the same file, its rows to be read from behind a row that has been taken."""
        lines_passed = 1
        if byte_length <= HEAD_BYTES * 4:  # no row of several lines is longer
            content = self.content_of(byte_start=byte_start, byte_length=byte_length)
            encoding = self.head().encoding
            ends = content.decode(encoding.codec, errors="replace").count(encoding.line_end.decode(encoding.codec))
            lines_passed = max(1, ends)
        return self.resuming_at(first_byte=byte_start + byte_length, first_line=line_number + lines_passed)

    def head(self) -> Head:
        """Read the first bytes for recognition."""
        with self.open_at(0) as file:
            return Head(name=self.name, content=file.read(HEAD_BYTES), size_bytes=self.size_bytes)

    def content_of(self, *, byte_start: int, byte_length: int) -> bytes:
        """Give the bytes of one row, exactly as they came."""
        with self.open_at(byte_start) as file:
            return file.read(byte_length)


class _KeptOpen(io.BufferedReader):
    """A buffer over a file that stays open for its owner."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(_Raw(file), buffer_size=256 * 1024)


class _Raw(io.RawIOBase):
    """The reads of another file, without its close."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed names the buffer otherwise
        content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)
