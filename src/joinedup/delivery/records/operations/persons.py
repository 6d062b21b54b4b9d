"""Person records: whom a row is about, by the agency's own number or, where it has none, by the identity itself."""

import dataclasses
import datetime
import hashlib
import json
import operator
import uuid
from collections.abc import Iterable, Sequence

from django.db import connection

from joinedup.delivery.records import rules
from joinedup.foundation import ids

IDENTITY_FIELDS = tuple(field.name for field in dataclasses.fields(rules.Identity))

#: Returns all that an identity says, in the order of its fields.
identity_values = operator.attrgetter(*IDENTITY_FIELDS)

PersonKey = tuple[str, str]


def identity_hash(identity: rules.Identity) -> bytes:
    """Return the fingerprint of all that is said of who a child is.

    Shapes: 16 bytes.
    """
    said = "\x1f".join([str(value or "") for value in identity_values(identity)])
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def person_key(reading: rules.Reading) -> PersonKey:
    """Return the agency's number for the child with its scheme, or, where it has none, the identity's fingerprint."""
    if reading.local_id:
        return reading.scheme, reading.local_id
    return "stated", identity_hash(reading.identity or rules.Identity()).hex()


def keep_person_records(
    *, agency_id: uuid.UUID, keys: Iterable[PersonKey], at: datetime.datetime
) -> dict[PersonKey, str]:
    """Return the person record of each key, made first where the agency has not named that person before.

    Shapes: identifiers as 32 hexadecimal digits.
    """
    wanted = list(dict.fromkeys(keys))
    known = _known(agency_id, wanted)
    missing = [key for key in wanted if key not in known]
    if missing:
        _add(agency_id, missing, at)
        known |= _known(agency_id, missing)
    return known


def _known(agency_id: uuid.UUID, keys: Sequence[PersonKey]) -> dict[PersonKey, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given.scheme, given.local_id, replace(p.id::text, '-', '') "
            "FROM json_to_recordset(%s) AS given(scheme text, local_id text) "
            "JOIN records_personrecord p USING (scheme, local_id) WHERE p.agency_id = %s",
            [_as_json(("scheme", "local_id"), keys), agency_id],
        )
        return {(scheme, local_id): person for scheme, local_id, person in cursor.fetchall()}


def _add(agency_id: uuid.UUID, keys: Sequence[PersonKey], at: datetime.datetime) -> None:
    rows = [(new_id, *key) for new_id, key in zip(ids.uuid7_block(len(keys)), keys, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_personrecord (id, agency_id, scheme, local_id, first_received_at) "
            "SELECT given.id, %s, given.scheme, given.local_id, %s "
            "FROM json_to_recordset(%s) AS given(id uuid, scheme text, local_id text) "
            "ON CONFLICT (agency_id, scheme, local_id) DO NOTHING",
            [agency_id, at, _as_json(("id", "scheme", "local_id"), rows)],
        )


def _as_json(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as one text, which goes to the database at once; an array would be quoted value by value."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False)


def latest_identities(people: Iterable[str]) -> dict[str, frozenset[bytes]]:
    """Return the fingerprints of what the latest current rows say of who these persons are.

    Shapes: at most four of each person; a person of whom nothing is said yet is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [" ".join(dict.fromkeys(people))])
        return {person: frozenset(map(bytes, hashes)) for person, hashes in cursor.fetchall()}


# Compared as a pair, so that only the index by person can give the order: by `id` alone the planner may choose to walk
# the whole table from its newest row, once for each person.
_LATEST = """
SELECT given.person, array_agg(said.identity_hash)
FROM string_to_table(%s, ' ') AS given(person), LATERAL (
    SELECT i.person_record_id, i.identity_hash FROM records_identitystatement i
    WHERE i.is_current AND (i.person_record_id, i.id) <= (given.person::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    ORDER BY i.person_record_id DESC, i.id DESC LIMIT 4
) said
WHERE said.person_record_id = given.person::uuid
GROUP BY given.person
"""
