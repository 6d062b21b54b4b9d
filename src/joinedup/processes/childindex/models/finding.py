"""Tables of finding: keys that lead from what a person remembers to the records that say it."""

from django.db import models

from joinedup.foundation import clock


class SearchKey(models.Model):
    """One thing by which a person record can be found: a word of a name, a date, a number, a postcode.

    `value` begins with what it is: "n:" a word of a name, "d:" date of birth, "h:" NHS number, "u:" unique pupil
    number, "p:" postcode without its space. Equality alone is asked of it, which stays fast under row-level security.
    Where even that the agency knows the child is guarded, the agency stands before it (rules.guarded): whoever does not
    ask as one of its people never meets the key.
    """

    pk = models.CompositePrimaryKey("value", "person_record")
    value = models.CharField(max_length=120, db_collation="C")
    person_record = models.ForeignKey("records.PersonRecord", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "search key"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"value"})
        safe = frozenset({"person_record"})


class NameWord(models.Model):
    """One word that occurs in a name somewhere in the index, and how it sounds."""

    word = models.CharField(primary_key=True, max_length=80, db_collation="C")
    sound = models.CharField(max_length=80, db_collation="C")

    class Meta:
        verbose_name = "name word"
        indexes = [models.Index(name="childindex_word_by_sound", fields=["sound", "word"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"word", "sound"})
        safe: frozenset[str] = frozenset()


class NameSpelling(models.Model):
    """A name word with one or two letters left out, so that a misspelt word meets it by equality."""

    pk = models.CompositePrimaryKey("spelling", "word")
    spelling = models.CharField(max_length=80, db_collation="C")
    word = models.ForeignKey(NameWord, on_delete=models.PROTECT, related_name="spellings", db_index=False)

    class Meta:
        verbose_name = "name spelling"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"spelling", "word"})
        safe: frozenset[str] = frozenset()


class Search(models.Model):
    """What one person looked for, kept for a short while behind an address that says nothing."""

    token = models.CharField(primary_key=True, max_length=43)
    viewer_id = models.UUIDField()
    criteria = models.JSONField()
    purpose = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "search"
        indexes = [models.Index(name="childindex_search_expires", fields=["expires_at"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"criteria"})
        safe = frozenset({"token", "viewer_id", "purpose", "made_at", "expires_at"})
