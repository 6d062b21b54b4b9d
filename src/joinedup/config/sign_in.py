"""Settings of signing in: sessions, second factors, lockout, and the directories of agencies.

Belongs here: what an operator may set, and what the packages of sign-in are told. base.py takes all of it.
"""

import datetime
import os
import pathlib
from typing import Any

import yaml

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# What everyone here would guess first; docs/assurance/limits.md lists them, and the area's own name is added by itself.
PASSWORD_WORDS = (
    *(
        "joinedup",
        "password",
        "passphrase",
        "welcome",
        "children",
        "child",
        "family",
        "trust",
        "partnership",
        "council",
    ),
    *(
        "safeguarding",
        "school",
        "teacher",
        "health",
        "nurse",
        "police",
        "social",
        "worker",
        "youth",
        "justice",
        "leisure",
    ),
    *os.environ.get("JOINEDUP_PASSWORD_WORDS", "").split(),
)
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "joinedup.foundation.access.passwords.WordsOfThePlace", "OPTIONS": {"words": PASSWORD_WORDS}},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

# The server says when a session is over; the browser keeps the cookie until it is closed, so that what is typed into
# a page that has timed out can still be told apart.
SESSION_ENGINE = "joinedup.foundation.access.sessions"
SESSION_IDLE_MINUTES = int(os.environ.get("JOINEDUP_IDLE_MINUTES", "15"))
SESSION_MOST_MINUTES = int(os.environ.get("JOINEDUP_SESSION_MINUTES", "720"))
STEP_UP_MINUTES = int(os.environ.get("JOINEDUP_STEP_UP_MINUTES", "10"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "joinedup_session"
CSRF_COOKIE_NAME = "joinedup_csrf"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script of ours reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "joinedup.web.problems.csrf_failed"

# Five wrong answers for one name from one address, then a quarter of an hour of rest. Counted in the database, so that
# all processes count together.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "password", "again", "present", "code", "next", "csrfmiddlewaretoken"]
AXES_USERNAME_CALLABLE = "joinedup.web.lockout.fingerprint_of_name"
AXES_CLIENT_IP_CALLABLE = "joinedup.web.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "joinedup.web.lockout.locked_out"
# How many proxies of our own stand before the site and add to X-Forwarded-For.
PROXIES = int(os.environ.get("JOINEDUP_PROXIES", "0"))

# django-allauth's own limits are a second net behind the first: on codes for one person from anywhere, and on passwords
# for any name from one address, which a whole council may share. Each process counts them for itself, in memory.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/5m/key"}
ACCOUNT_ADAPTER = "joinedup.web.account.adapters.Adapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
MFA_ADAPTER = "joinedup.foundation.access.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1


def _secret(described: dict[str, str]) -> str:
    """Read a client's secret from the file or the environment that is named; the list itself never holds it."""
    if "client_secret_file" in described:
        return pathlib.Path(described["client_secret_file"]).read_text(encoding="utf-8").strip()
    return os.environ[described["client_secret_env"]]


def directories(listed: list[dict[str, str]]) -> dict[str, Any]:
    """Return django-allauth's description of the agencies' directories, by which their people may sign in."""
    apps = [
        {
            "provider_id": one["name"],
            "name": one["title"],
            "client_id": one["client_id"],
            "secret": _secret(one),
            "settings": {"server_url": one["issuer"], "agency": one["agency"], "scope": ["openid"]},
        }
        for one in listed
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


_LIST = os.environ.get("JOINEDUP_DIRECTORIES", "")
SOCIALACCOUNT_PROVIDERS = directories(yaml.safe_load(pathlib.Path(_LIST).read_text(encoding="utf-8")) if _LIST else [])
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_STORE_TOKENS = False
