"""Settings of a real installation: transport security on, demo sign-in refused."""

import os

from joinedup.config.settings.base import *  # noqa: F403  (settings modules extend one another this way)

ALLOWED_HOSTS = [host for host in os.environ.get("JOINEDUP_ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
# A program is not led on: it would go on sending its secret unencrypted. The API refuses it instead.
SECURE_REDIRECT_EXEMPT = [r"^api/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The prefix makes the browser hold the cookies to this very host, to encryption, and to the whole site.
SESSION_COOKIE_NAME = "__Host-joinedup_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-joinedup_csrf"
CSRF_COOKIE_SECURE = True
