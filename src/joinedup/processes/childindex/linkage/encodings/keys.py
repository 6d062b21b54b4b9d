"""The key: a secret that the agencies share and nobody else has, least of all whoever matches.

Belongs here: making and reading a key's file, keys for single uses, the mark by which two files of one key are known.
Not here: what is encoded with it (filters).
"""

import dataclasses
import hmac
import os
import pathlib
import re
import secrets
import stat

_KEY_BYTES = 32
_WRITTEN = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 4096
_MARK_LETTERS = 16


class KeyUnusable(Exception):
    """The key's file is missing, open to others, or holds no key; the words say which and what to do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A secret of 32 bytes; it never prints itself."""

    secret: bytes = dataclasses.field(repr=False)

    def part(self, use: str) -> bytes:
        """Return the key for one use, from which neither this key nor that of another use can be told."""
        return hmac.digest(self.secret, f"joinedup encodings {use}".encode(), "sha256")

    @property
    def mark(self) -> str:
        """Return what tells whether two files were made with one key, and nothing of the key itself."""
        return self.part("mark").hex()[:_MARK_LETTERS]


def make(path: pathlib.Path) -> Key:
    """Make a new key and keep it in a file that only its owner may read; a file that is there is left as it is.

    Errors: KeyUnusable when the file is there or cannot be written.
    """
    key = Key(secret=secrets.token_bytes(_KEY_BYTES))
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyUnusable(f"{path} is there already. A key is made once; name another file.") from None
    except OSError as fault:
        raise KeyUnusable(f"{path} cannot be written: {fault.strerror}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key.secret.hex() + "\n")
    return key


def read(path: pathlib.Path) -> Key:
    """Read a key from its file.

    Errors: KeyUnusable.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            written = file.read(_MOST_BYTES).decode("ascii", errors="replace").strip().lower()
    except OSError as fault:
        raise KeyUnusable(f"The key's file {path} cannot be read: {fault.strerror}.") from None
    if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnusable(f"Others may read {path}. Run: chmod 600 '{path}', and think who has read it.")
    if not _WRITTEN.fullmatch(written):
        raise KeyUnusable(
            f"{path} holds no key: 64 digits from 0 to f. A word or a sentence is no key, since it can be guessed. "
            "Make one with: joinedup encoding-key FILE"
        )
    return Key(secret=bytes.fromhex(written))
