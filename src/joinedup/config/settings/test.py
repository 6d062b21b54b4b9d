"""Settings of the tests: the demonstration's, with a quick password hash and a database for each worker."""

from joinedup.config.settings.demo import *  # noqa: F403  (settings modules extend one another this way)

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
