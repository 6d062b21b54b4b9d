"""The WSGI application, for the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.production")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from joinedup.config import checks  # noqa: E402  (settings must be set up first)

_problem = checks.data_mode_problem(settings.DATA_MODE)
if _problem:
    raise SystemExit(_problem)
