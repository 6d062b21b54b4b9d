"""The document of the API: it is the one in the reference, and leaves no refusal unsaid. No database is asked."""

import json
import typing

import pytest

from joinedup.api import asked, v1
from joinedup.processes.childindex import rules as childindex_rules
from tests.api import calling
from tests.architecture import tree

DOCUMENT = json.loads(v1.document())
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def test_the_reference_holds_the_document_as_it_is_served():
    kept = (tree.DOCS / "reference" / "openapi.json").read_text(encoding="utf-8")

    assert kept == v1.document(), "Write it anew: tools/write_openapi.py"


def test_every_operation_is_named_in_the_reference():
    page = (tree.DOCS / "reference" / "api.md").read_text(encoding="utf-8")

    assert [name for name in OPERATIONS if f"`{name.replace('/api/v1', '')}`" not in page] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_does_and_how_it_may_refuse(name):
    operation = OPERATIONS[name]
    refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}

    assert operation["description"]
    assert {"422", "500", "503"} <= refusals.keys()
    assert all(answer["content"].keys() == {"application/problem+json"} for answer in refusals.values())
    if not name.endswith(calling.OF_NOBODY):
        assert operation["security"] == [{"ClientSecret": []}, {"PersonSession": []}]
        assert "401" in refusals
    if "{" in name or "searches" in name:
        assert "403" in refusals
    if "{" in name:
        assert "404" in refusals


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_personal_can_stand_in_an_address(name):
    addressed = {each["name"] for each in OPERATIONS[name]["parameters"] if each["in"] in {"path", "query"}}

    assert addressed <= {"number", "record_id", "token", "first", "count", "kind", "agency", "oldest_first", "year"}


def test_a_child_has_no_identifier_but_the_number():
    shapes = DOCUMENT["components"]["schemas"]

    assert [
        name for name, shape in shapes.items() if {"child_id", "subject_id"} & shape.get("properties", {}).keys()
    ] == []
    assert [name for name, shape in shapes.items() if "id" in shape.get("properties", {})] == ["Source"]


def test_the_purposes_that_may_be_given_are_those_of_the_index():
    given = set(typing.get_args(asked.Purpose))

    # Worked out, given on a page alone, an index steward's with a question before them, and a list's that leads to a child.
    never = {
        childindex_rules.Purpose.OWN_WORK,
        childindex_rules.Purpose.EMERGENCY,
        childindex_rules.Purpose.LINKING,
        childindex_rules.Purpose.TRACKING,
    }
    assert given == {purpose.value for purpose in childindex_rules.Purpose} - never
