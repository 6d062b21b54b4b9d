"""The permission matrix is a page of the product: every role, why it was decided so, and every cell."""

from joinedup.governance.agreements import queries
from joinedup.web.openness import wording


def test_every_role_stands_on_the_page_with_its_reason_and_all_that_it_may_do():
    matrix = queries.get_matrix()
    parts = {part.heading: part for part in wording.matrix_page(matrix).parts}

    for role in matrix.roles:
        shown = parts[role.name]
        may = [action for action in matrix.actions if matrix.policy.cells_of(role.code, action.code)]
        assert shown.words == (role.means,)
        assert len(shown.rows) == len(may)
    grounds = {cell.ground for cell in matrix.policy}
    assert grounds <= {row[0] for row in parts["Grounds"].rows}


def test_every_condition_says_who_holds_it():
    rows = next(part.rows for part in wording.matrix_page(queries.get_matrix()).parts if part.heading == "Conditions")

    assert {row[2] for row in rows} == {"the application", "the application and the database"}


def test_the_page_is_listed_among_the_pages_of_openness():
    assert any(link.href.endswith(wording.MATRIX) for link in wording.pages().links)
