"""Decision records: numbered, dated, in one shape, and one for every package that the product cannot run without."""

import itertools
import re
import tomllib

import pytest

from tests.architecture import tree

SECTIONS = ["Context", "Decision", "Consequences"]
STATUS = re.compile(r"^Status: (Proposed|Accepted|Superseded by \d{4}), \d{4}-\d{2}-\d{2}$", re.MULTILINE)


def faults(text: str) -> list[str]:
    """Name what a record lacks."""
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    decision = text.partition("## Decision")[2].partition("## ")[0]
    return [
        *(["no title"] if not re.match(r"# \d{4}: \S", text) else []),
        *(["no status"] if not STATUS.search(text) else []),
        *([f"sections are {headings}"] if headings != SECTIONS else []),
        *(["the decision does not say what we will do"] if "We will " not in decision else []),
    ]


@pytest.fixture(scope="module")
def records() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((tree.DOCS / "decisions").glob("[0-9]*.md"))}


def test_each_record_has_context_decision_and_consequences(records):
    assert {name: faults(text) for name, text in records.items() if faults(text)} == {}


def test_records_are_numbered_without_a_gap_and_titled_by_their_number(records):
    numbers = [name[:4] for name in records]

    assert numbers == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert [name for name, text in records.items() if not text.startswith(f"# {name[:4]}: ")] == []


def test_each_record_is_in_the_list_of_records(records):
    index = (tree.DOCS / "decisions" / "index.md").read_text(encoding="utf-8")

    assert [name for name in records if f"({name})" not in index] == []


def test_each_dependency_has_its_reason(records):
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *itertools.chain(*extras)]
    asked = {re.split(r"[\[<>=~!; ]", requirement)[0] for requirement in wanted}
    reasons = records["0002-dependencies.md"]

    assert sorted(name for name in asked if f"`{name}`" not in reasons) == []


def test_a_record_without_consequences_would_be_seen():
    text = "# 0001: Records\n\nStatus: Accepted, 2026-11-21\n\n## Context\n\nA.\n\n## Decision\n\nWe will.\n"

    assert faults(text) == ["sections are ['Context', 'Decision']", "the decision does not say what we will do"]
