"""Training: the model's weights fitted to the records at hand, and the model as it is kept.

Belongs here: fitting, refusing what could not be fitted, the saved form and its hash. Not here: what is compared (model).
"""

import contextlib
import dataclasses
import hashlib
import json
import logging
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from joinedup.processes.childindex.linkage import chance, model
from joinedup.processes.childindex.linkage.engine import ENGINE_FAILURES, Engine
from joinedup.processes.childindex.linkage.settings import LinkSettings

#: Digits kept of a weight: sums over threads differ in the last bits, and the same data must give the same model.
_DIGITS = 6
#: An answer seen in fewer pairs than this share keeps the weight set by hand.
_LEAST_SHARE = 1e-4
_SPLINK_LOG = logging.getLogger("splink")


class UntrainedModel(Exception):
    """Some weights were neither learnt from the data nor set by hand; each is named."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SavedModel:
    """A model as it is stored: text that Splink reads, its fingerprint, and what was not learnt from the data.

    `by_hand` maps "comparison.level" to the reason why its weight was set rather than learnt.
    """

    text: str
    by_hand: dict[str, str]
    trained_records: int

    @property
    def hash(self) -> str:
        """Return the fingerprint of the model: SHA-256, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def settings(self) -> dict[str, Any]:
        """Return the model as Splink reads it."""
        loaded: dict[str, Any] = json.loads(self.text)
        return loaded


def untrained(why: str = "too few records to learn from") -> SavedModel:
    """Return the model with the weights set by hand, for data that cannot teach.

    A name's commonness is not weighed: among few records every name looks common.
    """
    by_hand = {
        f"{comparison.name}.{level.name}": level.fixed or why
        for comparison in model.COMPARISONS
        for level in comparison.levels
    }
    settings = model.splink_settings()
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            level.pop("tf_adjustment_column", None)
            level.pop("tf_adjustment_weight", None)
            level.pop("tf_minimum_u_value", None)
    return SavedModel(text=_text(settings), by_hand=by_hand, trained_records=0)


def train(standard: pa.Table, engine: Engine, settings: LinkSettings) -> SavedModel:
    """Fit the model to standardised records: `u` by counting, `m` by expectation maximisation.

    Shapes: below `training_least_records` rows the weights set by hand are returned.
    Errors: UntrainedModel when a comparison that has values learnt nothing, or there is nothing to learn from.
    Source: Fellegi and Sunter (1969); Winkler (1988) for EM; Splink 5 does the fitting.
    """
    if standard.num_rows < settings.training_least_records:
        return untrained()
    counted = chance.with_chance(model.splink_settings(), standard, engine, settings)
    try:
        fitted = _fit(counted, standard, engine, settings)
    except (ValueError, ArithmeticError, *ENGINE_FAILURES) as fault:
        # Splink divides by the pairs it found; where no two records are one child there are none.
        raise UntrainedModel("No two records seem to be one child") from fault
    by_hand: dict[str, str] = {}
    for comparison, found in zip(model.COMPARISONS, fitted["comparisons"], strict=True):
        levels = found["comparison_levels"][1:]
        _keep_or_fill(comparison, levels, by_hand)
        _if_learnt_backwards(comparison, levels, by_hand)
    _check(by_hand, standard)
    return SavedModel(text=_text(fitted), by_hand=by_hand, trained_records=standard.num_rows)


def _fit(counted: dict[str, Any], standard: pa.Table, engine: Engine, settings: LinkSettings) -> dict[str, Any]:
    with engine.linker(standard, counted) as linker, _quiet():
        training = linker.training
        training.estimate_probability_two_random_records_match(list(model.CERTAIN), recall=model.CERTAIN_FINDS_SHARE)
        for rule in model.TRAINING:
            training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=settings.training_pairs
            )
        fitted: dict[str, Any] = linker.misc.save_model_to_json()
    return fitted


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Hold Splink's warnings of unseen levels back while it trains: they are judged afterwards."""
    loudness = _SPLINK_LOG.level
    _SPLINK_LOG.setLevel(logging.ERROR)
    try:
        yield
    finally:
        _SPLINK_LOG.setLevel(loudness)


def _keep_or_fill(comparison: model.Comparison, found: list[dict[str, Any]], by_hand: dict[str, str]) -> None:
    """Keep what was learnt; where an answer never came up, keep the weight set by hand and say so."""
    for level, fitted in zip(comparison.levels, found, strict=True):
        name = f"{comparison.name}.{level.name}"
        if level.fixed:
            by_hand[name] = level.fixed
        elif fitted.get("m_probability", 0.0) < _LEAST_SHARE:
            by_hand[name] = "hardly came up in these records"
            fitted["m_probability"] = level.m


def _if_learnt_backwards(comparison: model.Comparison, found: list[dict[str, Any]], by_hand: dict[str, str]) -> None:
    """Keep all weights set by hand where agreement came out as evidence against: too few children have the field twice."""
    first, last = (fitted["m_probability"] / fitted["u_probability"] for fitted in (found[0], found[-1]))
    if first > 1 > last:
        return
    for level, fitted in zip(comparison.levels, found, strict=True):
        by_hand.setdefault(f"{comparison.name}.{level.name}", "too few children have it in two records to learn from")
        fitted["m_probability"], fitted["u_probability"] = level.m, level.u


def _check(by_hand: dict[str, str], standard: pa.Table) -> None:
    """Refuse a model with a comparison that has values in the data and yet learnt none of its answers."""
    present = {"given": "given", "family": "family", "birth_date": "dob", "home": "postcode", "sex": "sex"}
    idle = [
        comparison.name
        for comparison in model.COMPARISONS
        if comparison.name in present
        and standard.column(present[comparison.name]).null_count < standard.num_rows // 2
        and all(f"{comparison.name}.{level.name}" in by_hand for level in comparison.levels)
    ]
    if idle:
        raise UntrainedModel("Nothing could be learnt of: " + ", ".join(idle))


def _text(settings: dict[str, Any]) -> str:
    return json.dumps(_rounded(settings), sort_keys=True, separators=(",", ":"))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return value
