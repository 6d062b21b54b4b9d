"""A profile as a page: every timescale with its source, for the documentation and for whoever checks them.

Belongs here: rows of words. Not here: reading a profile (profiles).
"""

from joinedup.foundation.timescales.rules.profiles import Kind, Profile, Timescale, Unit

_UNITS = {
    Unit.HOUR: "hour",
    Unit.DAY: "day",
    Unit.WORKING_DAY: "working day",
    Unit.SCHOOL_DAY: "school day",
    Unit.WEEK: "week",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}
_HEAD = """# Timescales: {name}

How long things may take, from what moment, and who says so. A number is a maximum and not a target, unless "at least"
stands before it. The day on which something begins is day nought; days, weeks, months and years last until midnight, hours
to the minute. Where a source was not read, and the figure was recalled, it says "to be checked". An authority's own file
takes this one's place: `JOINEDUP_TIMESCALES` ([Settings](settings.md)). This page is printed by `joinedup timescales`.

| code | what | from | within | binds by | source |
|---|---|---|---|---|---|
"""


def as_markdown(profile: Profile) -> str:
    """Return the profile as a page of documentation, in its own order."""
    rows = [
        f"| `{each.code}` | {each.name} | {each.starts} | {how_long(each)}{_dates(each)} | {_kind(each.kind)} | {_source(each)} |"
        for each in profile.timescales
    ]
    return _HEAD.format(name=profile.name) + "\n".join(rows) + "\n"


def how_long(timescale: Timescale) -> str:
    """Return the length in words: "15 working days", "at least 6 months", "as soon as possible"."""
    if timescale.most is None:
        return "as soon as possible"
    words = f"{timescale.most} {_UNITS[timescale.unit]}{'' if timescale.most == 1 else 's'}"
    return f"at least {words}" if timescale.is_least else words


def _dates(timescale: Timescale) -> str:
    since = f", from {timescale.from_date:%-d %B %Y}" if timescale.from_date else ""
    until = f", until {timescale.until_date:%-d %B %Y}" if timescale.until_date else ""
    return since + until


def _kind(kind: Kind) -> str:
    return kind.replace("_", " ")


def _source(timescale: Timescale) -> str:
    return timescale.source if timescale.is_verified else f"to be checked: {timescale.source}"
