"""More children than a list holds, who all bear one name and live at one postcode.

Belongs here: rows written under the batch role for one test. Not here: children of the borough.
"""

import datetime

from django.db import connection

from tests.conftest import as_role

GIVEN, FAMILY, POSTCODE = "Perpetua", "Manyfold", "ZE9 9ZE"
BORN = datetime.date(2016, 2, 29)

_STATEMENTS = """
INSERT INTO people_child (id, number, state, minted_at)
SELECT ('c0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, lpad(n::text, 9, '0'), 'active', '2026-10-01Z'
FROM generate_series(1, %(many)s) n;
INSERT INTO people_childsummary (child_id, given_name, middle_names, family_name, known_as, sort_name, birth_date, sex,
                                 nhs_number, upn, address, postcode, has_targeted_help, record_count, agency_count)
SELECT id, %(given)s, '', %(family)s, '', lower(%(family)s || ' ' || %(given)s), %(born)s, '', '', '', '1 Long Row',
       %(postcode)s, false, 1, 1
FROM people_child WHERE id::text LIKE 'c0000000%%';
INSERT INTO records_personrecord (id, agency_id, scheme, local_id, first_received_at)
SELECT id, (SELECT min(id::text)::uuid FROM agencies_agency), 'crowd', number, '2026-10-01Z'
FROM people_child WHERE id::text LIKE 'c0000000%%';
INSERT INTO childindex_link (id, person_record_id, child_id, run_id, made_at)
SELECT id, id, id, (SELECT min(id::text)::uuid FROM childindex_linkrun), '2026-10-01Z'
FROM people_child WHERE id::text LIKE 'c0000000%%';
INSERT INTO childindex_nameword (word, sound) SELECT lower(word), word FROM unnest(%(words)s::text[]) word;
INSERT INTO childindex_searchkey (value, person_record_id)
SELECT key, id FROM people_child, unnest(%(keys)s::text[]) key WHERE id::text LIKE 'c0000000%%'
"""


def gather(many: int) -> None:
    """Add a crowd to the borough, until the test's transaction ends."""
    given = {
        "many": many,
        "given": GIVEN,
        "family": FAMILY,
        "born": BORN,
        "postcode": POSTCODE,
        "words": [GIVEN, FAMILY],
        "keys": [
            f"n:{GIVEN.lower()}",
            f"n:{FAMILY.lower()}",
            f"d:{BORN.isoformat()}",
            f"p:{POSTCODE.replace(' ', '')}",
        ],
    }
    with as_role("batch"), connection.cursor() as cursor:
        for statement in _STATEMENTS.split(";\n"):
            cursor.execute(statement, given)
