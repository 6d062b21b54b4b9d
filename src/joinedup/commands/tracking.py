"""`joinedup track`: search for children who may be lost between services; and where the truth is known, how right that is."""

import csv
import datetime
import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from joinedup.commands import importing, linking, session

if TYPE_CHECKING:
    from joinedup.processes.tracking.operations import RunResult

#: What the truth calls what a list must find; a child who left without a word to anyone is rightly looked for.
_PLANTED = {"left_roll": "left_roll_on_none"}
_RIGHTLY = "left_area_untold"
_ISO = ["%Y-%m-%d"]


def track(
    on: Annotated[
        datetime.datetime | None, typer.Option(formats=_ISO, help="The day to search for; today where it is not said")
    ] = None,
    truth: Annotated[
        pathlib.Path | None, typer.Option(help="A synthetic borough's truth folder; found by itself in the demo")
    ] = None,
) -> None:
    """Search for children who may be lost between services, and say how many each list names."""
    session.begin()
    run_search(on=None if on is None else on.date(), truth=truth or linking.default_truth())


def show_rules() -> None:
    """Print the rules of the lists as a page of documentation; no database is asked."""
    from joinedup.processes.tracking import listing

    typer.echo(listing.as_markdown(), nl=False)


def run_search(*, on: datetime.date | None, truth: pathlib.Path | None) -> None:
    """Search and report; Django is set up already."""
    from joinedup.foundation import clock
    from joinedup.foundation.timescales import queries as timescales_queries
    from joinedup.processes.tracking import operations as tracking_operations

    with importing.bar() as progress:
        task = progress.add_task("  Looking for children who may be lost", total=1.0)
        result = tracking_operations.search(
            by=session.viewer("track"),
            at=clock.now(),
            calendar=timescales_queries.get_calendar(),
            on=on,
            progress=lambda words, share: progress.update(task, completed=share, description=f"  {words}"),
        )
        progress.update(task, completed=1.0, description="  Looked for children who may be lost")
    show(result, {} if truth is None else _measured(result, truth))


def show(result: "RunResult", measured: Mapping[str, tuple[str, str]]) -> None:
    """Print how many each list names, and where the truth is known how right it is."""
    from joinedup.processes.tracking import rules as tracking_rules

    title = f"Children who may be lost between services, on {result.day.on:%-d %B %Y}"
    table = Table("List", "Named", "New", "No longer", "Precision", "Recall", title=title)
    for code, counts in result.counts.items():
        precision, recall = measured.get(code, ("", ""))
        name = tracking_rules.LISTS[code].name
        table.add_row(name, f"{counts['listed']:,}", f"{counts['new']:,}", f"{counts['gone']:,}", precision, recall)
    session.console.print(table)
    if measured:
        session.say("  Precision and recall are by the borough's own truth, with the links as the index made them.")


def _measured(result: "RunResult", truth: pathlib.Path) -> dict[str, tuple[str, str]]:
    """Return precision and recall of each list, of the children whom any agency knows."""
    from joinedup.commands import answers
    from joinedup.processes.tracking import queries as tracking_queries
    from joinedup.processes.tracking import rules as tracking_rules

    child_of = answers.child_of_record(truth)
    planted: dict[str, set[str]] = {}
    with (truth / "plants.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            planted.setdefault(row["kind"], set()).add(row["child"])
    known = set(child_of.values())
    found: dict[str, tuple[str, str]] = {}
    for code, listed in tracking_queries.read_listed().items():
        truly = {child_of[records[0]] if records else str(child) for child, records in listed.items()}
        figures = tracking_rules.measure(
            listed=truly,
            lost=planted.get(_PLANTED.get(code, code), set()) & known,
            rightly=planted.get(_RIGHTLY, set()),
        )
        found[code] = (f"{figures.precision:.4f}", f"{figures.recall:.4f}")
    return found
