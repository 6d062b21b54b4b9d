"""Explanation: why two records are, or may be, one child, field by field, in bits and in words.

Belongs here: turning an edge's levels into sentences. Not here: computing levels and bits (evidence), drawing (web).
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from joinedup.processes.childindex.linkage import model


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one field says about two records.

    Units: `bits`: +1 doubles the odds that they are one child, -1 halves them.
    """

    name: str
    level: str
    words: str
    bits: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All evidence for and against two records being one child, the strongest first.

    Units: `weight` and `prior` in bits; `prior` and the fields' bits sum to `weight`.
    """

    weight: float
    prior: float
    fields: tuple[Field, ...]

    @property
    def words(self) -> str:
        """Return the odds in one sentence."""
        return f"{odds(self.weight)} that these are one child."


KIN_WORDS = "The records look like a brother and a sister: one home and one family name, but different given names."
BORROWED_WORDS = "The number may be a brother's or sister's: given names and birth dates differ."
_LITTLE_BITS = 0.5
_SUBJECTS = {comparison.name: comparison.subject for comparison in model.COMPARISONS} | {"kin": "brother or sister"}
_WORDS = {
    (comparison.name, level.name): f"The {comparison.subject} {level.words}."
    for comparison in model.COMPARISONS
    for level in comparison.levels
}


def explain(edge: Mapping[str, Any]) -> Explanation:
    """Return the evidence of one edge or review pair.

    Shapes: fields that a record does not give are left out.
    """
    fields = [
        Field(
            name=comparison.name,
            level=level,
            words=_WORDS[comparison.name, level],
            bits=edge[f"{comparison.name}_bits"],
        )
        for comparison in model.COMPARISONS
        if (level := edge[f"{comparison.name}_level"])
    ]
    if edge["kin"]:
        borrowed = "same" in {edge["nhs_level"], edge["upn_level"]}
        words = BORROWED_WORDS if borrowed else KIN_WORDS
        fields.append(Field(name="kin", level="borrowed" if borrowed else "kin", words=words, bits=edge["kin_bits"]))
    prior = edge["weight"] - sum(field.bits for field in fields)
    return Explanation(
        weight=edge["weight"],
        prior=round(prior, 4),
        fields=tuple(sorted(fields, key=lambda field: (-abs(field.bits), field.name))),
    )


def odds(weight: float) -> str:
    """Return a weight as odds in plain words.

    Units: `weight` in bits.
    """
    if abs(weight) < 1:
        return "About even odds"
    times = 2.0 ** min(abs(weight), 40.0)
    said = "more than a million" if times > 1_000_000 else f"about {_round(times):,}"
    return f"Odds of {said} to 1 {'for' if weight > 0 else 'against'}"


def subject(name: str) -> str:
    """Return what a field of the evidence compared, as a label; of a field that no model has any longer, its own name."""
    return _SUBJECTS.get(name, name.replace("_", " ")).capitalize().replace("Nhs", "NHS")


def moves(bits: float) -> str:
    """Return in plain words how far one field moves the odds.

    Units: `bits`: +1 doubles the odds, -1 halves them.
    """
    if abs(bits) < _LITTLE_BITS:
        return "says little either way"
    times = 2.0 ** min(abs(bits), 40.0)
    if times > 1_000_000:
        said = "more than a million"
    else:
        said = f"about {_round(times):,}" if times >= 10 else f"about {times:.1f}".removesuffix(".0")
    return f"{said} times {'likelier' if bits > 0 else 'less likely'}"


def _round(times: float) -> int:
    """Keep two figures: nobody weighs 1,337 to 1 against 1,300 to 1."""
    size = 10 ** max(len(str(int(times))) - 2, 0)
    return int(round(times / size) * size)
