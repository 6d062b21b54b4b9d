"""Guarded XML: chosen elements of a document, one at a time, each with its exact place in the file.

Belongs here: what keeps a hostile or broken document from harming the machine.
Not here: what any element means (a format's rules).

A document type declaration is refused outright, which ends billion laughs, quadratic blow-up and external entities
before they begin: nothing of ours needs one. Depth, the size of one element and the size of one tag are bounded.
"""

import dataclasses
from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.parsers import expat

_CHUNK_BYTES = 1 << 16
_WHITESPACE = " \t\r\n"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a document is taken before it is called hostile."""

    depth: int = 64
    element_bytes: int = 1 << 20
    tag_bytes: int = 1 << 20


@dataclasses.dataclass(slots=True)
class Element:
    """One element with what stands in it, and the text before its first child; attributes are not kept."""

    name: str
    text: str = ""
    children: list["Element"] = dataclasses.field(default_factory=list)

    def each(self, name: str) -> Iterator["Element"]:
        """Give the elements of that name directly in this one."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        """Give the first element of that name directly in this one."""
        return next(self.each(name), None)

    def leaf(self, name: str) -> str:
        """Give the text of the first element of that name, without space around it; empty where there is none."""
        found = self.first(name)
        return found.text.strip() if found else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One of the chosen elements, as it was read and as it stands in the file.

    Units: `line_number` counts from 1; `byte_start` from 0 in the file as it came; `content` is exactly those bytes.
    """

    element: Element
    line_number: int
    byte_start: int
    content: bytes


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A stretch of the file that could not be taken, with the reason in plain words; to the end of the file if `final`."""

    reason: str
    line_number: int
    byte_start: int
    byte_length: int
    final: bool


class _Stop(Exception):
    """The document breaks a limit: nothing more of it is read."""


def blocks(
    file: BinaryIO, *, names: Collection[str], encoding: str | None = None, limits: Limits | None = None
) -> Iterator[Block | Broken]:
    """Give each element whose name is in `names`, outermost only, in the order of the file.

    Shapes: memory for one element, whatever the file; at most one final Broken, and nothing after it.
    Units: `encoding` overrides what the document declares of itself.
    Errors: none for bad data; a document that is not well-formed ends in a final Broken.
    """
    reader = _Reader(frozenset(names), encoding, limits or Limits())
    fed = 0
    try:
        while chunk := file.read(_CHUNK_BYTES):
            fed += len(chunk)
            reader.feed(chunk)
            yield from reader.take()
        reader.close()
        yield from reader.take()
    except (expat.ExpatError, _Stop, ValueError, LookupError) as problem:
        # What was complete before the fault is good, and comes first.
        yield from reader.take()
        line_number, start = reader.fault_place()
        while chunk := file.read(_CHUNK_BYTES):
            fed += len(chunk)
        yield Broken(
            reason=_words(problem, reader.fault_line()),
            line_number=line_number,
            byte_start=start,
            byte_length=max(0, fed - start),
            final=True,
        )


def _words(problem: Exception, line: int) -> str:
    if isinstance(problem, _Stop):
        return f"line {line}: {problem}; nothing from here on was read"
    what = expat.ErrorString(problem.code) if isinstance(problem, expat.ExpatError) else str(problem)
    return f"line {line}: the XML is broken ({what}); nothing from here on was read"


class _Reader:
    """One pass over one document: expat's events on one side, finished blocks on the other."""

    def __init__(self, names: frozenset[str], encoding: str | None, limits: Limits) -> None:
        self._names = names
        self._limits = limits
        self._ready: list[Block | Broken] = []
        self._stack: list[Element] = []
        self._depth = 0
        self._start = 0
        self._line = 1
        self._oversized = False
        # Bytes of the file from `_base` on: never more than one element and one chunk.
        self._window = bytearray()
        self._base = 0
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes) -> None:
        self._window += chunk
        self._parser.Parse(chunk, False)
        reached = max(self._parser.CurrentByteIndex, 0)
        if self._base + len(self._window) - reached > self._limits.tag_bytes + _CHUNK_BYTES:
            raise _Stop(f"one tag is longer than {self._limits.tag_bytes:,} bytes")
        if self._stack and not self._oversized:
            self._oversized = reached - self._start > self._limits.element_bytes
        self._drop_before(reached if self._oversized or not self._stack else self._start)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def take(self) -> list[Block | Broken]:
        ready, self._ready = self._ready, []
        return ready

    def fault_line(self) -> int:
        return max(self._parser.CurrentLineNumber, 1)

    def fault_place(self) -> tuple[int, int]:
        """Give line and byte where the bad stretch begins: the element it stands in, or the fault itself."""
        if self._stack:
            return self._line, self._start
        return self.fault_line(), max(self._parser.CurrentByteIndex, 0)

    def _doctype(self, *_: object) -> None:
        raise _Stop("the file holds a document type declaration, which can hide harmful entities, and is refused")

    def _opened(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise _Stop(f"elements are nested more than {self._limits.depth} deep")
        local = name.rpartition(":")[2]
        if not self._stack:
            if local not in self._names:
                return
            self._start = self._parser.CurrentByteIndex
            self._line = self._parser.CurrentLineNumber
            self._stack.append(Element(local))
            return
        if self._oversized:
            # Nothing of it is kept, but its tags must still be counted to find its end.
            self._stack.append(self._stack[-1])
            return
        element = Element(local)
        self._stack[-1].children.append(element)
        self._stack.append(element)

    def _text(self, text: str) -> None:
        if not self._stack or self._oversized:
            return
        if self._parser.CurrentByteIndex - self._start > self._limits.element_bytes:
            self._oversized = True
            return
        if not self._stack[-1].children:
            self._stack[-1].text += text

    def _closed(self, name: str) -> None:
        self._depth -= 1
        if not self._stack:
            return
        element = self._stack.pop()
        if self._stack:
            return
        end = self._end_of_tag(name)
        if self._oversized or end - self._start > self._limits.element_bytes:
            reason = f"<{element.name}> is longer than {self._limits.element_bytes:,} bytes and was left out"
            self._ready.append(
                Broken(
                    reason=reason,
                    line_number=self._line,
                    byte_start=self._start,
                    byte_length=end - self._start,
                    final=False,
                )
            )
        else:
            content = bytes(self._window[self._start - self._base : end - self._base])
            self._ready.append(Block(element=element, line_number=self._line, byte_start=self._start, content=content))
        self._oversized = False

    def _end_of_tag(self, name: str) -> int:
        """Give the byte after the closing tag.

        Expat says where `</Child>` begins; for `<Child/>` it says where the tag ends, so the bytes there decide which it was.
        """
        at = self._parser.CurrentByteIndex
        offset = at - self._base
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            tag = f"</{name}".encode(encoding)
            if self._window.startswith(tag, offset):
                bracket = ">".encode(encoding)
                found = self._window.find(bracket, offset + len(tag))
                between = self._window[offset + len(tag) : found].decode(encoding, "replace")
                if found >= 0 and not between.strip(_WHITESPACE):
                    return self._base + found + len(bracket)
        return at

    def _drop_before(self, byte: int) -> None:
        surplus = byte - self._base
        if surplus > 0:
            del self._window[:surplus]
            self._base = byte
