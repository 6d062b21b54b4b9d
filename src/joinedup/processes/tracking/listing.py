"""The lists of children who may be lost, as a page of documentation: what each counts, and the SQL that counts it.

Belongs here: the page's text. Not here: the rules (rules.listed), the SQL (rule_sql).
"""

import textwrap

from joinedup.processes.tracking import rule_sql, rules

_HEAD = """\
# Nobody lost: the lists and their rules

Children whom services may have lost sight of are found by rules that count what agencies' records say. A rule holds or it does
not: nothing is scored, and no list decides anything. The lists are made every night, by `joinedup track`, and when somebody
asks for it on the page *Nobody lost*. Each listing gets an owner and an outcome. What agencies say of whom even that they know
a child is guarded (police, youth justice) is no fact here, and a sealed child is on nobody's list but theirs who may know.

This page is printed by `joinedup track-rules`. In the SQL `%(on)s` is the day of the search, `%(roll)s` the newest day of which
schools have told, `%(left_by)s` the last day before which someone who left has been on no roll for twenty school days,
`%(referred_by)s` the last day from which 45 working days are over, and `%(seen_since)s` a year before the search.
"""
_TIERS = {1: "tier 1, the index", 2: "tier 2, early help", 3: "tier 3, the statutory case"}


def as_markdown() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *(_section(rule) for rule in rules.LISTS.values())])


def _section(rule: rules.ListRule) -> str:
    reasons = "\n".join(f"- {reason}" for reason in rule.not_listed)
    return (
        f"## {rule.name}\n\n{textwrap.fill(rule.counts, 125)}\n\nNot listed where:\n\n{reasons}\n\n"
        f"Rule `{rule.code}`, version {rule.version}. What it tells is {_TIERS[rule.tier]}. Source: {rule.source}.\n\n"
        f"```sql\n{rule_sql.BY_CODE[rule.code].strip()}\n```\n"
    )
