"""How things stand: all that child-bearing tables hold, by what agencies know and not by our own identifiers."""

import collections

from django.db import connection

_PERSON = "a.code, p.scheme, p.local_id"
_FROM_PERSON = (
    "JOIN records_personrecord p ON p.id = {said}.person_record_id JOIN agencies_agency a ON a.id = p.agency_id"
)
_ROW = "b.file_name, s.line_number, s.byte_start, s.byte_length"
_SAYINGS = {
    "identities": (
        "records_identitystatement",
        """i.given_name, i.middle_names, i.family_name, i.preferred_name, i.former_family_name, i.birth_date,
        i.expected_birth_date, i.death_date, i.sex, i.nhs_number, i.nhs_number_verified, i.former_nhs_numbers::text,
        i.upn, i.former_upn, i.address, i.postcode, i.identity_hash""",
    ),
    "involvements": (
        "records_involvement",
        "i.kind, i.level, i.service, i.team_code, i.started_date, i.ended_date, i.practitioner, i.phone, i.answers",
    ),
    "chronology": ("records_chronologyentry", "i.kind, i.words, i.happened_date, i.ended_date"),
    "relatives": ("records_relative", "i.relationship, i.name, i.phone, i.local_id"),
}
_SOURCES = f"""
SELECT {_PERSON}, {_ROW}, s."table", s.message_hash, s.content_hash, s.notes::text, s.is_current,
       newer.line_number, newer.byte_start, newer.content_hash
FROM records_sourcerecord s JOIN records_batch b ON b.id = s.batch_id {_FROM_PERSON.format(said="s")}
LEFT JOIN records_sourcerecord newer ON newer.id = s.superseded_by_id
"""
_EVERYTHING = {
    "files": "SELECT sha256, name, size_bytes, is_complete FROM records_sourcefile",
    "bytes": "SELECT f.sha256, c.position, sha256(c.content) FROM records_sourcefilechunk c"
    " JOIN records_sourcefile f ON f.id = c.file_id",
    "batches": "SELECT a.code, b.file_name, b.format, b.state, b.legal_basis, b.rows_read, b.rows_new, b.rows_changed,"
    " b.rows_duplicate, b.rows_refused, b.read_through_byte, b.read_through_line"
    " FROM records_batch b JOIN agencies_agency a ON a.id = b.agency_id",
    "persons": f"SELECT {_PERSON} FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id",
    "sources": _SOURCES,
    "repeats": "SELECT b.file_name, r.line_number, s.line_number, s.content_hash FROM records_repeatedrow r"
    " JOIN records_sourcerecord s ON s.id = r.source_record_id JOIN records_batch b ON b.id = r.batch_id",
    "refusals": "SELECT b.file_name, r.line_number, r.byte_start, r.byte_length, r.reasons::text"
    " FROM records_refusal r JOIN records_batch b ON b.id = r.batch_id",
    "search keys": f"SELECT {_PERSON}, k.value FROM childindex_searchkey k {_FROM_PERSON.format(said='k')}",
    "words": "SELECT word, sound FROM childindex_nameword",
    "spellings": "SELECT spelling, word_id FROM childindex_namespelling",
    "links": f"SELECT {_PERSON}, c.number, l.ended_at FROM childindex_link l"
    f" JOIN people_child c ON c.id = l.child_id {_FROM_PERSON.format(said='l')}",
    "children": "SELECT number, state, redirect_to_id FROM people_child",
    "summaries": "SELECT * FROM people_childsummary",
    "review": "SELECT id, state FROM childindex_reviewtask",
} | {
    name: f"SELECT {_PERSON}, {_ROW}, i.is_current, {columns} FROM {table} i"
    f" JOIN records_sourcerecord s ON s.id = i.source_record_id JOIN records_batch b ON b.id = s.batch_id"
    f" {_FROM_PERSON.format(said='i')}"
    for name, (table, columns) in _SAYINGS.items()
}
#: What follows from matching records one by one as they arrive: whom a record is joined with hangs on what was there before,
#: and a load that is killed and goes on may leave some to the next link run. None is twice somebody's, or nobody's and not
#: waiting.
_ONE_BY_ONE = ("children", "summaries", "review")
_ASTRAY = f"""
SELECT {_PERSON} FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id
WHERE (SELECT count(*) FROM childindex_link l WHERE l.person_record_id = p.id AND l.ended_at IS NULL) <> 1
  AND EXISTS (SELECT 1 FROM records_identitystatement i WHERE i.person_record_id = p.id AND i.is_current)
  AND NOT EXISTS (SELECT 1 FROM childindex_knownalias k WHERE k.person_record_id = p.id AND NOT k.is_weighed)
"""
_CURRENT = {
    "sources": f'SELECT p.scheme, p.local_id, s."table", s.message_hash, s.content_hash FROM records_sourcerecord s'
    f" {_FROM_PERSON.format(said='s')} WHERE s.is_current AND a.code = %s",
    "search keys": f"SELECT p.scheme, p.local_id, k.value FROM childindex_searchkey k {_FROM_PERSON.format(said='k')}"
    " WHERE a.code = %s",
    "linked": f"SELECT p.scheme, p.local_id FROM childindex_link l {_FROM_PERSON.format(said='l')}"
    " WHERE l.ended_at IS NULL AND a.code = %s",
    "summaries": "SELECT m.given_name, m.family_name, m.known_as, m.sort_name, m.birth_date, m.nhs_number, m.address,"
    " m.postcode, m.has_targeted_help, m.record_count, m.agency_count, array_agg(p.local_id ORDER BY p.local_id)"
    f" FROM people_childsummary m JOIN childindex_link l ON l.child_id = m.child_id AND l.ended_at IS NULL"
    f" {_FROM_PERSON.format(said='l')} WHERE a.code = %s GROUP BY m.child_id",
} | {
    name: f"SELECT p.scheme, p.local_id, s.message_hash, {columns} FROM {table} i"
    f" JOIN records_sourcerecord s ON s.id = i.source_record_id {_FROM_PERSON.format(said='i')}"
    " WHERE i.is_current AND a.code = %s"
    for name, (table, columns) in _SAYINGS.items()
}


def everything(*, within=connection):
    """Return the rows of every child-bearing table in an order of their own."""
    return {name: _rows(within, query) for name, query in _EVERYTHING.items()}


def said_and_placed(*, within=connection):
    """Return the same but for whom records were joined with as they arrived; of links, those who are astray."""
    kept = {name: query for name, query in _EVERYTHING.items() if name not in _ONE_BY_ONE}
    return {name: _rows(within, query) for name, query in (kept | {"links": _ASTRAY}).items()}


def checksums():
    """Return for each of our tables with children in it how many rows it has and a sum over all they hold."""
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name ~ %s"
    found = {}
    for (table,) in _rows(connection, tables, ["^(people|records|childindex)_"]):
        found[table] = _rows(
            connection, f'SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM "{table}" t'
        )
    return found


def current(agency):
    """Return what counts now of all that one agency has sent."""
    return {name: _rows(connection, query, [agency]) for name, query in _CURRENT.items()}


def differences(one, other):
    """Return, of two standings, what only one of them holds, so that a failing test says what went wrong."""
    found = {}
    for name in one:
        left, right = collections.Counter(one[name]), collections.Counter(other[name])
        if left != right:
            found[name] = (list((left - right).elements())[:3], list((right - left).elements())[:3])
    return found


def _rows(within, query, parameters=None):
    with within.cursor() as cursor:
        cursor.execute(query, parameters)
        return sorted((tuple(map(_plain, row)) for row in cursor.fetchall()), key=repr)


def _plain(value):
    if isinstance(value, memoryview):
        return bytes(value)
    return tuple(value) if isinstance(value, list) else value
