"""One audit event as the bytes that are sealed: the same in the database, on the wire and here.

Belongs here: which fields, in which order, as which bytes. Not here: the tree over them (tree).

    event     each field as four bytes of length and its bytes, or four bytes of ones where there is nothing
    subjects  their identifiers in ascending order, 16 bytes each
    leaf      form, identifier, time, hash of the event, hash of the subjects: 89 bytes

A proof shows the leaf alone, so that it says which event and when, and nothing that anybody wrote in it.
"""

import dataclasses
import datetime
import enum
import hashlib
import struct
import uuid
from collections.abc import Iterable, Iterator, Mapping

from joinedup.foundation.audit.rules import tree

#: Raised when fields are added, which old events do not have; every sealed event remembers its own.
FORM = 1

_NOTHING = b"\xff\xff\xff\xff"
_EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_LEAF = struct.Struct(">B16sq32s32s")

#: Packs a leaf from its form, identifier, time in microseconds, and the two hashes.
pack_leaf = _LEAF.pack


class Kind(enum.Enum):
    """What a field holds, by its form in Python, as the packing of numbers or none."""

    ID = "id"  #: 16 bytes
    WORDS = "words"  #: UTF-8
    BYTES = "bytes"  #: as they are
    SMALL = ">h"  #: two bytes
    COUNT = ">i"  #: four bytes
    NUMBER = ">q"  #: eight bytes


#: The fields of form 1 in their order, by the table's column. The time is not among them: the leaf holds it itself.
FIELDS: Mapping[str, Kind] = {
    "id": Kind.ID,
    "actor_id": Kind.ID,
    "on_behalf_of": Kind.ID,
    "actor_name": Kind.WORDS,
    "roles": Kind.WORDS,
    "home_id": Kind.ID,
    "act": Kind.WORDS,
    "purpose": Kind.WORDS,
    "basis": Kind.WORDS,
    "reason": Kind.WORDS,
    "record_ref": Kind.WORDS,
    "relationship": Kind.WORDS,
    "decision": Kind.WORDS,
    "rule": Kind.WORDS,
    "tier": Kind.SMALL,
    "policy_version": Kind.WORDS,
    "fields": Kind.WORDS,
    "result_count": Kind.COUNT,
    "criteria_hash": Kind.BYTES,
    "before_hash": Kind.BYTES,
    "after_hash": Kind.BYTES,
    "session": Kind.WORDS,
    "request_id": Kind.ID,
    "xact_id": Kind.NUMBER,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What the tree holds of one event."""

    event_id: uuid.UUID
    at: datetime.datetime
    event_hash: bytes
    subjects_hash: bytes
    form: int = FORM

    def data(self) -> bytes:
        """Return the leaf's bytes.

        Shapes: 89 bytes.
        """
        return pack_leaf(self.form, self.event_id.bytes, microseconds(self.at), self.event_hash, self.subjects_hash)

    def hash(self) -> bytes:
        """Return the leaf's hash in the tree."""
        return tree.leaf_hash(self.data())

    @classmethod
    def of(cls, data: bytes) -> "Leaf":
        """Return the leaf that these bytes are.

        Errors: struct.error when they are none.
        """
        form, event, at, event_hash, subjects_hash = _LEAF.unpack(data)
        return cls(
            form=form,
            event_id=uuid.UUID(bytes=event),
            at=moment(at),
            event_hash=event_hash,
            subjects_hash=subjects_hash,
        )


def microseconds(at: datetime.datetime) -> int:
    """Return a moment as the database counts it.

    Units: microseconds since the start of 2000.
    """
    return (at - _EPOCH) // _MICROSECOND


def moment(counted: int) -> datetime.datetime:
    """Return the moment that the database counts so."""
    return _EPOCH + counted * _MICROSECOND


def event_bytes(event: Mapping[str, object]) -> bytes:
    """Return an event's fields as they are sealed."""
    return b"".join(_packed(_field_bytes(kind, event[name])) for name, kind in FIELDS.items())


def subject_bytes(subjects: Iterable[uuid.UUID]) -> bytes:
    """Return an event's subjects as they are sealed."""
    return b"".join(sorted(subject.bytes for subject in subjects))


def leaf_of(event: Mapping[str, object], *, at: datetime.datetime, subjects: Iterable[uuid.UUID]) -> Leaf:
    """Return what the tree is to hold of an event."""
    identifier = event["id"]
    if not isinstance(identifier, uuid.UUID):
        raise TypeError(identifier)
    return Leaf(
        event_id=identifier,
        at=at,
        event_hash=hashlib.sha256(event_bytes(event)).digest(),
        subjects_hash=hashlib.sha256(subject_bytes(subjects)).digest(),
    )


def read_event(packed: bytes) -> dict[str, object]:
    """Return the fields that an event's bytes say, for a person to read.

    Errors: ValueError when they are not an event's bytes.
    """
    pieces = list(_unpacked(packed))
    if len(pieces) != len(FIELDS):
        raise ValueError(len(pieces))
    return {name: _read(kind, piece) for (name, kind), piece in zip(FIELDS.items(), pieces, strict=True)}


def read_subjects(packed: bytes) -> list[uuid.UUID]:
    """Return the subjects that an event's bytes name."""
    return [uuid.UUID(bytes=packed[place : place + 16]) for place in range(0, len(packed), 16)]


def _packed(value: bytes | None) -> bytes:
    return _NOTHING if value is None else struct.pack(">I", len(value)) + value


def _unpacked(packed: bytes) -> Iterator[bytes | None]:
    place = 0
    while place < len(packed):
        length = packed[place : place + 4]
        place += 4
        if length == _NOTHING:
            yield None
            continue
        value = packed[place : place + int.from_bytes(length)]
        place += int.from_bytes(length)
        if place > len(packed) or len(length) < 4:
            raise ValueError(place)
        yield value


def _field_bytes(kind: Kind, value: object) -> bytes | None:
    match value:
        case None:
            return None
        case uuid.UUID():
            return value.bytes
        case str():
            return value.encode()
        case int():
            return struct.pack(kind.value, value)
        case bytes() | memoryview():
            return bytes(value)
    raise TypeError(value)


def _read(kind: Kind, value: bytes | None) -> object:
    if value is None or kind is Kind.BYTES:
        return value
    if kind is Kind.ID:
        return uuid.UUID(bytes=value)
    if kind is Kind.WORDS:
        return value.decode()
    return struct.unpack(kind.value, value)[0]
