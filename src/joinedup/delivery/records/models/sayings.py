"""Tables of what source records say: who the child is, who is helping, what happened, who else is named.

Every row hangs on the source record that said it, so that it can be followed, superseded and taken back.
"""

from collections.abc import Mapping

from django.db import models
from django.db.models.functions import Cast

from joinedup.delivery.records import rules
from joinedup.foundation import ids


def _tier(tiers: Mapping[str, int]) -> models.GeneratedField:
    """Return the column that says how guarded a row is, worked out by the database from its kind.

    A kind that nobody has thought of is guarded most.
    """
    cases = [models.When(kind=str(kind), then=models.Value(tier)) for kind, tier in sorted(tiers.items())]
    return models.GeneratedField(
        expression=Cast(models.Case(*cases, default=models.Value(rules.MOST_GUARDED)), models.SmallIntegerField()),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )


class Saying(models.Model):
    """What all of them have: the source record, the person it is about, and whether it still counts."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    source_record = models.ForeignKey("records.SourceRecord", on_delete=models.PROTECT, related_name="+")
    person_record = models.ForeignKey(
        "records.PersonRecord", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        abstract = True


class IdentityStatement(Saying):
    """Who a child is, as one source record says it."""

    given_name = models.CharField(max_length=200, blank=True)
    middle_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    preferred_name = models.CharField(max_length=200, blank=True)
    former_family_name = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    expected_birth_date = models.DateField(null=True, blank=True)
    death_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    nhs_number_verified = models.BooleanField(default=False)
    former_nhs_numbers = models.JSONField(null=True)
    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    identity_hash = models.BinaryField(max_length=16)

    class Meta:
        verbose_name = "identity statement"
        indexes = [models.Index(name="records_identity_by_person", fields=["person_record", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset(
            {"given_name", "middle_names", "family_name", "preferred_name", "former_family_name", "birth_date"}
            | {"expected_birth_date", "death_date", "nhs_number", "former_nhs_numbers", "upn", "former_upn"}
            | {"address", "postcode"}
        )
        safe = frozenset(
            {"id", "source_record", "person_record", "is_current", "sex", "nhs_number_verified", "identity_hash"}
        )


class Involvement(Saying):
    """A service that is or was helping the child, and whom to ring."""

    kind = models.CharField(max_length=30)
    level = models.CharField(max_length=12)
    service = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(
        "agencies.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team_code = models.CharField(max_length=60, blank=True)
    started_date = models.DateField(null=True, blank=True)
    ended_date = models.DateField(null=True, blank=True)
    practitioner = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    answers = models.BooleanField(default=False)
    tier = _tier(rules.INVOLVEMENT_TIERS)

    class Meta:
        verbose_name = "involvement"
        indexes = [models.Index(name="records_involvement_by_person", fields=["person_record", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"practitioner", "phone"})
        safe = frozenset(
            {"id", "source_record", "person_record", "is_current", "kind", "level", "service", "team", "team_code"}
            | {"started_date", "ended_date", "answers", "tier"}
        )


class ChronologyEntry(Saying):
    """Something that happened, in words that say that it happened and not why."""

    kind = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    happened_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)
    tier = _tier(rules.HAPPENING_TIERS)

    class Meta:
        verbose_name = "chronology entry"
        indexes = [models.Index(name="records_chronology_by_person", fields=["person_record", "-happened_date", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub: frozenset[str] = frozenset()
        safe = frozenset(
            {
                "id",
                "source_record",
                "person_record",
                "is_current",
                "kind",
                "words",
                "happened_date",
                "ended_date",
                "tier",
            }
        )


class Relative(Saying):
    """A parent, carer or sibling whom a source record names beside the child."""

    relationship = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    local_id = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "relative"
        indexes = [models.Index(name="records_relative_by_person", fields=["person_record", "id"])]

    class Scrub:
        """Every field is scrubbed or named safe."""

        scrub = frozenset({"name", "phone", "local_id"})
        safe = frozenset({"id", "source_record", "person_record", "is_current", "relationship"})
