"""The rules' own answers to what the database keeps: which value of each field, and which keys."""

from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.processes.childindex import rules


def summary_by_the_rule(persons):
    """Choose each field by the rule from what the page of the child would be shown."""
    sayings = [
        rules.Saying(
            field=field,
            value=str(getattr(line.identity, field) or ""),
            agency_id=line.agency_id,
            agency_name=line.agency_name,
            agency_kind=line.agency_kind,
            source_record_id=line.source_record_id,
            received_at=line.received_at,
        )
        for line in records_queries.get_statements(person_record_ids=list(persons))
        for field in rules.FIELDS
    ]
    return rules.summary_of(sayings)


def keys_held():
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_record_id, value FROM childindex_searchkey")
        return set(cursor.fetchall())


def keys_by_the_rule(persons):
    known = records_queries.get_known_identities(person_record_ids=list(persons))
    return {(person_id, key) for person_id, identity in known for key in rules.keys_of(identity)}
