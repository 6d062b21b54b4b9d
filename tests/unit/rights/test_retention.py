"""How long what is known of a child is kept: to the day, the longest of all statuses, never while it is held or in doubt."""

import datetime

import hypothesis
import hypothesis.strategies as st
import pytest

from joinedup.governance.rights import queries, rules
from joinedup.governance.rights.rules import Held, Life
from tests.architecture import tree

KEPT_FOR_EVER = None


def day(text: str | None) -> datetime.date | None:
    return None if not text else datetime.date.fromisoformat(text)


def held(text: str) -> Held:
    """Read "looked_after 2015-01-01 2016-01-01"; a day left out is not known."""
    status, *days = text.split()
    started, ended = (*days, "", "")[:2]
    return Held(status=status, started_date=day(started if started != "?" else ""), ended_date=day(ended))


#: born, died, statuses ever held, kept until, because of
CASES = {
    "nothing but known": ("2000-05-06", "", [], "2025-05-06", "known"),
    "known, born on a leap day, ends in a common year": ("2000-02-29", "", [], "2025-03-01", "known"),
    "known, died": ("2000-05-06", "2009-01-01", [], "2025-05-06", "known"),
    "birth not known": ("", "", [], KEPT_FOR_EVER, "known"),
    "looked after": ("2000-05-06", "", ["looked_after 2005-01-01 2006-01-01"], "2075-05-06", "looked_after"),
    "looked after for a day": ("2000-05-06", "", ["looked_after 2005-01-01 2005-01-01"], "2075-05-06", "looked_after"),
    "looked after still": ("2012-05-06", "", ["looked_after 2020-01-01"], "2087-05-06", "looked_after"),
    "looked after, born on a leap day": ("2004-02-29", "", ["looked_after 2010-01-01"], "2079-03-01", "looked_after"),
    "looked after, leap day to leap day": ("2005-03-01", "", ["looked_after 2010-01-01"], "2080-03-01", "looked_after"),
    "looked after, died at ten": (
        "2000-05-06",
        "2010-07-08",
        ["looked_after 2009-01-01"],
        "2025-07-08",
        "looked_after",
    ),
    "looked after, died as a baby": ("2000-05-06", "2000-05-09", ["looked_after 2000-05-07"], "2025-05-06", "known"),
    "looked after, died the day before 18": (
        "2000-05-06",
        "2018-05-05",
        ["looked_after 2010-01-01"],
        "2033-05-05",
        "looked_after",
    ),
    "looked after, died on the 18th birthday": (
        "2000-05-06",
        "2018-05-06",
        ["looked_after 2010-01-01"],
        "2075-05-06",
        "looked_after",
    ),
    "looked after, died at forty": (
        "2000-05-06",
        "2040-01-01",
        ["looked_after 2010-01-01"],
        "2075-05-06",
        "looked_after",
    ),
    "looked after, died on a leap day": (
        "2000-05-06",
        "2016-02-29",
        ["looked_after 2010-01-01"],
        "2031-03-01",
        "looked_after",
    ),
    "looked after, birth not known": ("", "", ["looked_after 2010-01-01"], KEPT_FOR_EVER, "known looked_after"),
    "adopted": ("2000-05-06", "", ["adopted 2003-04-05"], "2103-04-05", "adopted"),
    "adopted as a baby after care": (
        "2000-05-06",
        "",
        ["looked_after 2000-05-08 2001-01-01", "adopted 2001-01-01"],
        "2101-01-01",
        "adopted",
    ),
    "adopted on a leap day": ("2000-05-06", "", ["adopted 2004-02-29"], "2104-02-29", "adopted"),
    "adopted on a leap day, to a year without one": ("1999-05-06", "", ["adopted 2000-02-29"], "2100-03-01", "adopted"),
    "adopted, died young": ("2000-05-06", "2010-01-01", ["adopted 2003-04-05"], "2103-04-05", "adopted"),
    "adopted, day of the order not known": ("2000-05-06", "", ["adopted"], KEPT_FOR_EVER, "adopted"),
    "adopted twice": ("2000-05-06", "", ["adopted 2003-04-05", "adopted 2009-01-02"], "2109-01-02", "adopted"),
    "child protection": (
        "2000-05-06",
        "",
        ["child_protection 2005-01-01 2006-02-03"],
        "2041-02-03",
        "child_protection",
    ),
    "child protection, still open": (
        "2015-05-06",
        "",
        ["child_protection 2024-01-01"],
        KEPT_FOR_EVER,
        "child_protection",
    ),
    "child protection, open, died": (
        "2015-05-06",
        "2020-01-02",
        ["child_protection 2019-01-01"],
        "2055-01-02",
        "child_protection",
    ),
    "child protection twice": (
        "2000-05-06",
        "",
        ["child_protection 2001-01-01 2002-01-01", "child_protection 2010-01-01 2011-12-31"],
        "2046-12-31",
        "child_protection",
    ),
    "child protection, closed once and open once": (
        "2010-05-06",
        "",
        ["child_protection 2011-01-01 2012-01-01", "child_protection 2024-01-01"],
        KEPT_FOR_EVER,
        "child_protection",
    ),
    "child protection ended on a leap day": (
        "2010-05-06",
        "",
        ["child_protection 2015-01-01 2016-02-29"],
        "2051-03-01",
        "child_protection",
    ),
    "child in need": ("2000-05-06", "", ["child_in_need 2010-01-01 2012-03-04"], "2047-03-04", "child_in_need"),
    "child in need as a baby": (
        "2000-05-06",
        "",
        ["child_in_need 2000-06-01 2000-07-01"],
        "2035-07-01",
        "child_in_need",
    ),
    "in need, then protection, the same end": (
        "2000-05-06",
        "",
        ["child_in_need 2010-01-01 2012-03-04", "child_protection 2011-01-01 2012-03-04"],
        "2047-03-04",
        "child_in_need child_protection",
    ),
    "in need at seventeen, looked after before": (
        "2000-05-06",
        "",
        ["looked_after 2004-01-01 2005-01-01", "child_in_need 2017-01-01 2018-05-06"],
        "2075-05-06",
        "looked_after",
    ),
    "looked after, died young, protection closed late": (
        "2000-05-06",
        "2010-07-08",
        ["looked_after 2009-01-01", "child_protection 2009-01-01 2010-07-08"],
        "2045-07-08",
        "child_protection",
    ),
    "all four": (
        "2000-05-06",
        "",
        [
            "child_in_need 2001-01-01 2002-01-01",
            "child_protection 2001-06-01 2002-01-01",
            "looked_after 2002-01-01 2004-01-01",
            "adopted 2004-01-01",
        ],
        "2104-01-01",
        "adopted",
    ),
    "youth justice": ("2000-05-06", "", ["youth_justice 2015-01-01 2016-01-01"], "2025-05-06", "known youth_justice"),
    "police": ("2000-05-06", "", ["police 2015-01-01"], "2025-05-06", "known police"),
    "police, birth not known": ("", "", ["police 2015-01-01"], KEPT_FOR_EVER, "known police"),
    "a status nobody has thought of": ("2000-05-06", "", ["shielded 2015-01-01 2016-01-01"], KEPT_FOR_EVER, "shielded"),
    "a protection plan whose start is not known": (
        "2000-05-06",
        "",
        ["child_protection ? 2006-02-03"],
        "2041-02-03",
        "child_protection",
    ),
    "an unborn child who was in need": ("", "", ["child_in_need 2010-01-01 2010-03-01"], KEPT_FOR_EVER, "known"),
}


def life(case) -> Life:
    born, died, statuses, *_ = case
    return Life(birth_date=day(born), death_date=day(died), held=tuple(held(text) for text in statuses))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_record_is_kept_to_the_day(case):
    *_, until, because = case

    keeping = rules.weigh(life(case), schedule=queries.get_schedule())

    assert (keeping.until, " ".join(keeping.because)) == (day(until), because)
    if until:
        assert not keeping.is_over(on=day(until))
        assert keeping.is_over(on=day(until) + datetime.timedelta(days=1))
    else:
        assert not keeping.is_over(on=datetime.date.max)


def test_there_are_forty_cases():
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_nothing_is_over_while_a_hold_stands(case):
    keeping = rules.weigh(life(case), schedule=queries.get_schedule(), is_on_hold=True)

    assert not keeping.is_over(on=datetime.date.max)


days = st.dates(datetime.date(1950, 1, 1), datetime.date(2030, 1, 1))
statuses = st.builds(
    Held,
    status=st.sampled_from(sorted(queries.get_schedule().statuses)),
    started_date=days,
    ended_date=st.none() | days,
)


@hypothesis.given(days, st.none() | days, st.lists(statuses, max_size=5), statuses)
def test_one_more_status_never_shortens(born, died, some, more):
    schedule = queries.get_schedule()
    before = rules.weigh(Life(birth_date=born, death_date=died, held=tuple(some)), schedule=schedule)
    after = rules.weigh(Life(birth_date=born, death_date=died, held=(*some, more)), schedule=schedule)

    assert after.until is None or (before.until is not None and after.until >= before.until)


def test_every_figure_names_its_source_and_whether_it_is_confirmed():
    statuses_known = queries.get_schedule().statuses.values()

    assert all(len(status.source) > 10 for status in statuses_known)
    assert {status.code for status in statuses_known if status.is_confirmed} == {"looked_after", "adopted"}


ONE = """
version: 1
is_in_force_from: 2026-01-01
statuses: {known: {name: a, years: 9, from: birth, source: b, is_confirmed: true}}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version: ", "version: [", "cannot be read"),
        ("known", "other", "held no status"),
        ("9", "0", "0 years"),
        ("birth", "moon", "moon"),
    ],
)
def test_a_schedule_by_which_nothing_could_be_kept_is_refused_in_words(old, new, says):
    with pytest.raises(rules.ScheduleUnreadable, match=says):
        rules.read_schedule(ONE.replace(old, new))


def test_the_page_of_the_documentation_is_the_schedule():
    page = tree.DOCS / "assurance" / "retention.md"

    assert page.read_text(encoding="utf-8") == rules.as_markdown(queries.get_schedule())
