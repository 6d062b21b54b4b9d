"""What the database itself shows each role, asked by statements of one's own, against the table written by hand."""

import itertools

import pytest

from tests.authorisation import expectations, population, surfaces


@pytest.mark.parametrize("home", population.HOMES)
def test_what_records_say_is_shown_exactly_where_the_table_says(home, everyone):
    people, children = everyone.of(home)
    cells = 0
    for person, has_reason in itertools.product(people, (False, True)):
        shown = surfaces.said_after_opening(person, children, has_reason=has_reason)
        # A look past a seal ends when its child is left: such a child is opened alone.
        for child in (one for one in children if one.seal == "past"):
            surfaces.look_past_again(child)
            shown |= surfaces.said_after_opening(person, [child], has_reason=has_reason)
        expected = set().union(*(population.expected_words(person, child, has_reason=has_reason) for child in children))
        cells += sum(len(list(child.words())) for child in children)
        assert shown - expected == set(), (person.role, has_reason, "leaks")
        assert expected - shown == set(), (person.role, has_reason, "lacks")

    assert cells == 38_304


def test_the_index_holds_for_each_person_whom_they_may_find(everyone):
    cells = 0
    for person in everyone.people:
        known = surfaces.in_index(person)
        for child in everyone.children:
            case = population.case(person, child, has_reason=False)
            expected = expectations.may_find(case) or expectations.shows(case, tier=1, is_own=False)
            for shown in (child.id in known, surfaces.led_to_by_number(child)):
                cells += 1
                assert shown == expected or (
                    expected and (expectations.shows_less(case) or expectations.is_led_otherwise(case))
                ), (case, child.ground)

    assert cells == 7_296
