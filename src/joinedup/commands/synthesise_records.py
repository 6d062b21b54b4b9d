"""`joinedup synthesise-records`: person records by the million with their truth, for linking alone.

Belongs here: options, progress and words on the screen. Not here: making them (synthesis.records_only).
"""

import pathlib
from typing import Annotated

import rich.console
import rich.progress
import typer

_FAILED = 1
_console = rich.console.Console(highlight=False, soft_wrap=True)


def synthesise_records(
    out: Annotated[pathlib.Path, typer.Option(help="The folder to write into; files that are there are replaced")],
    records: Annotated[int, typer.Option(min=1, help="How many person records")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed and size give the same bytes")] = 2006,
    noise: Annotated[
        float, typer.Option(min=0.0, help="Every rate of mistakes times this: 0 for none, 2 for twice as many")
    ] = 1.0,
    twins: Annotated[float, typer.Option(min=0.0, max=0.5, help="The share of children who are twins")] = 0.028,
) -> None:
    """Write person records of six agencies, which child each is, and what is wrong with each."""
    from joinedup.synthesis import places
    from joinedup.synthesis.records_only import make, shares

    bars = rich.progress.Progress(console=_console, transient=True)
    try:
        with bars:
            bar = bars.add_task("Inventing children and their records", total=records)
            made = make.make(
                records=records,
                seed=seed,
                noise=noise,
                shares=shares.Shares(twin_children=twins),
                progress=lambda done, _wanted: bars.update(bar, completed=done),
            )
        make.write(made, out)
    except (places.PostcodesMissing, places.TooManyChildren) as fault:
        _console.print(f"The records could not be made: {fault.__doc__}", style="bold red")
        raise typer.Exit(_FAILED) from None
    except OSError as fault:
        _console.print(f"The files could not be written: {fault.strerror or fault}", style="bold red")
        raise typer.Exit(_FAILED) from None
    _console.print(
        f"{made.records.num_rows:,} person records of {make.children_in(made):,} children in {out}. "
        "Every person is invented."
    )
