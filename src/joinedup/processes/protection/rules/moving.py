"""The stages of a concern, and which act with which outcome leads from one to another: one table, cell by cell.

Belongs here: the table, and its form in words. Not here: what an act must say (saying), who may do it (acting).
"""

from collections.abc import Mapping

from joinedup.processes.protection.rules.words import Act, Outcome, Stage


class NotInStage(Exception):
    """The concern is not where this act begins: someone else was quicker, or it leads nowhere from here."""


_TO_ENQUIRIES: Mapping[Outcome | None, Stage] = {Outcome.SINGLE: Stage.ENQUIRY_DUE, Outcome.JOINT: Stage.ENQUIRY_DUE}
#: Whatever is not here is refused. The stage is None where nothing is written of the concern yet; the outcome is None for an
#: act that has none to choose.
MOVES: Mapping[tuple[Stage | None, Act], Mapping[Outcome | None, Stage]] = {
    (None, Act.WORRY): {None: Stage.DISCUSSION},
    (Stage.DISCUSSION, Act.DISCUSSED): {
        **_TO_ENQUIRIES,
        Outcome.ASSESSMENT: Stage.ENDED,
        Outcome.NO_ACTION: Stage.ENDED,
        Outcome.AGAIN: Stage.DISCUSSION,
    },
    (Stage.DISCUSSION, Act.CHILD_SEEN): {None: Stage.DISCUSSION},
    (Stage.DISCUSSION, Act.CLOSED): {None: Stage.ENDED},
    (Stage.ENQUIRY_DUE, Act.ENQUIRY_STARTED): {None: Stage.ENQUIRY},
    (Stage.ENQUIRY_DUE, Act.CHILD_SEEN): {None: Stage.ENQUIRY_DUE},
    (Stage.ENQUIRY_DUE, Act.CLOSED): {None: Stage.ENDED},
    # Discussed again while enquiries go on: they may become joint, or single. That they end is the enquiry's own outcome.
    (Stage.ENQUIRY, Act.DISCUSSED): {Outcome.SINGLE: Stage.ENQUIRY, Outcome.JOINT: Stage.ENQUIRY},
    (Stage.ENQUIRY, Act.ENQUIRY_ENDED): {
        Outcome.NOT_SUBSTANTIATED: Stage.ENDED,
        Outcome.NO_CONTINUING_RISK: Stage.ENDED,
        Outcome.CONTINUING_RISK: Stage.CONFERENCE,
    },
    (Stage.ENQUIRY, Act.CHILD_SEEN): {None: Stage.ENQUIRY},
    (Stage.CONFERENCE, Act.CONFERENCE_HELD): {
        Outcome.PLAN: Stage.PLAN,
        Outcome.NO_PLAN: Stage.ENDED,
        Outcome.STANDS: Stage.ENDED,
    },
    (Stage.CONFERENCE, Act.CHILD_SEEN): {None: Stage.CONFERENCE},
    (Stage.CONFERENCE, Act.CLOSED): {None: Stage.ENDED},
    (Stage.PLAN, Act.CORE_GROUP_HELD): {None: Stage.PLAN},
    (Stage.PLAN, Act.REVIEW_HELD): {Outcome.CONTINUES: Stage.PLAN, Outcome.ENDS: Stage.ENDED},
    (Stage.PLAN, Act.CHILD_SEEN): {None: Stage.PLAN},
    (Stage.PLAN, Act.PLAN_ENDED): {None: Stage.ENDED},
}


def move(stage: Stage | None, act: Act, outcome: Outcome | None) -> Stage:
    """Return where an act with its outcome leads.

    Errors: NotInStage for every cell of the table that is empty, and every outcome that a cell has not.
    """
    found = MOVES.get((stage, act), {}).get(outcome)
    if found is None:
        raise NotInStage(f"{act} with {outcome} in {stage}")
    return found


def acts_in(stage: Stage | None) -> tuple[Act, ...]:
    """Return what can be done in a stage, in the order of the path."""
    return tuple(act for act in Act if (stage, act) in MOVES)


def outcomes_of(act: Act, stage: Stage | None) -> tuple[Outcome, ...]:
    """Return between which outcomes an act chooses in a stage; none where it has none to choose."""
    return tuple(outcome for outcome in MOVES.get((stage, act), {}) if outcome is not None)


def all_outcomes_of(act: Act) -> frozenset[Outcome]:
    """Return the outcomes that an act has in any stage."""
    return frozenset(outcome for stage in (None, *Stage) for outcome in outcomes_of(act, stage))


#: What is done next where a concern stands so: what is due by a clock, and no other way out of the stage.
_NEXT = {
    Stage.DISCUSSION: Act.DISCUSSED,
    Stage.ENQUIRY_DUE: Act.ENQUIRY_STARTED,
    Stage.ENQUIRY: Act.ENQUIRY_ENDED,
    Stage.CONFERENCE: Act.CONFERENCE_HELD,
}


def next_act(stage: Stage, *, has_core_group: bool) -> Act | None:
    """Return the one act that a page offers before all others; None where nothing more follows."""
    if stage is Stage.PLAN:
        return Act.REVIEW_HELD if has_core_group else Act.CORE_GROUP_HELD
    return _NEXT.get(stage)


def as_markdown() -> str:
    """Return the table of stages and acts, as the reference shows it."""
    stages = [None, *Stage]
    heading = "| what is done | " + " | ".join("nothing written" if stage is None else stage for stage in stages) + " |"
    rows = [f"| {act} | " + " | ".join(_cell(stage, act) for stage in stages) + " |" for act in Act]
    return "\n".join([heading, "|---" * (len(stages) + 1) + "|", *rows])


def _cell(stage: Stage | None, act: Act) -> str:
    leads = MOVES.get((stage, act))
    if leads is None:
        return "refused"
    return "; ".join(to if outcome is None else f"{outcome}: {to}" for outcome, to in leads.items())
