"""Children who may be lost, and one of them, in every state."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.tracking import presenters as tracking
from tests.journeys.screens import common

_COUNTS = "A child of compulsory school age who left a school's roll twenty school days or more ago."
_FOUND = (("help_found", "A service now helps the child"), ("declined", "Help was offered and the family declined"))


def row(child: str = "Ada Lovell", is_own: bool = False) -> tracking.ListedRow:
    return tracking.ListedRow(
        href="#",
        child=child,
        born="Born 9 March 2014",
        why="Left a school's roll and is on none",
        since="9 January 2026",
        owner="Marcus Vane" if is_own else "Nobody yet",
        tag=presenters.Tag(text="Yours", tone=presenters.Tone.CARE) if is_own else None,
    )


def listed(**changes: Any) -> tracking.ListPage:
    return dataclasses.replace(
        tracking.ListPage(
            as_of="As of 1 September 2026; made on 2 September 2026 at 01:40. The lists are made anew every night.",
            search_href="#",
            filters=presenters.Filters(
                action_href="#",
                label="Filter the children",
                target="listed",
                fields=(
                    presenters.Field(
                        name="list", label="List", choices=(presenters.Choice(value="", text="All lists"),)
                    ),
                ),
            ),
            columns=tuple(presenters.SortLink(text=text) for text in ("Child", "Why", "Since", "Who looks into it")),
            rows=(row(), row(is_own=True), row(common.LONG_NAME)),
            rules=(
                tracking.RuleLine(
                    name="Left a school's roll and is on none",
                    counts=_COUNTS,
                    not_listed=("an agency says that the child is educated at home",),
                    found=19,
                    waiting=17,
                    looked_into=2,
                    helped=1,
                    source="Children missing education: statutory guidance",
                ),
            ),
            pager=presenters.Pager(first=1, last=3, total=39, noun="child", plural="children", next_href="#"),
            empty=None,
            message=presenters.Message(heading="What you found is kept."),
        ),
        **changes,
    )


def empty() -> tracking.ListPage:
    return listed(
        rows=(),
        pager=None,
        message=None,
        empty=presenters.EmptyState(heading="Nobody waits", words="The lists name nobody."),
    )


def one(errors: bool = False, long: bool = False, is_over: bool = False) -> tracking.ListingPage:
    outcome = presenters.Field(
        name="outcome",
        label="What did you find?",
        error="Choose what you found" if errors else "",
        choices=tuple(presenters.Choice(value=value, text=text) for value, text in _FOUND),
    )
    said = presenters.Field(
        name="words",
        label="What did you do, and who told you?",
        value="done" if errors else "",
        error="Say it in a few words, so that the next person understands" if errors else "",
    )
    reason = common.LONG_TEXT if long else "Left the roll of Eastholme Primary School on 9 January 2026."
    return tracking.ListingPage(
        child=common.LONG_NAME if long else "Ada Lovell",
        born="Born 9 March 2014",
        child_href="#",
        list_name="Left a school's roll and is on none",
        counts=_COUNTS,
        reasons=(
            tracking.Reason(words=reason, source=common.link("Source record")),
            tracking.Reason(words="No practice."),
        ),
        rows=(("Since", "9 January 2026"), ("In their words", common.LONG_WORD * 3 if long else "Rang the school")),
        list_href="#",
        take_href="" if is_over else "#",
        hand_back_href="" if is_over else "#",
        action_href="" if is_over else "#",
        outcome=None if is_over else outcome,
        words=None if is_over else said,
        is_concern=errors,
        errors=presenters.errors_of(outcome, said),
    )


def states() -> dict[str, tuple[str, Any, str]]:
    """Each state with its template, what it is given, and the place in the navigation."""
    return {
        "lost": ("tracking/list.jinja", listed(), "home"),
        "lost_empty": ("tracking/list.jinja", empty(), "home"),
        "lost_one": ("tracking/listing.jinja", one(), "home"),
        "lost_one_errors": ("tracking/listing.jinja", one(errors=True), "home"),
        "lost_one_long": ("tracking/listing.jinja", one(long=True), "home"),
        "lost_one_over": ("tracking/listing.jinja", one(is_over=True), "home"),
    }
