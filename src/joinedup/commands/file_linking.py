"""`joinedup link-file` and `joinedup evaluate-file`: linking a file of records by itself, and saying how right it is.

Belongs here: options, progress and words on the screen. Not here: linking (childindex.linkage.by_itself). Neither needs a
database or a server.
"""

import json
import pathlib
import sys
from typing import TYPE_CHECKING, Annotated

import rich.console
import rich.progress
import rich.table
import typer

if TYPE_CHECKING:
    from joinedup.processes.childindex.linkage.by_itself.judging import Judged
    from joinedup.processes.childindex.linkage.by_itself.linking import ClusteredTable

_FAILED = 1
_console = rich.console.Console(highlight=False, soft_wrap=True)
_errors = rich.console.Console(highlight=False, soft_wrap=True, stderr=True)


def link_file(
    records: Annotated[pathlib.Path, typer.Argument(help="The person records: Parquet or CSV")],
    *,
    out: Annotated[pathlib.Path, typer.Option(help="The file for the clusters; CSV where its name ends in .csv")],
    edges: Annotated[
        pathlib.Path | None, typer.Option(help="A file for the links with their weight and each field's bits")
    ] = None,
    model: Annotated[pathlib.Path | None, typer.Option(help="A saved model to use instead of training one")] = None,
    save_model: Annotated[
        pathlib.Path | None, typer.Option(help="Keep the model in this file; Splink reads it too")
    ] = None,
    threshold: Annotated[
        float, typer.Option(help="Link pairs from this weight on, in bits: 0 is even odds, 4 is 16 to 1")
    ] = 0.0,
    threads: Annotated[int, typer.Option(min=1, help="How many processor cores to use")] = 2,
) -> None:
    """Link the records of one file into clusters, one for each child. No database is needed."""
    from joinedup.processes.childindex.linkage.by_itself import files, linking, tables

    try:
        saved = linking.read_model(model) if model else None
        with rich.progress.Progress(
            rich.progress.TextColumn("{task.description}"),
            rich.progress.BarColumn(),
            rich.progress.TimeElapsedColumn(),
            console=_errors,
            transient=True,
        ) as bars:
            bar = bars.add_task("Reading the file", total=1.0)
            found = linking.link_file(
                records,
                out=out,
                edges=edges,
                saved=saved,
                with_settings=linking.settings(threads=threads, threshold_bits=threshold),
                progress=lambda words, share: bars.update(bar, completed=share, description=words),
            )
        if save_model:
            linking.write_model(found.model, save_model)
    except (files.NotReadable, tables.NotLinkable, linking.NotAModel) as fault:
        raise _fail(str(fault)) from None
    except OSError as fault:
        raise _fail(f"{fault.filename or out} could not be written: {fault.strerror or fault}.") from None
    _say_linked(found, out)


def _fail(words: str) -> typer.Exit:
    _errors.print(words, style="bold red", markup=False)
    return typer.Exit(_FAILED)


def _say_linked(found: "ClusteredTable", out: pathlib.Path) -> None:
    for note in found.notes:
        _console.print(f"Note: {note}", markup=False)
    counts = found.counts
    _console.print(
        f"{counts['people']:,} records are {counts['children']:,} clusters, by {counts['links']:,} links; "
        f"{counts['reviews']:,} pairs would wait for a person. Written to {out}.",
        markup=False,
    )


def evaluate_file(
    clusters: Annotated[pathlib.Path, typer.Argument(help="What link-file wrote: unique_id and cluster_id")],
    truth: Annotated[
        pathlib.Path, typer.Argument(help="Parquet or CSV with unique_id, child_id and columns of groups")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON")] = False,
) -> None:
    """Say how right clusters are: pairs found and missed, and clusters whole, split and mixed."""
    from joinedup.processes.childindex.linkage.by_itself import files, judging

    try:
        judged = judging.judge_files(clusters, truth)
    except (files.NotReadable, judging.NotJudgeable) as fault:
        raise _fail(str(fault)) from None
    if as_json:
        sys.stdout.write(json.dumps(judged.as_json(), ensure_ascii=False) + "\n")
        return
    _show(judged)


def _show(judged: "Judged") -> None:
    found = judged.evaluation
    table = rich.table.Table("Records of", "Precision", "Recall", "F1", "Found", "Wrong", "Missed")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, figures in [("all", found.overall), *found.groups.items()]:
        shares = (f"{share:.4f}" for share in (figures.precision, figures.recall, figures.f1))
        table.add_row(name, *shares, f"{figures.found:,}", f"{figures.wrong:,}", f"{figures.missed:,}")
    _console.print(table)
    figures = judged.as_json()["clusters"]
    _console.print(
        f"{found.whole_children:,} of {found.children:,} children have all their records and no one else's "
        f"({figures['exact_share']:.2%}); {found.split_children:,} are split ({figures['split_share']:.2%}); "
        f"{found.mixed_clusters:,} of {found.clusters:,} clusters mix children ({figures['mixed_share']:.2%}). "
        f"B-cubed: precision {found.b3_precision:.4f}, recall {found.b3_recall:.4f}, F1 {found.b3_f1:.4f}."
    )
    for note in judged.notes:
        _console.print(f"Note: {note}", markup=False)
