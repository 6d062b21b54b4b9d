"""What every page shows each role, against the table written by hand; a printed page is the page itself.

The part that takes longest, the people of the guarded agency and every record of every child, is for `make test-all`.
"""

import pytest

from tests.authorisation import expectations, population, surfaces

_GROUNDS_ASKED_TWICE = frozenset("NLY")


def _excused(case: expectations.Case) -> bool:
    return bool(expectations.shows_less(case))


def _check_child_page(client, everyone, person, child, *, has_reason: bool) -> int:
    """Compare one child's page with the table; return how many cells it held."""
    case = population.case(person, child, has_reason=has_reason)
    surfaces.look_past_again(child)
    answer = client.get(f"/child/{child.number}")
    page = answer.content.decode()
    given = surfaces.answer_of(answer.status_code, page)
    expected = expectations.opens(case)
    where = (person.role, child.ground, child.seal, child.is_in_conflict, has_reason)
    assert given == expected or (_excused(case) and given == "absent"), where
    shown = surfaces.words_in(page)
    if given != "shown":
        assert shown == set(), where
        assert surfaces.numbers_in(page) <= {child.number}, where
    else:
        assert shown == population.expected_words(person, child, has_reason=has_reason), where
        _check_others_at_home(everyone, person, child, page)
    return len(list(child.words()))


def _check_others_at_home(everyone, person, child, page: str) -> None:
    """Whoever else a page leads to is someone whom this person may find."""
    others = {other.number: other for other in everyone.children}
    for number in surfaces.numbers_in(page) - {child.number}:
        assert expectations.may_find(population.case(person, others[number], has_reason=False)), (
            person.role,
            others[number],
        )


def _check_child_pages(everyone, people, children) -> int:
    cells = 0
    for person in people:
        client = surfaces.sign_in(person)
        for child in children:
            cells += _check_child_page(client, everyone, person, child, has_reason=False)
        if not expectations.is_let_in(population.case(person, children[0], has_reason=True)):
            continue
        surfaces.say_why(client, children)
        for child in children:
            cells += _check_child_page(client, everyone, person, child, has_reason=True)
    return cells


def test_a_childs_page_shows_exactly_what_the_table_says(everyone):
    people, children = everyone.of("h")
    few = [
        child
        for child in children
        if (child.seal, child.is_in_conflict) == ("open", False)
        or (child.ground in _GROUNDS_ASKED_TWICE and (child.seal == "open" or not child.is_in_conflict))
        or (child.seal == "past" and not child.is_in_conflict)
    ]

    assert _check_child_pages(everyone, people, few) == 13_440


@pytest.mark.slow
@pytest.mark.parametrize("home", population.HOMES)
def test_every_childs_page_shows_exactly_what_the_table_says(home, everyone):
    assert _check_child_pages(everyone, *everyone.of(home)) == 31_920


def test_a_search_finds_exactly_whom_the_table_says(everyone):
    cells = 0
    for person in everyone.people:
        found = surfaces.found_by(surfaces.sign_in(person), name="Ada", postcode="ZZ1 1AA")
        for child in everyone.children:
            case = population.case(person, child, has_reason=False)
            cells += 1
            assert (child.number in found) == expectations.may_find(case) or (
                child.number not in found and (_excused(case) or expectations.is_led_otherwise(case))
            ), (person.role, child)

    assert cells == 3_648


def test_a_stub_tells_of_a_sealed_child_exactly_whom_the_table_says_and_by_nothing_hidden(everyone):
    cells = 0
    people, children = everyone.of("h")
    for person in people:
        client = surfaces.sign_in(person)
        assert surfaces.protected_by(client, postcode="ZZ1 1AA") == set(), person.role
        for child in children:
            if child.seal == "open":
                continue
            case = population.case(person, child, has_reason=False)
            cells += 1
            told = surfaces.protected_by(client, name=f"Ada {child.family}")
            assert (child.number in told) == expectations.is_told_of(case), (person.role, child)

    assert cells == 480


def test_who_must_know_two_things_is_told_of_no_sealed_child_by_one(everyone):
    child = everyone.child("N", "sealed")
    for role, told in (("social_worker", set()), ("manager", {child.number})):
        assert surfaces.protected_by(surfaces.sign_in(everyone.person(role)), name=child.family) == told


def _check_record(client, person, child, agency: str) -> None:
    case = population.case(person, child, has_reason=True)
    surfaces.look_past_again(child)
    answer = client.get(f"/child/{child.number}/record/{child.records[agency]}")
    page = answer.content.decode()
    where = (person.role, child.ground, child.seal, child.is_in_conflict, agency)
    of_record = {word for letter, _, word in child.words() if letter == agency}
    expected = population.expected_words(person, child, has_reason=True) & of_record
    if expectations.opens(case) == "shown" and child.word(agency, "preferred") in expected and not _excused(case):
        assert answer.status_code == 200, where
        assert surfaces.words_in(page) == expected, where
        assert (child.raw(agency) in page) == (agency == person.home), where
    else:
        assert answer.status_code in {302, 403, 404}, where
        assert surfaces.words_in(page) == set(), where
        assert "bytes" not in page, where


def _check_records(people, children) -> int:
    cells = 0
    for person in people:
        client = surfaces.sign_in(person)
        surfaces.say_why(client, children)
        for child in children:
            for agency in population.KINDS:
                _check_record(client, person, child, agency)
                cells += len(population.TIER_OF)
    return cells


def test_a_source_record_is_shown_exactly_where_the_table_says(everyone):
    people, _ = everyone.of("h")
    children = [everyone.child(ground) for ground in "NIPV"]
    children += [everyone.child("L", "sealed"), everyone.child("L", is_in_conflict=True)]

    assert _check_records(people, children) == 3_024


@pytest.mark.slow
@pytest.mark.parametrize("home", population.HOMES)
def test_every_source_record_is_shown_exactly_where_the_table_says(home, everyone):
    assert _check_records(*everyone.of(home)) == 19_152
