"""Django's settings while pages are measured: the demonstration's, and one folder more of static files for the peer."""

import os
import pathlib

from joinedup.config.settings.demo import *  # noqa: F403  (settings modules extend one another this way)
from joinedup.config.settings.demo import STATICFILES_DIRS as _OURS

STATICFILES_DIRS = [*_OURS, pathlib.Path(os.environ["BENCHMARKS_HOME"]) / "static"]
