"""Announcing what happened.

Belongs here: the one write. Not here: acting on it.
"""

import datetime

from joinedup.foundation.events import models


def publish(kind: str, *, at: datetime.datetime, **subject: str | int) -> None:
    """Announce that something happened, in the caller's transaction.

    Shapes: `kind` as "records.batch.loaded"; the subject holds ids and counts, never words about a person.
    """
    models.Event.objects.create(kind=kind, at=at, subject=subject)
