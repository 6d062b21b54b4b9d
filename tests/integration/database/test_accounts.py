"""Whose the files and processes are: root, ordinary users, and passwords that others must not read."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.foundation.database import binaries, cluster, credentials, faults, folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as other accounts; run it as root too")

START_KILL_START = """
import os, signal, sys
from pathlib import Path
from joinedup.foundation.database import cluster, folder
layout = folder.settle(Path(sys.argv[1]))
first = cluster.start(layout)
os.kill(first.pid, signal.SIGKILL)
second = cluster.start(layout)
assert second.pid != first.pid
assert os.stat(layout.cluster).st_uid == os.getuid()
assert os.stat(layout.root).st_mode & 0o077 == 0
cluster.stop(layout)
print("done")
"""

FILL = """
import sys
from pathlib import Path
from joinedup.foundation.database import cluster, faults, folder
try:
    cluster.start(folder.Layout(Path(sys.argv[1])))
except faults.DiskFull as fault:
    print(fault)
"""


def test_passwords_that_others_can_read_are_refused(layout):
    cluster.start(layout, durable=False)
    layout.credentials.chmod(0o644)

    with pytest.raises(faults.CredentialsUnusable, match="chmod 600"):
        cluster.find(layout)
    layout.credentials.chmod(0o600)


def test_passwords_are_written_for_their_owner_alone(layout):
    cluster.start(layout, durable=False)

    assert stat.S_IMODE(layout.credentials.stat().st_mode) == 0o600
    assert not list(layout.root.glob(".initial-*"))


def test_lost_passwords_are_missed_in_words(layout):
    cluster.start(layout, durable=False)
    kept = layout.credentials.read_bytes()
    layout.credentials.unlink()

    with pytest.raises(faults.CredentialsUnusable, match="Put back a copy"):
        cluster.start(layout, durable=False)
    credentials.keep(layout.credentials, credentials.LOCAL, {})
    layout.credentials.write_bytes(kept)


def test_broken_passwords_are_named_as_such(layout):
    layout.root.mkdir(parents=True)
    layout.credentials.touch(mode=0o600)
    layout.credentials.write_text("{")

    with pytest.raises(faults.CredentialsUnusable, match="not readable as JSON"):
        credentials.read(layout.credentials, credentials.LOCAL)


def test_an_ordinary_user_can_start_kill_and_start_again(place, python_as):
    uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    home = place / "home"
    home.mkdir()
    os.chown(home, uid, -1)

    said, wrong = python_as(uid, START_KILL_START, home / "data").communicate(timeout=120)

    assert said.strip() == "done", wrong


@as_root
def test_for_root_the_server_runs_as_nobody_and_root_keeps_the_passwords(layout):
    server = cluster.start(layout, durable=False)

    assert Path(f"/proc/{server.pid}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert layout.credentials.stat().st_uid == 0


@as_root
def test_for_root_a_users_database_is_run_as_that_user(layout):
    daemon = pwd.getpwnam("daemon").pw_uid
    layout.cluster.mkdir(parents=True)
    os.chown(layout.cluster, daemon, -1)

    assert folder.account_for(layout).uid == daemon


@as_root
def test_another_users_data_folder_is_refused_in_words(layout, python_as):
    cluster.start(layout, durable=False)
    script = """
import sys
from pathlib import Path
from joinedup.foundation.database import cluster, faults, folder
try:
    cluster.start(folder.Layout(Path(sys.argv[1])))
except faults.DatabaseFault as fault:
    print(fault)
"""
    daemon = pwd.getpwnam("daemon").pw_uid

    said, wrong = python_as(daemon, script, layout.root).communicate(timeout=60)

    assert "belongs to another account" in said, wrong


@as_root
def test_for_root_a_private_folder_is_left_private_and_another_is_named_aloud(place):
    private = place / "private"
    private.mkdir(mode=0o700)
    heard = []

    layout = folder.settle(private / "data", say=heard.append)

    assert layout.root.parent == Path("/var/lib")
    assert str(layout.root) in heard[0]
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert folder.settle(private / "data") == layout, "the same wish ends in the same place"


@as_root
def test_programs_in_a_private_folder_are_copied_with_their_libraries(layout, wheel_in_private_folder):
    found = binaries.Binaries(folder=wheel_in_private_folder, version="18.6", from_wheel=True)
    account = folder.account_for(layout)
    folder.make(layout, account)

    copied = binaries.reachable(found, layout, account)

    said = subprocess.run(
        [str(copied.program("initdb")), "--version"], user=account.uid, group=account.gid, extra_groups=[], cwd="/",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "PostgreSQL" in said.stdout
    assert binaries.reachable(found, layout, account) == copied


@as_root
@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is not installed")
def test_a_full_disk_is_named_as_such(place):
    small = place / "small"
    small.mkdir()
    command = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=20m tmpfs "$0" && exec "$1" -c "$2" "$0/data"']
    ended = subprocess.run(
        [*command, str(small), sys.executable, FILL], capture_output=True, text=True, timeout=120, check=False
    )
    if "mount" in ended.stderr or "unshare" in ended.stderr:
        pytest.skip("this machine does not let us mount a small disk")

    assert "no room left on the disk" in ended.stdout, ended.stderr
