"""Bringing in files, in every state."""

import dataclasses
from typing import Any

from joinedup.web import presenters
from joinedup.web.analyst import presenters as analyst
from tests.journeys.screens import common


def refusals(total: int = 412) -> analyst.Refusals:
    if not total:
        return analyst.Refusals(total=0, by_reason=(), first=())
    return analyst.Refusals(
        total=total,
        by_reason=(
            analyst.ReasonCount(reason="dob: 31/02/2017 is not a date", rows=301),
            analyst.ReasonCount(reason="upn: the check letter is wrong", rows=111),
        ),
        first=(
            analyst.RefusedRow(line_number=14, reasons=("dob: 31/02/2017 is not a date",)),
            analyst.RefusedRow(line_number=1_209, reasons=("upn: the check letter is wrong", "surname: is empty")),
            analyst.RefusedRow(
                line_number=88_120, reasons=(f"ethnicity: {common.LONG_WORD * 2} is not a code of the school census",)
            ),
        ),
        pager=presenters.Pager(
            first=51, last=53, total=total, noun="refused row", plural="refused rows", previous_href="#", next_href="#"
        ),
        download_href="#",
    )


def filters(chosen: str = "") -> presenters.Filters:
    return presenters.Filters(
        action_href="#before",
        label="Filter files brought in before",
        target="before",
        fields=(
            common.narrowing("agency", "Agency", "All agencies", "Northshire schools", within="before"),
            common.narrowing("state", "State", "Any state", "Loaded", "Undone", chosen=chosen),
        ),
        clear_href="#" if chosen else "",
    )


def batch_columns() -> tuple[presenters.SortLink, ...]:
    column = presenters.SortLink
    return (
        column(text="File", href="#"),
        column(text="Agency", href="#"),
        column(text="Received", href="#", direction="descending"),
        column(text="Taken", is_number=True),
        column(text="Had already", is_number=True),
        column(text="Refused", href="#", is_number=True),
        column(text="State"),
    )


def batches() -> tuple[analyst.BatchRow, ...]:
    states = (
        ("Loaded", presenters.Tone.GOOD),
        ("Undone", presenters.Tone.QUIET),
        ("Stopped", presenters.Tone.ALARM),
        ("Loading", presenters.Tone.PLAIN),
    )
    return tuple(
        analyst.BatchRow(
            file_name="2024_autumn_onroll_northshire.csv.gz" if n else f"{common.LONG_WORD}.xml",
            href="#",
            agency="Northshire schools",
            format_title="School census",
            received_at=common.NOW,
            accepted=9_021,
            duplicate=14,
            refused=412,
            state=presenters.Tag(text=text, tone=tone),
        )
        for n, (text, tone) in enumerate(states)
    )


def bring_in(empty: bool = False, errors: bool = False, narrowed: bool = False) -> analyst.BringInPage:
    file = presenters.Field(
        name="file",
        label="Choose a file",
        hint="CSV, XML, JSON, Excel, or any of these in a zip or gz",
        error="Choose a file that holds something: this one is empty" if errors else "",
    )
    agency = presenters.Field(
        name="agency", label="Which agency sent it?", choices=(presenters.Choice(value="", text="As the file says"),)
    )
    return analyst.BringInPage(
        action_href="/files",
        file=file,
        agency=agency,
        formats=(
            "School census (CSV)",
            "Children in need census (XML)",
            "Looked-after children, SSDA903 (CSV)",
            "NHS patients (FHIR)",
        ),
        columns=batch_columns(),
        batches=() if empty else batches(),
        empty=presenters.EmptyState(
            heading="No file is like this" if narrowed else "No file has been brought in yet",
            words="Choose another agency or state above." if narrowed else "Choose a file above.",
        ),
        filters=filters("Undone" if narrowed else "") if narrowed or not empty else None,
        pager=None if empty else presenters.Pager(first=1, last=4, total=4, noun="file", plural="files"),
        errors=presenters.errors_of(file),
        message=presenters.Message(heading="The file was undone", words="9,021 records were taken back.")
        if not empty and not errors
        else None,
    )


def preview(nothing_new: bool = False) -> analyst.PreviewPage:
    counts = (
        analyst.RowCounts(new=0, changed=0, unchanged=9_447, refused=0)
        if nothing_new
        else analyst.RowCounts(new=8_611, changed=410, unchanged=14, refused=412)
    )
    return analyst.PreviewPage(
        file_name="2024_autumn_onroll_northshire_all_schools_and_academies_corrected_version_2.csv.gz",
        format_title="School census, pupils on roll, autumn 2024",
        why_recognised="Its columns are those of the school census",
        agency="Northshire schools",
        legal_basis="Education Act 1996, section 537A",
        counts=counts,
        refusals=refusals(0 if nothing_new else 412),
        load_href="#",
        discard_href="/files",
        notes=() if nothing_new else (presenters.Figure(value=88, words="A postcode was written without its space"),),
    )


def batch(**changes: Any) -> analyst.BatchPage:
    return dataclasses.replace(
        analyst.BatchPage(
            file_name="2024_autumn_onroll_northshire.csv.gz",
            format_title="School census, autumn 2024",
            agency="Northshire schools",
            legal_basis="Education Act 1996, section 537A",
            state=presenters.Tag(text="Loaded", tone=presenters.Tone.GOOD),
            received_at=common.NOW,
            brought_in_by="Beth Morgan",
            counts=analyst.RowCounts(new=8_611, changed=410, unchanged=14, refused=412),
            refusals=refusals(),
            list_href="/files",
            undo_href="#",
        ),
        **changes,
    )


LOADING = presenters.Progress(
    label="Loading", done=4_100, total=9_447, words="4,100 of 9,447 rows, about 8 seconds to go"
)
UNDO = analyst.UndoPage(
    file_name="2024_autumn_onroll_northshire.csv.gz",
    action_href="#",
    back_href="#",
    records=9_021,
    stays=("The file itself, and the record that it was brought in and undone", "Links that a steward confirmed"),
)


def states() -> dict[str, common.State]:
    tag, tone, place = presenters.Tag, presenters.Tone, "Bring in files"
    loading = batch(
        progress=LOADING,
        refresh_href="/batch_loading.html",
        undo_href="",
        refusals=refusals(0),
        state=tag(text="Loading"),
    )
    undone = batch(
        undo_href="",
        undone="Beth Morgan undid this file on 3 March 2026 at 14:05.",
        fault="The load stopped at line 4,100 and was taken up again.",
        state=tag(text="Undone", tone=tone.QUIET),
    )
    return {
        "bring_in": ("analyst/bring_in.jinja", bring_in(), place),
        "bring_in_empty": ("analyst/bring_in.jinja", bring_in(empty=True), place),
        "bring_in_narrowed_to_nothing": ("analyst/bring_in.jinja", bring_in(empty=True, narrowed=True), place),
        "bring_in_error": ("analyst/bring_in.jinja", bring_in(errors=True), place),
        "preview": ("analyst/preview.jinja", preview(), place),
        "preview_nothing_new": ("analyst/preview.jinja", preview(nothing_new=True), place),
        "batch": ("analyst/batch.jinja", batch(), place),
        "batch_loading": ("analyst/batch.jinja", loading, place),
        "batch_undone": ("analyst/batch.jinja", undone, place),
        "undo": ("analyst/undo.jinja", UNDO, place),
    }
