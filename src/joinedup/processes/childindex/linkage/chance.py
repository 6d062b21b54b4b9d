"""Chance: how often two different children give each answer, counted on pairs drawn from all records.

Belongs here: `u`, the half of a model that needs no learning. Not here: `m` (training, by Splink).

Counted here in one pass over one set of pairs; Splink counts each comparison apart and takes five times as long.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.processes.childindex.linkage import evidence
from joinedup.processes.childindex.linkage.engine import Engine
from joinedup.processes.childindex.linkage.settings import LinkSettings

#: An answer that came up in fewer pairs than this is not counted but keeps the figure set by hand.
LEAST_PAIRS = 10
#: Each record is paired with as many others as `training_pairs` allows. Multiplying by a large prime scatters them over
#: the whole table: kin stand side by side in it, and must not be drawn together more often than chance would.
_PRIME = 15_485_863
_STRIDE = 32_452_843


def with_chance(model: dict[str, Any], standard: pa.Table, engine: Engine, settings: LinkSettings) -> dict[str, Any]:
    """Return the model with `u` counted where it is not fixed.

    Shapes: answers that came up in fewer than `LEAST_PAIRS` pairs keep the `u` set by hand.
    """
    engine.register("standard", standard)
    engine.register("drawn", _draw(standard, settings))
    try:
        patterns = engine.table(evidence.answers(model, pairs="drawn", standard="standard"))
    finally:
        engine.forget("standard", "drawn")
    comparisons = [_counted(comparison, patterns) for comparison in model["comparisons"]]
    return model | {"comparisons": comparisons}


def _draw(standard: pa.Table, settings: LinkSettings) -> pa.Table:
    """Return pairs of aliases of different people, the same ones for the same records and seed."""
    person = standard.column("person_record_id").to_numpy()
    count = len(person)
    steps = np.arange(max(1, settings.training_pairs // count), dtype=np.int64)
    left = np.tile(np.arange(count, dtype=np.int64), len(steps))
    right = (left * _PRIME + np.repeat(steps, count) * _STRIDE + settings.seed) % count
    apart = person[left] != person[right]
    return pa.table({"left_alias": left[apart], "right_alias": right[apart]})


def _counted(comparison: dict[str, Any], patterns: pa.Table) -> dict[str, Any]:
    column = f"{comparison['output_column_name']}_level"
    counted = patterns.group_by(column).aggregate([("pairs", "sum")])
    seen = dict(
        zip(
            counted.column(column).to_pylist(),
            pc.cast(counted.column("pairs_sum"), pa.int64()).to_pylist(),
            strict=True,
        )
    )
    seen.pop("", None)
    total = sum(seen.values())
    return comparison | {"comparison_levels": [_level(level, seen, total) for level in comparison["comparison_levels"]]}


def _level(level: dict[str, Any], seen: dict[str, int], total: int) -> dict[str, Any]:
    count = seen.get(level["label_for_charts"], 0)
    if level.get("is_null_level") or level["fix_u_probability"] or count < LEAST_PAIRS:
        return level
    return level | {"u_probability": count / total}
