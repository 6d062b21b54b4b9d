"""Settings that hold everywhere; demo, test and production add what differs.

Every setting that an operator may change is read from the environment here and documented in docs/reference/settings.md.
"""

import os
import pathlib

from joinedup.config import databases, jobs
from joinedup.config.sign_in import *  # noqa: F403  (all that is set about signing in stands in one place)

BASE_DIR = pathlib.Path(__file__).resolve().parents[2]

SECRET_KEY = databases.secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

# Until the trust work has landed the product refuses real people; the start-up check reads this.
DATA_MODE = os.environ.get("JOINEDUP_DATA_MODE", "synthetic")
DEMO_SIGN_IN = False

# "all" children, or "involved": only those whom a targeted or specialist service helps.
INDEX_SCOPE = os.environ.get("JOINEDUP_INDEX_SCOPE", "all")

# Where the one decision finds the permission matrix.
ACCESS_POLICY = "joinedup.governance.agreements.queries.get_policy"

# Above the first, in bits of evidence, records are linked; between the two a steward is asked.
LINK_THRESHOLD_BITS = float(os.environ.get("JOINEDUP_LINK_THRESHOLD_BITS", "4"))
REVIEW_THRESHOLD_BITS = float(os.environ.get("JOINEDUP_REVIEW_THRESHOLD_BITS", "-3"))

UPLOAD_LIMIT_BYTES = int(os.environ.get("JOINEDUP_UPLOAD_LIMIT_BYTES", str(512 * 1024 * 1024)))
SEARCH_LIFETIME_MINUTES = 30
# Whom to ring about a sealed child, in words: a name and a number.
SHIELD_CONTACT = os.environ.get("JOINEDUP_SHIELD_CONTACT", "the shield officer")
# Counted for each viewer, in each serving process for itself.
API_SEARCHES_A_MINUTE = int(os.environ.get("JOINEDUP_API_SEARCHES_A_MINUTE", "60"))

# The audit's seal is kept outside the database: the key that signs, and the signed heads with the public key beside them.
AUDIT_KEY = pathlib.Path(os.environ.get("JOINEDUP_AUDIT_KEY") or databases.data_folder() / "audit_key.pem")
AUDIT_HEADS = pathlib.Path(os.environ.get("JOINEDUP_AUDIT_HEADS") or databases.data_folder() / "audit_heads.jsonl")

INSTALLED_APPS = [
    "joinedup.foundation.access",
    "joinedup.foundation.audit",
    "joinedup.foundation.events",
    "joinedup.outcomes.people",
    "joinedup.delivery.agencies",
    "joinedup.delivery.records",
    "joinedup.processes.childindex",
    "joinedup.governance.agreements",
    "joinedup.governance.breakglass",
    "joinedup.governance.sealing",
    "joinedup.web",
    "joinedup.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "joinedup.api.middleware.problems_in_one_shape",
    "joinedup.web.middleware.transaction_per_request",
    "joinedup.web.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "joinedup.web.middleware.viewer_of_request",
    "joinedup.api.middleware.client_of_request",
    "joinedup.web.middleware.never_cache_personal_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "joinedup.config.urls"
WSGI_APPLICATION = "joinedup.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "joinedup.web.jinja.environment",
            "context_processors": ["joinedup.web.context.of_every_page"],
        },
    }
]

DATABASES = {"default": databases.connection()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "web" / "static"]
WHITENOISE_USE_FINDERS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

PROCRASTINATE_IMPORT_PATHS = jobs.MODULES
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What is refused is in the audit; an address that is not found may hold anything a person typed.
    "loggers": {"django.request": {"level": "ERROR"}},
}
