"""The page of checks names tests that are there, and every condition that the database does not hold."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECKS = (ROOT / "docs" / "assurance" / "checks.md").read_text(encoding="utf-8")
MATRIX = (ROOT / "docs" / "assurance" / "matrix.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/[^`]+::\w+)`", CHECKS))))
def test_each_test_that_the_page_names_is_there(named):
    path, _, name = named.partition("::")

    assert re.search(rf"^\s*def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_each_condition_that_the_application_alone_holds_is_on_the_page():
    of_application = set(re.findall(r"^\| ([\w-]+) \| [^|]+ \| the application \|$", MATRIX, re.MULTILINE))
    listed = set(re.findall(r"^\| ([\w-]+) \| [^|]+ \| [^|]+ \|$", CHECKS, re.MULTILINE))

    assert of_application
    assert of_application <= listed
