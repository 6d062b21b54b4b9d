"""The words of the page that takes a file in and lists those of before, paged, sorted and narrowed.

Belongs here: turning a list of batches into presenters. Not here: one batch (wording).
"""

import dataclasses
from collections.abc import Mapping, Sequence

from django.urls import reverse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import registry
from joinedup.web import lists, presenters
from joinedup.web.analyst import presenters as analyst
from joinedup.web.analyst import wording

PAGE_BATCHES = 25
#: The part of the page that holds the files of before.
_BEFORE = "before"
#: The orders of the list of batches; the first is the order when none is asked for.
_SORTS = ("-received", "received", "agency", "-agency", "file", "-file", "-taken", "taken", "-refused", "refused")


def _row(batch: records_queries.BatchCard) -> analyst.BatchRow:
    return analyst.BatchRow(
        file_name=batch.file_name,
        href=reverse("batch", args=[batch.id]),
        agency=batch.agency_name,
        format_title=wording.title(batch),
        received_at=batch.received_at,
        accepted=batch.rows_accepted,
        duplicate=batch.rows_duplicate,
        refused=batch.rows_refused,
        state=wording.STATES[batch.state],
    )


def batches_asked(given: Mapping[str, str], agencies: Sequence[agencies_queries.AgencyCard]) -> lists.Asked:
    """Read which part of the list of batches an address asks for."""
    return lists.asked(
        given,
        path=reverse("files"),
        sorts=_SORTS,
        narrowings={"agency": {card.code for card in agencies}, "state": wording.STATES},
        anchor=_BEFORE,
    )


def bring_in_page(  # what fills the page, and what was wrong with the form
    *,
    batches: Sequence[records_queries.BatchCard],
    first: int,
    total: int,
    wanted: lists.Asked,
    agencies: Sequence[agencies_queries.AgencyCard],
    chosen_agency: str = "",
    file_error: str = "",
    agency_error: str = "",
    message: presenters.Message | None = None,
) -> analyst.BringInPage:
    """Show the form and the batches of before."""
    file = presenters.Field(
        name="file",
        label="Choose a file",
        hint="CSV, XML, JSON or Excel, or any of these in a zip or gz",
        error=file_error,
    )
    agency = lists.choice_of(
        "agency",
        "Which agency sent it?",
        "The one that sends such files",
        [(card.code, card.name) for card in agencies],
        chosen=chosen_agency,
    )
    agency = dataclasses.replace(
        agency, hint="Leave it as it is where only one agency sends such files", error=agency_error
    )
    return analyst.BringInPage(
        action_href=reverse("files"),
        file=file,
        agency=agency,
        formats=tuple(wording.capital(title) for title in registry.titles()),
        columns=_columns(wanted),
        batches=tuple(_row(batch) for batch in batches),
        empty=_no_batches(wanted),
        filters=_filters(wanted, agencies) if batches or wanted.narrowings else None,
        pager=lists.pager(
            wanted, first=first, shown=len(batches), total=total, size=PAGE_BATCHES, noun="file", plural="files"
        ),
        errors=presenters.errors_of(file, agency),
        message=message,
    )


def _columns(wanted: lists.Asked) -> tuple[presenters.SortLink, ...]:
    return (
        lists.column(wanted, "File", "file"),
        lists.column(wanted, "Agency", "agency"),
        lists.column(wanted, "Received", "-received"),
        lists.column(wanted, "Taken", "-taken", is_number=True),
        presenters.SortLink(text="Had already", is_number=True),
        lists.column(wanted, "Refused", "-refused", is_number=True),
        presenters.SortLink(text="State"),
    )


def _filters(wanted: lists.Asked, agencies: Sequence[agencies_queries.AgencyCard]) -> presenters.Filters:
    by_agency = [(card.code, card.name) for card in agencies]
    by_state = [(state, tag.text) for state, tag in wording.STATES.items()]
    return presenters.Filters(
        action_href=f"{wanted.path}#{_BEFORE}",
        label="Filter files brought in before",
        target=_BEFORE,
        fields=(
            lists.choice_of(
                "agency", "Agency", "All agencies", by_agency, chosen=wanted.narrowed_to("agency"), within=_BEFORE
            ),
            lists.choice_of("state", "State", "Any state", by_state, chosen=wanted.narrowed_to("state")),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )


def _no_batches(wanted: lists.Asked) -> presenters.EmptyState:
    if wanted.narrowings:
        return presenters.EmptyState(heading="No file is like this", words="Choose another agency or state above.")
    return presenters.EmptyState(
        heading="No file has been brought in yet",
        words="Choose a file above. You will see what it holds before anything is loaded.",
    )
