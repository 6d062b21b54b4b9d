"""Keeping search keys and known aliases: in the transaction that stores a record, and again when a batch is taken back."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import text
from joinedup.foundation.database import copying
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.operations import knowing


def index_identities(identities: Iterable[tuple[uuid.UUID, records_rules.Identity]]) -> None:
    """Add the search keys of newly stated identities and keep the aliases of these persons, in the caller's transaction.

    Shapes: person record and identity; keys known already are left as they are.
    """
    keys: set[tuple[str, str]] = set()
    words: set[str] = set()
    stated = list(identities)
    people = list(dict.fromkeys(person_id for person_id, _ in stated))
    guarded_by = _guarded(people)
    for person_id, identity in stated:
        person, agency_id = person_id.hex, guarded_by.get(person_id)
        values = rules.keys_of(identity)
        keys.update(
            (value if agency_id is None else rules.guarded(value, agency_id=agency_id), person) for value in values
        )
        words.update(rules.words_of(identity))
    _add_words(sorted(words))
    # In the order of the index, so that neighbours meet the same page of it.
    copying.copy_new_rows("childindex_searchkey", ["value", "person_record_id"], sorted(keys))
    knowing.keep_up(people)
    with connection.cursor() as cursor:
        # Whoever is now said to live where a sealed child lives is not found there.
        cursor.execute("SELECT childindex_spread()")


def _guarded(person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the agency of each of these persons of whom even that it knows them is guarded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, a.id FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id "
            "AND a.lowest_tier > 1 WHERE p.id = ANY(%s)",
            [list(person_ids)],
        )
        return dict(cursor.fetchall())


@transaction.atomic
def learn_words(identities: Iterable[records_rules.Identity]) -> None:
    """Add the words of names to the vocabulary ahead of the records that use them.

    In a short transaction of its own, so that loads side by side do not wait for each other's whole pieces over a
    word that both bring first. A word that no record comes to use finds nobody and does no harm.
    """
    _add_words(sorted({word for identity in identities for word in rules.words_of(identity)}))


def _add_words(words: Sequence[str]) -> None:
    """Add words to the vocabulary with their sounds and spellings; most pieces of a load bring few new ones."""
    if not words:
        return
    # In order, so that two loads at once wait for each other instead of locking each other out.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO childindex_nameword (word, sound) SELECT * FROM unnest(%s::text[], %s::text[]) "
            "ON CONFLICT DO NOTHING RETURNING word",
            [list(words), [text.sound(word)[:80] for word in words]],
        )
        new = [row[0] for row in cursor.fetchall()]
    pairs = ((spelling, word) for word in new for spelling in sorted(rules.spellings_of(word)))
    copying.copy_new_rows("childindex_namespelling", ["spelling", "word_id"], pairs)


def reindex(person_record_ids: Sequence[uuid.UUID]) -> None:
    """Make the search keys and aliases of these person records afresh from what still counts."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM childindex_searchkey WHERE person_record_id = ANY(%s)", [list(person_record_ids)])
    knowing.keep_up(person_record_ids)
    index_identities(records_queries.get_known_identities(person_record_ids=person_record_ids))
