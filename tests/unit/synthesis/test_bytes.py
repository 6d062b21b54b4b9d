"""The same seed gives the same bytes, in any process; another seed gives other children."""

import hashlib
import os
import pathlib
import subprocess
import sys

from tests.unit.synthesis import conftest

_PROGRAM = """
import pathlib, sys
from tests.unit.synthesis import conftest
conftest.make(pathlib.Path(sys.argv[1]))
"""


def fingerprints(folder: pathlib.Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_in_another_process(small, tmp_path):
    # Another order of hashing would show any set whose order got into a file.
    root = pathlib.Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": "123", "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}
    subprocess.run([sys.executable, "-c", _PROGRAM, str(tmp_path)], check=True, env=environment, cwd=root)

    assert fingerprints(tmp_path) == fingerprints(small.folder)


def test_another_seed_gives_other_children(small, tmp_path):
    other = conftest.make(tmp_path, seed=8)

    first, second = fingerprints(small.folder), fingerprints(other.folder)
    shared = set(first) & set(second)
    assert [path for path in shared if first[path] == second[path] and path != "truth/faults.csv"] == []


def test_there_are_exactly_as_many_children_as_were_asked_for(small):
    lines = (small.folder / "truth" / "children.csv").read_text(encoding="utf-8").splitlines()

    assert small.counts.children == 400
    assert len(lines) == 401
