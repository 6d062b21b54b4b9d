"""The permission matrix as a file: complete, explained, and refused in plain words where it is not."""

import pytest

from joinedup.governance.agreements import queries, rules
from tests.architecture import tree

GOOD = """
version: "1"
tiers: {T1: {name: Index, holds: names}}
grounds: {N: {name: None, means: nothing}, E: {name: Roll, means: on the roll}}
conditions: {purpose: {by: [application, database], means: a reason}}
actions: {find: find a child}
roles: {teacher: {is: Teacher, because: they teach, may: {find: "E N:purpose"}}}
"""


def test_every_role_of_the_design_is_there():
    wanted = {
        *("universal", "safeguarding_lead", "lead_professional", "social_worker", "manager", "front_door", "police"),
        *("youth_justice", "reviewing_officer", "steward", "shield_officer", "analyst", "commissioner", "inspector"),
        *("data_protection_officer", "auditor", "system_admin", "child", "parent", "integration"),
        *("provider", "board", "champion", "out_of_hours"),
    }

    assert wanted <= {role.code for role in queries.get_matrix().roles}


def test_every_role_says_why_it_may_what_it_may():
    assert all(len(role.means) > 20 for role in queries.get_matrix().roles)


def test_the_page_of_the_documentation_is_the_matrix():
    page = tree.DOCS / "assurance" / "matrix.md"

    assert page.read_text(encoding="utf-8") == rules.as_markdown(queries.get_matrix()), "joinedup policy show > it"


def test_a_cell_is_read_with_its_conditions():
    (first, second) = rules.read_matrix(GOOD).policy.cells_of("teacher", "find")

    assert (first.ground, first.conditions) == ("E", ())
    assert second.name == "teacher/find/N:purpose"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("N:purpose", "N:porpoise", "does not explain teacher, find: the condition 'porpoise'"),
        ("E N:purpose", "Q", "does not explain teacher, find: the ground 'Q'"),
        ("may: {find", "may: {fly", "does not explain teacher: the action 'fly'"),
        ("E N:purpose", "E E:purpose", "gives teacher, find the ground E twice"),
        ("roles:", "rolls:", "cannot be read: KeyError 'roles'"),
        ("version: ", "version: [", "cannot be read"),
    ],
)
def test_a_matrix_that_nobody_could_decide_by_is_refused_in_words(old, new, says):
    with pytest.raises(rules.MatrixUnreadable, match="permission matrix") as refused:
        rules.read_matrix(GOOD.replace(old, new))

    assert says in str(refused.value)
