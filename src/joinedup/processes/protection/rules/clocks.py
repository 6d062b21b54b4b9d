"""Which clocks of child protection run from what, and by what each is met.

Belongs here: reading a concern's steps as clocks, by the codes of the timescale profile. Not here: counting (timescales).
A clock that a later decision has made needless is not among them: no conference is due once enquiries ended without one.
"""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence

from joinedup.processes.protection.rules import paths
from joinedup.processes.protection.rules.paths import Taken
from joinedup.processes.protection.rules.words import Act, Outcome, Stage


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock: from when it runs, and when it was met, if it was.

    Shapes: `codes` name the timescale; the first that the profile in force has is the one.
    """

    codes: tuple[str, ...]
    from_at: datetime.datetime
    met_at: datetime.datetime | None


def clocks_of(steps: Sequence[Taken], stage: Stage) -> tuple[Clock, ...]:
    """Return the clocks of one concern, in the order in which they began.

    Source: HM Government, Working together to safeguard children: the conference is timed from the strategy discussion at
    which enquiries were decided on, where there were several; the profile in force gives the lengths.
    """
    return tuple(sorted(_clocks(steps, stage), key=lambda clock: clock.from_at))


def _clocks(steps: Sequence[Taken], stage: Stage) -> Iterator[Clock]:
    worry, discussed = paths.first(steps, Act.WORRY), paths.first(steps, Act.DISCUSSED)
    if worry is not None and (discussed is not None or stage is not Stage.ENDED):
        yield _clock(("strategy_discussion_local", "strategy_discussion"), worry, discussed)
    decided = paths.first(steps, Act.DISCUSSED, Outcome.SINGLE, Outcome.JOINT)
    conference = paths.first(steps, Act.CONFERENCE_HELD)
    if decided is not None and (conference is not None or stage is not Stage.ENDED):
        yield _clock(("icpc",), decided, conference)
    if conference is not None and conference.outcome is Outcome.PLAN:
        yield from _of_plan(steps, conference, is_open=stage is Stage.PLAN)


def _of_plan(steps: Sequence[Taken], conference: Taken, *, is_open: bool) -> Iterator[Clock]:
    core_group = paths.first(steps, Act.CORE_GROUP_HELD)
    if core_group is not None or is_open:
        yield _clock(("core_group_first",), conference, core_group)
    reviews = sorted((step for step in steps if step.act is Act.REVIEW_HELD), key=lambda step: step.place)
    for nth, (since, review) in enumerate(zip([conference, *reviews], [*reviews, None], strict=True)):
        if review is not None or is_open:
            yield _clock(("rcpc_next",) if nth else ("rcpc_first",), since, review)
    if is_open:
        seen = [step.happened_at for step in steps if step.act is Act.CHILD_SEEN]
        yield Clock(codes=("cp_visit",), from_at=max([conference.happened_at, *seen]), met_at=None)


def _clock(codes: tuple[str, ...], since: Taken, by: Taken | None) -> Clock:
    return Clock(codes=codes, from_at=since.happened_at, met_at=None if by is None else by.happened_at)
