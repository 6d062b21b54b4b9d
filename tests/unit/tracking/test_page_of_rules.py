"""The page of documentation about the lists says what the code does."""

from joinedup.processes.tracking import listing, rule_sql, rules
from tests.architecture.tree import ROOT


def test_the_page_is_the_one_that_the_command_prints():
    assert (ROOT / "docs/reference/nobody-lost.md").read_text(encoding="utf-8") == listing.as_markdown()


def test_each_list_has_its_sql_and_says_what_is_no_alarm():
    assert rules.LISTS.keys() == rule_sql.BY_CODE.keys()
    for rule in rules.LISTS.values():
        assert rule.not_listed, rule.code
        assert rule.source, rule.code
