"""Settings of the demonstration: synthetic people, one-click sign-in, this machine only."""

from joinedup.config.settings.base import *  # noqa: F403  (settings modules extend one another this way)

DEMO_SIGN_IN = True
