"""Online: one new record against the records that may be the same child, in the time of a keystroke.

Belongs here: the scorer as a program holds it between requests. Not here: finding candidates (childindex operations),
deciding what becomes of the record (childindex rules).

The levels, bits and terms are those of a link run: the same compiled functions answer. A scorer is made once for a model
and may be used by several threads: it holds nothing that changes.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.lore import NOTHING, Lore
from joinedup.processes.childindex.linkage.scoring import terms, weighing, weights
from joinedup.processes.childindex.linkage.scoring.columns import Columns, Words, encode
from joinedup.processes.childindex.linkage.settings import LinkSettings

Alias = Mapping[str, Any]
#: What explanation reads: `weight`, `kin`, `kin_bits`, `telling`, `thin`, `torn` and each field's level and bits.
Evidence = dict[str, Any]

_PLACES, _MATCH_PLACES = 4, 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one candidate person has in common with the new record.

    Shapes: `person_record_id` as the candidate's aliases have it; `record_id` and `candidate_record_id` are those of the
    two aliases that are most alike.
    Units: `match_weight` in bits, as Splink has it; `weight` in bits, with the kin term.
    """

    person_record_id: Any
    record_id: Any
    candidate_record_id: Any
    match_weight: float
    weight: float
    kin: bool
    thin: bool
    torn: bool
    telling: bool
    kin_bits: float
    model: weights.Weights = dataclasses.field(repr=False)
    levels: NDArray[np.int8] = dataclasses.field(repr=False)
    bits: NDArray[np.float64] = dataclasses.field(repr=False)

    def evidence(self) -> Evidence:
        """Return the answers with the keys of an edge of a link run, as it is kept and as `explain.explain` reads it."""
        found: Evidence = {name: getattr(self, name) for name in _TERMS}
        for place, name in enumerate(self.model.names):
            found[f"{name}_level"] = self.model.levels[place][self.levels[place]]
            found[f"{name}_bits"] = round(float(self.bits[place]), _PLACES)
        return found


_TERMS = ("weight", "kin", "kin_bits", "telling", "thin", "torn")


class _Table(NamedTuple):
    """The aliases at hand, as mappings and as numbers."""

    aliases: list[dict[str, Any]]
    columns: Columns
    rarity: weighing.Rarity


class _Answer(NamedTuple):
    """The answers of the two most alike aliases of two people."""

    one: int
    two: int
    match: float
    weight: float
    kin: bool
    thin: bool
    telling: bool
    levels: NDArray[np.int8]
    bits: NDArray[np.float64]


class Scorer:
    """A model held ready to weigh single records.

    Errors: UnknownCondition, when made, if the model asks what compiled code cannot answer.
    """

    def __init__(self, model: Mapping[str, Any], settings: LinkSettings, lore: Lore = NOTHING) -> None:
        self._weights = weights.read(model)
        self._settings = settings
        self._lore = lore

    def score_one(self, record: Sequence[Alias], candidates: Sequence[Alias]) -> list[Candidate]:
        """Return how alike each candidate person is to a new one, the closest first.

        Shapes: aliases as `single.standardise` gives them, or as kept from there: those of the new person, and those of
        all candidates, of whom several may be one person's. One answer for each candidate person, whatever its weight;
        aliases of the new person among the candidates are left out.
        """
        people = _by_person(record, candidates)
        if not record or not people:
            return []
        table = self._encode([*record, *itertools.chain.from_iterable(people.values())])
        rows = _rows_of(len(record), people)
        mine = range(len(record))
        answers = self._answers(table, [(mine, rows[person]) for person in people])
        torn = self._torn(table, answers, list(rows.values()))
        found = [self._candidate(table, answer, is_torn=is_torn) for answer, is_torn in zip(answers, torn, strict=True)]
        return sorted(found, key=lambda each: (-each.weight, str(each.person_record_id)))

    def _encode(self, aliases: Iterable[Alias]) -> _Table:
        """Return the aliases as numbers, and minus the logarithm of the share of values whose commonness counts."""
        applied = [self._lore.applied(alias) for alias in aliases]
        columns = self._weights.rare_columns
        shares = [self._lore.shares.get(column, {}) for column in columns]
        common = [
            [each.get(alias[column], 0.0) for each, column in zip(shares, columns, strict=True)] for alias in applied
        ]
        with np.errstate(divide="ignore"):
            rarity = -np.log2(np.array(common, np.float32).reshape(len(applied), len(columns)))
        return _Table(applied, encode(applied, Words()), rarity)

    def _answers(self, table: _Table, people: Sequence[tuple[range, range]]) -> list[_Answer]:
        """Return the answers of each two people: they are as alike as their most alike aliases, the oldest of equals."""
        pairs = [pair for mine, theirs in people for pair in itertools.product(mine, theirs)]
        one, two = np.array(pairs, np.int32).T.copy()
        levels = np.empty((len(pairs), len(self._weights.names)), np.int8)
        bits = np.empty(levels.shape)
        weighing.explain(table.columns, table.rarity, self._weights.plan, one, two, (levels, bits))
        judged = terms.judge(levels, self._weights)
        match = self._weights.plan.prior + bits.sum(axis=1)
        rounded = np.round(match, _MATCH_PLACES)
        best, begin = [], 0
        for mine, theirs in people:
            end = begin + len(mine) * len(theirs)
            # The first of equals is the one of the oldest records: pairs come in that order.
            at = begin + (int(rounded[begin:end].argmax()) if end > begin + 1 else 0)
            kin = bool(judged.kin[at])
            weight = round(float(match[at]) - (self._settings.kin_bits if kin else 0.0), _PLACES)
            flags = (kin, bool(judged.thin[at]), bool(judged.telling[at]))
            best.append(_Answer(*pairs[at], float(match[at]), weight, *flags, levels[at], bits[at]))
            begin = end
        return best

    def _torn(self, table: _Table, answers: Sequence[_Answer], rows: Sequence[range]) -> list[bool]:
        """Say of each candidate whether the new record, or the candidate, is nearly as close to a brother or sister."""
        near = [at for at, answer in enumerate(answers) if answer.match >= self._settings.review_bits]
        torn = [False] * len(answers)
        unclear = [at for at in near if not (answers[at].telling or answers[at].kin)]
        pairs = [(at, rival) for at in unclear for rival in near if rival != at]
        if not pairs:
            return torn
        between = self._answers(table, [(rows[at], rows[rival]) for at, rival in pairs])
        for (at, rival), other in zip(pairs, between, strict=True):
            if other.match < self._settings.review_bits:
                continue
            least = answers[at].weight - self._settings.margin_bits
            mine = not answers[rival].kin and answers[rival].weight >= least and other.kin
            theirs = not other.kin and other.weight >= least and answers[rival].kin
            torn[at] = torn[at] or mine or theirs
        return torn

    def _candidate(self, table: _Table, answer: _Answer, *, is_torn: bool) -> Candidate:
        here, there = table.aliases[answer.one], table.aliases[answer.two]
        return Candidate(
            person_record_id=there["person_record_id"],
            record_id=here["record_id"],
            candidate_record_id=there["record_id"],
            match_weight=answer.match,
            weight=answer.weight,
            kin=answer.kin,
            thin=answer.thin,
            torn=is_torn,
            telling=answer.telling,
            kin_bits=-self._settings.kin_bits if answer.kin else 0.0,
            model=self._weights,
            levels=answer.levels,
            bits=answer.bits,
        )


def _by_person(record: Sequence[Alias], candidates: Sequence[Alias]) -> dict[Any, list[Alias]]:
    """Return the aliases of each candidate person, without those of the new person."""
    mine = {alias["person_record_id"] for alias in record}
    people: dict[Any, list[Alias]] = {}
    for alias in candidates:
        if alias["person_record_id"] not in mine:
            people.setdefault(alias["person_record_id"], []).append(alias)
    return people


def _rows_of(begin: int, people: Mapping[Any, Sequence[Alias]]) -> dict[Any, range]:
    rows = {}
    for person, aliases in people.items():
        rows[person] = range(begin, begin + len(aliases))
        begin += len(aliases)
    return rows
