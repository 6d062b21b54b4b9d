"""The page of faults names tests that are there, and leaves none of the harnesses out."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "assurance" / "faults.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))))
def test_each_file_that_the_page_names_is_there(named):
    assert (ROOT / named).is_file()


def test_each_harness_is_on_the_page():
    harnesses = {path.name for path in pathlib.Path(__file__).parent.glob("test_*.py")} - {pathlib.Path(__file__).name}

    assert {name for name in harnesses if f"tests/faults/{name}`" not in PAGE} == set()
