"""What is measured in a process of its own: linking records by ours and by Splink. Run as `python -m benchmarks.linking_steps`.

Belongs here: doing one step on files and the meters around it. Not here: repeating or comparing (link_records).
"""

import json
import logging
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import machine, stock_splink
from joinedup.processes.childindex.linkage import clustering, engine, records
from joinedup.processes.childindex.linkage.by_itself import judging, linking, tables
from joinedup.processes.childindex.linkage.coding import making
from joinedup.processes.childindex.linkage.scoring import tables as coded_tables
from joinedup.processes.childindex.linkage.settings import LinkSettings

THREADS = 2
#: Weights from which our model's pairs are clustered when Splink weighs them; the best is what is shown.
OUR_THRESHOLDS = (0.0, 2.0, 4.0, 8.0)
#: The columns that a data team is promised; what else the made records say is left out, so that Splink has the same.
NINE = ("unique_id", "agency", "forename", "surname", "dob", "sex", "postcode", "nhs_number", "upn")


def _measured(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    own, began = machine.own_cpu_seconds(), time.perf_counter()
    answer = work()
    return answer, {
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(machine.own_cpu_seconds() - own, 2),
    }


def _read(folder: pathlib.Path, columns: tuple[str, ...] = NINE) -> pa.Table:
    return pq.read_table(folder / "records.parquet", columns=list(columns))


def _read_by_ours(folder: pathlib.Path, columns: tuple[str, ...]) -> pa.Table:
    """Read the records as `link-file` reads a file, without the columns that Splink is not given."""
    written_once = ["agency", "forename", "surname", "dob", "sex", "postcode"]
    return pq.read_table(folder / "records.parquet", columns=list(columns), read_dictionary=written_once)


def _judged(clusters: pa.Table, folder: pathlib.Path) -> dict[str, Any]:
    truth = pq.read_table(folder / "truth.parquet").drop_columns(["household_id"])
    return judging.judge_tables(clusters, truth).as_json()


def _settings() -> LinkSettings:
    return linking.settings(threads=THREADS)


# ---------------------------------------------------------------- ours


def train(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Train our model on one set of records and keep it."""
    found, measured = _measured(lambda: linking.cluster_table(_read(folder), with_settings=_settings()))
    linking.write_model(found.model, model)
    return {**measured, "steps": found.seconds, "peak_memory_mib": machine.peak_memory_mib()}


def apply(folder: pathlib.Path, model: pathlib.Path, columns: tuple[str, ...] = NINE) -> dict[str, Any]:
    """Apply our kept model to another set, reading included, and judge the clusters.

    As from Splink's side: weights and clusters, without the evidence of each link.
    """
    return _applied(linking.cluster_table, folder, model, columns)


def apply_edges(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Do the same with the evidence of each link and each pair that would wait for a person."""
    return _applied(linking.link_table, folder, model, NINE)


def _applied(link: Callable[..., Any], folder: pathlib.Path, model: pathlib.Path, columns: Any) -> dict[str, Any]:
    saved = linking.read_model(model)
    link(_read(folder)[:200], with_settings=_settings(), saved=saved)  # so that nothing is compiled meanwhile
    found, measured = _measured(lambda: link(_read_by_ours(folder, columns), with_settings=_settings(), saved=saved))
    peak = machine.peak_memory_mib()
    return {**measured, "steps": found.seconds, "peak_memory_mib": peak, "quality": _judged(found.clusters, folder)}


def apply_all(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Apply our model to every column that the records have: middle names, addresses, former names and numbers too."""
    return apply(folder, model, tuple(pq.read_schema(folder / "records.parquet").names))


def whole(folder: pathlib.Path, _model: pathlib.Path) -> dict[str, Any]:
    """Train and apply in one go, and judge the clusters; the memory is that of all of it."""
    found, measured = _measured(lambda: linking.cluster_table(_read(folder), with_settings=_settings()))
    peak = machine.peak_memory_mib()
    return {**measured, "steps": found.seconds, "peak_memory_mib": peak, "quality": _judged(found.clusters, folder)}


def ours_by_splink(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Let Splink weigh pairs by our model, and cluster its edges under the same rules about numbers, at its best threshold."""
    prepared = tables.prepare(_read(folder))
    coded = making.code(records.conform(prepared.records))
    with (
        engine.opened(_settings()) as at_work,
        at_work.linker(coded_tables.as_arrow(coded), json.loads(model.read_text(encoding="utf-8"))) as linker,
    ):
        scored = linker.inference.predict(threshold_match_weight=min(OUR_THRESHOLDS), warning_mode="never")
        pairs = at_work.table(
            "select person_record_id_l as l, person_record_id_r as r, max(match_weight) as weight"
            f" from {scored.physical_name} group by all"
        )
    tried = {least: _judged(_constrained(prepared, coded, pairs, least=least), folder) for least in OUR_THRESHOLDS}
    return _best(tried)


# ---------------------------------------------------------------- Splink's


def stock_train(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Train Splink's own model on one set of records and keep it."""
    _, measured = _measured(lambda: stock_splink.train(_read(folder), model, threads=THREADS))
    return {**measured, "peak_memory_mib": machine.peak_memory_mib()}


def stock_apply(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Apply Splink's own kept model, reading included, and cluster by connected components at one threshold."""

    def work() -> Any:
        linker, predictions = stock_splink.predict(_read(folder), model, threads=THREADS)
        return linker, predictions, stock_splink.components(linker, predictions, stock_splink.THRESHOLDS[2])

    (_, _, clusters), measured = _measured(work)
    return {**measured, "peak_memory_mib": machine.peak_memory_mib(), "quality": _judged(clusters, folder)}


def stock_compare(folder: pathlib.Path, model: pathlib.Path) -> dict[str, Any]:
    """Cluster Splink's edges by components and under our rules about numbers, each at its own best threshold."""
    linker, predictions = stock_splink.predict(_read(folder), model, threads=THREADS)
    pairs = predictions.as_duckdbpyrelation().select("unique_id_l as l, unique_id_r as r, match_weight as weight")
    prepared = tables.prepare(_read(folder))
    found = pairs.to_arrow_table()
    at = np.arange(len(prepared.ids))
    for side in ("l", "r"):
        place = pa.array(np.searchsorted(prepared.ids.to_numpy(), found.column(side).to_numpy()))
        found = found.set_column(found.column_names.index(side), side, pa.array(at).take(place))
    plain = {
        threshold: _judged(stock_splink.components(linker, predictions, threshold), folder)
        for threshold in stock_splink.THRESHOLDS
    }
    coded = making.code(records.conform(prepared.records))
    bound = {
        threshold: _judged(_constrained(prepared, coded, found, least=threshold), folder)
        for threshold in stock_splink.THRESHOLDS
    }
    return {"components": _best(plain), "constrained": _best(bound)}


def _best(tried: dict[float, dict[str, Any]]) -> dict[str, Any]:
    threshold = max(tried, key=lambda each: tried[each]["pairs"]["f1"])
    return {"threshold": threshold, "quality": tried[threshold]}


def _constrained(prepared: tables.Prepared, coded: coded_tables.Coded, pairs: pa.Table, *, least: float) -> pa.Table:
    """Cluster pairs of places best first, never two verified NHS numbers or permanent pupil numbers in one cluster."""
    people = clustering.people_of(coded)
    one, other, weight = (pairs.column(name).to_numpy() for name in ("l", "r", "weight"))
    enough = weight >= least
    one, other, weight = one[enough].astype(np.int64), other[enough].astype(np.int64), weight[enough]
    found = clustering.cluster(
        people,
        clustering.Edges(
            left=np.minimum(one, other),
            right=np.maximum(one, other),
            weight=np.round(weight, 4),
            telling=np.ones(len(weight), np.bool_),
        ),
        kin=clustering.no_pairs(),
        parted=clustering.no_pairs(),
        together=clustering.no_pairs(),
    )
    return pa.table({"unique_id": prepared.ids, "cluster_id": prepared.ids.take(pa.array(found.cluster))})


_STEPS = {
    "train": train,
    "apply": apply,
    "apply-all": apply_all,
    "apply-edges": apply_edges,
    "whole": whole,
    "ours-by-splink": ours_by_splink,
    "stock-train": stock_train,
    "stock-apply": stock_apply,
    "stock-compare": stock_compare,
}

if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)
    print(json.dumps(_STEPS[sys.argv[1]](pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))))
