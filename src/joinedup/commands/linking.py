"""`joinedup link`: link all records into children, with progress, counts and, where truth is at hand, how right it is."""

import pathlib
from typing import Annotated, Any

import typer
from rich.table import Table

from joinedup.commands import importing, session


def link(
    truth: Annotated[
        pathlib.Path | None, typer.Option(help="A synthetic borough's truth folder; found by itself in the demo")
    ] = None,
) -> None:
    """Link all records into children and say what came of it."""
    session.begin()
    run_link(truth or default_truth())


def default_truth() -> pathlib.Path | None:
    """Return the truth of the borough that the demo made, if there is one."""
    from joinedup.config import databases

    folders = sorted(databases.data_folder().glob("borough-*/truth"))
    return folders[0] if folders else None


def run_link(truth: pathlib.Path | None) -> None:
    """Link and report; Django is set up already."""
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations as childindex_operations

    with importing.bar() as progress:
        task = progress.add_task("  Linking", total=1.0)
        try:
            result = childindex_operations.link_all(
                by=session.viewer("link"),
                at=clock.now(),
                progress=lambda words, share: progress.update(task, completed=share, description=f"  {words}"),
            )
        except childindex_operations.NothingToLink:
            raise session.fail(
                "No agency has sent a record yet that says who a child is. Import files first."
            ) from None
        progress.update(task, completed=1.0, description="  Linked")
    counts = result.counts
    session.say(
        f"  {counts['people']:,} records are {counts['children']:,} children ({counts['children_new']:,} new numbers, "
        f"{counts['children_redirected']:,} led to another, {counts['children_parted']:,} parted); "
        f"{counts['reviews']:,} pairs wait for a steward."
    )
    if truth is not None:
        show_quality(result, truth)


def show_quality(result: Any, truth: pathlib.Path) -> None:
    """Say how right the links are, where the truth is known."""
    from joinedup.commands import answers
    from joinedup.processes.childindex import operations as childindex_operations

    evaluation = answers.evaluate(result.membership, truth)
    childindex_operations.keep_quality(run_id=result.run_id, quality=answers.as_json(evaluation))
    table = Table("Children", "Precision", "Recall", "F1", title="How right the links are, by the borough's own truth")
    for name, figures in [("all", evaluation.overall), *sorted(evaluation.groups.items())]:
        table.add_row(name, f"{figures.precision:.4f}", f"{figures.recall:.4f}", f"{figures.f1:.4f}")
    session.console.print(table)
    session.say(
        f"  {evaluation.whole_children:,} of {evaluation.children:,} children have all their records and no one else's; "
        f"{evaluation.mixed_clusters:,} mix two children."
    )
