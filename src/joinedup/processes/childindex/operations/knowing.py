"""Keeping known aliases: every record that counts in the form that is compared, with the keys by which others meet it.

Belongs here: writing what changed, in the transaction that stores a record. Not here: which keys (linkage.matchkeys).
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.foundation.database import copying
from joinedup.processes.childindex import models
from joinedup.processes.childindex.linkage import matchkeys, single

_PIECE_PEOPLE = 5_000


class _Alias(NamedTuple):
    """A row as it is to be; two that say the same of one person are one."""

    person: uuid.UUID
    said: str
    home: str
    agency: uuid.UUID
    keys: list[int]
    is_home_held: bool


def keep_up(person_record_ids: Sequence[uuid.UUID]) -> None:
    """Keep the aliases of persons whose records have changed, in the caller's transaction, once there has been a link run.

    Until then nobody can be met, for there is no model to weigh by: a first load is not slowed down by it, and the first run
    brings everyone at once.
    """
    if _is_matching() or not _holds_off_the_run() or _is_matching():
        know(person_record_ids)


def _is_matching() -> bool:
    return models.LinkRun.objects.exists()


def _holds_off_the_run() -> bool:
    """Let no link run begin before this transaction ends; False where one, which may not see these records, is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(hashtext('childindex.link'))")
        (is_held,) = cursor.fetchone()
    return bool(is_held)


def know(person_record_ids: Sequence[uuid.UUID]) -> None:
    """Keep the aliases of these persons as what counts now says them, in the caller's transaction.

    What stands there already stays; a person of whom nothing counts any longer has none, and one who says less than before
    is to be weighed again.
    """
    if not person_record_ids:
        return
    wanted = {(alias.person, alias.said, alias.home): alias for alias in _aliases(person_record_ids)}
    held = {alias.person for alias in wanted.values() if alias.is_home_held}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, person_record_id, said, home FROM childindex_knownalias WHERE person_record_id = ANY(%s)",
            [list(person_record_ids)],
        )
        stale = [(number, rest[0]) for number, *rest in cursor.fetchall() if wanted.pop(tuple(rest), None) is None]
        forget_aliases([number for number, _ in stale])
        cursor.execute(
            "UPDATE childindex_knownalias SET is_weighed = false WHERE is_weighed AND person_record_id = ANY(%s)",
            [[person for _, person in stale]],
        )
        if held:
            cursor.execute(
                "UPDATE childindex_knownalias SET is_home_held = true WHERE person_record_id = ANY(%s)", [list(held)]
            )
    _add([alias._replace(is_home_held=alias.person in held) for alias in wanted.values()])


def know_everyone(*, anew: bool = False) -> None:
    """Keep the aliases of all persons who have none, or of all anew, in the caller's transaction.

    Links and matching rely on every record that counts being known; one that was stored before the first run, or before
    there was this table, is not, and a change of the form makes what is kept old.
    """
    with connection.cursor() as cursor:
        if anew:
            cursor.execute("DELETE FROM childindex_matchkey")
            cursor.execute("DELETE FROM childindex_knownalias")
        cursor.execute(
            "SELECT DISTINCT i.person_record_id FROM records_identitystatement i WHERE i.is_current AND NOT EXISTS "
            "(SELECT 1 FROM childindex_knownalias a WHERE a.person_record_id = i.person_record_id) ORDER BY 1"
        )
        missing = [row[0] for row in cursor.fetchall()]
    for begin in range(0, len(missing), _PIECE_PEOPLE):
        know(missing[begin : begin + _PIECE_PEOPLE])


def get_unmatched() -> set[uuid.UUID]:
    """Return the persons who say something new that neither an arrival nor a link run has weighed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_record_id FROM childindex_knownalias WHERE NOT is_weighed")
        return {row[0] for row in cursor.fetchall()}


def set_weighed(person_record_ids: Sequence[uuid.UUID] | None) -> None:
    """Say of these persons, or of all, that what they say has been weighed."""
    people = None if person_record_ids is None else list(person_record_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE childindex_knownalias SET is_weighed = true "
            "WHERE NOT is_weighed AND (%s::uuid[] IS NULL OR person_record_id = ANY(%s::uuid[]))",
            [people, people],
        )


def weigh_again(*, child_ids: Sequence[uuid.UUID]) -> None:
    """Say of all records of these children that they are to be weighed again: something else of theirs was taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE childindex_knownalias a SET is_weighed = false FROM childindex_link l WHERE l.child_id = ANY(%s) "
            "AND l.ended_at IS NULL AND a.person_record_id = l.person_record_id AND a.is_weighed",
            [list(child_ids)],
        )


def forget_aliases(numbers: Sequence[int]) -> None:
    """Take aliases away, and their keys before them."""
    if not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM childindex_matchkey k USING childindex_knownalias a "
            "WHERE a.id = ANY(%s) AND k.key = ANY(a.keys) AND k.alias_id = a.id",
            [list(numbers)],
        )
        cursor.execute("DELETE FROM childindex_knownalias WHERE id = ANY(%s)", [list(numbers)])


def _aliases(person_record_ids: Sequence[uuid.UUID]) -> Iterator[_Alias]:
    """Return the aliases of these persons, one person after the other."""
    rows = records_queries.read_linkable_of(person_record_ids=person_record_ids)
    for person, said in _by_person(rows):
        former_nhs = sorted({number for row in said for number in row.said["former_nhs_numbers"] or ()})
        former_upn = sorted({row.said["former_upn"] for row in said if row.said["former_upn"]})
        is_held = any(row.is_home_held for row in said)
        for alias in single.standardise(
            [{**row.said, "person_record_id": person, "record_id": place} for place, row in enumerate(said)]
        ):
            whole = {**alias, "former_nhs": former_nhs, "former_upn": former_upn}
            yield _Alias(person, *matchkeys.pack(whole), said[0].agency_id, matchkeys.keys_of(whole), is_held)


def _by_person(
    rows: Iterable[records_queries.LinkableRow],
) -> Iterator[tuple[uuid.UUID, list[records_queries.LinkableRow]]]:
    gathered: list[records_queries.LinkableRow] = []
    for row in rows:
        if gathered and gathered[-1].person_record_id != row.person_record_id:
            yield gathered[-1].person_record_id, gathered
            gathered = []
        gathered.append(row)
    if gathered:
        yield gathered[-1].person_record_id, gathered


def _add(aliases: Sequence[_Alias]) -> None:
    if not aliases:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('childindex_knownalias_id_seq') FROM generate_series(1, %s)", [len(aliases)])
        numbers = [row[0] for row in cursor.fetchall()]
    copying.copy_rows(
        "childindex_knownalias",
        ["id", "person_record_id", "agency_id", "said", "home", "keys", "is_home_held", "is_weighed"],
        (
            (
                number,
                alias.person.hex,
                alias.agency.hex,
                alias.said,
                alias.home,
                _array(alias.keys),
                alias.is_home_held,
                False,
            )
            for number, alias in zip(numbers, aliases, strict=True)
        ),
    )
    # In the order of the index, so that neighbours meet the same page of it.
    pairs = sorted((key, number) for number, alias in zip(numbers, aliases, strict=True) for key in alias.keys)
    copying.copy_numbers("childindex_matchkey", ["key", "alias_id"], pairs)


def _array(numbers: Sequence[int]) -> str:
    """Return numbers as the database writes an array: the driver would turn each into text by itself."""
    return "{" + ",".join(map(str, numbers)) + "}"
