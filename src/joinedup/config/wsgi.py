"""The WSGI application, for the server."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from joinedup.config import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.production")
application = get_wsgi_application()

_problem = checks.first_refusal() or checks.invented_people_problem()
if _problem:
    raise SystemExit(_problem)

# What is loaded now stays for the life of the process: the views are loaded ahead of the first page, and the garbage
# collector need not walk all of it again at every few pages.
get_resolver().url_patterns  # noqa: B018  (asked for its effect: it imports every view)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)


def _warm() -> None:
    """Make the scorer ready beside the first pages: the first who asks whether a child is known should not wait for it."""
    from joinedup.processes.childindex.linkage import warming

    warming.warm()


threading.Thread(target=_warm, name="warming", daemon=True).start()
