"""Weights: a model in Splink's form as tables that compiled code looks answers up in.

Belongs here: reading a saved model, and its refusal by name. Not here: comparing (answering), adding up (weighing).
"""

import dataclasses
import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import evidence
from joinedup.processes.childindex.linkage.scoring import conditions, foreseeing, sketching
from joinedup.processes.childindex.linkage.scoring.columns import TEXT_AT
from joinedup.processes.childindex.linkage.scoring.conditions import Condition

Model = Mapping[str, Any]
#: Which levels are possible, as bits, and the most bits that they give.
_Foreseen = tuple[int, float]

_NOT_RARE = -1
#: Kinds of condition that take reading letters or lists; comparisons with none of these are asked first.
_EFFORT = {conditions.ONE_SLIP: 1, conditions.NEAR_DAYS: 1, conditions.HOME_TYPO: 1}
_EFFORT |= {conditions.FAMILY_ALIKE: 2, conditions.ALIKE: 3, conditions.TWO_NAMES: 3}


class Plan(NamedTuple):
    """A model as compiled code reads it: k comparisons, whose levels stand one after another, m in all.

    Shapes: `first` k + 1; `asked` m x 4: kind, column and number of the condition, and the place in the table of rarities
    of the column whose commonness counts, or -1; `worth` m x 4: the bits, and for commonness the usual and the greatest
    rarity and how much it counts; `order` k, what takes most to answer last. For what can be foreseen: `seen` k x 4, the
    first of the columns that a comparison's states are of, and their number; the first of the hints of their sketches, and
    their number; `state` k, where its states begin: one for each set of columns that both say (the lowest bits), that both
    have in common, and of hints (the highest bits); for each state the levels that are `possible`, as bits from the
    comparison's first on, and `most`, the most bits that they can give.
    Units: bits.
    """

    first: NDArray[np.int32]
    asked: NDArray[np.int32]
    worth: NDArray[np.float64]
    order: NDArray[np.int32]
    seen: NDArray[np.int32]
    state: NDArray[np.int32]
    possible: NDArray[np.int32]
    most: NDArray[np.float64]
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
    spans = list(itertools.pairwise(first.tolist()))
    effort = [max(_EFFORT.get(each.kind, 0) for each in asked[one:two]) for one, two in spans]
    plan = Plan(
        first=first,
        asked=np.array(
            [[*each, _rare(level, rare_columns)] for each, level in zip(asked, every, strict=True)], np.int32
        ),
        worth=np.array([_worth(level) for level in every]),
        order=np.argsort(effort, kind="stable").astype(np.int32),
        **_foreseen([(asked[one:two], [_most(each) for each in every[one:two]]) for one, two in spans]),
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


def _most(level: Model) -> float:
    """Return the most that an answer can add."""
    bits = _bits(level)
    if "tf_adjustment_column" in level:
        rarest = -_logarithm(level.get("tf_minimum_u_value", 0.0))
        added = level.get("tf_adjustment_weight", 1.0) * (_logarithm(level["u_probability"]) + rarest)
        bits += max(added, 0.0)
    return bits


def _foreseen(comparisons: Sequence[tuple[list[Condition], list[float]]]) -> dict[str, NDArray[Any]]:
    """Return what each state of each comparison's columns and hints says of its answer, as `Plan` has it.

    Shapes: for each comparison its conditions, and the most bits of each.
    """
    seen, begins = [], []
    states: list[_Foreseen] = []
    for asked, most in comparisons:
        column, columns = foreseeing.span_of(foreseeing.columns_of(asked), foreseeing.MOST_COLUMNS)
        hint, hints = foreseeing.span_of(itertools.chain(*map(foreseeing.hints_of, asked)), sketching.MOST_HINTS)
        seen.append((column, columns, hint, hints))
        begins.append(len(states))
        known = {
            said: _known(asked, dict(enumerate(said, column)))
            for said in itertools.product(foreseeing.STATES, repeat=columns)
        }
        of_bits = [_states(bits, columns) for bits in range(4**columns)]
        for allowed in range(2**hints):
            ruled_out = {hint + place for place in range(hints) if not allowed >> place & 1}
            sifted = {said: _possible(asked, most, each, ruled_out) for said, each in known.items()}
            states += [sifted[said] for said in of_bits]
    possible, bits = zip(*states, strict=True)
    return {
        "seen": np.array(seen, np.int32),
        "state": np.array(begins, np.int32),
        "possible": np.array(possible, np.int32),
        "most": np.array(bits, np.float64),
    }


def _states(bits: int, count: int) -> tuple[int, ...]:
    """Return the states of so many columns from the bits of what both say and of what both have in common."""
    said, same = bits % 2**count, bits >> count
    return tuple(
        foreseeing.UNSAID if not said >> place & 1 else foreseeing.SAME if same >> place & 1 else foreseeing.DIFFERENT
        for place in range(count)
    )


def _known(asked: Sequence[Condition], state: foreseeing.State) -> list[bool | None]:
    """Return of each condition whether it holds in a state; what is not looked at is unknown."""
    return [
        foreseeing.is_true(each, state) if set(foreseeing.columns_of([each])) <= set(state) else None for each in asked
    ]


def _possible(
    asked: Sequence[Condition], most: Sequence[float], known: Sequence[bool | None], ruled_out: set[int]
) -> _Foreseen:
    """Return which conditions may be the first that holds, and the most bits that they give.

    One that would have to be read does not hold where sketches rule out all that it needs.
    """
    possible = 0
    for at, (each, true) in enumerate(zip(asked, known, strict=True)):
        needs = foreseeing.hints_of(each)
        if true or (true is None and not (needs and ruled_out.issuperset(needs))):
            possible |= 1 << at
        if true:
            break
    return possible, max(bits for at, bits in enumerate(most) if possible >> at & 1)


def _logarithm(share: float) -> float:
    return math.log2(share) if share > 0 else -math.inf
