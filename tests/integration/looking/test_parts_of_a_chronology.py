"""What happened can be read from either end, by kind and agency, and from a year; the parts add up to the whole."""

import collections

import pytest

from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import queries
from joinedup.processes.childindex.queries import happened
from tests.conftest import TODAY
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture(autouse=True, params=["read whole", "read in parts"])
def _either_way(request, monkeypatch):
    """The beginning of a short chronology is read at once and a long one in parts, and both come to the same."""
    monkeypatch.setattr(happened, "READ_WHOLE_LINES", 1000 if request.param == "read whole" else 1)


@pytest.fixture
def known() -> asking.Known:
    """The child of whom most is written."""
    with asking.peeking():
        ((number,),) = asking.rows(
            "SELECT c.number FROM people_child c JOIN childindex_link l ON l.child_id = c.id AND l.ended_at IS NULL "
            "JOIN records_chronologyentry e ON e.person_record_id = l.person_record_id AND e.is_current "
            "JOIN people_childsummary s ON s.child_id = c.id AND s.given_name <> '' AND s.birth_date IS NOT NULL "
            "GROUP BY c.number ORDER BY count(*) DESC, c.number LIMIT 1"
        )
    return next(one for one in asking.children(most=1000) if one.number == number)


def part_of(known: asking.Known, viewer: access_rules.Viewer, **asked: object) -> queries.Chronology:
    wanted = queries.ChronologyAsked(**{"count": 1000, **asked})
    page = queries.get_child_page(viewer=viewer, number=known.number, purpose="referral", on=TODAY, chronology=wanted)
    return page.chronology


def test_oldest_first_is_newest_first_read_backwards(known, viewer):
    newest, oldest = part_of(known, viewer), part_of(known, viewer, is_oldest_first=True)

    assert [line.happened_date for line in oldest.lines] == [line.happened_date for line in newest.lines][::-1]
    assert collections.Counter(oldest.lines) == collections.Counter(newest.lines)
    assert oldest.years == newest.years[::-1]


def test_the_kinds_and_the_agencies_together_are_everything(known, viewer):
    whole = part_of(known, viewer)

    assert len(whole.lines) == whole.count > 25
    assert sum(part_of(known, viewer, kind=kind).count for kind in whole.kinds) == whole.count
    for code, name in whole.agencies:
        part = part_of(known, viewer, agency_code=code)
        assert part.count == len(part.lines) > 0
        assert {line.agency_name for line in part.lines} == {name}
    assert sum(part_of(known, viewer, agency_code=code).count for code, _ in whole.agencies) == whole.count


def test_what_can_be_narrowed_to_stays_when_it_is_narrowed(known, viewer):
    whole = part_of(known, viewer)
    part = part_of(known, viewer, kind=whole.kinds[0], agency_code=whole.agencies[0][0])

    assert (part.kinds, part.agencies) == (whole.kinds, whole.agencies)


@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_a_year_begins_with_the_first_thing_that_happened_in_it(is_oldest_first, known, viewer):
    whole = part_of(known, viewer, is_oldest_first=is_oldest_first)

    for year in whole.years:
        part = part_of(known, viewer, is_oldest_first=is_oldest_first, year=year)
        assert part.lines[0].happened_date.year == year
        assert part.lines == whole.lines[part.first :]
        assert whole.lines[part.first - 1].happened_date.year != year or part.first == 0


def test_a_year_in_which_nothing_happened_is_not_gone_to(known, viewer):
    assert part_of(known, viewer, year=1066) == part_of(known, viewer)


def test_beyond_the_end_stands_the_last_page(known, viewer):
    whole = part_of(known, viewer)

    part = part_of(known, viewer, first=100_000_000, count=10)

    assert part.first % 10 == 0
    assert part.lines == whole.lines[part.first :]
    assert part.lines


def test_of_a_child_of_whom_nothing_is_written_nothing_is_shown(known, viewer):
    part = part_of(known, viewer, kind="nothing of the kind", first=50)

    assert (part.lines, part.count, part.first, part.years) == ((), 0, 0, ())


def test_the_beginning_of_a_long_one_is_the_first_page_of_the_whole(known, viewer):
    whole, beginning = part_of(known, viewer), part_of(known, viewer, count=10)

    assert beginning.lines == whole.lines[:10]
    assert (beginning.first, beginning.count, beginning.years) == (0, whole.count, whole.years)
    assert (beginning.kinds, beginning.agencies) == (whole.kinds, whole.agencies)
