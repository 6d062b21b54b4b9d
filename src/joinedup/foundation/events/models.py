"""Table of events: what happened, in the transaction in which it happened, for outer rings to act on.

Belongs here: opaque facts with ids only. Not here: who listens (jobs wiring in config).
"""

from django.db import models

from joinedup.foundation import clock, ids


class Event(models.Model):
    """One thing that happened; committed or rolled back with the change itself."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)
    subject = models.JSONField(default=dict)

    class Meta:
        verbose_name = "event"
        indexes = [models.Index(name="events_event_by_kind", fields=["kind", "at"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "kind", "at", "subject"})
