"""When there is no room left, it is said in plain words, nothing that was saved is lost, and with room again work goes on."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import psycopg
import pytest

from tests import databases
from tests.api import calling
from tests.faults import killed, server, site
from tests.integration import standing

DISK_BYTES = 640 * 1024 * 1024
MEGABYTE = 1024 * 1024
AGENCY = "leisure"
NO_ROOM = "There is no room left on the disk"


@pytest.fixture
def small_disk():
    """A disk of a few hundred megabytes, where we may mount one."""
    with tempfile.TemporaryDirectory(prefix="joinedup-disk-") as name:
        place = pathlib.Path(name)
        place.chmod(0o755)
        mount = shutil.which("mount")
        if mount is None or os.geteuid() != 0:
            pytest.skip("only root may mount a small disk; the refusal itself is tried by a trigger")
        done = subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=755", "tmpfs", str(place)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"no small disk could be mounted: {done.stderr.strip()}")
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def leave_room(place, *, megabytes):
    """Add ballast until only so much room is left."""
    room = os.statvfs(place)
    left = room.f_bavail * room.f_frsize - megabytes * MEGABYTE
    with (place / "ballast").open("ab", buffering=0) as out, contextlib.suppress(OSError):
        while left > 0:
            left -= out.write(b"\0" * min(left, MEGABYTE))


@pytest.mark.slow
def test_a_real_disk_is_full_and_then_has_room_again(small_disk, own_borough, tmp_path):
    sizes = (600, 3_000, 601)
    files = [killed.write_file(tmp_path / f"clubs-{rows}.csv", rows=rows, seed=rows) for rows in sizes]
    with server.running(within=small_disk) as ours, site.pages(ours.environ) as place:
        lead = place.browser()
        lead.sign_in("safeguarding-lead")
        with killed.loader_in(ours.environ, agency=AGENCY) as loader:
            assert loader.load(files[0], piece=40) == (0, "loaded 600")
            leave_room(small_disk, megabytes=2)
            cut_off = loader.load(files[1], piece=40)[1]
        leave_room(small_disk, megabytes=0)
        code, said = killed.run_in(ours.environ, "import", files[2], "--agency", AGENCY)
        shown = [lead.post("/find", age_band="", name="Ada Lovell") for _ in range(3)]
        (small_disk / "ballast").unlink()
        ours.start()
        resumed = killed.run_in(ours.environ, "import", "--resume")
        with killed.loader_in(ours.environ, agency=AGENCY) as loader:
            answers = [loader.load(path, piece=40)[1] for path in files]
        back = [lead.post("/find", age_band="", name="Ada Lovell") for _ in range(9)]
        with killed.loader(own_borough, agency=AGENCY) as loader:
            undisturbed = [loader.load(path)[1] for path in files]
        with psycopg.connect(ours.admin_url) as connection:
            here = standing.everything(within=connection)

    print(cut_off, said, resumed, [answer.status for answer in shown], [answer.status for answer in back])
    assert NO_ROOM in cut_off
    assert code != 0
    assert NO_ROOM in plain(said)
    assert all(answer.status == 302 or answer.is_try_again for answer in shown)
    assert resumed[0] == 0
    assert answers == ["loaded before", "loaded before", "loaded 601"]
    assert back[-1].status == 302
    assert undisturbed == [f"loaded {rows}" for rows in sizes]
    assert standing.differences(here, killed.held(own_borough)) == {}


def plain(said):
    """Return words as they were before the terminal cut them into lines."""
    return " ".join(said.split())


@contextlib.contextmanager
def no_room_for(table, *, database):
    """Let the database refuse rows of one table as it does when the disk is full, wherever the tests run."""
    with psycopg.connect(databases.admin_url(database), autocommit=True) as administrator:
        administrator.execute(
            "CREATE FUNCTION test_no_room() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        administrator.execute(
            f"CREATE TRIGGER test_no_room BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION test_no_room()"
        )
        yield
        administrator.execute(f"DROP TRIGGER test_no_room ON {table}")
        administrator.execute("DROP FUNCTION test_no_room()")


def test_a_load_without_room_says_so_and_goes_on_where_there_is_room_again(own_borough, tmp_path):
    path = killed.write_file(tmp_path / "clubs.csv", rows=200, seed=3)
    with (
        killed.loader(own_borough, agency=AGENCY) as loader,
        psycopg.connect(databases.admin_url(own_borough), autocommit=True) as connection,
    ):
        before = killed.rows_read(connection)
        with no_room_for("records_relative", database=own_borough):
            without = loader.load(path, piece=40)
        assert killed.rows_read(connection) == before
        again = loader.load(path, piece=40)

    assert NO_ROOM in without[1]
    assert again == (0, "loaded 200")


def test_a_page_without_room_says_so_and_when_to_come_again(committed_borough):
    lead = calling.signed_in("safeguarding-lead")
    lead.raise_request_exception = False
    with no_room_for("childindex_search", database=committed_borough):
        refused = lead.post("/find", {"age_band": "", "name": "Ada Lovell"})
    served = lead.post("/find", {"age_band": "", "name": "Ada Lovell"})

    assert refused.status_code == 503
    assert "There is no room left for anything new" in refused.content.decode()
    assert int(refused["Retry-After"]) > 0
    assert served.status_code == 302
