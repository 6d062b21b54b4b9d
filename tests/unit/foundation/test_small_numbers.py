"""A small count is hidden, and nobody who knows the margins can work it out."""

import itertools
import random
from fractions import Fraction

import hypothesis
import hypothesis.strategies as st
import pytest

from joinedup.foundation import smallnumbers
from joinedup.foundation.smallnumbers import HIDDEN, Table

#: Mostly small counts and zeros, as tables by ward are, with some large ones among them.
a_count = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 40, 300])
a_table = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(a_count, min_size=columns, max_size=columns), min_size=1, max_size=5)
)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, HIDDEN), (5, HIDDEN), (6, 6), (2031, 2031)])
def test_one_to_five_are_hidden_and_zero_is_shown(count, shown):
    assert smallnumbers.shown(count) == shown


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (3, HIDDEN), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_counts_may_be_rounded_besides(count, shown):
    assert smallnumbers.shown(count, round_to=5) == shown


@pytest.mark.parametrize(("count", "rounded"), [(4, 0), (5, 10), (14, 10), (15, 20), (6850, 6850)])
def test_a_half_is_rounded_up(count, rounded):
    assert smallnumbers.rounded(count, to=10) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (3, 40, HIDDEN),
        (38, 40, HIDDEN),
        (2, 4, HIDDEN),
        (0, 40, 0),
        (0, 4, HIDDEN),
        (40, 40, 100),
        (20, 40, 50),
        (0, 0, None),
    ],
    ids=["small part", "small rest", "small whole", "none of many", "none of few", "all", "half", "of nobody"],
)
def test_a_rate_that_rests_on_a_hidden_count_is_hidden_too(part, whole, percent):
    assert smallnumbers.percent(part=part, whole=whole) == percent


def test_a_rate_is_rounded_to_the_digits_asked_for():
    assert smallnumbers.percent(part=100, whole=300, digits=1) == Fraction("33.3")


def test_a_small_count_takes_others_with_it_so_that_totals_do_not_give_it_back():
    hiding = smallnumbers.hide(Table.of([[3, 40, 20], [50, 60, 70], [30, 80, 90]]))

    assert hiding.small == {(0, 0)}
    assert len(hiding.hidden) == 4
    assert not any(hiding.table.is_total(place) for place in hiding.hidden)
    assert hiding.shown()[3] == [83, 180, 180, 443]


def test_two_ones_that_share_a_row_do_not_give_each_other_away():
    # With a total of 12 shown, the two hidden counts could only be one each.
    hiding = smallnumbers.hide(Table.of([[1, 1, 10], [40, 50, 60]]))

    assert {(0, 0), (0, 1)} < hiding.hidden
    assert_nobody_can_work_it_out(hiding)


def test_a_table_without_small_counts_is_shown_whole():
    assert smallnumbers.hide(Table.of([[0, 10], [20, 30]])).hidden == frozenset()


def test_a_single_child_is_hidden_up_to_the_grand_total():
    assert smallnumbers.hide(Table.of([[1]])).shown() == [[HIDDEN, HIDDEN], [HIDDEN, HIDDEN]]


def test_a_table_with_a_short_row_or_less_than_nobody_is_refused():
    for counts in ([[1, 2], [3]], [[-1]], [], [[]]):
        with pytest.raises(smallnumbers.Uneven):
            Table.of(counts)


def equations(hiding):
    """Return the margins as equations on the hidden counts: each row of coefficients, with what they add up to last."""
    counts, unknown = hiding.table.counts, sorted(hiding.hidden)
    lines = [[((row, column), 1) for column in range(len(counts[0]))] for row in range(len(counts))]
    lines += [[((row, column), 1) for row in range(len(counts))] for column in range(len(counts[0]))]
    found = []
    for line in lines:
        *parts, (total, _) = line
        terms = dict(parts) | {total: -1}
        known = sum(sign * counts[row][column] for (row, column), sign in terms.items() if (row, column) not in unknown)
        found.append([Fraction(terms.get(place, 0)) for place in unknown] + [Fraction(-known)])
    return found


def solved_exactly(hiding):
    """Return the hidden places that linear algebra gives back: those alone in a row of the reduced equations."""
    rows, unknown = equations(hiding), sorted(hiding.hidden)
    rank = 0
    for column in range(len(unknown)):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for at in range(len(rows)):
            if at != rank and rows[at][column]:
                factor = rows[at][column]
                rows[at] = [value - factor * own for value, own in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    alone = [row for row in rows if sum(1 for value in row[:-1] if value) == 1]
    return {unknown[next(at for at, value in enumerate(row[:-1]) if value)] for row in alone}


#: Where bounds alone begin, and above what they have said nothing: a round wears a little off the beginning.
BEGINNING, NOTHING_SAID = 10**9, 10**6


def bounded(hiding):
    """Return how far bounds alone lead: each hidden count against its row and column, over and over."""
    unknown = sorted(hiding.hidden)
    least, most = dict.fromkeys(unknown, Fraction(1)), dict.fromkeys(unknown, Fraction(BEGINNING))
    for _ in range(3 * len(unknown)):
        for *terms, total in equations(hiding):
            parts = [(place, sign) for place, sign in zip(unknown, terms, strict=True) if sign]
            for place, sign in parts:
                others = [(other, factor) for other, factor in parts if other != place]
                low = sum(factor * (least if factor > 0 else most)[other] for other, factor in others)
                high = sum(factor * (most if factor > 0 else least)[other] for other, factor in others)
                ends = sorted([(total - high) / sign, (total - low) / sign])
                least[place], most[place] = max(least[place], ends[0]), min(most[place], ends[1])
    return {place: (least[place], most[place]) for place in unknown}


def assert_nobody_can_work_it_out(hiding):
    assert solved_exactly(hiding) == set()
    exact = smallnumbers.ranges(hiding.table, hiding.hidden)
    for place, (least, most) in bounded(hiding).items():
        # What bounds alone tell is never sharper than the exact range, and even that one leaves the count open.
        assert least <= exact[place].least <= hiding.table.at(place) <= exact[place].most
        assert exact[place].most <= most or most > NOTHING_SAID
        assert exact[place].values >= 5
        assert exact[place].most > 5


@hypothesis.settings(max_examples=40)
@hypothesis.given(a_table)
def test_no_hidden_count_can_be_worked_out_from_what_is_shown(counts):
    hiding = smallnumbers.hide(Table.of(counts))

    assert hiding.small <= hiding.hidden
    assert all(hiding.table.at(place) for place in hiding.hidden)
    assert_nobody_can_work_it_out(hiding)


#: No total of two counts in this test that is shown, and no count that gives way to another, can be larger.
LARGEST = 20


@hypothesis.settings(max_examples=12)
@hypothesis.given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_range_is_what_trying_every_table_gives(counts):
    hiding = smallnumbers.hide(Table.of(counts))
    inner = [place for place in hiding.table.places if not hiding.table.is_total(place)]
    choices = [range(1, LARGEST + 1) if place in hiding.hidden else [hiding.table.at(place)] for place in inner]
    shown = [(place, hiding.table.at(place)) for place in hiding.table.places if place not in hiding.hidden]
    seen = {place: set() for place in hiding.hidden}
    for a, b, c, d in itertools.product(*choices):
        tried = ((a, b, a + b), (c, d, c + d), (a + c, b + d, a + b + c + d))
        if all(tried[row][column] == count for (row, column), count in shown):
            for row, column in hiding.hidden:
                seen[row, column].add(tried[row][column])

    for place, found in smallnumbers.ranges(hiding.table, hiding.hidden).items():
        assert found.least == min(seen[place])
        assert found.most == max(seen[place]) or found.most > NOTHING_SAID


def test_a_table_as_large_as_wards_by_needs_hides_little_more_than_it_must():
    draw = random.Random(7)
    hiding = smallnumbers.hide(
        Table.of([[int(draw.paretovariate(0.7)) + draw.choice([0, 4]) for _ in range(6)] for _ in range(16)])
    )

    assert len(hiding.small) >= 20
    assert len(hiding.hidden) <= 1.5 * len(hiding.small)
    assert_nobody_can_work_it_out(hiding)
