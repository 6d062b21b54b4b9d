"""Of which ethnic group each child is by the school census, read from the kept files for the moment in which it is counted.

Belongs here: reading it. Not here: keeping it, which the index does not, since no page shows it.
"""

import uuid
from collections.abc import Iterator

from django.db import connection

from joinedup.delivery.records import queries as records_queries
from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.intake import registry
from joinedup.exchange.opening import formats, tables
from joinedup.exchange.school_census import read as census_read
from joinedup.exchange.school_census import rules as census_rules
from joinedup.exchange.school_census import schema as census_schema
from joinedup.foundation import clock

_TABLE = "onroll"
#: A year of terms and one more; a child who was on no roll since then has no group here.
_NEWEST_FILES = 4
_SEARCHED_BATCHES = 200


def get_ethnicities() -> dict[uuid.UUID, str]:
    """Return the ethnicity code of each child whom a school has on its roll, by the newest census that names them.

    Shapes: a few queries and one reading of at most four files; for the batch role, in an open view.
    Source: Department for Education, common basic data set, ethnicity codes.
    """
    found: dict[uuid.UUID, str] = {}
    for batch in _newest_censuses():
        children = _children(batch.agency_id)
        for pupil_id, ethnicity in _pupils(batch):
            if pupil_id in children:
                found.setdefault(children[pupil_id], ethnicity)
    return found


def _newest_censuses() -> list[records_queries.BatchCard]:
    loaded = records_queries.get_batches(first=0, count=_SEARCHED_BATCHES, state="loaded")
    censuses = [
        batch for batch in loaded if batch.format == census_read.FORMAT.code and batch.recognised.get("table") == _TABLE
    ]
    return censuses[:_NEWEST_FILES]


def _children(agency_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """Return the children of an agency by the census's own number of the pupil."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.local_id, l.child_id FROM records_personrecord p "
            "JOIN childindex_link l ON l.person_record_id = p.id AND l.ended_at IS NULL "
            "WHERE p.agency_id = %s AND p.scheme = %s",
            [agency_id, census_rules.SCHEME],
        )
        return dict(cursor.fetchall())


def _pupils(batch: records_queries.BatchCard) -> Iterator[tuple[str, str]]:
    """Yield the number and the ethnicity code of each pupil of one file."""
    with records_queries.open_file(file_id=batch.file_id) as kept:
        source = formats.Source.of_file(batch.file_name, kept)
        recognised = registry.recognise(source.head())
        if recognised is None or recognised.format != census_read.FORMAT:
            return
        context = formats.Context.of(batch.file_name, on=clock.today())
        for one in tables.typed_rows(census_schema.TABLES, source, recognised, context):
            if not isinstance(one, records_rules.Refused) and one[0].ethnicity:
                yield one[0].pupil_id, one[0].ethnicity.upper()
