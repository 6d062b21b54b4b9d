"""Linking without comparing: every person record a child of its own, written by the very code that writes real links."""

from django.db import connection

from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.linkage import stable
from joinedup.processes.childindex.operations import history, memberships, summaries
from tests.integration.intake import bringing


def run(at):
    """Return a link run to hang links on."""
    version, _ = models.ModelVersion.objects.get_or_create(
        model_hash="none",
        defaults={
            "model": {},
            "trained_at": at,
            "record_count": 0,
            "link_threshold_bits": 4,
            "review_threshold_bits": -3,
        },
    )
    return models.LinkRun.objects.create(
        model_version=version, started_at=at, finished_at=at, link_threshold_bits=4, review_threshold_bits=-3
    )


def persons():
    """Return the person records of whom something counts, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_record_id FROM records_identitystatement WHERE is_current ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def link(at, *, together=()):
    """Link every record to a child of its own, save those that are told to be together."""
    records = persons()
    first = {record: min(group) for group in together for record in group}
    membership = {place: records.index(first.get(record, record)) for place, record in enumerate(records)}
    return write(at, records, membership)


def write(at, records, membership):
    """Write which records are together, as a run does."""
    run_id = run(at).id
    ranks = authority(records)
    changes = memberships.apply(
        run_id=run_id,
        records=records,
        membership=membership,
        assign=lambda previous: stable.assign(membership, previous, ranks),
        evidence=lambda _places: {},
        act=history.Act(id=run_id, because=rules.Because.RUN, by=bringing.MACHINE, at=at),
    )
    summaries.refresh_all(at=at)
    return changes


def authority(records):
    """Return the rank of the agency that each record is of, as a run knows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT p.id, a.kind FROM records_personrecord p JOIN agencies_agency a ON a.id = p.agency_id")
        kinds = dict(cursor.fetchall())
    known = {kind: rank for rank, kind in enumerate(rules.AUTHORITY)}
    return {place: known.get(kinds[record], len(known)) for place, record in enumerate(records)}


def numbers():
    """Return the child's number and state by the agency's own number of each linked record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.local_id, c.number FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
            "JOIN records_personrecord p ON p.id = l.person_record_id WHERE l.ended_at IS NULL"
        )
        return dict(cursor.fetchall())
