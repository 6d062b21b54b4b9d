"""The words of a child's chronology: kinds of event, order, narrowing, years to go to.

Belongs here: turning a part of a chronology into presenters. Not here: asking for it (views), its totals (childindex).
"""

from collections.abc import Mapping

from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import addresses, lists, presenters
from joinedup.web.practitioner import presenters as practitioner

#: Kinds of event as people say them.
EVENT_KINDS = {
    "school": "School",
    "immunisation": "Immunisation",
    "referral": "Referral",
    "assessment": "Assessment",
    "plan": "Plan",
    "review": "Review",
    "enquiry": "Enquiry",
    "conference": "Conference",
    "closure": "Closure",
    "looked_after": "Looked after",
    "permanence": "Permanent home",
    "court_order": "Court order",
    "missing": "Missing",
    "police": "Police",
    "youth_justice": "Youth justice",
    "attendance": "Activity",
    "service": "Service",
}
_NEWEST, _OLDEST = "newest", "oldest"
_ANCHOR = "happened"
_MOST_YEARS = 30


def asked(
    given: Mapping[str, str], number: str, *, agencies: Mapping[str, str], kept: tuple[tuple[str, str], ...] = ()
) -> lists.Asked:
    """Read which part of the chronology an address asks for.

    Shapes: `agencies` maps code to name; `kept` is what the address says of how the person came here.
    """
    return lists.asked(
        given,
        path=addresses.child(number),
        sorts=(_NEWEST, _OLDEST),
        narrowings={"kind": EVENT_KINDS, "agency": agencies},
        kept=kept,
        anchor=_ANCHOR,
    )


def part_of(wanted: lists.Asked, given: Mapping[str, str]) -> childindex_queries.ChronologyAsked:
    """Say to the index which part is asked for; a page that is asked for counts more than a year."""
    year = None if "from" in given else lists.whole_number(given.get("year", ""))
    return childindex_queries.ChronologyAsked(
        kind=wanted.narrowed_to("kind"),
        agency_code=wanted.narrowed_to("agency"),
        is_oldest_first=wanted.sort == _OLDEST,
        year=year,
        first=wanted.first - 1,
    )


def chronology(
    number: str, part: childindex_queries.Chronology, wanted: lists.Asked, *, agencies: Mapping[str, str]
) -> practitioner.Chronology:
    """Show a part of what happened."""
    pager = lists.pager(
        wanted,
        first=part.first + 1,
        shown=len(part.lines),
        total=part.count,
        size=childindex_queries.CHRONOLOGY_LINES,
        noun="event",
        plural="events",
    )
    is_long = pager is not None and pager.is_needed
    return practitioner.Chronology(
        events=tuple(
            practitioner.Event(
                happened_date=line.happened_date,
                ended_date=line.ended_date,
                kind=_kind(line.kind),
                words=line.words,
                agency=line.agency_name,
                href=addresses.source_record(number, line.source_record_id),
            )
            for line in part.lines
        ),
        filters=_filters(part, wanted, agencies),
        sort=_order(wanted) if part.count > 1 else (),
        jumps=_jumps(part, wanted) if is_long else (),
        pager=pager,
        is_filtered=bool(wanted.narrowings),
    )


def _kind(kind: str) -> str:
    return EVENT_KINDS.get(kind, kind.replace("_", " ").capitalize())


def _order(wanted: lists.Asked) -> tuple[presenters.SortLink, ...]:
    return tuple(
        presenters.SortLink(
            text=f"{sort.capitalize()} first",
            href=wanted.sorted_by(sort),
            direction=direction if wanted.sort == sort else "",
        )
        for sort, direction in ((_NEWEST, "descending"), (_OLDEST, "ascending"))
    )


def _jumps(part: childindex_queries.Chronology, wanted: lists.Asked) -> tuple[presenters.Link, ...]:
    return tuple(
        presenters.Link(text=str(year), href=wanted.with_more("year", str(year))) for year in part.years[:_MOST_YEARS]
    )


def _filters(
    part: childindex_queries.Chronology, wanted: lists.Asked, agencies: Mapping[str, str]
) -> presenters.Filters:
    """Offer what the chronology holds, and what was chosen though it may hold none of it."""
    kind, agency = wanted.narrowed_to("kind"), wanted.narrowed_to("agency")
    kinds = sorted((code for code in EVENT_KINDS if code in part.kinds or code == kind), key=EVENT_KINDS.__getitem__)
    offered = dict(part.agencies) | ({agency: agencies[agency]} if agency else {})
    return presenters.Filters(
        action_href=f"{wanted.path}#{_ANCHOR}",
        label="Filter what happened",
        target="chronology",
        fields=(
            lists.choice_of("kind", "Kind", "Everything", [(code, EVENT_KINDS[code]) for code in kinds], chosen=kind),
            lists.choice_of("agency", "Agency", "All agencies", list(offered.items()), chosen=agency),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )
