"""The table of invitations: who may have a page of their own, who asked them, and the sign-in that came of it."""

from django.conf import settings
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.participation import rules


class Invitation(models.Model):
    """That a worker asked a child or a parent to have a page of their own, by a link that works once.

    Of the link only a fingerprint is kept; `parent_ref` is by what the record of a parent's safety knows them.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    voice = models.CharField(max_length=10, choices=[(voice.value, voice.value) for voice in rules.Voice])
    name = models.CharField(max_length=rules.MOST_NAME)
    parent_ref = models.CharField(max_length=120, blank=True)
    fingerprint = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=rules.MOST_NAME)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)

    class Meta:
        verbose_name = "invitation"
        indexes = [models.Index(name="participation_invited_by_child", fields=["child", "made_at"])]
        constraints = [
            models.UniqueConstraint(
                name="participation_one_sign_in_for_a_page",
                fields=["child", "voice", "parent_ref"],
                condition=models.Q(accepted_at__isnull=False, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="participation_accepted_by_someone",
                condition=models.Q(accepted_at=None, user=None)
                | models.Q(accepted_at__isnull=False, user__isnull=False),
            ),
            models.CheckConstraint(
                name="participation_withdrawn_by_someone",
                condition=models.Q(withdrawn_at=None, withdrawn_by_name="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by_name="")),
            ),
            models.CheckConstraint(
                name="participation_a_parent_is_known_by_a_reference",
                condition=models.Q(voice=rules.Voice.CHILD.value, parent_ref="")
                | (models.Q(voice=rules.Voice.PARENT.value) & ~models.Q(parent_ref="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"name", "parent_ref", "fingerprint", "made_by_name", "withdrawn_by_name"})
        safe = frozenset(
            {"id", "child", "voice", "made_at", "made_by_id", "expires_at", "accepted_at", "user", "withdrawn_at"}
        )
