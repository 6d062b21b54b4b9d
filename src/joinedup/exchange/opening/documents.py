"""JSON documents: the whole document, or each member of its list of entries, with its exact place in the file.

Belongs here: finding where a piece begins and ends without taking the whole file into memory. Not here: what it means.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK_BYTES = 1 << 16
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]]', re.DOTALL)
_LONGEST_KEY = 64
_QUOTE, _BRACE, _BRACKET = b'"{['


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the file: a document or an entry, or what could not be taken and why.

    Units: `line_number` counts from 1, `byte_start` from 0; `content` is empty where there is a `reason`.
    """

    line_number: int
    byte_start: int
    byte_length: int
    content: bytes = b""
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a document is taken before it is called hostile."""

    depth: int = 100
    piece_bytes: int = 1 << 20


class _Stop(Exception):
    """The document breaks a limit or its own brackets: nothing more of it is read."""


def pieces(file: BinaryIO, *, list_name: str, limits: Limits | None = None) -> Iterator[Piece]:
    """Give each object in the top list called `list_name`, or a document that has no such list as one piece.

    Shapes: a file that is itself a list gives its objects; memory for one piece, whatever the file;
    at most one piece says where the document broke off, and it comes last.
    Errors: none for bad data; whether a piece is right in itself is for its reader to find.
    """
    cutter = _Cutter(b'"' + list_name.encode() + b'"', limits or Limits())
    fed = 0
    try:
        while chunk := file.read(_CHUNK_BYTES):
            fed += len(chunk)
            cutter.feed(chunk)
            yield from cutter.take()
        rest = cutter.end()
    except _Stop as problem:
        yield from cutter.take()
        while chunk := file.read(_CHUNK_BYTES):
            fed += len(chunk)
        rest = str(problem)
    if rest:
        line_number, start = cutter.open_place()
        yield Piece(line_number=line_number, byte_start=start, byte_length=fed - start, reason=rest)


class _Cutter:
    """One pass over one file, keeping only the bytes of the piece that is open."""

    def __init__(self, key: bytes, limits: Limits) -> None:
        self._key = key
        self._limits = limits
        self._ready: list[Piece] = []
        # The bytes from `_base` on; `_scanned` says how far brackets were read, `_counted` how far lines were.
        self._buffer = bytearray()
        self._base = self._scanned = self._counted = 0
        self._line = 1
        self._depth = 0
        self._last_text = b""
        #: The depth at which the members of the list stand, once it is open.
        self._list_depth: int | None = None
        self._had_list = False
        # Line and byte at which the whole document, or the member of the list that is open, begins.
        self._whole: tuple[int, int] | None = None
        self._member: tuple[int, int] | None = None

    def feed(self, chunk: bytes) -> None:
        self._buffer += chunk
        end = len(self._buffer)
        for token in _TOKEN.finditer(self._buffer, self._scanned - self._base):
            sign = self._buffer[token.start()]
            if sign == _QUOTE:
                if token.end() - token.start() == 1:
                    # No end of this text yet: wait for more of the file.
                    end = token.start()
                    break
                if self._depth == 1 and token.end() - token.start() <= _LONGEST_KEY:
                    self._last_text = bytes(token[0])
            elif sign in b"{[":
                self._opened(sign, self._base + token.start())
            else:
                self._closed(self._base + token.end())
        if len(self._buffer) - end > self._limits.piece_bytes:
            raise _Stop(f"one text is longer than {self._limits.piece_bytes:,} bytes; nothing from here on was read")
        self._scanned = self._base + end
        self._forget()

    def take(self) -> list[Piece]:
        ready, self._ready = self._ready, []
        return ready

    def end(self) -> str:
        """Say what is wrong with the end of the file; nothing where it ended well."""
        if self._depth or self._scanned < self._base + len(self._buffer):
            return "the file breaks off in the middle of the document; nothing from here on was read"
        return ""

    def open_place(self) -> tuple[int, int]:
        """Give line and byte of the piece that is open, or of the end of what was read."""
        whole = None if self._had_list else self._whole
        return self._member or whole or (self._line_at(self._scanned), self._scanned)

    def _opened(self, sign: int, at: int) -> None:
        if self._depth == 0 and sign == _BRACE:
            self._whole, self._had_list, self._last_text = (self._line_at(at), at), False, b""
        elif sign == _BRACKET and (self._depth == 0 or (self._depth == 1 and self._last_text == self._key)):
            self._list_depth, self._had_list = self._depth + 1, True
        elif sign == _BRACE and self._depth == self._list_depth:
            self._member = (self._line_at(at), at)
        self._depth += 1
        if self._depth > self._limits.depth:
            raise _Stop(f"it is nested more than {self._limits.depth} deep; nothing from here on was read")

    def _closed(self, end: int) -> None:
        self._depth -= 1
        if self._depth < 0:
            self._depth = 0
            raise _Stop("a bracket closes what was never opened; nothing from here on was read")
        if self._member and self._depth == self._list_depth:
            self._add(self._member, end)
            self._member = None
        elif self._list_depth is not None and self._depth < self._list_depth:
            self._list_depth = None
        if self._depth == 0:
            if self._whole and not self._had_list:
                self._add(self._whole, end)
            self._whole = None

    def _add(self, place: tuple[int, int], end: int) -> None:
        line_number, start = place
        length = end - start
        if length > self._limits.piece_bytes:
            reason = f"it is longer than {self._limits.piece_bytes:,} bytes and was left out"
            piece = Piece(line_number=line_number, byte_start=start, byte_length=length, reason=reason)
        else:
            content = bytes(self._buffer[start - self._base : end - self._base])
            piece = Piece(line_number=line_number, byte_start=start, byte_length=length, content=content)
        self._ready.append(piece)

    def _forget(self) -> None:
        """Drop what no piece needs any more: all before the open piece, or all of one that is too long."""
        place = self._member or (None if self._had_list else self._whole)
        keep = place[1] if place and self._scanned - place[1] <= self._limits.piece_bytes else self._scanned
        if keep > self._base:
            self._line_at(keep)
            del self._buffer[: keep - self._base]
            self._base = keep

    def _line_at(self, byte: int) -> int:
        if byte > self._counted:
            self._line += self._buffer.count(b"\n", self._counted - self._base, byte - self._base)
            self._counted = byte
        return self._line
