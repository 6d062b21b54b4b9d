"""Table of reviewing: what a steward noted who was not sure of a question.

Belongs here: what decides nothing by itself. Not here: decisions (identity), the questions (linking), blind samples (judging).
"""

from django.db import models

from joinedup.foundation import ids
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.models.linking import ReviewTask


class ReviewNote(models.Model):
    """That a steward looked at a question and was not sure, and in which words; the question waits on, behind the others."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    task = models.ForeignKey(ReviewTask, on_delete=models.PROTECT, related_name="notes")
    note = models.CharField(max_length=rules.MOST_WORDS, blank=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "review note"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"note", "by_name"})
        safe = frozenset({"id", "task", "by_id", "at"})
