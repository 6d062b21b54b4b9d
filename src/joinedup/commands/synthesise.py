"""`joinedup synthesise`: make a synthetic borough and write its agencies' files.

Belongs here: options, progress bars and words on the screen. Not here: making it (synthesis.borough).
"""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import rich.console
import rich.progress
import rich.table
import typer

# Other commands should not wait for numpy and the name lists; the borough is loaded when one is made.
if TYPE_CHECKING:
    from joinedup.synthesis.borough import Counts

DEFAULT_CHILDREN = 10_000
DEFAULT_SEED = 2006
DEFAULT_ENDS_ON = datetime.datetime.fromisoformat("2026-09-01")
DEFAULT_OUT = Path("borough")
_FAILED = 1
_console = rich.console.Console(highlight=False, soft_wrap=True)


def synthesise(
    out: Annotated[
        Path, typer.Option(help="The folder to write into; a borough that is there already is replaced")
    ] = DEFAULT_OUT,
    children: Annotated[int, typer.Option(min=50, help="How many children and care leavers")] = DEFAULT_CHILDREN,
    seed: Annotated[int, typer.Option(help="The same seed and size give the same bytes")] = DEFAULT_SEED,
    ends_on: Annotated[
        datetime.datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the simulation stops")
    ] = DEFAULT_ENDS_ON,
    error_scale: Annotated[
        float, typer.Option(min=0.0, help="Every error rate times this: 0 for none, 2 for twice as many")
    ] = 1.0,
) -> None:
    """Write a synthetic borough: agencies' files with their own errors, and the truth beside them."""
    from joinedup.synthesis import numbers, places

    try:
        counts = make(out=out, children=children, seed=seed, ends_on=ends_on.date(), error_scale=error_scale)
    except (numbers.NumbersExhausted, places.PostcodesMissing) as fault:
        _console.print(f"The borough could not be made: {fault.__doc__}", style="bold red")
        raise typer.Exit(_FAILED) from None
    _console.print(_table(counts))
    _console.print(
        f"{counts.children:,} children in {counts.families:,} families; {counts.total_rows:,} source rows in {out}. "
        "Every person is invented."
    )


def make(*, out: Path, children: int, seed: int, ends_on: datetime.date, error_scale: float = 1.0) -> "Counts":
    """Make a borough with a progress bar for each step; also what the demo calls."""
    from joinedup.synthesis import borough, errors

    with rich.progress.Progress(
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.TimeElapsedColumn(),
        console=_console,
    ) as bars:
        bar = bars.add_task("Making a borough", total=1)

        def progress(words: str, done: int, total: int) -> None:
            bars.update(bar, description=words, completed=done, total=total)

        return borough.build(
            children=children,
            seed=seed,
            ends_on=ends_on,
            errors=errors.ErrorRates().scaled(error_scale),
            out=out,
            progress=progress,
        )


def _table(counts: "Counts") -> rich.table.Table:
    table = rich.table.Table("File", rich.table.Column("Rows", justify="right"))
    for path, rows in counts.rows.items():
        table.add_row(path, f"{rows:,}")
    return table
