"""Splink as a competent user sets it up for person records: the peer of our linking.

Belongs here: that model, its training, its prediction, and its own way of clustering. Not here: anything of ours.

Comparisons and rules are those of the linkage study: names with term frequencies, date of birth, postcode, sex, NHS number
and pupil number; eight blocking rules; three sessions of expectation maximisation.
"""

import json
import pathlib
from typing import Any

import duckdb
import pyarrow as pa
import splink
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    block_on("nhs_number"),
    block_on("upn"),
    block_on("forename", "surname", "substr(dob, 1, 4)"),
    block_on("dob", "postcode"),
    block_on("dob", "substr(surname, 1, 3)"),
    block_on("dob", "substr(forename, 1, 2)"),
    block_on("forename", "postcode"),
    block_on("surname", "postcode", "substr(forename, 1, 1)"),
)
SESSIONS = (block_on("dob"), block_on("forename", "surname"), block_on("postcode", "surname"))
CERTAIN = (block_on("nhs_number"), block_on("upn"), block_on("forename", "surname", "dob"))
#: Match weights at which clusters are tried; the best is what is shown.
THRESHOLDS = (1.0, 3.0, 5.0, 8.0, 12.0)
_CERTAIN_FINDS_SHARE = 0.8
_MOST_PAIRS = 1e6


def settings() -> SettingsCreator:
    """Return the model before training."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            compare.NameComparison("forename").configure(term_frequency_adjustments=True),
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("dob", input_is_string=True, datetime_format="%Y-%m-%d"),
            compare.PostcodeComparison("postcode"),
            compare.ExactMatch("sex"),
            compare.DamerauLevenshteinAtThresholds("nhs_number", [1]),
            compare.DamerauLevenshteinAtThresholds("upn", [1]),
        ],
        blocking_rules_to_generate_predictions=list(RULES),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def cleaned(records: pa.Table) -> pa.Table:
    """Return the records as such a user would clean them: one case, no spaces about."""
    import pyarrow.compute as pc

    columns = {"unique_id": records.column("unique_id")}
    for name in ("forename", "surname"):
        columns[name] = pc.utf8_lower(pc.utf8_trim_whitespace(records.column(name)))
    return pa.table(columns | {name: records.column(name) for name in ("dob", "sex", "postcode", "nhs_number", "upn")})


def connected(threads: int) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"set threads = {threads}")
    return connection


def linker(records: pa.Table, model: Any, connection: duckdb.DuckDBPyConnection) -> Linker:
    """Return a linker over cleaned records."""
    return Linker(DuckDBAPI(connection).register(cleaned(records)), model, log_level=None)


def train(records: pa.Table, path: pathlib.Path, *, threads: int) -> None:
    """Train the model on records and keep it."""
    training = linker(records, settings(), connected(threads))
    training.training.estimate_probability_two_random_records_match(list(CERTAIN), recall=_CERTAIN_FINDS_SHARE)
    training.training.estimate_u_using_random_sampling(max_pairs=_MOST_PAIRS, seed=2006)
    for rule in SESSIONS:
        training.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=int(_MOST_PAIRS))
    path.write_text(json.dumps(training.misc.save_model_to_json()), encoding="utf-8")


def predict(records: pa.Table, path: pathlib.Path, *, threads: int) -> tuple[Linker, Any]:
    """Apply a kept model: return the linker and its predictions, with weights from the lowest threshold up."""
    applied = linker(records, json.loads(path.read_text(encoding="utf-8")), connected(threads))
    return applied, applied.inference.predict(threshold_match_weight=THRESHOLDS[0], warning_mode="never")


def components(applied: Linker, predictions: Any, threshold: float) -> pa.Table:
    """Return Splink's own clusters: everything that a chain of pairs over the threshold joins."""
    found = applied.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_weight=threshold)
    table: pa.Table = found.as_pyarrow_table()
    return table.select(["unique_id", "cluster_id"])


def version() -> str:
    """Return Splink's version."""
    return str(splink.__version__)
