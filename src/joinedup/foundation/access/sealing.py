"""Sealing what must lie in the database unread: with a key made from the installation's own secret.

Belongs here: closing and opening. Not here: what is sealed (whoever keeps it).
"""

import base64
import functools

from cryptography import fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf import hkdf
from django.conf import settings


class SealBroken(Exception):
    """What was sealed has been changed, or was sealed with another key."""


@functools.cache
def _key(secret: str) -> fernet.Fernet:
    derived = hkdf.HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"joinedup sealing").derive(
        secret.encode()
    )
    return fernet.Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> fernet.MultiFernet:
    """Return the key in use and those it replaced, so that a new secret does not lose what an old one sealed."""
    return fernet.MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(content: bytes) -> bytes:
    """Return the content so that only this installation can read it."""
    return _keys().encrypt(content)


def unseal(sealed: bytes) -> bytes:
    """Return what was sealed.

    Errors: SealBroken.
    """
    try:
        return _keys().decrypt(sealed)
    except fernet.InvalidToken:
        raise SealBroken from None
