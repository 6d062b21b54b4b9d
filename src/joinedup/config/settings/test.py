"""Settings of the tests: the demonstration's, with a quick password hash and a database server of the tests' own."""

import os
import pathlib
import tempfile

os.environ.setdefault("JOINEDUP_SECRET_KEY", "a key that only tests use, and that guards nothing at all")
os.environ.setdefault(
    "JOINEDUP_DATA", str(pathlib.Path(tempfile.gettempdir()) / f"joinedup-tests-{os.geteuid()}" / "server")
)
os.environ.setdefault("JOINEDUP_DATABASE_DURABLE", "no")

from joinedup.config.settings.demo import *  # noqa: F403  (the environment above must be set first)

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
API_SEARCHES_A_MINUTE = 1_000_000
