"""Evidence: each field's answer and bits for pairs of records, as a model in Splink's form has it.

Belongs here: the levels of a model as one SQL query over pairs of aliases, and the bits that the model gives them.
Not here: finding the pairs (predict), words for people (explain).

Everything is read from the model's own text, so that a model kept for years still explains what it did.
The sum of the bits and the prior equals Splink's own match weight; a test holds the two together.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

Model = Mapping[str, Any]

_SIDES = """
    side as (
        select pair.*, {sides}
        from {pairs} as pair
        join {standard} as one on one.alias_id = pair.left_alias
        join {standard} as other on other.alias_id = pair.right_alias
    )
"""
_LEVELS = "with {side} select {levels}, count(*) as pairs from side group by all"
_QUERY = """
    with {commons}
    {side},
    answered as (select *, {levels} from side {joins})
    select * exclude ({spent}), {bits} from answered
"""
_FREQUENCY = """
    {name}_frequency as (
        select {name} as value, count(*) / sum(count(*)) over () as {name}_share
        from {standard} where {name} is not null group by {name}
    ),
"""


def prior_bits(model: Model) -> float:
    """Return the weight of a pair of which nothing is known.

    Units: bits.
    """
    chance = float(model["probability_two_random_records_match"])
    return math.log2(chance / (1 - chance))


def columns_used(model: Model) -> list[str]:
    """Return the columns of standardised records that a model compares, in alphabetical order."""
    conditions = " ".join(
        level["sql_condition"] for each in model["comparisons"] for level in each["comparison_levels"]
    )
    return sorted({*re.findall(r"\b([a-z_]+)_[lr]\b", conditions), *_frequent(model)})


def answers(model: Model, *, pairs: str, standard: str) -> str:
    """Return SQL that counts the pairs with each pattern of answers: `<name>_level` for each comparison, and `pairs`.

    Shapes: `pairs` has `left_alias` and `right_alias`; `standard` is the table of standardised records.
    """
    return _LEVELS.format(side=_sides(model, pairs, standard), levels=_levels(model))


def query(model: Model, *, pairs: str, standard: str) -> str:
    """Return SQL that adds `<name>_level` and `<name>_bits` for each comparison to a table of pairs of aliases.

    Shapes: as `answers`.
    """
    frequent = _frequent(model)
    return _QUERY.format(
        commons="".join(_FREQUENCY.format(name=name, standard=standard) for name in frequent),
        side=_sides(model, pairs, standard),
        spent=", ".join(f"{name}_l, {name}_r" for name in columns_used(model)),
        joins=" ".join(f"left join {name}_frequency on {name}_frequency.value = {name}_l" for name in frequent),
        levels=_levels(model),
        bits=", ".join(f"{_bits(each)} as {each['output_column_name']}_bits" for each in model["comparisons"]),
    )


def _sides(model: Model, pairs: str, standard: str) -> str:
    sides = ", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in columns_used(model))
    return _SIDES.format(sides=sides, pairs=pairs, standard=standard)


def _frequent(model: Model) -> list[str]:
    levels: Iterable[Mapping[str, Any]] = (
        level for each in model["comparisons"] for level in each["comparison_levels"]
    )
    return sorted({level["tf_adjustment_column"] for level in levels if "tf_adjustment_column" in level})


def _levels(model: Model) -> str:
    return ", ".join(f"{_level(each)} as {each['output_column_name']}_level" for each in model["comparisons"])


def _level(comparison: Mapping[str, Any]) -> str:
    tries = []
    for level in comparison["comparison_levels"]:
        name = "" if level.get("is_null_level") else level["label_for_charts"]
        condition = level["sql_condition"]
        tries.append(f"else '{name}'" if condition == "ELSE" else f"when {condition} then '{name}'")
    return f"case {' '.join(tries)} end"


def _bits(comparison: Mapping[str, Any]) -> str:
    whens = []
    for level in comparison["comparison_levels"]:
        if level.get("is_null_level"):
            continue
        bits = repr(math.log2(level["m_probability"] / level["u_probability"]))
        if "tf_adjustment_column" in level:
            bits = f"{bits} + {_commonness(level)}"
        whens.append(f"when '{level['label_for_charts']}' then {bits}")
    return f"case {comparison['output_column_name']}_level {' '.join(whens)} else 0.0 end"


def _commonness(level: Mapping[str, Any]) -> str:
    """Return what a value's own frequency adds to the weight of agreeing on it."""
    share = f"{level['tf_adjustment_column']}_share"
    usual, least = math.log2(level["u_probability"]), level.get("tf_minimum_u_value", 0.0)
    weight = level.get("tf_adjustment_weight", 1.0)
    return f"case when {share} is null then 0 else {weight} * ({usual} - log2(greatest({share}, {least}))) end"
