"""Tables of the audit: one row for each look and each change, the subjects it showed, and the seal over them.

Belongs here: rows that are only ever added. Not here: deciding who may look (access), the signed heads (a file).
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
    on_behalf_of = models.UUIDField(null=True)
    relationship = models.CharField(max_length=60, blank=True, default="")
    decision = models.CharField(max_length=24, default="allow")
    rule = models.CharField(max_length=120, blank=True, default="")
    tier = models.SmallIntegerField(null=True)
    policy_version = models.CharField(max_length=64, blank=True, default="")
    basis = models.CharField(max_length=120, blank=True, default="")
    fields = models.CharField(max_length=400, blank=True, default="")
    result_count = models.IntegerField(null=True)
    before_hash = models.BinaryField(max_length=32, null=True)
    after_hash = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name = "audit event"
        indexes = [
            models.Index(name="audit_event_by_actor", fields=["actor_id", "at"]),
            models.Index(name="audit_event_by_transaction", fields=["xact_id"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"actor_name", "reason"})
        safe = frozenset(
            {"id", "at", "actor_id", "roles", "home_id", "act", "purpose", "record_ref", "criteria_hash"}
            | {"session", "request_id", "xact_id", "on_behalf_of", "relationship", "decision", "rule", "tier"}
            | {"policy_version", "basis", "fields", "result_count", "before_hash", "after_hash"}
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


class SealedEvent(models.Model):
    """The place of one event in the tree, for ever, and the fingerprints under which it was sealed."""

    position = models.BigIntegerField(primary_key=True)
    event_at = models.DateTimeField()
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="seal")
    form = models.SmallIntegerField()
    event_hash = models.BinaryField(max_length=32)
    subjects_hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "sealed event"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"position", "event_at", "event", "form", "event_hash", "subjects_hash"})


class SealBatch(models.Model):
    """One run of sealing: how many events the tree then held, and which transactions might still bring some."""

    size = models.BigIntegerField(primary_key=True)
    log_id = models.UUIDField()
    sealed_at = models.DateTimeField()
    floor = models.BigIntegerField()
    ceiling = models.BigIntegerField()
    server = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "seal batch"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"size", "log_id", "sealed_at", "floor", "ceiling", "server"})


class SealNode(models.Model):
    """The root of a complete part of the tree, kept so that a proof need not read the whole."""

    pk = models.CompositePrimaryKey("height", "place")
    height = models.SmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "seal node"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"height", "place", "hash"})
