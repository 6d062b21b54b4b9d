"""Spark: the pairs of a run weighed on many machines, by the same model. The only module that knows pyspark.

Belongs here: the session, records out and weighed pairs back, the model's conditions in Spark's words. Not here: the kin
and other terms (predict), or joining (clustering), which are the same whichever engine weighed the pairs.

Records and pairs pass through Parquet in a folder that every machine of the cluster can reach; nothing personal passes
through the program that starts it but by that folder, and the folder's content is taken away at the end.
"""

import contextlib
import importlib.util
import pathlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from joinedup.processes.childindex.linkage.settings import LinkSettings, SparkSettings
from joinedup.processes.childindex.linkage.training import SavedModel

#: What the model's conditions call by another name on Spark; `jaro_winkler` and `damerau_levenshtein` are Splink's own
#: functions, in a library that it brings along for Spark.
_NAMES = {
    "jaro_winkler_similarity": "jaro_winkler",
    "list_contains": "array_contains",
    "list_has_any": "arrays_overlap",
}
_SAME_NAMES = frozenset({
    "abs", "and", "coalesce", "damerau_levenshtein", "in", "least", "left", "length", "levenshtein", "not", "or", "right",
})  # fmt: skip
_DAYS_BETWEEN = re.compile(r"date_diff\('day', ([\w.]+), ([\w.]+)\)")
_CALL = re.compile(r"\b([a-z_]+)\s*\(")
_WEIGHED = pa.schema(
    [
        pa.field("person_record_id_l", pa.int64()),
        pa.field("person_record_id_r", pa.int64()),
        pa.field("alias_id_l", pa.int64()),
        pa.field("alias_id_r", pa.int64()),
        pa.field("match_weight", pa.float64()),
    ]
)


class SparkUnusable(Exception):
    """Spark cannot be used here; the words say what to install."""


class UnknownFunction(Exception):
    """A condition of the model uses a function of which no form for Spark is known."""


def check_ready() -> None:
    """Say at once, before any work, if Spark cannot be used.

    Errors: SparkUnusable.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise SparkUnusable(
            "Linking on Spark needs the package pyspark, which is not installed by itself (it is large). "
            "In the project's folder: .venv/bin/uv sync --frozen --extra spark"
        )
    if not shutil.which("java"):
        raise SparkUnusable(
            "Linking on Spark needs Java 17 or later, and no java was found. "
            "Install it with: apt install openjdk-17-jre-headless"
        )


def weigh(standard: pa.Table, saved: SavedModel, settings: LinkSettings, spark: SparkSettings) -> pa.Table:
    """Return the pairs of aliases that a model weighs at `review_bits` or more, found and weighed on Spark.

    Shapes: `person_record_id_l` and `_r`, `alias_id_l` and `_r`, `match_weight`; a pair once, in no order.
    Units: bits.
    Errors: SparkUnusable, UnknownFunction.
    """
    check_ready()
    model = translated(saved.settings())
    with _folder(spark) as folder, _session(spark) as session:
        parquet.write_table(standard, folder / "standard.parquet")
        _predict(session, model, folder, settings)
        return parquet.read_table(folder / "weighed", schema=_WEIGHED)


def translated(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return a saved model with its conditions in the words of Spark.

    A model is kept in the words of DuckDB. Dates in it are DATE columns and ISO text, which both read alike; what is told
    apart are names of functions.
    Errors: UnknownFunction.
    """
    changed = dict(model)
    changed.pop("sql_dialect", None)
    changed["comparisons"] = [
        {
            **comparison,
            "comparison_levels": [
                {**level, "sql_condition": condition(level["sql_condition"])}
                for level in comparison["comparison_levels"]
            ],
        }
        for comparison in model["comparisons"]
    ]
    changed["blocking_rules_to_generate_predictions"] = [
        {"blocking_rule": condition(rule["blocking_rule"])} for rule in model["blocking_rules_to_generate_predictions"]
    ]
    return changed


def condition(sql: str) -> str:
    """Return one condition of a model in the words of Spark.

    Errors: UnknownFunction.
    """
    # Spark counts days backwards: from its second date to its first.
    spoken = _DAYS_BETWEEN.sub(r"datediff(\2, \1)", sql)
    unknown = set(_CALL.findall(spoken)) - _SAME_NAMES - _NAMES.keys() - {"datediff"}
    if unknown:
        raise UnknownFunction(", ".join(sorted(unknown)))
    return _CALL.sub(lambda call: f"{_NAMES.get(call[1], call[1])}(", spoken)


def _predict(session: Any, model: dict[str, Any], folder: pathlib.Path, settings: LinkSettings) -> None:
    import splink
    from splink.backends.spark import SparkAPI

    make: Any = SparkAPI
    api = make(spark_session=session, break_lineage_method="persist")
    frame = api.register(session.read.parquet(str(folder / "standard.parquet")))
    linker: Any = splink.Linker(frame, model, log_level=None)
    scored = linker.inference.predict(threshold_match_weight=settings.review_bits, warning_mode="never")
    columns = [f"cast({field.name} as {_spark_type(field)}) as {field.name}" for field in _WEIGHED]
    scored.as_spark_dataframe().selectExpr(*columns).write.parquet(str(folder / "weighed"))


def _spark_type(field: pa.Field) -> str:
    return "bigint" if pa.types.is_integer(field.type) else "double"


@contextlib.contextmanager
def _folder(spark: SparkSettings) -> Iterator[pathlib.Path]:
    """Give a folder of this run alone, which its owner alone may read, and take it away afterwards."""
    with tempfile.TemporaryDirectory(prefix="link-run-", dir=spark.folder or None) as name:
        yield pathlib.Path(name)


@contextlib.contextmanager
def _session(spark: SparkSettings) -> Iterator[Any]:
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    builder: Any = SparkSession.builder
    wanted = {
        "spark.master": spark.master,
        "spark.app.name": "joinedup link",
        "spark.jars": similarity_jar_location(),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if spark.master.startswith("local"):
        # What serves a cluster (200 parts, one gigabyte) is many small tasks in too little memory on one machine.
        wanted |= {"spark.sql.shuffle.partitions": "4", "spark.default.parallelism": "4", "spark.driver.memory": "3g"}
    for name, value in wanted.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as fault:
        raise SparkUnusable(f"Spark could not be started on {spark.master}: {str(fault).splitlines()[0]}") from fault
    try:
        yield session
    finally:
        session.stop()
