"""`joinedup explain`: why a record is linked to its child, by the model that linked it, in words and as a picture.

Belongs here: words on the screen. Not here: the evidence (childindex), the drawing (web.waterfalls).
"""

import pathlib
import uuid
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from joinedup.commands import session
from joinedup.foundation.database import address

if TYPE_CHECKING:
    from joinedup.processes.childindex import queries


def explain(
    ref: Annotated[
        str, typer.Argument(metavar="RECORD|LINK", help="A link, a person record, or one of its rows, by identifier")
    ],
    svg: Annotated[pathlib.Path | None, typer.Option(help="Draw it into this file, too")] = None,
) -> None:
    """Say why a record is linked to its child, field by field, by the model that linked it."""
    try:
        wanted = uuid.UUID(ref)
    except ValueError:
        raise session.fail(
            "This is no identifier: it has 32 digits and letters, as in the address of a source record."
        ) from None
    session.begin(address.Role.BATCH)
    from django.db import transaction

    from joinedup.processes.childindex import queries

    try:
        with transaction.atomic():
            found = queries.explain_link(viewer=session.viewer("explain"), ref=wanted)
    except queries.NoSuchLink:
        raise session.fail("No record of this identifier is, or was, linked to a child.") from None
    _say(found)
    if svg is not None:
        _draw(found, svg)


def _say(found: "queries.Explained") -> None:
    from joinedup.foundation import clock, ids

    since = f"since {clock.local(found.made_at):%-d %B %Y}"
    until = f" until {clock.local(found.ended_at):%-d %B %Y}" if found.ended_at else ""
    number = ids.show_child_number(found.child_number)
    session.say(f"Record {found.person_record_id} of {found.agency_name}: child {number} {since}{until}.")
    if found.is_by_steward:
        session.say("A steward decided which child it is of.")
    if found.why is None:
        session.say("Nothing was compared: it was the child's first record, or the only one.")
        return
    why = found.why
    table = Table("What was compared", "What it showed", "Bits", "Of them for every name alike")
    table.add_row("Before anything is compared", why.odds_before, f"{why.bits_before:+.1f}", "")
    names = list(found.by_model.items())
    for part in why.evidence:
        alike = next((f"{bits:+.1f}" for name, bits in names if part.name == name), "")
        table.add_row(part.subject, part.words, f"{part.bits:+.1f}", alike)
    table.add_row("All together", why.odds, f"{why.bits:+.1f}", "")
    session.console.print(table)
    session.say(
        f"Weighed by the model {why.model_hash[:12]} of {clock.local(why.model_trained_at):%-d %B %Y}, which is "
        f"{found.model_state} now. It links from {found.link_threshold_bits:g} bits on, and asks a steward from "
        f"{found.review_threshold_bits:g}."
    )


def _draw(found: "queries.Explained", path: pathlib.Path) -> None:
    if found.why is None:
        raise session.fail("Nothing was compared, so there is nothing to draw.")
    from joinedup.web import waterfalls

    other = found.why.with_agency_name or "another agency"
    drawn = waterfalls.picture(
        found.why.waterfall(),
        key="waterfall",
        title=f"Why a record of {found.agency_name} and one of {other} are one child",
    )
    try:
        path.write_text(waterfalls.as_file(drawn), encoding="utf-8")
    except OSError as fault:
        raise session.fail(f"{path} could not be written: {fault.strerror}.") from None
    session.say(f"Drawn into {path}")
