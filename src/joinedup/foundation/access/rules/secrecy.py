"""The secret by which another system signs in, and the fingerprint that is kept of it."""

import hashlib

#: A secret is this long and drawn at random, so that a plain fingerprint of it cannot be guessed back.
SECRET_BYTES = 32


def hash_of_secret(secret: str) -> bytes:
    """Return the fingerprint of a secret, whatever was given for one.

    Shapes: 32 bytes.
    """
    return hashlib.sha256(secret.encode("utf-8", errors="surrogatepass")).digest()
