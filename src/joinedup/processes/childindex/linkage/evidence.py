"""Evidence: each field's answer and bits for pairs of records, read from a saved model.

Belongs here: the model's levels as one SQL query over pairs of aliases, and the bits that a saved model gives them.
Not here: finding the pairs (predict), words for people (explain).

The sum of the bits and the prior equals Splink's own match weight; a test holds the two together.
"""

import math
from typing import Any

from joinedup.processes.childindex.linkage import model
from joinedup.processes.childindex.linkage.training import SavedModel


def prior_bits(saved: SavedModel) -> float:
    """Return the weight of a pair of which nothing is known.

    Units: bits.
    """
    chance = float(saved.settings()["probability_two_random_records_match"])
    return math.log2(chance / (1 - chance))


_QUERY = """
    with {commons},
    side as (
        select pair.*, {sides}
        from {pairs} as pair
        join {standard} as one on one.alias_id = pair.left_alias
        join {standard} as other on other.alias_id = pair.right_alias
    ),
    answered as (
        select *, {levels} from side {joins}
    )
    select * exclude ({spent}), {bits} from answered
"""
_FREQUENCY = """
    {name}_frequency as (
        select {name} as value, count(*) / sum(count(*)) over () as {name}_share
        from {standard} where {name} is not null group by {name}
    )
"""


def query(saved: SavedModel, *, pairs: str, standard: str) -> str:
    """Return SQL that adds `<name>_level` and `<name>_bits` for each comparison to a table of pairs of aliases.

    Shapes: `pairs` has `left_alias` and `right_alias`; `standard` is the table of standardised records.
    """
    fitted = dict(zip(model.COMPARISONS, saved.settings()["comparisons"], strict=True))
    columns = sorted(frozenset[str]().union(*(model.columns_used(comparison) for comparison in model.COMPARISONS)))
    frequent = sorted({level.frequency for comparison in model.COMPARISONS for level in comparison.levels} - {""})
    return _QUERY.format(
        pairs=pairs,
        standard=standard,
        commons=", ".join(_FREQUENCY.format(name=name, standard=standard) for name in frequent),
        sides=", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in columns),
        spent=", ".join(f"{name}_l, {name}_r" for name in columns),
        joins=" ".join(f"left join {name}_frequency on {name}_frequency.value = {name}_l" for name in frequent),
        levels=", ".join(f"{_level(comparison)} as {comparison.name}_level" for comparison in model.COMPARISONS),
        bits=", ".join(f"{_bits(comparison, found)} as {comparison.name}_bits" for comparison, found in fitted.items()),
    )


def _level(comparison: model.Comparison) -> str:
    tries = " ".join(
        f"else '{level.name}'" if level.when == "ELSE" else f"when {level.when} then '{level.name}'"
        for level in comparison.levels
    )
    return f"case when {comparison.missing} then '' {tries} end"


def _bits(comparison: model.Comparison, fitted: dict[str, Any]) -> str:
    levels = fitted["comparison_levels"][1:]
    whens = []
    for level, found in zip(comparison.levels, levels, strict=True):
        bits = repr(math.log2(found["m_probability"] / found["u_probability"]))
        if "tf_adjustment_column" in found:
            least = found.get("tf_minimum_u_value", 0.0)
            usual = math.log2(found["u_probability"])
            share = found.get("tf_adjustment_weight", 1.0)
            common = f"{share} * ({usual} - log2(greatest({level.frequency}_share, {least})))"
            bits = f"{bits} + case when {level.frequency}_share is null then 0 else {common} end"
        whens.append(f"when '{level.name}' then {bits}")
    return f"case {comparison.name}_level {' '.join(whens)} else 0.0 end"
