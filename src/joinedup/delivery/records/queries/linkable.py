"""The read that linking begins with: all that agencies say of who persons are, in a few large pieces."""

import dataclasses
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

_PIECE_ROWS = 50_000

LINKABLE_COLUMNS = (
    "agency",
    "said_date",
    "given_name",
    "middle_names",
    "family_name",
    "preferred_name",
    "former_family_name",
    "birth_date",
    "sex",
    "nhs_number",
    "nhs_number_verified",
    "former_nhs_numbers",
    "upn",
    "former_upn",
    "address",
    "postcode",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Linkable:
    """A piece of the read.

    Shapes: `values` holds one sequence for each of LINKABLE_COLUMNS, all as long as `person_record_ids`.
    """

    person_record_ids: Sequence[uuid.UUID]
    agency_kinds: Sequence[str]
    values: Sequence[Sequence[object]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkableRow:
    """One thing that is said of who a person is.

    Shapes: `said` has LINKABLE_COLUMNS. `is_home_held` where the address is kept back, for a sealed child lives there.
    """

    person_record_id: uuid.UUID
    agency_id: uuid.UUID
    is_home_held: bool
    said: Mapping[str, Any]


def read_linkable() -> Iterator[Linkable]:
    """Return who every person is said to be, each different saying once, in pieces ordered by person record.

    Read on the caller's own connection, in its transaction, so that linking sees what it will write against.
    Replaced names and addresses are among them as aliases; persons of whom nothing counts any longer are not.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINKABLE)
        while rows := cursor.fetchmany(_PIECE_ROWS):
            columns = list(zip(*rows, strict=True))
            yield Linkable(person_record_ids=columns[0], agency_kinds=columns[1], values=columns[2:])


def read_linkable_of(*, person_record_ids: Sequence[uuid.UUID]) -> Iterator[LinkableRow]:
    """Return who these persons are said to be, as `read_linkable` does and in its order."""
    with connection.cursor() as cursor:
        cursor.execute(_LINKABLE_OF, [list(person_record_ids)])
        for person, agency_id, is_held, _kind, *values in cursor.fetchall():
            said: dict[str, Any] = dict(zip(LINKABLE_COLUMNS, values, strict=True))
            formers = said["former_nhs_numbers"]
            said["former_nhs_numbers"] = json.loads(formers) if isinstance(formers, str) else formers
            yield LinkableRow(person_record_id=person, agency_id=agency_id, is_home_held=is_held, said=said)


_LINKABLE = """
SELECT DISTINCT ON (i.person_record_id, i.identity_hash)
       i.person_record_id, a.kind, a.code, b.received_at::date, i.given_name, i.middle_names, i.family_name,
       i.preferred_name, i.former_family_name, i.birth_date, i.sex, i.nhs_number, i.nhs_number_verified,
       i.former_nhs_numbers, i.upn, i.former_upn, coalesce(h.address, i.address), coalesce(h.postcode, i.postcode)
FROM records_identitystatement i
LEFT JOIN records_heldaddress h ON h.statement_id = i.id
JOIN records_sourcerecord s ON s.id = i.source_record_id
JOIN records_batch b ON b.id = s.batch_id
JOIN agencies_agency a ON a.id = b.agency_id
WHERE b.state <> 'undone'
  AND EXISTS (SELECT 1 FROM records_identitystatement c WHERE c.person_record_id = i.person_record_id AND c.is_current)
ORDER BY i.person_record_id, i.identity_hash, i.id
"""
_LINKABLE_OF = _LINKABLE.replace(
    "i.person_record_id, a.kind", "i.person_record_id, a.id, h.statement_id IS NOT NULL, a.kind"
).replace("WHERE", "WHERE i.person_record_id = ANY(%s) AND", 1)


def read_person_keys() -> Iterator[tuple[str, str, str, uuid.UUID]]:
    """Return every person record under the agency's own number.

    Shapes: agency code, scheme, local number, person record.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT a.code, p.scheme, p.local_id, p.id FROM records_personrecord p "
            "JOIN agencies_agency a ON a.id = p.agency_id ORDER BY p.id"
        )
        while rows := cursor.fetchmany(_PIECE_ROWS):
            yield from rows


def read_places_of_unnumbered() -> Iterator[tuple[str, str, int, uuid.UUID]]:
    """Return where the rows stand that bear no number of the agency's own.

    Shapes: agency code, file name, line number, person record.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT a.code, b.file_name, s.line_number, p.id FROM records_personrecord p "
            "JOIN records_sourcerecord s ON s.person_record_id = p.id JOIN records_batch b ON b.id = s.batch_id "
            "JOIN agencies_agency a ON a.id = p.agency_id WHERE p.scheme = 'stated' ORDER BY s.id"
        )
        while rows := cursor.fetchmany(_PIECE_ROWS):
            yield from rows
