"""The retention schedule as a page of documentation.

Belongs here: its words. Not here: its figures (reference/retention.yaml).
"""

from joinedup.governance.rights.rules import schedule as schedules

_ANCHORS = {
    schedules.Anchor.BIRTH: "birth",
    schedules.Anchor.DEATH: "death",
    schedules.Anchor.START: "the order or decision",
    schedules.Anchor.END: "closure",
}
_OPENING = (
    "This page is made from the retention schedule, edition {version}, in force from {day}; a test fails when the two differ. "
    "What counts is each status that a child ever held, and the longest time wins. The last day is kept whole. Where a day "
    "cannot be worked out, because a case is open or a date is not known, nothing is deleted; a legal hold stops everything. "
    "A figure that is not confirmed is local practice, and a data protection officer must confirm or change it before real use."
)


def as_markdown(schedule: schedules.Schedule) -> str:
    """Return the schedule as a page: how long each status has a record kept, by which source, and how sure that is."""
    rows = [_row(status) for status in schedule.statuses.values()]
    lines = [
        "# How long records are kept",
        "",
        _OPENING.format(version=schedule.version, day=schedule.is_in_force_from.isoformat()),
        "",
        "| status | kept for | died before 18 | source | figure |",
        "|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _row(status: schedules.Status) -> str:
    young = words_of(status.died_young) if status.died_young else ""
    figure = "confirmed" if status.is_confirmed else "**not confirmed**"
    return f"| {status.name} (`{status.code}`) | {words_of(status.period)} | {young} | {status.source} | {figure} |"


def words_of(period: schedules.Period) -> str:
    """Return how long, from when, in words."""
    return f"{period.years} years from {_ANCHORS[period.anchor]}"
