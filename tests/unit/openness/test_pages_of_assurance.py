"""The pages of assurance are what the code does: their figures, their tables and the tests that they name."""

import re

import pytest
from django.apps import apps

from joinedup.exchange.intake import registry
from joinedup.governance.openness import queries, rules
from tests.architecture import tree

_TEST = re.compile(r"`(tests/[^`]+)`")


def page(name):
    return queries.get_page(name=name, sources=registry.senders_of_titles())


@pytest.mark.parametrize("name", queries.NAMES)
def test_the_page_of_the_documentation_is_what_the_code_says(name):
    kept = (tree.DOCS / "assurance" / f"{name}.md").read_text(encoding="utf-8")

    assert kept == rules.as_markdown(page(name)), f"joinedup openness show {name} > docs/assurance/{name}.md"


@pytest.mark.parametrize("name", queries.NAMES)
def test_each_test_that_a_page_names_is_there(name):
    named = _TEST.findall(rules.as_markdown(page(name)))

    assert [path for path in named if not (tree.ROOT / path).exists()] == []


def test_each_risk_is_held_by_a_test_and_says_what_is_left():
    (risks,) = [
        section.table.rows
        for section in page("impact-assessment").sections
        if section.table is not None and "left" in section.table.columns
    ]

    assert len(risks) >= 12
    assert all(_TEST.search(row[3]) and row[4] for row in risks)


def test_a_setting_that_changes_changes_the_page(settings):
    settings.EXPORT_MOST_CHILDREN = 77
    settings.LINK_THRESHOLD_BITS = 6.5

    assert "at most 77 children" in rules.as_markdown(page("impact-assessment"))
    assert "At 6.5 bits of evidence or more" in rules.as_markdown(page("algorithms"))


def test_every_way_in_is_named_in_the_record_of_processing():
    written = rules.as_markdown(page("record-of-processing"))

    assert all(title in written for title in registry.titles())


def test_every_table_with_personal_columns_is_in_the_record_of_processing():
    ours = [model for model in apps.get_models() if model.__module__.startswith("joinedup.")]
    named = {str(model._meta.verbose_name) for model in ours if model.Scrub.scrub}
    (kept,) = [section.table for section in page("record-of-processing").sections if section.heading == "What is kept"]

    assert {row[0] for row in kept.rows} == named


def test_there_is_no_other_page():
    with pytest.raises(queries.NoSuchPage):
        page("../matrix")


ONE = """
title: A
opening: "of {known} things"
sections: [{heading: B, words: ["{known}"], table: things}]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("{known} things", "{other}"), ("things}]", "none}]"), ("title", "name"), ("sections: [", "sections: ["[:-1])],
)
def test_a_page_that_names_what_the_code_does_not_give_is_refused(old, new):
    things = {"things": rules.Table(columns=("a",), rows=(("b|c",),))}
    assert "| b/c |" in rules.as_markdown(rules.read_page(ONE, figures={"known": "3"}, tables=things))

    with pytest.raises(rules.PageUnreadable):
        rules.read_page(ONE.replace(old, new), figures={"known": "3"}, tables=things)
