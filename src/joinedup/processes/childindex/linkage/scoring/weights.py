"""Weights: a model in Splink's form as tables that compiled code looks answers up in.

Belongs here: reading a saved model, and its refusal by name. Not here: comparing (answering), adding up (weighing).
"""

import dataclasses
import itertools
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import evidence
from joinedup.processes.childindex.linkage.scoring import conditions
from joinedup.processes.childindex.linkage.scoring.columns import TEXT_AT

Model = Mapping[str, Any]

_NOT_RARE = -1
#: Kinds of condition that look at codes only; comparisons made of these are asked first, because they cost least.
_QUICK = frozenset({conditions.ELSE, conditions.MISSING, conditions.SAME, conditions.EITHER})


class Plan(NamedTuple):
    """A model as compiled code reads it: k comparisons, whose levels stand one after another, m in all.

    Shapes: `first` k + 1; `asked` m x 4: kind, column and number of the condition, and the place in the table of rarities
    of the column whose commonness counts, or -1; `worth` m x 4: the bits, and for commonness the usual and the greatest
    rarity and how much it counts; `order` k; `ahead` k + 1, the most that the comparisons not yet asked can add.
    Units: bits.
    """

    first: NDArray[np.int32]
    asked: NDArray[np.int32]
    worth: NDArray[np.float64]
    order: NDArray[np.int32]
    ahead: NDArray[np.float64]
    prior: float


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A model read: the plan, and the names that people know its parts by.

    Shapes: `levels` has for each comparison the names of its levels in order; a missing value has an empty name.
    """

    plan: Plan
    names: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    rare_columns: tuple[str, ...]


def read(model: Model) -> Weights:
    """Return the tables of a model.

    Errors: UnknownCondition when the model asks what compiled code cannot answer.
    """
    comparisons = model["comparisons"]
    every = [level for each in comparisons for level in each["comparison_levels"]]
    rare_columns = tuple(sorted({each["tf_adjustment_column"] for each in every if "tf_adjustment_column" in each}))
    _refuse_unknown(comparisons, rare_columns)
    asked = [conditions.read(level["sql_condition"]) for level in every]
    first = np.cumsum([0, *(len(each["comparison_levels"]) for each in comparisons)]).astype(np.int32)
    most = [_most(each) for each in comparisons]
    quick = [_QUICK.issuperset(each.kind for each in asked[one:two]) for one, two in itertools.pairwise(first)]
    order = sorted(range(len(comparisons)), key=lambda at: not quick[at])
    plan = Plan(
        first=first,
        asked=np.array(
            [[*each, _rare(level, rare_columns)] for each, level in zip(asked, every, strict=True)], np.int32
        ),
        worth=np.array([_worth(level) for level in every]),
        order=np.array(order, np.int32),
        ahead=np.array([sum(most[at] for at in order[done:]) for done in range(len(order) + 1)]),
        prior=evidence.prior_bits(model),
    )
    return Weights(
        plan=plan,
        names=tuple(each["output_column_name"] for each in comparisons),
        levels=tuple(
            tuple(
                "" if level.get("is_null_level") else level["label_for_charts"] for level in each["comparison_levels"]
            )
            for each in comparisons
        ),
        rare_columns=rare_columns,
    )


def _refuse_unknown(comparisons: list[Model], rare_columns: tuple[str, ...]) -> None:
    for column in rare_columns:
        if column not in TEXT_AT:
            raise conditions.UnknownCondition(f"The model weighs how common a value is in an unknown column: {column}")
    for each in comparisons:
        if each["comparison_levels"][-1]["sql_condition"] != "ELSE":
            raise conditions.UnknownCondition(f"The model leaves answers open in: {each['output_column_name']}")


def _bits(level: Model) -> float:
    if level.get("is_null_level"):
        return 0.0
    return math.log2(level["m_probability"] / level["u_probability"])


def _worth(level: Model) -> tuple[float, float, float, float]:
    usual = _logarithm(level.get("u_probability", 1.0))
    rarest = -_logarithm(level.get("tf_minimum_u_value", 0.0))
    return _bits(level), usual, rarest, float(level.get("tf_adjustment_weight", 1.0))


def _rare(level: Model, rare_columns: tuple[str, ...]) -> int:
    column = level.get("tf_adjustment_column")
    return _NOT_RARE if column is None else rare_columns.index(column)


def _most(comparison: Model) -> float:
    """Return the most that any answer to a comparison can add."""
    best = 0.0
    for level in comparison["comparison_levels"]:
        bits = _bits(level)
        if "tf_adjustment_column" in level:
            rarest = -_logarithm(level.get("tf_minimum_u_value", 0.0))
            added = level.get("tf_adjustment_weight", 1.0) * (_logarithm(level["u_probability"]) + rarest)
            bits += max(added, 0.0)
        best = max(best, bits)
    return best


def _logarithm(share: float) -> float:
    return math.log2(share) if share > 0 else -math.inf
