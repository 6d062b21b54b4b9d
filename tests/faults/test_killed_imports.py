"""An import that is killed, or run twice at once, loses nothing and doubles nothing."""

import os
import random
import signal
import time

import psycopg
import pytest

from tests import databases
from tests.faults import killed
from tests.integration import standing


@pytest.fixture
def other_database(database_server):
    """A second fresh database, for the import that nobody disturbs."""
    name = databases.clone(databases.template())
    yield name
    databases.drop(name)


def test_an_import_killed_at_twenty_random_points_is_the_import_that_nobody_disturbed(
    own_database, other_database, tmp_path
):
    files = [killed.write_file(tmp_path / f"clubs-{seed}.csv", rows=1_200, seed=seed) for seed in range(8)]
    killed.add_agency(own_database)
    killed.add_agency(other_database)
    dice, kills, touched = random.Random(2006), 0, []

    with killed.loader(own_database) as loader:
        for path in files:
            if kills >= 20:
                break
            touched.append(path)
            ended = -1
            while ended != 0 and kills < 20:
                loader.begin(path, piece=40)
                time.sleep(dice.uniform(0.0, 0.35))
                loader.kill()
                ended, _ = loader.end()
                kills += ended == -signal.SIGKILL
        for path in touched:
            assert loader.load(path)[1] in {"loaded 1200", "loaded before"}
    with killed.loader(other_database) as loader:
        undisturbed = [loader.load(path) for path in touched]

    assert kills == 20
    assert undisturbed == [(0, "loaded 1200")] * len(touched)
    assert standing.differences(killed.held(own_database), killed.held(other_database)) == {}


def kill_at(database, path, *, row):
    """Import by command and kill it once so many rows are accounted for; return whether it was still at work."""
    process = killed.command(database, "import", path, "--agency", "leisure")
    with psycopg.connect(databases.admin_url(database), autocommit=True) as connection:
        while process.poll() is None and killed.rows_read(connection) < row:
            time.sleep(0.01)
    at_work = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return at_work


def import_by_command_with_kills(own_database, other_database, path, *, rows, kills):
    killed.write_file(path, rows=rows, seed=7)
    killed.add_agency(own_database)
    killed.add_agency(other_database)
    dice = random.Random(1989)

    landed = [kill_at(own_database, path, row=row) for row in sorted(dice.sample(range(rows - 4_000), kills))]
    code, said = killed.run(own_database, "import", "--resume")
    assert (code, killed.run(other_database, "import", path, "--agency", "leisure")[0]) == (0, 0), said

    assert all(landed)
    assert f"{rows:,} rows" in said
    assert standing.differences(killed.held(own_database), killed.held(other_database)) == {}
    assert "No load was cut off" in killed.run(own_database, "import", "--resume")[1]
    assert "loaded before" in killed.run(own_database, "import", path, "--agency", "leisure")[1]


def test_the_command_goes_on_where_it_was_killed_and_then_has_nothing_to_do(own_database, other_database, tmp_path):
    import_by_command_with_kills(own_database, other_database, tmp_path / "clubs.csv", rows=9_000, kills=1)


@pytest.mark.slow
def test_the_command_goes_on_however_often_it_was_killed(own_database, other_database, tmp_path):
    import_by_command_with_kills(own_database, other_database, tmp_path / "clubs.csv", rows=90_000, kills=20)


def test_two_loads_of_one_file_at_once_double_nothing_and_one_says_so(own_database, other_database, tmp_path):
    killed.add_agency(own_database)
    killed.add_agency(other_database)
    files = [killed.write_file(tmp_path / f"clubs-{seed}.csv", rows=600, seed=seed) for seed in range(2)]

    with killed.loader(own_database) as one, killed.loader(own_database) as other:
        for path in files:
            one.begin(path, piece=25)
            other.begin(path, piece=25)
            answers = sorted([one.end(), other.end()], key=lambda answer: answer[1])
            told = [words for _, words in answers]
            assert "loaded 600" in told, told
            told.remove("loaded 600")
            assert told[0] == "loaded before" or "Nothing is doubled" in told[0], told
    with killed.loader(other_database) as alone:
        for path in files:
            alone.load(path)

    assert standing.differences(killed.held(own_database), killed.held(other_database)) == {}


def test_two_files_of_one_agency_at_once_leave_one_current_row_a_message(own_database, tmp_path):
    killed.add_agency(own_database)
    files = [killed.write_file(tmp_path / f"clubs-{seed}.csv", rows=800, seed=seed) for seed in (1, 2)]

    with killed.loader(own_database) as one, killed.loader(own_database) as other:
        one.begin(files[0], piece=20)
        other.begin(files[1], piece=20)
        answers = [one.end(), other.end()]

    assert answers == [(0, "loaded 800")] * 2
    sources = killed.held(own_database)["sources"]
    current = [(row[0], row[8]) for row in sources if row[11]]
    assert len(set(current)) == len(current)
    assert set(current) == {(row[0], row[8]) for row in sources}
