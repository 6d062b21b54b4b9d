"""`joinedup link`: link all records into children, with progress, counts and, where truth is at hand, how right it is."""

import enum
import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from joinedup.commands import importing, session

if TYPE_CHECKING:
    from joinedup.processes.childindex.linkage.settings import SparkSettings


class Engine(enum.StrEnum):
    """What weighs the pairs of a run."""

    DUCKDB = "duckdb"  #: DuckDB, in this process
    SPARK = "spark"  #: Spark, on this machine or a cluster


def link(
    truth: Annotated[
        pathlib.Path | None, typer.Option(help="A synthetic borough's truth folder; found by itself in the demo")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What weighs the pairs; Spark is for more than one machine")
    ] = Engine.DUCKDB,
    spark_master: Annotated[
        str, typer.Option(help="Spark's word for the cluster, such as yarn or spark://host:7077")
    ] = "local[2]",
    spark_folder: Annotated[
        str, typer.Option(help="A folder that every machine of the cluster reaches under the same path")
    ] = "",
    index_anew: Annotated[
        bool,
        typer.Option("--index-anew", help="Bring every record anew to the form in which records that arrive meet it"),
    ] = False,
) -> None:
    """Link all records into children and say what came of it."""
    spark = spark_settings(spark_master, spark_folder) if engine is Engine.SPARK else None
    session.begin()
    run_link(truth or default_truth(), spark=spark, is_index_anew=index_anew)


def spark_settings(master: str, folder: str) -> "SparkSettings":
    """Return where Spark is, or say in words what is missing, before anything has begun."""
    from joinedup.processes.childindex.linkage import settings, spark

    if folder and not pathlib.Path(folder).is_dir():
        raise session.fail(f"There is no folder {folder}.")
    try:
        spark.check_ready()
    except spark.SparkUnusable as fault:
        raise session.fail(str(fault)) from None
    return settings.SparkSettings(master=master, folder=folder)


def default_truth() -> pathlib.Path | None:
    """Return the truth of the borough that the demo made, if there is one."""
    from joinedup.config import databases

    folders = sorted(databases.data_folder().glob("borough-*/truth"))
    return folders[0] if folders else None


def run_link(truth: pathlib.Path | None, *, spark: "SparkSettings | None" = None, is_index_anew: bool = False) -> None:
    """Link and report; Django is set up already."""
    from joinedup.foundation import clock
    from joinedup.processes.childindex import operations as childindex_operations
    from joinedup.processes.childindex.linkage.spark import SparkUnusable

    with importing.bar() as progress:
        task = progress.add_task("  Linking", total=1.0)
        try:
            result = childindex_operations.link_all(
                by=session.viewer("link"),
                at=clock.now(),
                spark=spark,
                is_index_anew=is_index_anew,
                progress=lambda words, share: progress.update(task, completed=share, description=f"  {words}"),
            )
        except childindex_operations.NothingToLink:
            raise session.fail(
                "No agency has sent a record yet that says who a child is. Import files first."
            ) from None
        except SparkUnusable as fault:
            raise session.fail(f"{fault} Nothing was changed.") from None
        progress.update(task, completed=1.0, description="  Linked")
    counts = result.counts
    session.say(
        f"  {counts['people']:,} records are {counts['children']:,} children ({counts['children_new']:,} new numbers, "
        f"{counts['children_redirected']:,} led to another, {counts['children_parted']:,} parted); "
        f"{counts['reviews']:,} pairs wait for a steward."
    )
    _say_agreement(counts)
    if truth is not None:
        show_quality(result, truth)


def _say_agreement(counts: Mapping[str, int]) -> None:
    """Say how far the run agrees with the children as they stood, where any did."""
    settled = counts["pairs_before"] - counts["pairs_waiting"]
    if not settled:
        return
    session.say(
        f"  Of {settled:,} pairs of records that were matched before, the run agrees with "
        f"{counts['pairs_agreed'] / settled:.2%}; {counts['pairs_waiting']:,} more wait for a steward already."
    )
    asked = counts["would_join"] + counts["would_part"]
    if asked:
        session.say(
            f"  {asked:,} differences that nothing new explains have changed no child: a steward is asked "
            f"({counts['would_join']:,} would join two children, {counts['would_part']:,} would part one)."
        )


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
