"""The files of the seal, outside the database: the key that signs, the public key, and the heads, one on each line.

Belongs here: making, locking, reading and appending. Not here: what a head says (rules), when one is signed (operations).
"""

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import pathlib
from collections.abc import Iterator

from cryptography import exceptions
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from joinedup.foundation.audit.rules import heads

_LONGEST_LINE_BYTES = 16 * 1024


class KeyUnusable(Exception):
    """A key's file is not there or holds no such key; the words say which."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the files lie."""

    key: pathlib.Path
    heads: pathlib.Path

    @property
    def public_key(self) -> pathlib.Path:
        """The public key lies beside the heads, for whoever checks them."""
        return self.heads.with_name("audit_key.pub")


@dataclasses.dataclass(frozen=True, slots=True)
class PublicKey:
    """The key that checks."""

    key: ed25519.Ed25519PublicKey

    @property
    def id(self) -> str:
        """Return the key's short name, as heads give it.

        Shapes: 32 hexadecimal digits.
        """
        raw = self.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return hashlib.sha256(raw).hexdigest()[:32]

    def is_signed(self, signature: bytes, message: bytes) -> bool:
        """Return whether the signature is the key's under this message."""
        try:
            self.key.verify(signature, message)
        except exceptions.InvalidSignature:
            return False
        return True


@dataclasses.dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that signs."""

    key: ed25519.Ed25519PrivateKey = dataclasses.field(repr=False)

    @property
    def public(self) -> PublicKey:
        """Return the key that checks."""
        return PublicKey(self.key.public_key())

    def signed(self, head: heads.Head) -> heads.Head:
        """Return the head with its signature."""
        return dataclasses.replace(head, signature=self.key.sign(head.message()))


def signing_key(place: Place) -> SigningKey:
    """Return the key that signs, made at the very first call and never again.

    Errors: KeyUnusable when heads are there and the key that signed them is not.
    """
    if not place.key.exists():
        if last_head(place) is not None:
            raise KeyUnusable(
                f"The heads in {place.heads} are signed with a key that is not in {place.key}. Put the key back from "
                "where you keep its copy."
            )
        _make_key(place)
    try:
        key = serialization.load_pem_private_key(place.key.read_bytes(), password=None)
    except (ValueError, TypeError, exceptions.UnsupportedAlgorithm):
        raise KeyUnusable(f"{place.key} holds no private key.") from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise KeyUnusable(f"{place.key} holds no Ed25519 key.")
    found = SigningKey(key)
    if not place.public_key.exists():
        _write(place.public_key, _public_pem(key), mode=0o644)
    return found


def public_key(path: pathlib.Path) -> PublicKey:
    """Return the public key in a file.

    Errors: KeyUnusable.
    """
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise KeyUnusable(f"The public key {path} cannot be read: {error.strerror}.") from None
    except (ValueError, exceptions.UnsupportedAlgorithm):
        raise KeyUnusable(f"{path} holds no public key.") from None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise KeyUnusable(f"{path} holds no Ed25519 public key.")
    return PublicKey(key)


@contextlib.contextmanager
def locked(place: Place) -> Iterator[None]:
    """Keep every other sealer away from the heads."""
    place.heads.parent.mkdir(parents=True, exist_ok=True)
    with place.heads.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def head_lines(path: pathlib.Path) -> list[str]:
    """Return the lines of heads that were written to their end; a power cut may leave a last one that was not."""
    if not path.exists():
        return []
    content = path.read_bytes()
    return content[: content.rfind(b"\n") + 1].decode("utf-8", "replace").splitlines()


def last_head(place: Place) -> heads.Head | None:
    """Return the newest head, without reading the whole file.

    Errors: HeadFault when the line is no head.
    """
    if not place.heads.exists():
        return None
    with place.heads.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 2 * _LONGEST_LINE_BYTES))
        tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1].splitlines()
    return heads.read(whole[-1].decode("utf-8", "replace"), number=-1) if whole else None


def append(place: Place, head: heads.Head) -> None:
    """Write a head behind the others, on the disk before this returns; the caller holds the lock."""
    line = head.line().encode() + b"\n"
    is_new = place.heads.stat().st_size == 0 if place.heads.exists() else True
    with place.heads.open("r+b" if place.heads.exists() else "w+b") as file:
        content_end = _end_of_last_line(file.seek(0, os.SEEK_END), place.heads)
        file.truncate(content_end)
        file.seek(content_end)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        _sync_folder(place.heads.parent)


def _end_of_last_line(size: int, path: pathlib.Path) -> int:
    """Return where the last line that was written to its end ends."""
    with path.open("rb") as file:
        start = max(0, size - 2 * _LONGEST_LINE_BYTES)
        file.seek(start)
        return start + file.read().rfind(b"\n") + 1


def _make_key(place: Place) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    place.key.parent.mkdir(parents=True, exist_ok=True)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(place.key, pem, mode=0o600)
    place.public_key.parent.mkdir(parents=True, exist_ok=True)
    _write(place.public_key, _public_pem(key), mode=0o644)


def _public_pem(key: ed25519.Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _write(path: pathlib.Path, content: bytes, *, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if mode == 0o600 else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, mode), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(path.parent)


def _sync_folder(path: pathlib.Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
