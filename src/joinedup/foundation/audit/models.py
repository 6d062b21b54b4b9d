"""Tables of the audit: one row for each look and each change, and the subjects it showed.

Belongs here: rows that are only ever added. Not here: deciding who may look (access).
"""

from django.db import models

from joinedup.foundation import ids


class AuditEvent(models.Model):
    """One look or one change: who, when, why and what. Written by the database's own function, never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=400, blank=True)
    home_id = models.UUIDField(null=True)
    act = models.CharField(max_length=100)
    purpose = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    record_ref = models.CharField(max_length=120, blank=True)
    criteria_hash = models.BinaryField(max_length=32, null=True)
    session = models.CharField(max_length=64, blank=True)
    request_id = models.UUIDField(null=True)
    xact_id = models.BigIntegerField()

    class Meta:
        verbose_name = "audit event"
        indexes = [models.Index(name="audit_event_by_actor", fields=["actor_id", "at"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"actor_name", "reason"})
        safe = frozenset(
            {"id", "at", "actor_id", "roles", "home_id", "act", "purpose", "record_ref", "criteria_hash"}
            | {"session", "request_id", "xact_id"}
        )


class AuditSubject(models.Model):
    """One child whom an audit event showed or changed."""

    pk = models.CompositePrimaryKey("event", "subject_id")
    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    subject_id = models.UUIDField()

    class Meta:
        verbose_name = "audit subject"
        indexes = [models.Index(name="audit_subject_by_subject", fields=["subject_id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"event", "subject_id"})
