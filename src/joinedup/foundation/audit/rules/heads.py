"""Signed heads: what the tree was at one moment, said by the holder of the key, each with the fingerprint of the one before.

Belongs here: a head's words, the check of a whole run of heads. Not here: the file (operations), signing (keys).
"""

import base64
import binascii
import dataclasses
import datetime
import enum
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

_ABOUT = b"joinedup audit head 1\n"

#: Says whether a signature under a message is the key's.
Check = Callable[[bytes, bytes], bool]


class HeadFault(Exception):
    """A head, or the run of heads, is not as it was written: which line, and what is wrong with it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"Line {line} of the heads: {what}")
        self.line = line


class Kind(enum.StrEnum):
    """Why a head was written."""

    FIRST = "first"  #: the log begins, with nothing in it
    SEALED = "sealed"  #: events were sealed
    RESTORED = "restored"  #: an older state of the database was restored, and someone said why


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The tree at one moment.

    `floor` and `ceiling` bound the transactions whose events may still come: all below the floor have ended, and none
    from the ceiling on had begun. They are the count of one server; `server` says which.
    """

    log: str
    kind: Kind
    size: int
    root: bytes
    time: datetime.datetime
    floor: int
    ceiling: int
    server: str
    previous: bytes
    key: str
    why: str = ""
    signature: bytes = b""

    def message(self) -> bytes:
        """Return the bytes that are signed."""
        return _ABOUT + json.dumps(self.words(), sort_keys=True, separators=(",", ":")).encode()

    def fingerprint(self) -> bytes:
        """Return what the next head says of this one.

        Shapes: 32 bytes.
        """
        return hashlib.sha256(self.message()).digest()

    def words(self) -> dict[str, Any]:
        """Return all but the signature, as JSON holds it."""
        return {
            "log": self.log,
            "kind": self.kind.value,
            "size": self.size,
            "root": self.root.hex(),
            "time": self.time.isoformat(),
            "floor": self.floor,
            "ceiling": self.ceiling,
            "server": self.server,
            "previous": self.previous.hex(),
            "key": self.key,
            **({"why": self.why} if self.why else {}),
        }

    def line(self) -> str:
        """Return the head as one line of the file, without the line's end."""
        return json.dumps({**self.words(), "signature": base64.b64encode(self.signature).decode()})

    @classmethod
    def of(cls, words: dict[str, Any]) -> "Head":
        """Return the head that JSON says.

        Errors: KeyError, TypeError or ValueError when it is none.
        """
        return cls(
            log=str(words["log"]),
            kind=Kind(words["kind"]),
            size=int(words["size"]),
            root=bytes.fromhex(words["root"]),
            time=datetime.datetime.fromisoformat(words["time"]),
            floor=int(words["floor"]),
            ceiling=int(words["ceiling"]),
            server=str(words["server"]),
            previous=bytes.fromhex(words["previous"]),
            key=str(words["key"]),
            why=str(words.get("why", "")),
            signature=base64.b64decode(words["signature"], validate=True),
        )


def read(line: str, *, number: int) -> Head:
    """Return the head in one line of the file.

    Errors: HeadFault.
    """
    try:
        return Head.of(json.loads(line))
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise HeadFault(number, "it cannot be read as a head.") from None


def check(lines: Iterable[str], *, is_signed: Check, key: str) -> list[Head]:
    """Return all heads of a file whose every line is signed and follows the line before.

    Errors: HeadFault for the first line that does not.
    """
    found: list[Head] = []
    for number, line in enumerate(lines, start=1):
        head = read(line, number=number)
        problem = _problem(head, found[-1] if found else None, is_signed=is_signed, key=key)
        if problem:
            raise HeadFault(number, problem)
        found.append(head)
    return found


def _problem(head: Head, before: Head | None, *, is_signed: Check, key: str) -> str:
    if head.key != key:
        return f"it is signed with another key ({head.key}) than the public key that was given ({key})."
    if not is_signed(head.signature, head.message()):
        return "its signature is not the key's: the head was altered."
    if before is None:
        return "" if head.kind is Kind.FIRST else "it is not the log's first: the heads before it are missing."
    if head.previous != before.fingerprint():
        return "it does not follow the line before: a head is missing, or lines have changed places."
    if head.log != before.log:
        return "it is the head of another log."
    if head.size < before.size and head.kind is not Kind.RESTORED:
        return "it knows fewer events than the line before."
    return ""


def still_true(heads: Sequence[Head]) -> list[tuple[int, Head]]:
    """Return the heads that the database must still agree with, and where each stands among all.

    Of those before a restore, only what was restored counts; heads of an empty tree say nothing.
    """
    found: list[tuple[int, Head]] = []
    for place, head in enumerate(heads):
        while head.kind is Kind.RESTORED and found and found[-1][1].size > head.size:
            found.pop()
        if head.size:
            found.append((place, head))
    return found
