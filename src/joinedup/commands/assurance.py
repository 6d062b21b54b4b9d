"""`joinedup assurance`: whether looking at children was in order."""

import datetime
from typing import Annotated

import typer

from joinedup.commands import session

app = typer.Typer(help="Find looking that ordinary work does not explain.", no_args_is_help=True)


@app.callback()
def _assurance() -> None:
    """Keep the command a group, though it holds one command."""


@app.command("find-unusual")
def find_unusual(
    week: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day of the week to judge; this week if left out"),
    ] = None,
) -> None:
    """Judge the looks of a week; the worker does so every night. Judged again, a week has the same alerts."""
    session.begin()
    from joinedup.foundation import clock
    from joinedup.governance.assurance import operations as assurance_operations

    at = clock.now()
    since = assurance_operations.monday_of(at if week is None else week.replace(hour=12, tzinfo=datetime.UTC))
    until = min(at, assurance_operations.monday_of(since + datetime.timedelta(days=8)))
    if until <= since:
        raise session.fail("That week has not begun yet.")
    run = assurance_operations.find_unusual_looks(since=since, until=until, by=session.viewer("assurance"), at=at)
    session.say(
        f"Week of {run.week:%d %B %Y}: {run.lookers:,} people looked {run.looks:,} times. "
        f"{run.made} weeks are new in the queue, {run.renewed} stay in it, {run.withdrawn} were withdrawn."
    )
