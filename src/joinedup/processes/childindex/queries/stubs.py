"""Sealed children: the stub by which one is known, the list of them, and records that wait for a shield officer.

Belongs here: what the database's functions tell of sealed children. Not here: setting a seal (governance).
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db import connection

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """All that is told of a sealed child: who the child is, and that there is someone to ring.

    Source: SI 2007/2182 regulation 6(5).
    """

    id: uuid.UUID
    number: str
    given_name: str
    family_name: str
    birth_date: datetime.date | None
    sex: str
    reasons: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SealedChild:
    """A sealed child as those see them who keep the seals."""

    id: uuid.UUID
    number: str
    name: str
    birth_date: datetime.date | None
    sealed_at: datetime.datetime
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """A record that may be about a sealed child: what it says of who the child is, beside the child."""

    id: uuid.UUID
    agency_name: str
    name: str
    birth_date: datetime.date | None
    why: tuple[str, ...]
    held_at: datetime.datetime
    child_id: uuid.UUID
    child_number: str
    child_name: str
    child_birth_date: datetime.date | None


def find_stubs(  # what was asked, as the database's function takes it
    *,
    questions: Sequence[Sequence[str]],
    needed: int,
    number: str,
    born_after: datetime.date,
    born_until: datetime.date,
    things: int,
    most: int,
) -> list[Stub]:
    """Return the sealed children who are met by what their stubs show, under the caller's open view.

    Shapes: 1 query. Who must know two things, and gave one, is told of nobody.
    """
    values = [value for keys in questions for value in keys]
    places = [place for place, keys in enumerate(questions) for _ in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, number, given_name, family_name, birth_date, sex "
            "FROM childindex_stubs(%s::text[], %s::int[], %s, %s, %s, %s, %s, %s)",
            [values, places, needed, number, born_after, born_until, most, things],
        )
        return [
            Stub(id=found, number=its_number, given_name=given, family_name=family, birth_date=born, sex=sex)
            for found, its_number, given, family, born, sex in cursor.fetchall()
        ]


def get_sealed(*, viewer: access_rules.Viewer) -> list[SealedChild]:
    """Return all sealed children, the newest seal first, for those who keep the seals; nobody else is told of any.

    Shapes: 2 queries and the children named in the audit. A borough has some dozens.
    """
    event = audit_operations.open_view(viewer=viewer, act="childindex.sealed.seen")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, number, given_name, family_name, birth_date, sealed_at, reason FROM childindex_sealed()"
        )
        found = [
            SealedChild(
                id=child_id,
                number=number,
                name=_name(given, family),
                birth_date=born,
                sealed_at=sealed_at,
                reason=reason,
            )
            for child_id, number, given, family, born, sealed_at, reason in cursor.fetchall()
        ]
    audit_operations.add_subjects(event_id=event, subjects=[child.id for child in found])
    return found


def count_held() -> int:
    """Count the records that may be about a sealed child, for those who keep the seals; under an open view.

    Shapes: 1 query; 0 for everyone else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM childindex_held()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def get_held(*, viewer: access_rules.Viewer) -> list[HeldCard]:
    """Return the records that may be about a sealed child and that nobody has decided on, oldest first.

    Shapes: 2 queries and the children named in the audit.
    """
    event = audit_operations.open_view(viewer=viewer, act="childindex.held.seen")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, agency_name, given_name, family_name, birth_date, words, held_at, child_id, number, "
            "child_given_name, child_family_name, child_birth_date FROM childindex_held() ORDER BY held_at, id"
        )
        rows = cursor.fetchall()
    held = [
        HeldCard(
            id=row[0],
            agency_name=row[1],
            name=_name(row[2], row[3]),
            birth_date=row[4],
            why=tuple(row[5]),
            held_at=row[6],
            child_id=row[7],
            child_number=row[8],
            child_name=_name(row[9], row[10]),
            child_birth_date=row[11],
        )
        for row in rows
    ]
    audit_operations.add_subjects(event_id=event, subjects=sorted({card.child_id for card in held}))
    return held


def _name(given: str | None, family: str | None) -> str:
    return " ".join(part for part in (given, family) if part) or "Name not known"
