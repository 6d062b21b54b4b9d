"""The rules' own answers to what the database keeps: which value of each field, and which keys."""

from django.db import connection

from joinedup.delivery.agencies import rules as agencies_rules
from joinedup.delivery.records import queries as records_queries
from joinedup.processes.childindex import rules


def summary_by_the_rule(persons):
    """Choose each field by the rule from what anyone may hear: guarded agencies are not among those who say it."""
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
        if line.agency_kind not in agencies_rules.LOWEST_TIERS
        for field in rules.FIELDS
    ]
    return rules.summary_of(sayings)


def keys_held():
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_record_id, value FROM childindex_searchkey")
        return set(cursor.fetchall())


def keys_by_the_rule(persons):
    known = list(records_queries.get_known_identities(person_record_ids=list(persons)))
    guarded_by = _guarded_by()
    return {
        (
            person_id,
            rules.guarded(key, agency_id=guarded_by[person_id]) if person_id in guarded_by else key,
        )
        for person_id, identity in known
        for key in rules.keys_of(identity)
    }


def _guarded_by():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, a.id FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id WHERE a.kind = ANY (%s)",
            [[*agencies_rules.LOWEST_TIERS]],
        )
        return dict(cursor.fetchall())
