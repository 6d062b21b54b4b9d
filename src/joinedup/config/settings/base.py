"""Settings that hold everywhere; demo, test and production add what differs.

Every setting that an operator may change is read from the environment here and documented in docs/reference/settings.md.
"""

import os
import pathlib

from joinedup.config import browser, databases, jobs
from joinedup.config.sign_in import *  # noqa: F403  (all that is set about signing in stands in one place)

BASE_DIR = pathlib.Path(__file__).resolve().parents[2]

SECRET_KEY = databases.secret_key()
# While a key is changed for another, what the one before has signed still counts.
SECRET_KEY_FALLBACKS = [key for key in (os.environ.get("JOINEDUP_SECRET_KEY_BEFORE", ""),) if key]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

# "synthetic" or "real": whose records these are. The checks at the start ask more of an installation for real people.
DATA_MODE = os.environ.get("JOINEDUP_DATA_MODE", "synthetic")
DEMO_SIGN_IN = False

# "all" children, or "involved": only those whom a targeted or specialist service helps.
INDEX_SCOPE = os.environ.get("JOINEDUP_INDEX_SCOPE", "all")

# Another jurisdiction's timescales and holidays, or an authority's own; England's ship.
TIMESCALES = pathlib.Path(os.environ["JOINEDUP_TIMESCALES"]) if os.environ.get("JOINEDUP_TIMESCALES") else None

# To whose in-basket a worry goes: an agency's code, or an agency's and a team's with a slash between.
FRONT_DOOR = os.environ.get("JOINEDUP_FRONT_DOOR", "social_care")

# A trust's own frameworks of outcomes; those of England ship.
FRAMEWORKS = pathlib.Path(os.environ["JOINEDUP_FRAMEWORKS"]) if os.environ.get("JOINEDUP_FRAMEWORKS") else None

# Where the one decision finds the permission matrix.
ACCESS_POLICY = "joinedup.governance.agreements.queries.get_policy"

# Above the first, in bits of evidence, records are linked; between the two a steward is asked.
LINK_THRESHOLD_BITS = float(os.environ.get("JOINEDUP_LINK_THRESHOLD_BITS", "4"))
REVIEW_THRESHOLD_BITS = float(os.environ.get("JOINEDUP_REVIEW_THRESHOLD_BITS", "-3"))
# What a question takes a steward, and how much of a day one has for them: by these the page of thresholds counts stewards.
MINUTES_A_QUESTION = float(os.environ.get("JOINEDUP_MINUTES_A_QUESTION", "3"))
STEWARD_HOURS_A_DAY = float(os.environ.get("JOINEDUP_STEWARD_HOURS_A_DAY", "5"))
# A record is linked on arrival from this weight on, so far ahead of every other child, and in files of so few records.
ARRIVAL_LINK_BITS = float(os.environ.get("JOINEDUP_ARRIVAL_LINK_BITS", "11"))
ARRIVAL_MARGIN_BITS = float(os.environ.get("JOINEDUP_ARRIVAL_MARGIN_BITS", "4"))
ARRIVAL_MOST_RECORDS = int(os.environ.get("JOINEDUP_ARRIVAL_MOST_RECORDS", "200"))

# A family reads of a look only after so many days; the alerts that a reviewer sees for each thousand users in a week.
LOOKS_SHOWN_TO_FAMILY_AFTER_DAYS = int(os.environ.get("JOINEDUP_LOOKS_SHOWN_TO_FAMILY_AFTER_DAYS", "28"))
# So long the link of an invitation works, and so long whoever leads has to answer what a child or parent said.
INVITATIONS_LAST_DAYS = int(os.environ.get("JOINEDUP_INVITATIONS_LAST_DAYS", "14"))
VIEWS_ANSWERED_WITHIN_DAYS = int(os.environ.get("JOINEDUP_VIEWS_ANSWERED_WITHIN_DAYS", "10"))
ALERTS_PER_THOUSAND_USERS = float(os.environ.get("JOINEDUP_ALERTS_PER_THOUSAND_USERS", "10"))
# An outer ring reads the school census; the ring that counts by ethnicity is given the reader here.
ETHNICITY_READER = "joinedup.exchange.intake.ethnicity.get_ethnicities"

UPLOAD_LIMIT_BYTES = int(os.environ.get("JOINEDUP_UPLOAD_LIMIT_BYTES", str(512 * 1024 * 1024)))
SEARCH_LIFETIME_MINUTES = 30
# Whom to ring about a sealed child, in words: a name and a number.
SHIELD_CONTACT = os.environ.get("JOINEDUP_SHIELD_CONTACT", "the shield officer")
# Counted for each viewer, in each serving process for itself.
API_SEARCHES_A_MINUTE = int(os.environ.get("JOINEDUP_API_SEARCHES_A_MINUTE", "60"))

# The audit's seal is kept outside the database: the key that signs, and the signed heads with the public key beside them.
AUDIT_KEY = pathlib.Path(os.environ.get("JOINEDUP_AUDIT_KEY") or databases.data_folder() / "audit_key.pem")
AUDIT_HEADS = pathlib.Path(os.environ.get("JOINEDUP_AUDIT_HEADS") or databases.data_folder() / "audit_heads.jsonl")
# The face in which documents that are handed over are set: plain and bold, each with its further letters.
_FACE = BASE_DIR / "web" / "static" / "vendor" / "fonts"
DOCUMENT_FONTS = {
    "plain": _FACE / "atkinson-hyperlegible-next-latin-400-normal.woff2",
    "plain_further": _FACE / "atkinson-hyperlegible-next-latin-ext-400-normal.woff2",
    "bold": _FACE / "atkinson-hyperlegible-next-latin-700-normal.woff2",
    "bold_further": _FACE / "atkinson-hyperlegible-next-latin-ext-700-normal.woff2",
}
EXPORT_MOST_CHILDREN = int(os.environ.get("JOINEDUP_EXPORT_MOST_CHILDREN", "500"))

INSTALLED_APPS = [
    "joinedup.foundation.access",
    "joinedup.foundation.audit",
    "joinedup.foundation.events",
    "joinedup.outcomes.framework",
    "joinedup.outcomes.people",
    "joinedup.delivery.agencies",
    "joinedup.delivery.records",
    "joinedup.processes.assessment",
    "joinedup.processes.childindex",
    "joinedup.processes.tracking",
    "joinedup.processes.inbasket",
    "joinedup.processes.participation",
    "joinedup.processes.casework",
    "joinedup.processes.protection",
    "joinedup.governance.agreements",
    "joinedup.governance.assurance",
    "joinedup.governance.breakglass",
    "joinedup.governance.exports",
    "joinedup.governance.openness",
    "joinedup.governance.rights",
    "joinedup.governance.sealing",
    "joinedup.governance.reassigning",
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
    # What every answer carries, static files and refusals included, stands outside of what may answer.
    "joinedup.web.answers.with_every_answer",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "joinedup.api.middleware.problems_in_one_shape",
    "joinedup.web.middleware.transaction_per_request",
    "joinedup.web.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "joinedup.web.bodies.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "joinedup.web.middleware.viewer_of_request",
    "joinedup.api.middleware.client_of_request",
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
CONTENT_SECURITY_POLICY = browser.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = browser.PERMISSIONS_POLICY

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "web" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Whatever is not a file is a form of ours, and those are small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["joinedup.web.bodies.NamelessUploads"]
FILE_UPLOAD_PERMISSIONS = 0o600

PROCRASTINATE_IMPORT_PATHS = jobs.MODULES
PROCRASTINATE_ON_APP_READY = None

# One line for each thing, and nobody's values in it; no errors by e-mail, which would carry what was typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "joinedup.foundation.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
