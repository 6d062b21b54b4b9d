"""`joinedup model`, `explain` and `identity`, run as an operator runs them on a borough that is linked."""

import subprocess
import sys
from xml.etree import ElementTree as ET

import psycopg
import pytest

from tests import databases

pytestmark = pytest.mark.thorough


@pytest.fixture
def joinedup(own_borough):
    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "joinedup", *arguments],
            env=databases.environment(own_borough, COLUMNS="200"),
            cwd=databases.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, " ".join(done.stdout.split())

    return run


@pytest.fixture
def ask(own_borough):
    def rows(statement: str) -> list[tuple]:
        with psycopg.connect(databases.admin_url(own_borough), autocommit=True) as admin:
            return admin.execute(statement).fetchall()

    return rows


_STANDS = "SELECT person_record_id, child_id FROM childindex_link WHERE ended_at IS NULL ORDER BY 1"


def test_a_model_is_trained_tried_promoted_and_taken_back(joinedup, ask, own_borough):
    ((first,),) = ask("SELECT model_hash FROM childindex_modelversion WHERE state = 'current'")
    code, words = joinedup("model", "list")
    assert (code, first[:12] in words, "current" in words, "by itself" in words) == (0, True, True, True)
    before = ask(_STANDS)
    # The records teach the same again, so a second version is made by hand from the first.
    assert "is current" in joinedup("model", "train")[1]
    second = "0" * 63 + "1"
    ask(
        "INSERT INTO childindex_modelversion (id, model_hash, model, trained_at, record_count, state, link_threshold_bits, "
        "review_threshold_bits, trained_on, approved_by_name) "
        f"SELECT gen_random_uuid(), '{second}', model, now(), record_count, 'candidate', 30, -3, trained_on, '' "
        "FROM childindex_modelversion WHERE state = 'current' RETURNING 1"
    )

    assert "Try it first" in joinedup("model", "promote", second[:12], "--by", "steward")[1]
    truth = str(databases.borough_manifest()["folder"] / "truth")
    code, words = joinedup("model", "shadow", second[:12], "--truth", truth)
    assert (code, "children are parted" in words, "Nothing was changed." in words) == (0, True, True)
    for group in ("agency: ", "age: ", "community: ", "looked after"):
        assert group in words
    assert ask(_STANDS) == before
    assert "approved by an index steward" in joinedup("model", "promote", second[:12], "--by", "analyst")[1]
    assert joinedup("model", "promote", second[:12], "--by", "steward")[0] == 0
    assert ask("SELECT model_hash FROM childindex_modelversion WHERE state = 'current'") == [(second,)]
    words = joinedup("model", "show", second[:12])[1]
    assert "It replaced " + first[:12] in words
    assert "Trained on rows of agency" in words

    assert joinedup("model", "rollback", "--by", "steward")[0] == 0
    assert ask("SELECT model_hash FROM childindex_modelversion WHERE state = 'current'") == [(first,)]
    assert joinedup("model", "show", "ffffffff")[0] == 1


def test_a_link_is_explained_in_words_and_drawn(joinedup, ask, tmp_path):
    ((record, number),) = ask(
        "SELECT l.person_record_id::text, c.number FROM childindex_link l JOIN people_child c ON c.id = l.child_id "
        "WHERE l.evidence IS NOT NULL AND l.ended_at IS NULL ORDER BY l.id LIMIT 1"
    )
    code, words = joinedup("explain", record, "--svg", str(tmp_path / "why.svg"))

    assert (code, "Before anything is compared" in words, "All together" in words) == (0, True, True)
    assert "Weighed by the model" in words
    drawn = ET.parse(tmp_path / "why.svg").getroot()  # our own file
    assert drawn.get("role") == "img"
    named = {child.get("id") for child in drawn if child.tag.endswith(("title", "desc"))}
    assert set(drawn.get("aria-labelledby").split()) == named
    assert "style" not in {name for element in drawn.iter() for name in element.attrib}

    assert joinedup("explain", "nonsense")[0] == 1
    assert joinedup("explain", "00000000-0000-0000-0000-000000000000")[0] == 1
    code, words = joinedup("identity", "history", number)
    assert (code, "assigned" in words, "joinedup link" in words or "demo" in words) == (0, True, True)
    assert joinedup("identity", "history", "000000000")[0] == 1
    assert "Nobody looked" in joinedup("identity", "looked", record)[1]
