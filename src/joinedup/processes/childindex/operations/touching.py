"""The touched child, clustered again: may a record that arrives be with these records, by the rules that hold for all?

Belongs here: handing one child's records and a new one to the clustering. Not here: its rules (linkage.clustering).
"""

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import connection

from joinedup.processes.childindex import queries

if TYPE_CHECKING:
    from joinedup.processes.childindex.linkage.clustering import Ints, People

Pair = tuple[uuid.UUID, uuid.UUID]
_NOBODY = -1


def get_parted(*, person_record_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the records that a steward parted from this one, by a word that stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE record_a_id WHEN %s THEN record_b_id ELSE record_a_id END FROM childindex_stewarddecision "
            "WHERE decision = 'cannot' AND revoked_at IS NULL AND (record_a_id = %s OR record_b_id = %s)",
            [person_record_id] * 3,
        )
        return {row[0] for row in cursor.fetchall()}


def refusal(
    record: Sequence[queries.Alias],
    of_child: Sequence[queries.Likeness],
    *,
    parted: Collection[uuid.UUID],
    link_bits: float,
) -> str:
    """Return why a record may not be with the records of one child, or nothing where it may.

    Shapes: all records of the child with their likeness. The child itself stays as it is, whatever comes.
    Units: `link_bits` in bits; from there on a link run joins two records.
    """
    import numpy as np

    from joinedup.processes.childindex.linkage import clustering, review

    # The new record stands at place 0, the child's records after it.
    weighed = [each.weighed for each in of_child]
    strong = [
        place
        for place, each in enumerate(weighed, start=1)
        if each.weight >= link_bits and not (each.kin or each.thin or each.torn)
    ]
    found = clustering.cluster(
        _people(record, of_child),
        clustering.Edges(
            left=np.zeros(len(strong), np.int64),
            right=np.array(strong, np.int64),
            weight=np.array([weighed[place - 1].weight for place in strong]),
            telling=np.array([weighed[place - 1].telling for place in strong], np.bool_),
        ),
        kin=_pairs((0, place) for place, each in enumerate(weighed, start=1) if each.kin),
        parted=_pairs(
            (0, place) for place, each in enumerate(of_child, start=1) if each.known.person_record_id in parted
        ),
        together=_pairs((place, place + 1) for place in range(1, len(of_child))),
    )
    outcomes = {clustering.Outcome(code) for code in found.outcome.tolist()}
    if clustering.Outcome.JOINED in outcomes:
        return ""
    if clustering.Outcome.PARTED in outcomes or any(each.known.person_record_id in parted for each in of_child):
        return queries.PARTED
    return next((review.REASONS[each].value for each in sorted(outcomes) if each in review.REASONS), queries.MAY_BE_ONE)


def _pairs(places: "Collection[tuple[int, int]] | object") -> "Ints":
    import numpy as np

    return np.array([*places], np.int64).reshape(-1, 2)  # type: ignore[misc]


def _people(record: Sequence[queries.Alias], of_child: Sequence[queries.Likeness]) -> "People":
    """Return the numbers that no cluster may hold two of: verified NHS numbers and permanent pupil numbers."""
    import numpy as np

    from joinedup.processes.childindex.linkage import clustering

    codes: dict[str, int] = {}

    def code(number: str | None, counts: bool) -> int:
        return codes.setdefault(number, len(codes)) if number and counts else _NOBODY

    first = [record[0], *(each.known.aliases[0] for each in of_child)]
    return clustering.People(
        ids=np.arange(len(first), dtype=np.int64),
        nhs=np.array([code(alias["nhs"], alias["nhs_verified"]) for alias in first], np.int64),
        upn=np.array([code(alias["upn"], not alias["upn_temporary"]) for alias in first], np.int64),
    )
