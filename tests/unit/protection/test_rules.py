"""Rules of child protection: each cell of the table, what each act must say, paths with corrections, and clocks."""

import datetime
import uuid
import zoneinfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.foundation.timescales import shipped as timescales
from joinedup.processes.protection import rules, shipped
from joinedup.processes.protection.rules import Act, Category, Detail, Ending, Outcome, Stage
from tests.architecture import tree

STAGES = (None, *Stage)
OUTCOMES = (None, *Outcome)
#: The table written down a second time, by hand.
FILLED = {
    (None, "worry", None): "discussion",
    ("discussion", "discussed", "single"): "enquiry_due",
    ("discussion", "discussed", "joint"): "enquiry_due",
    ("discussion", "discussed", "assessment"): "ended",
    ("discussion", "discussed", "no_action"): "ended",
    ("discussion", "discussed", "again"): "discussion",
    ("discussion", "child_seen", None): "discussion",
    ("discussion", "closed", None): "ended",
    ("enquiry_due", "enquiry_started", None): "enquiry",
    ("enquiry_due", "child_seen", None): "enquiry_due",
    ("enquiry_due", "closed", None): "ended",
    ("enquiry", "discussed", "single"): "enquiry",
    ("enquiry", "discussed", "joint"): "enquiry",
    ("enquiry", "child_seen", None): "enquiry",
    ("enquiry", "enquiry_ended", "not_substantiated"): "ended",
    ("enquiry", "enquiry_ended", "no_continuing_risk"): "ended",
    ("enquiry", "enquiry_ended", "continuing_risk"): "conference",
    ("conference", "conference_held", "plan"): "plan",
    ("conference", "conference_held", "no_plan"): "ended",
    ("conference", "conference_held", "stands"): "ended",
    ("conference", "child_seen", None): "conference",
    ("conference", "closed", None): "ended",
    ("plan", "core_group_held", None): "plan",
    ("plan", "review_held", "continues"): "plan",
    ("plan", "review_held", "ends"): "ended",
    ("plan", "child_seen", None): "plan",
    ("plan", "plan_ended", None): "ended",
}
LONDON = zoneinfo.ZoneInfo("Europe/London")
DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
moments = days.map(lambda day: datetime.datetime.combine(day, datetime.time(10), tzinfo=LONDON))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("act", list(Act))
def test_each_cell_of_the_table_is_as_it_is_written_down(stage, act):
    for outcome in OUTCOMES:
        expected = FILLED.get((stage, act, outcome))
        if expected is None:
            with pytest.raises(rules.NotInStage):
                rules.move(stage, act, outcome)
        else:
            assert rules.move(stage, act, outcome) == expected
    assert (act in rules.acts_in(stage)) == any((stage, act, outcome) in FILLED for outcome in OUTCOMES)


def test_the_reference_shows_the_table_and_which_action_each_act_needs():
    page = (tree.DOCS / "reference" / "child-protection.md").read_text(encoding="utf-8")

    assert rules.as_markdown() in page
    for act, action in rules.ACTIONS.items():
        assert f"| `{act}` | `{action}`:" in page


def test_every_act_needs_an_action_of_the_matrix():
    from joinedup.governance.agreements import queries as agreements_queries

    assert {*rules.ACTIONS.values(), rules.READ} <= {word.code for word in agreements_queries.get_matrix().actions}
    assert set(Act) <= set(rules.ACTIONS)


def test_from_every_stage_there_is_a_way_to_the_end_and_the_next_act_is_one_that_begins_there():
    leads = {}
    for (stage, _), cell in rules.MOVES.items():
        leads.setdefault(stage, set()).update(cell.values())
    for stage in (None, *(one for one in Stage if one is not Stage.ENDED)):
        reached, fresh = set(), {stage}
        while fresh:
            reached |= fresh
            fresh = set().union(*(leads.get(one, set()) for one in fresh)) - reached
        assert Stage.ENDED in reached
    for stage in Stage:
        for has_core_group in (True, False):
            act = rules.next_act(stage, has_core_group=has_core_group)
            assert (act is None) == (stage is Stage.ENDED)
            assert act is None or act in rules.acts_in(stage)


# ---------------------------------------------------------------- what must be said

AT = datetime.datetime(2026, 3, 3, 12, tzinfo=LONDON)
BOTH = (rules.Present(name="Rukhsana Peel", agency="Social care"), rules.Present(name="Aidan Frome", agency="Police"))
WHOLE = {
    "happened_at": AT,
    "words": "He was seen with bruises",
    "present": BOTH,
    "chair": "Ines Wray",
    "category": Category.PHYSICAL,
    "ending": Ending.SAFE,
    "is_alone": True,
    "childs_view": "I want to stay with Nan",
}
sayable = [(act, outcome) for act in Act for outcome in (sorted(rules.all_outcomes_of(act)) or [None])]


@pytest.mark.parametrize(("act", "outcome"), sayable)
def test_a_whole_step_is_kept_and_says_nothing_that_its_act_has_not_to_say(act, outcome):
    kept = rules.check(rules.Saying(act=act, outcome=outcome, **WHOLE), at=AT)
    asked = rules.needs(act, outcome)

    said = {detail for detail in Detail if getattr(kept, detail) not in {None, "", ()}}
    assert said == asked
    assert asked <= rules.may_need(act)


@pytest.mark.parametrize(("act", "outcome"), sayable)
def test_an_empty_step_is_told_everything_that_is_missing_at_once(act, outcome):
    with pytest.raises(rules.SayMore) as refused:
        rules.check(rules.Saying(act=act, outcome=outcome, happened_at=AT + DAY, words=" "), at=AT)

    assert set(refused.value.details) == {"words", "happened_at", *rules.needs(act, outcome) - {Detail.OUTCOME}}


def test_an_act_with_outcomes_needs_one():
    with pytest.raises(rules.SayMore) as refused:
        rules.check(rules.Saying(act=Act.ENQUIRY_ENDED, **WHOLE), at=AT)
    assert refused.value.details == ("outcome",)


def test_a_discussion_is_between_agencies_and_everyone_is_named_with_theirs():
    alone = (BOTH[0], rules.Present(name="Gwen Tolliver", agency="social care"))
    for present in (alone, (), (*BOTH, rules.Present(name="Someone", agency=" "))):
        with pytest.raises(rules.SayMore):
            rules.check(rules.Saying(act=Act.DISCUSSED, outcome=Outcome.JOINT, **{**WHOLE, "present": present}), at=AT)
    rules.check(rules.Saying(act=Act.CORE_GROUP_HELD, **{**WHOLE, "present": alone}), at=AT)


# ---------------------------------------------------------------- paths


def step(place: int, act: Act, at: datetime.datetime, outcome: Outcome | None = None) -> rules.Taken:
    return rules.Taken(id=uuid.UUID(int=place), place=place, act=act, happened_at=at, outcome=outcome)


WAY_TO_A_PLAN = (
    (Act.WORRY, None),
    (Act.DISCUSSED, Outcome.JOINT),
    (Act.ENQUIRY_STARTED, None),
    (Act.ENQUIRY_ENDED, Outcome.CONTINUING_RISK),
    (Act.CONFERENCE_HELD, Outcome.PLAN),
)


def way(first: datetime.datetime, *more: tuple[Act, Outcome | None]) -> list[rules.Taken]:
    """Walk to a plan and further, a day for each step."""
    return [
        step(place, act, first + DAY * place, outcome)
        for place, (act, outcome) in enumerate((*WAY_TO_A_PLAN, *more), 1)
    ]


@given(st.data())
def test_whatever_is_walked_by_the_table_leads_where_the_table_says(data):
    at, stage, steps = AT, None, []
    for place in range(1, data.draw(st.integers(1, 12)) + 1):
        acts = rules.acts_in(stage)
        if not acts:
            break
        act = data.draw(st.sampled_from(acts))
        outcome = data.draw(st.sampled_from(rules.outcomes_of(act, stage) or (None,)))
        at += DAY * data.draw(st.integers(0, 9))
        stage = rules.move(stage, act, outcome)
        steps.append(step(place, act, at, outcome))

    assert rules.stage_after(data.draw(st.permutations(steps))) == stage
    clocks = rules.clocks_of(steps, stage)
    assert list(clocks) == sorted(clocks, key=lambda clock: clock.from_at)
    assert all(clock.met_at is None or clock.met_at >= clock.from_at for clock in clocks)
    # What has ended asks for nothing more; what waits for enquiries, a conference or a review asks for something.
    is_asked = any(clock.met_at is None for clock in clocks)
    assert not (is_asked and stage is Stage.ENDED)
    assert is_asked or stage in {Stage.ENDED, Stage.DISCUSSION}


def test_a_step_on_a_day_before_the_one_it_follows_from_is_refused_but_a_visit_may_be_written_down_later():
    steps = way(AT)
    early = step(6, Act.CORE_GROUP_HELD, AT)
    with pytest.raises(rules.OutOfOrder):
        rules.stage_after([*steps, early])

    assert rules.stage_after([*steps, step(6, Act.CHILD_SEEN, AT)]) is Stage.PLAN


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_what_follows_must_still_follow():
    steps = way(AT)
    none = step(5, Act.CONFERENCE_HELD, steps[4].happened_at, Outcome.NO_PLAN)
    assert rules.stage_after(rules.with_step(steps, none)) is Stage.ENDED
    assert len(rules.with_step(steps, none)) == len(steps)

    with pytest.raises(rules.NotInStage):
        rules.stage_after(rules.with_step(steps, step(2, Act.DISCUSSED, steps[1].happened_at, Outcome.NO_ACTION)))
    with pytest.raises(rules.OutOfOrder):
        rules.stage_after(rules.with_step(steps, step(2, Act.DISCUSSED, AT + DAY * 9, Outcome.JOINT)))


# ---------------------------------------------------------------- clocks


def ends(clock: rules.Clock) -> datetime.date:
    """Return the last day of a clock by England's profile and calendar."""
    started = clock.from_at.astimezone(LONDON)
    profile = timescales.profile()
    timescale = profile.get(clock.codes[0], on=started.date())
    due = timescales_rules.due(timescale, started_at=started, zone=LONDON, calendar=timescales.calendar())
    return due.last_date


def clock_of(code: str, steps, stage) -> rules.Clock | None:
    return next((clock for clock in rules.clocks_of(steps, stage) if code in clock.codes), None)


@given(moments)
def test_the_conference_is_due_fifteen_working_days_after_the_first_discussion_that_decided_on_enquiries(first):
    again = (Act.DISCUSSED, Outcome.AGAIN)
    path = [(Act.WORRY, None), again, (Act.DISCUSSED, Outcome.SINGLE), (Act.ENQUIRY_STARTED, None)]
    steps = [step(place, act, first + DAY * place, outcome) for place, (act, outcome) in enumerate(path, 1)]
    steps.append(step(5, Act.DISCUSSED, first + DAY * 5, Outcome.JOINT))

    clock = clock_of("icpc", steps, Stage.ENQUIRY)
    assert clock.from_at == steps[2].happened_at
    calendar, last = timescales.calendar(), ends(clock)
    began = clock.from_at.date()
    between = [began + DAY * number for number in range(1, (last - began).days + 1)]
    assert sum(calendar.is_working_day(day) for day in between) == 15
    assert calendar.is_working_day(last)


def test_bank_holidays_are_no_working_days():
    steps = way(datetime.datetime(2026, 12, 13, 10, tzinfo=LONDON))

    # From Tuesday 15 December; 25 and 28 December and 1 January are holidays.
    assert ends(clock_of("icpc", steps, Stage.PLAN)) == datetime.date(2027, 1, 8)


@given(moments)
def test_a_core_group_within_ten_working_days_and_reviews_after_three_months_and_then_six(first):
    steps = way(first, (Act.CORE_GROUP_HELD, None), (Act.REVIEW_HELD, Outcome.CONTINUES))
    conference, core_group, review = steps[4], steps[5], steps[6]

    met = clock_of("core_group_first", steps, Stage.PLAN)
    assert (met.from_at, met.met_at) == (conference.happened_at, core_group.happened_at)
    first_review = clock_of("rcpc_first", steps, Stage.PLAN)
    assert (first_review.from_at, first_review.met_at) == (conference.happened_at, review.happened_at)
    assert ends(first_review) == timescales_rules.months_on(conference.happened_at.date(), 3)
    next_review = clock_of("rcpc_next", steps, Stage.PLAN)
    assert (next_review.from_at, next_review.met_at) == (review.happened_at, None)
    assert ends(next_review) == timescales_rules.months_on(review.happened_at.date(), 6)
    calendar, began, last = timescales.calendar(), conference.happened_at.date(), ends(met)
    assert sum(calendar.is_working_day(began + DAY * one) for one in range(1, (last - began).days + 1)) == 10


@given(moments, st.lists(st.integers(-20, 60), max_size=5))
def test_a_visit_is_counted_from_the_last_day_the_child_was_seen_and_not_before_the_plan(first, seen):
    steps = way(first)
    visits = [step(10 + nth, Act.CHILD_SEEN, first + DAY * day) for nth, day in enumerate(seen)]

    clock = clock_of("cp_visit", [*steps, *visits], Stage.PLAN)
    assert clock.from_at == max([steps[4].happened_at, *(visit.happened_at for visit in visits)])
    assert clock.met_at is None


@pytest.mark.parametrize("outcome", [Outcome.NOT_SUBSTANTIATED, Outcome.NO_CONTINUING_RISK])
def test_no_conference_is_due_once_enquiries_ended_without_one(outcome):
    steps = [*way(AT)[:3], step(4, Act.ENQUIRY_ENDED, AT + DAY * 4, outcome)]

    assert clock_of("icpc", steps[:3], Stage.ENQUIRY) is not None
    assert clock_of("icpc", steps, Stage.ENDED) is None


def test_what_was_met_or_missed_is_told_after_the_end_too():
    steps = way(AT, (Act.CORE_GROUP_HELD, None), (Act.REVIEW_HELD, Outcome.ENDS))
    codes = [clock.codes[-1] for clock in rules.clocks_of(steps, Stage.ENDED)]

    assert codes == ["strategy_discussion", "icpc", "core_group_first", "rcpc_first"]


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize("kind", list(rules.SpanKind))
def test_codes_are_told_apart_and_valid_from_a_day_on(kind):
    codes = shipped.codes(kind)

    assert len({code.code for code in codes}) == len(codes) > 10
    for code in codes:
        assert code.is_valid(code.valid_from)
        assert not code.is_valid(code.valid_from - DAY)
        assert code.valid_to is None or not code.is_valid(code.valid_to + DAY)


@given(st.dictionaries(st.sampled_from(["code", "words", "valid_from", "valid_to"]), st.text(max_size=12)))
def test_a_row_that_cannot_be_read_is_named_and_never_a_traceback(row):
    assume(not {"code", "words", "valid_from", "valid_to"} <= row.keys() or not row["code"].strip())
    with pytest.raises(rules.UnreadableCodes, match="Row 1"):
        rules.read_codes([row])
