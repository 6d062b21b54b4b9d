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


_HOLD = """
INSERT INTO rights_legalhold
    (id, child_id, child_number, reason, why, placed_at, placed_by_id, placed_by_name, lifted_by_name, lifted_why)
VALUES (gen_random_uuid(), %s, '', 'court', 'a court', now(), gen_random_uuid(), 'x', '', '')
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


@pytest.mark.parametrize("comes_first", ["the deletion", "the hold"])
def test_a_hold_and_a_deletion_of_one_child_wait_for_each_other(own_borough, comes_first):
    """Whichever comes second learns of the first: nothing is deleted under a hold, and nothing deleted is held."""
    url = databases.admin_url(own_borough)
    with psycopg.connect(url, autocommit=True) as admin:
        ((number,),) = admin.execute(_OLDER).fetchall()
        ((child,),) = admin.execute("SELECT id FROM people_child WHERE number = %s", [number]).fetchall()
        admin.execute(
            "INSERT INTO rights_duedeletion (id, child_id, child_number, kept_until, because, schedule_version, listed_at, "
            "approved_at, approved_by_id, approved_by_name) VALUES (gen_random_uuid(), %s, %s, '1975-01-01', '{known}', '1', "
            "now(), now(), gen_random_uuid(), 'x')",
            [child, number],
        )
    acts = {"the deletion": "SELECT * FROM rights_delete(%s)", "the hold": _HOLD}
    first, second = (acts[comes_first], next(act for name, act in acts.items() if name != comes_first))
    refusal = {"the deletion": "the record is deleted", "the hold": "a legal hold, an open request"}[comes_first]
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        one.execute(first, [child])
        other.execute("SET lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(second, [child])
        other.rollback()
        one.commit()
        with pytest.raises(psycopg.errors.RaiseException, match=refusal):
            other.execute(second, [child])
