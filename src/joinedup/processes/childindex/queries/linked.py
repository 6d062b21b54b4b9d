"""The records that are linked to one child, and on what evidence each of them is."""

import dataclasses
import datetime
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import explain as linkage_explain


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that was compared, what it showed, and how far that moves the odds.

    Units: `bits`: +1 doubles the odds that two records are one child, -1 halves them.
    Shapes: `subject` is what was compared, in few words; `name` the same, as the model has it.
    """

    words: str
    bits: float
    moves: str
    subject: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WhyLinked:
    """Why a record is linked: the strongest comparison with another record of the same child.

    Units: `odds` and `odds_before` in words; `bits` and `bits_before` in bits; `evidence` the strongest first.
    Shapes: `with_agency_name` is empty where that record is no longer linked to the child. The model is the one by which
    the link was made, whichever links are made by now.
    """

    odds: str
    odds_before: str
    bits: float
    bits_before: float
    evidence: tuple[Evidence, ...]
    with_agency_name: str
    model_trained_at: datetime.datetime
    model_hash: str

    def waterfall(self) -> rules.Waterfall:
        """Return the evidence as a picture, from the odds before anything was compared to the odds now."""
        steps = [rules.Step(words=one.subject, bits=one.bits) for one in self.evidence]
        return rules.waterfall(prior=self.bits_before, steps=steps)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """A person as one agency knows them, linked to the child; `why` is None where nothing was compared.

    `is_by_steward` where a steward's act moved the record to the child, whatever had been compared before.
    """

    person_record_id: uuid.UUID
    agency_name: str
    scheme: str
    name: str
    linked_at: datetime.datetime
    source_record_id: uuid.UUID | None
    why: WhyLinked | None
    is_by_steward: bool = False


def get_linked_records(*, child_id: uuid.UUID) -> list[LinkedRecord]:
    """Return the records that are linked to a child, by agency, each under its newest name.

    Shapes: 1 query, one line a person record.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, [child_id])
        names = [column.name for column in cursor.description or ()]
        return [_record(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _record(row: Mapping[str, Any]) -> LinkedRecord:
    return LinkedRecord(
        person_record_id=row["person_record_id"],
        agency_name=row["agency_name"],
        scheme=row["scheme"],
        name=" ".join(part for part in (row["given_name"], row["family_name"]) if part),
        linked_at=row["made_at"],
        source_record_id=row["source_record_id"],
        why=None if row["evidence"] is None else why_of(row),
        is_by_steward=row["act_id"] is not None,
    )


def why_of(row: Mapping[str, Any]) -> WhyLinked:
    """Return the evidence of a link as it was kept when the link was made."""
    kept = as_value(row["evidence"])
    fields: Sequence[Mapping[str, Any]] = kept["fields"]
    return WhyLinked(
        odds=linkage_explain.odds(kept["weight"]),
        odds_before=linkage_explain.odds(kept["prior"]),
        bits=kept["weight"],
        bits_before=kept["prior"],
        evidence=tuple(
            Evidence(
                words=field["words"],
                bits=field["bits"],
                moves=linkage_explain.moves(field["bits"]),
                subject=linkage_explain.subject(field["name"]),
                name=field["name"],
            )
            for field in fields
        ),
        with_agency_name=row["with_agency_name"] or "",
        model_trained_at=row["trained_at"],
        model_hash=row["model_hash"],
    )


def as_value(kept: str) -> Mapping[str, Any]:
    """Return JSON as a value: Django hands that of a plain statement over as text."""
    value: Mapping[str, Any] = json.loads(kept)
    return value


# The name is that of the newest word on who the person is that gives one: some rows name nobody.
_LINKED = """
SELECT l.person_record_id, a.name AS agency_name, p.scheme, l.made_at, l.evidence, l.act_id, v.trained_at, v.model_hash,
       other.agency_name AS with_agency_name, said.given_name, said.family_name, said.source_record_id
FROM childindex_link l
JOIN childindex_linkrun r ON r.id = l.run_id JOIN childindex_modelversion v ON v.id = r.model_version_id
JOIN records_personrecord p ON p.id = l.person_record_id
JOIN agencies_agency a ON a.id = p.agency_id
LEFT JOIN LATERAL (
    SELECT wa.name AS agency_name FROM childindex_link w
    JOIN records_personrecord wp ON wp.id = w.person_record_id JOIN agencies_agency wa ON wa.id = wp.agency_id
    WHERE w.person_record_id = (l.evidence ->> 'with')::uuid AND w.child_id = l.child_id AND w.ended_at IS NULL
) other ON true
LEFT JOIN LATERAL (
    SELECT i.given_name, i.family_name, i.source_record_id FROM records_identitystatement i
    WHERE i.person_record_id = l.person_record_id AND i.is_current
    ORDER BY (i.given_name = '' AND i.family_name = ''), i.id DESC LIMIT 1
) said ON true
WHERE l.child_id = %s AND l.ended_at IS NULL
ORDER BY lower(a.name), p.scheme, l.made_at, l.person_record_id
"""
