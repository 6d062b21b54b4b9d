"""A proof that one event was sealed, which anyone can check with the public key alone.

Belongs here: its words and its check. Not here: gathering it (queries), the file (commands).
"""

import base64
import binascii
import dataclasses
import hashlib
import json
import struct
from typing import Any

from joinedup.foundation.audit.rules import entries, heads, tree

_HASH_BYTES = 32


class ProofFault(Exception):
    """What is wrong with a proof, in words."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That an event stands in the tree of a signed head; with the event's own fields, or without them."""

    number: int
    leaf: entries.Leaf
    path: tuple[bytes, ...]
    head: heads.Head
    event: bytes | None = None
    subjects: bytes | None = None

    def text(self) -> str:
        """Return the proof as its file holds it.

        Shapes: at most 2,048 bytes without the event's fields, for up to a thousand million events.
        """
        words: dict[str, Any] = {
            "leaf": _text(self.leaf.data()),
            "number": self.number,
            "path": _text(b"".join(self.path)),
            "head": self.head.words(),
            "signature": _text(self.head.signature),
        }
        del words["head"]["root"]  # the path leads to it
        if self.event is not None and self.subjects is not None:
            words |= {"event": _text(self.event), "subjects": _text(self.subjects)}
        return json.dumps(words, separators=(",", ":")) + "\n"


def check(text: str, *, is_signed: heads.Check, key: str) -> Proof:
    """Return what a proof's file proves.

    Errors: ProofFault when it proves nothing.
    """
    proof = _read(text)
    if proof.head.key != key:
        raise ProofFault(
            f"It is signed with another key ({proof.head.key}) than the public key that was given ({key})."
        )
    if not is_signed(proof.head.signature, proof.head.message()):
        raise ProofFault("The event is not in the tree that was signed, or the head was altered.")
    if proof.event is None or proof.subjects is None:
        return proof
    if hashlib.sha256(proof.event).digest() != proof.leaf.event_hash:
        raise ProofFault("What the file says of the event is not what was sealed.")
    if hashlib.sha256(proof.subjects).digest() != proof.leaf.subjects_hash:
        raise ProofFault("The subjects in the file are not those that were sealed.")
    return proof


def _read(text: str) -> Proof:
    try:
        words = json.loads(text)
        steps = _bytes(words["path"])
        path = tuple(steps[start : start + _HASH_BYTES] for start in range(0, len(steps), _HASH_BYTES))
        leaf = entries.Leaf.of(_bytes(words["leaf"]))
        number = int(words["number"])
        size = int(words["head"]["size"])
        root = tree.root_by_inclusion(leaf.hash(), place=number - 1, size=size, path=path)
        if root is None:
            raise ProofFault("The path does not fit a tree of that size.")
        head = heads.Head.of({**words["head"], "root": root.hex(), "signature": words["signature"]})
        event = _bytes(words["event"]) if "event" in words else None
        subjects = _bytes(words["subjects"]) if "subjects" in words else None
    except (KeyError, TypeError, ValueError, struct.error, binascii.Error):
        raise ProofFault("The file is not a proof.") from None
    return Proof(number=number, leaf=leaf, path=path, head=head, event=event, subjects=subjects)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
