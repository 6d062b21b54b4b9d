"""Explaining one link, years later too: by the evidence that was kept with it, and the model that weighed it.

Belongs here: one link, for whoever keeps the installation. Not here: the links of a child as a page shows them (linked).
"""

import dataclasses
import datetime
import math
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.childindex.queries import linked


class NoSuchLink(Exception):
    """No record of this identifier was ever linked, and no link bears it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One link: which record and which child, from when until when, and why.

    Shapes: `why` is None where nothing was compared. `by_model` gives, for each field that the model weighs alike for all,
    what the kept version of the model says of the answer; a name's commonness is weighed besides, and is not in it.
    Units: `by_model` and the thresholds in bits.
    """

    link_id: uuid.UUID
    person_record_id: uuid.UUID
    child_number: str
    agency_name: str
    made_at: datetime.datetime
    ended_at: datetime.datetime | None
    is_by_steward: bool
    why: linked.WhyLinked | None
    by_model: Mapping[str, float]
    model_state: str
    link_threshold_bits: float
    review_threshold_bits: float


def explain_link(*, viewer: access_rules.Viewer, ref: uuid.UUID) -> Explained:
    """Return why a record is linked to its child, by the model that linked it; that it was asked is written down.

    Shapes: `ref` is a link, a person record or one of its rows; of several links of a record the one that stands, else the
    newest. 2 queries.
    Errors: NoSuchLink.
    """
    event = audit_operations.open_view(viewer=viewer, act="childindex.link.explained", record_ref=str(ref))
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAINED, [ref, ref, ref])
        names = [column.name for column in cursor.description or ()]
        found = cursor.fetchone()
    if found is None:
        raise NoSuchLink(ref)
    row = dict(zip(names, found, strict=True))
    audit_operations.add_subjects(event_id=event, subjects=[row["child_id"]])
    return Explained(
        link_id=row["id"],
        person_record_id=row["person_record_id"],
        child_number=row["number"],
        agency_name=row["agency_name"],
        made_at=row["made_at"],
        ended_at=row["ended_at"],
        is_by_steward=row["act_id"] is not None,
        why=None if row["evidence"] is None else linked.why_of(row),
        by_model={} if row["evidence"] is None else _by_model(row),
        model_state=row["state"],
        link_threshold_bits=row["link_threshold_bits"],
        review_threshold_bits=row["review_threshold_bits"],
    )


def _by_model(row: Mapping[str, Any]) -> dict[str, float]:
    """Return what the model that made the link says of each answer, without the commonness of names."""
    kept, model = linked.as_value(row["evidence"]), linked.as_value(row["model"])
    weights = {
        (comparison["output_column_name"], level["label_for_charts"]): math.log2(
            level["m_probability"] / level["u_probability"]
        )
        for comparison in model.get("splink", {}).get("comparisons", [])
        for level in comparison["comparison_levels"]
        if level.get("m_probability") and level.get("u_probability") and not level.get("tf_adjustment_column")
    }
    return {
        field["name"]: round(weights[field["name"], field["level"]], 4)
        for field in kept["fields"]
        if (field["name"], field["level"]) in weights
    }


_EXPLAINED = """
SELECT l.id, l.person_record_id, l.child_id, c.number, a.name AS agency_name, l.made_at, l.ended_at, l.evidence, l.act_id,
       wa.name AS with_agency_name, v.trained_at, v.model_hash, v.model, v.state, r.link_threshold_bits,
       r.review_threshold_bits
FROM childindex_link l
JOIN people_child named ON named.id = l.child_id JOIN people_child c ON c.id = coalesce(named.redirect_to_id, named.id)
JOIN records_personrecord p ON p.id = l.person_record_id JOIN agencies_agency a ON a.id = p.agency_id
JOIN childindex_linkrun r ON r.id = l.run_id JOIN childindex_modelversion v ON v.id = r.model_version_id
LEFT JOIN records_personrecord wp ON wp.id = (l.evidence ->> 'with')::uuid LEFT JOIN agencies_agency wa ON wa.id = wp.agency_id
WHERE l.id = %s OR l.person_record_id = %s
   OR l.person_record_id = (SELECT s.person_record_id FROM records_sourcerecord s WHERE s.id = %s)
ORDER BY l.ended_at DESC NULLS FIRST, l.made_at DESC, l.id DESC LIMIT 1
"""
