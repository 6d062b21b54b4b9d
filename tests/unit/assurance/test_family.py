"""What a family reads of who looked: late, without names, and never a sign that somebody is worried."""

import datetime
import uuid

from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.governance.assurance.rules import family, looking

NOW = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
DELAY = datetime.timedelta(days=28)
ALWAYS_SAFE = [family.Safety(is_safe=True, recorded_at=NOW - datetime.timedelta(days=400))]
PURPOSES = sorted(family.SHOWN_TO_A_CHILD) + [
    *("section_47", "strategy_discussion", "missing", "sealed_access", "emergency", "something_new", "")
]
ACTS = ("childindex.child.seen", "records.source.seen", "childindex.searched", "assurance.looks.seen", "sealed.opened")

moments = st.integers(0, 24 * 120).map(lambda hours: NOW - datetime.timedelta(hours=hours))
looks = st.builds(
    looking.Seen,
    event_id=st.integers(1, 10**9).map(lambda n: uuid.UUID(int=n)),
    at=moments,
    act=st.sampled_from(ACTS) | st.sampled_from(ACTS).map(lambda act: f"{act}.denied"),
    purpose=st.sampled_from(PURPOSES),
    tier=st.sampled_from(["", "T1", "T4", "T5"]),
    is_beside=st.booleans(),
    actor_name=st.just("Dilys Hart"),
    roles=st.just(("social_worker",)),
    agency_name=st.sampled_from(["Northshire council", "Northshire police"]),
)
spans = st.tuples(moments, st.none() | st.integers(0, 24 * 90))
suspensions = st.builds(
    lambda kind, span: family.Suspension(
        kind=kind, since=span[0], until=None if span[1] is None else span[0] + datetime.timedelta(hours=span[1])
    ),
    st.sampled_from(family.Suspends),
    spans,
)
safeties = st.lists(
    st.builds(
        lambda is_safe, span: family.Safety(
            is_safe=is_safe,
            recorded_at=span[0],
            ended_at=None if span[1] is None else span[0] + datetime.timedelta(hours=span[1]),
        ),
        st.booleans(),
        spans,
    ),
    max_size=4,
)


def look(*, days_ago: float = 40, purpose: str = "own_work", act: str = "childindex.child.seen") -> looking.Seen:
    return looking.Seen(
        event_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{days_ago} {purpose} {act}"),
        at=NOW - datetime.timedelta(days=days_ago),
        act=act,
        purpose=purpose,
        actor_name="Dilys Hart",
        roles=("social_worker",),
        agency_name="Northshire council",
    )


def read_by_parent(seen, *, safety=ALWAYS_SAFE, suspended=(), at=NOW) -> family.FamilyView:
    return family.parents_version(seen, safety=safety, suspensions=suspended, at=at, delay=DELAY)


def suspension(*, since_days_ago: float, until_days_ago: float | None = None) -> family.Suspension:
    return family.Suspension(
        kind=family.Suspends.SECTION_47,
        since=NOW - datetime.timedelta(days=since_days_ago),
        until=None if until_days_ago is None else NOW - datetime.timedelta(days=until_days_ago),
    )


def test_a_parent_reads_nothing_until_a_practitioner_has_recorded_that_it_is_safe():
    assert read_by_parent([look()], safety=[]) == family.FamilyView(is_on=False)
    assert not read_by_parent([look()], safety=[family.Safety(is_safe=False, recorded_at=NOW)]).is_on
    assert read_by_parent([look()]).looks


def test_a_look_is_read_a_month_late_by_role_agency_day_and_purpose():
    view = read_by_parent([look(days_ago=28), look(days_ago=27.9)])

    assert view.looks == (
        family.FamilyLook(
            on=datetime.date(2026, 9, 7),
            roles=("social_worker",),
            agency_name="Northshire council",
            purpose="own_work",
        ),
    )


def test_safety_that_ended_hides_what_came_after_and_takes_nothing_away():
    ended = [
        family.Safety(
            is_safe=True, recorded_at=NOW - datetime.timedelta(days=90), ended_at=NOW - datetime.timedelta(days=50)
        )
    ]

    view = read_by_parent([look(days_ago=60), look(days_ago=45)], safety=ended)

    assert view.is_on
    assert [each.on for each in view.looks] == [(NOW - datetime.timedelta(days=60)).date()]


def test_not_safe_said_after_safe_ends_it():
    safety = [*ALWAYS_SAFE, family.Safety(is_safe=False, recorded_at=NOW - datetime.timedelta(days=50))]

    assert [each.on for each in read_by_parent([look(days_ago=60), look(days_ago=45)], safety=safety).looks] == [
        (NOW - datetime.timedelta(days=60)).date()
    ]


def test_a_suspension_hides_its_own_time_and_no_other():
    seen = [look(days_ago=70), look(days_ago=60), look(days_ago=50)]

    view = read_by_parent(seen, suspended=[suspension(since_days_ago=65, until_days_ago=55)])

    assert [each.on for each in view.looks] == [(NOW - datetime.timedelta(days=days)).date() for days in (50, 70)]


def test_a_child_is_not_suspended_and_reads_that_they_were_looked_for():
    seen = [look(purpose="missing"), look(purpose="section_47", days_ago=41)]

    assert [each.purpose for each in family.childs_version(seen, at=NOW, delay=DELAY).looks] == ["missing"]


def test_a_parents_page_is_open_while_the_last_word_is_that_it_is_safe():
    safe = family.Safety(is_safe=True, recorded_at=NOW - datetime.timedelta(days=9))
    not_safe = family.Safety(is_safe=False, recorded_at=NOW - datetime.timedelta(days=1))

    assert not family.is_safe_now([], at=NOW)
    assert family.is_safe_now([safe], at=NOW)
    assert not family.is_safe_now([safe, not_safe], at=NOW)


@settings(max_examples=100)
@given(st.lists(looks, max_size=12), safeties, st.lists(suspensions, max_size=4))
def test_no_looks_and_no_flags_ever_show_a_parent_what_is_never_theirs(seen, safety, suspended):
    view = read_by_parent(seen, safety=safety, suspended=suspended)

    assert {each.purpose for each in view.looks} <= family.SHOWN_TO_A_PARENT
    assert "Dilys Hart" not in repr(view)
    assert all(each.on <= (NOW - DELAY).date() for each in view.looks)
    assert view.is_on or not view.looks


@settings(max_examples=100)
@given(st.lists(looks, max_size=12), safeties, st.lists(suspensions, min_size=1, max_size=4))
def test_a_suspended_time_reads_exactly_like_a_time_in_which_nobody_looked(seen, safety, suspended):
    nobody_looked = [each for each in seen if not any(span.covers(each.at) for span in suspended)]

    assert read_by_parent(seen, safety=safety, suspended=suspended) == read_by_parent(nobody_looked, safety=safety)


@settings(max_examples=100)
@given(st.lists(looks, max_size=12), st.lists(suspensions, max_size=3), moments, st.integers(0, 200))
def test_a_flag_that_is_recorded_takes_away_nothing_that_a_parent_could_read_already(seen, suspended, said_since, days):
    recorded_at = NOW
    since = family.earliest_since(since=said_since - datetime.timedelta(days=days), at=recorded_at, delay=DELAY)
    new = family.Suspension(kind=family.Suspends.DOMESTIC_ABUSE, since=since)

    assert read_by_parent(seen, suspended=suspended) == read_by_parent(seen, suspended=[*suspended, new])


@settings(max_examples=100)
@given(st.lists(looks, max_size=12))
def test_a_child_reads_neither_enquiries_nor_names(seen):
    view = family.childs_version(seen, at=NOW, delay=DELAY)

    assert {each.purpose for each in view.looks} <= family.SHOWN_TO_A_CHILD
    assert "Dilys Hart" not in repr(view)
