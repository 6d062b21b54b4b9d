"""Tables of matching: every known record in the form that is compared, and the keys by which a new one meets it.

Nobody reads them but the batch role and functions of the database. Their references are not enforced row by row: a
load writes ten keys for each record, and whoever takes a record away takes these with it.
"""

from django.contrib.postgres import fields as postgres
from django.db import models


class KnownAlias(models.Model):
    """One way in which an agency names a person, brought to the form that is compared.

    `said` and `home` are texts of the linkage's own; `keys` are all keys that lead here. `is_home_held` hides where the
    person lives from whoever asks: a sealed child lives there. `is_weighed` once a link run has seen it.
    """

    id = models.BigAutoField(primary_key=True)
    person_record = models.ForeignKey(
        "records.PersonRecord", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    said = models.TextField()
    home = models.TextField(blank=True)
    keys = postgres.ArrayField(models.BigIntegerField())
    is_home_held = models.BooleanField(default=False)
    is_weighed = models.BooleanField(default=False)

    class Meta:
        verbose_name = "known alias"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"said", "home", "keys"})
        safe = frozenset({"id", "person_record", "agency", "is_home_held", "is_weighed"})


class MatchKey(models.Model):
    """One thing that two records of one child may agree in, as a fingerprint, and an alias that has it."""

    pk = models.CompositePrimaryKey("key", "alias")
    key = models.BigIntegerField()
    alias = models.ForeignKey(
        KnownAlias, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = "match key"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"key"})
        safe = frozenset({"alias"})


class Lore(models.Model):
    """What a link run learnt from all records together of names: forms of one name, and how common each is."""

    run = models.OneToOneField(
        "childindex.LinkRun", primary_key=True, on_delete=models.PROTECT, related_name="lore", db_constraint=False
    )
    said = models.TextField()

    class Meta:
        verbose_name = "lore"

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"said"})
        safe = frozenset({"run"})
