"""Tables of the assessment: a family's assessment, the children it is of, each answer with all its versions, and what was signed.

Belongs here: rows that keep their own promises. Not here: what a form asks (rules), who may write (the matrix).
`child_ids` are the children whom a row is about, kept by triggers: all of the assessment's for what is shared, one for what
is said of one. Row-level security reads them.
"""

from django.contrib.postgres import fields as postgres
from django.db import models

from joinedup.foundation import ids
from joinedup.processes.assessment import rules


class FormVersion(models.Model):
    """One version of the form as it stood when the first assessment was begun on it; it never changes."""

    content_hash = models.CharField(primary_key=True, max_length=64)
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    definition = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = "assessment form"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"content_hash", "code", "version", "definition", "kept_at"})


class Assessment(models.Model):
    """One assessment of one family; `signed_number` is its last signed version, 0 before the first.

    `contact_id` and `episode_id` name what led to it, in the processes that keep those. It may have come from another:
    by being begun again, or by families parting.
    """

    class CameBy(models.TextChoices):
        """How an assessment came from another."""

        NOTHING = "", "itself"  #: it began by itself
        AGAIN = "again", "again"  #: the other was begun again, and is superseded once this is signed
        PARTED = "parted", "parted"  #: a family parted, and this is of those who left

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in rules.State], default=rules.State.BEGUN.value
    )
    child_ids = postgres.ArrayField(models.UUIDField())
    referral_date = models.DateField(null=True, blank=True)
    contact_id = models.UUIDField(null=True, blank=True)
    episode_id = models.UUIDField(null=True, blank=True)
    agency = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by_id = models.UUIDField()
    begun_by_name = models.CharField(max_length=200)
    signed_number = models.PositiveSmallIntegerField(default=0)
    came_from_id = models.UUIDField(null=True, blank=True)
    came_by = models.CharField(max_length=8, choices=CameBy, default=CameBy.NOTHING, blank=True)

    class Meta:
        verbose_name = "assessment"
        constraints = [
            models.CheckConstraint(name="assessment_is_of_somebody", condition=~models.Q(child_ids=[])),
            models.CheckConstraint(
                name="assessment_signed_has_a_version",
                condition=~models.Q(state=rules.State.SIGNED_OFF.value) | models.Q(signed_number__gte=1),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"begun_by_name"})
        safe = frozenset(
            {"id", "form", "state", "child_ids", "referral_date", "contact_id", "episode_id", "agency", "begun_at"}
            | {"begun_by_id", "signed_number", "came_from_id", "came_by"}
        )


class AssessmentChild(models.Model):
    """That an assessment is of a child, from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="children")
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "assessed child"
        constraints = [
            models.UniqueConstraint(name="assessment_has_a_child_once", fields=["assessment", "child"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset({"id", "assessment", "child", "joined_at", "left_at"})


class Answer(models.Model):
    """One place for an answer, with the words that stand there now; version 0 before anyone has written."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    child = models.ForeignKey("people.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    child_ids = postgres.ArrayField(models.UUIDField())
    field = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by_id = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(max_length=200, blank=True)
    agency_name = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "assessment answer"
        constraints = [
            models.UniqueConstraint(
                name="assessment_answers_a_field_once",
                fields=["assessment", "field", "child"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="assessment_answer_written_has_when",
                condition=models.Q(number=0, written_at=None, words="")
                | models.Q(number__gte=1, written_at__isnull=False),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "written_by_name"})
        safe = frozenset(
            {"id", "assessment", "child", "child_ids", "field", "number", "written_at", "written_by_id", "agency_name"}
        )


class AnswerWords(models.Model):
    """One version of an answer as it was written, which never changes; `is_beside` where another's words stood already.

    `written_by_id` is empty where the index filled it in; then `agency_name` says which agencies said so.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    is_beside = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(max_length=200, blank=True)
    agency_name = models.CharField(max_length=400, blank=True)
    page_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "words of an answer"
        indexes = [models.Index(name="assessment_words_of_answer", fields=["answer", "number"])]
        constraints = [
            models.UniqueConstraint(
                name="assessment_answer_has_a_version_once",
                fields=["answer", "number"],
                condition=models.Q(is_beside=False),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "written_by_name"})
        safe = frozenset(
            {"id", "answer", "number", "is_beside", "written_at", "written_by_id", "agency_name", "page_id"}
        )


class WaitingWords(models.Model):
    """What one page wrote while another's words came to stand there; it waits until a person chooses."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="waiting")
    page_id = models.UUIDField()
    words = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=400, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by_id = models.UUIDField(null=True, blank=True)
    choice = models.CharField(
        max_length=8, blank=True, choices=[(choice.value, choice.value) for choice in rules.Choice]
    )

    class Meta:
        verbose_name = "waiting words"
        constraints = [
            models.UniqueConstraint(
                name="assessment_page_waits_once", fields=["answer", "page_id"], condition=models.Q(chosen_at=None)
            ),
            models.CheckConstraint(
                name="assessment_choice_comes_whole",
                condition=models.Q(chosen_at=None, chosen_by_id=None, choice="")
                | (models.Q(chosen_at__isnull=False, chosen_by_id__isnull=False) & ~models.Q(choice="")),
            ),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"words", "written_by_name"})
        safe = frozenset(
            {"id", "answer", "page_id", "written_at", "written_by_id", "agency_name", "chosen_at", "chosen_by_id"}
            | {"choice"}
        )


class SignedVersion(models.Model):
    """An assessment as it was signed: which version of each answer, by whom and when; `numbers` by answer."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="signed")
    number = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField()
    signed_by_id = models.UUIDField()
    signed_by_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=200, blank=True)
    numbers = models.JSONField()

    class Meta:
        verbose_name = "signed version"
        constraints = [
            models.UniqueConstraint(name="assessment_signs_a_version_once", fields=["assessment", "number"]),
        ]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"signed_by_name"})
        safe = frozenset({"id", "assessment", "number", "signed_at", "signed_by_id", "agency_name", "numbers"})
