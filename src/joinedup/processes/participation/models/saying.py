"""Tables of what is said: what a child or parent thinks, with the answer, and what a child wants new workers to know.

Belongs here: words of the family. Not here: what workers write of their views (assessment, casework).
"""

from django.db import models

from joinedup.foundation import ids
from joinedup.processes.participation import rules


class View(models.Model):
    """What one child or parent thinks, whom they let see it, and what was done about it; neither is ever written over."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    voice = models.CharField(max_length=10, choices=[(voice.value, voice.value) for voice in rules.Voice])
    given_by_id = models.UUIDField()
    given_by_name = models.CharField(max_length=rules.MOST_NAME)
    given_at = models.DateTimeField()
    occasion = models.CharField(max_length=10, choices=[(one.value, one.value) for one in rules.Occasion])
    words = models.TextField(max_length=rules.MOST_LETTERS)
    shown_to = models.CharField(max_length=10, choices=[(one.value, one.value) for one in rules.ShownTo])
    # A user, where one person alone is to see it.
    named_id = models.UUIDField(null=True, blank=True)
    named_name = models.CharField(max_length=rules.MOST_NAME, blank=True)
    answer = models.TextField(max_length=rules.MOST_LETTERS, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=rules.MOST_NAME, blank=True)

    class Meta:
        verbose_name = "view"
        indexes = [models.Index(name="participation_view_by_child", fields=["child", "given_at"])]
        constraints = [
            models.CheckConstraint(
                name="participation_one_person_is_named_or_none",
                condition=models.Q(shown_to=rules.ShownTo.NAMED.value, named_id__isnull=False)
                | (~models.Q(shown_to=rules.ShownTo.NAMED.value) & models.Q(named_id=None, named_name="")),
            ),
            models.CheckConstraint(
                name="participation_answered_whole",
                condition=models.Q(answer="", answered_at=None, answered_by_id=None, answered_by_name="")
                | (models.Q(answered_at__isnull=False, answered_by_id__isnull=False) & ~models.Q(answer="")),
            ),
            models.CheckConstraint(name="participation_view_says_something", condition=~models.Q(words="")),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"given_by_name", "words", "named_name", "answer", "answered_by_name"})
        safe = frozenset(
            {"id", "child", "voice", "given_by_id", "given_at", "occasion", "shown_to", "named_id", "answered_at"}
            | {"answered_by_id"}
        )


class AboutMe(models.Model):
    """What a child wants whoever helps to know, told once; the newest is shown, and what stood before stays theirs."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    given_by_id = models.UUIDField()
    written_at = models.DateTimeField()
    know = models.TextField(max_length=rules.MOST_LETTERS, blank=True)
    like = models.TextField(max_length=rules.MOST_LETTERS, blank=True)
    helps = models.TextField(max_length=rules.MOST_LETTERS, blank=True)
    hinders = models.TextField(max_length=rules.MOST_LETTERS, blank=True)

    class Meta:
        verbose_name = "about me"
        indexes = [models.Index(name="participation_about_by_child", fields=["child", "written_at"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"know", "like", "helps", "hinders"})
        safe = frozenset({"id", "child", "given_by_id", "written_at"})
