"""Chance: how often two different children give each answer, counted on pairs drawn from all records.

Belongs here: `u`, the half of a model that needs no learning. Not here: `m` (training, by Splink).

Counted here in one pass over one set of pairs; Splink counts each comparison apart and takes five times as long.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.processes.childindex.linkage import evidence
from joinedup.processes.childindex.linkage.engine import Engine
from joinedup.processes.childindex.linkage.settings import LinkSettings

#: An answer that came up in fewer pairs than this is not counted but keeps the figure set by hand.
LEAST_PAIRS = 10
#: Each record is paired with the ones that stand these many places on, round the table; places are multiplied by a
#: large prime, so that kin, who stand side by side, are not drawn together more than chance would.
_DRAW = """
    select alias_id as left_alias, (alias_id + 1 + (step * {prime} + {seed}) % ({count} - 1)) % {count} as right_alias
    from standard, range({steps}) as steps(step)
"""
_PRIME = 15_485_863


def with_chance(model: dict[str, Any], standard: pa.Table, engine: Engine, settings: LinkSettings) -> dict[str, Any]:
    """Return the model with `u` counted where it is not fixed.

    Shapes: `u_by_hand` is set on levels that came up too seldom.
    """
    count = standard.num_rows
    steps = max(1, min(count - 1, settings.training_pairs // count))
    engine.register("standard", standard)
    engine.keep("drawn", _DRAW.format(prime=_PRIME, seed=settings.seed, count=count, steps=steps))
    try:
        patterns = engine.table(evidence.answers(model, pairs="drawn", standard="standard"))
    finally:
        engine.drop("drawn")
        engine.forget("standard")
    comparisons = [_counted(comparison, patterns) for comparison in model["comparisons"]]
    return model | {"comparisons": comparisons}


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
