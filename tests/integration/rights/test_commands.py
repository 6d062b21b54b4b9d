"""`joinedup retention`, run as an operator runs it: it lists, deletes what a person approved, and says what it did."""

import subprocess
import sys

import psycopg
import pytest

from tests import databases

_OLDER = """
UPDATE people_childsummary SET birth_date = '1950-01-01' WHERE child_id = (
    SELECT l.child_id FROM childindex_link l JOIN records_involvement i USING (person_record_id)
    WHERE l.ended_at IS NULL AND l.child_id NOT IN (
        SELECT child_id FROM childindex_link JOIN records_involvement USING (person_record_id)
        WHERE kind NOT IN ('school', 'general_practice', 'community_health', 'leisure', 'voluntary')
        UNION SELECT child_id FROM childindex_link JOIN records_chronologyentry USING (person_record_id)
        WHERE kind NOT IN ('school', 'service', 'attendance', 'immunisation'))
    ORDER BY l.child_id LIMIT 1) RETURNING (SELECT number FROM people_child c WHERE c.id = child_id)
"""


@pytest.fixture
def joinedup(own_borough):
    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "joinedup", "retention", *arguments],
            env=databases.environment(own_borough),
            cwd=databases.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    return run


def test_what_a_person_approved_is_deleted_with_a_certificate_and_nothing_else(joinedup, own_borough):
    with psycopg.connect(databases.admin_url(own_borough), autocommit=True) as admin:
        ((number,),) = admin.execute(_OLDER).fetchall()
        code, words = joinedup("due")
        assert (code, "The time of 1 records is over" in words, number in words) == (0, True, True)
        assert "1 were put on the list, 0 taken off" in joinedup("list")[1]

        admin.execute(
            "UPDATE rights_duedeletion SET approved_at = now(), approved_by_id = gen_random_uuid(), approved_by_name = 'Maud'"
        )
        code, words = joinedup("delete")

        assert (code, "1 records were deleted" in words, "by known" in words) == (0, True, True)
        assert admin.execute("SELECT count(*) FROM rights_certificate").fetchone() == (1,)
        assert admin.execute("SELECT state FROM people_child WHERE number = %s", [number]).fetchone() == ("withdrawn",)
