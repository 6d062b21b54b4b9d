"""Batch: all pairs of a run weighed, and lifted from aliases to people.

Belongs here: spreading the work over threads, the closest aliases of each two people, edges and their evidence. Not here:
deciding who is one child (clustering).
"""

import collections
import concurrent.futures
import dataclasses
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage import freeing
from joinedup.processes.childindex.linkage.scoring import (
    blocks,
    pairing,
    sketching,
    tables,
    terms,
    torn,
    weighing,
    weights,
)
from joinedup.processes.childindex.linkage.scoring.tables import Coded
from joinedup.processes.childindex.linkage.settings import LinkSettings

_PLACES, _MATCH_PLACES = 4, 6
_ROWS_AT_ONCE = 100_000


@dataclasses.dataclass(frozen=True, slots=True)
class Weighed:
    """The edges of a run, and what is needed to give the evidence of any of them.

    Shapes: `edges` has one row for each pair of person records, `left` < `right`, ordered by them: `left_row`, `right_row`
    (their most alike aliases), `weight`, `kin`, `kin_bits`, `telling`, `thin`, `torn`.
    Units: `weight` in bits; it contains the kin term, and `kin_bits` says how much of it that is.
    """

    edges: pa.Table
    _table: Coded
    _rarity: weighing.Rarity
    _weights: weights.Weights

    def with_evidence(self, edges: pa.Table) -> pa.Table:
        """Return some of the edges with the two records that are most alike, and each field's level and bits.

        Shapes: `edges` are rows of `self.edges`, with or without more columns.
        """
        one, two = (edges.column(f"{side}_row").to_numpy() for side in ("left", "right"))
        levels, bits = _explained(self._table, self._rarity, self._weights, one, two)
        shown = pa.table({
            "left": edges.column("left"),
            "right": edges.column("right"),
            "left_record": self._table.record[one],
            "right_record": self._table.record[two],
        })  # fmt: skip
        for name in edges.column_names:
            if name not in {"left", "right", "left_row", "right_row"}:
                shown = shown.append_column(name, edges.column(name))
        for place, name in enumerate(self._weights.names):
            known = pa.array(self._weights.levels[place], pa.string())
            shown = shown.append_column(f"{name}_level", known.take(pa.array(levels[:, place])))
            shown = shown.append_column(f"{name}_bits", pa.array(np.round(bits[:, place], _PLACES)))
        return shown


def weigh(table: Coded, model: weights.Model, settings: LinkSettings, *, elsewhere: pa.Table | None = None) -> Weighed:
    """Return the pairs of people that are alike enough to be linked, reviewed or kept apart as kin.

    Shapes: `elsewhere` are pairs that another engine found and weighed by the same model, which are then not sought here:
    `alias_id_l`, `alias_id_r` (rows of the table, in either order) and `match_weight`.
    Errors: UnknownCondition when the model asks what compiled code cannot answer.
    """
    read = weights.read(model)
    rarity = tables.rarity(table, read.rare_columns)
    if elsewhere is None:
        kept = [_pairs(table, rarity, read, blocks.read(model), settings)]
    else:
        kept = [_found_elsewhere(table, read, elsewhere)]
    freeing.free(len(table.person))
    # Of what is taken out of the list nobody holds more than is chosen.
    one, two, match, levels = _closest(table, kept.pop())
    judged = terms.judge(levels, read)
    del levels
    kin_bits = np.where(judged.kin, -settings.kin_bits, 0.0)
    weight = np.round(match + kin_bits, _PLACES)
    ends = np.stack([table.person_at[one], table.person_at[two]])
    edges = {
        "left": table.person[one],
        "right": table.person[two],
        "left_row": one,
        "right_row": two,
        "weight": weight,
        "kin": judged.kin,
        "kin_bits": kin_bits,
        "telling": judged.telling,
        "thin": judged.thin,
        "torn": torn.find(ends, weight, judged.kin, judged.telling, settings.margin_bits),
    }
    return Weighed(pa.table(edges), table, rarity, read)


def _found_elsewhere(table: Coded, read: weights.Weights, weighed: pa.Table) -> pairing.Kept:
    """Return pairs of aliases that another engine weighed, the lower row first, with their answers."""
    ends = np.sort(np.stack([weighed.column(f"alias_id_{side}").to_numpy() for side in "lr"]), axis=0)
    one, two = (np.ascontiguousarray(end.astype(np.int32)) for end in ends)
    levels = _explained(table, np.zeros((len(table.person), len(read.rare_columns)), np.float32), read, one, two)[0]
    return pairing.Kept(one, two, weighed.column("match_weight").to_numpy().astype(np.float64), levels)


def _pairs(
    table: Coded,
    rarity: weighing.Rarity,
    read: weights.Weights,
    rules: list[tuple[int, ...]],
    settings: LinkSettings,
) -> pairing.Kept:
    """Return the pairs of aliases that reach the weight from which a person is asked."""
    kept = []
    with concurrent.futures.ThreadPoolExecutor(settings.threads) as pool:
        sketches = _sketched(table, pool)
        job = pairing.Job(
            table.columns, sketches, rarity, read.plan, table.person_at, blocks.masks(rules), settings.review_bits
        )
        for rule, found in enumerate(_bucketed(table, rules, pool)):
            pieces = [pool.submit(pairing.scan, job, rule, found, *piece) for piece in blocks.pieces(found)]
            kept += [piece.result() for piece in pieces]
    if not kept:
        return pairing.Kept(
            np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0), np.empty((0, len(read.names)), np.int8)
        )
    return _joined(kept)


def _joined(kept: list[pairing.Kept]) -> pairing.Kept:
    """Return all that was kept in one, and let go of each piece as soon as it stands there."""
    count = sum(len(piece.one) for piece in kept)
    joined = pairing.Kept(*(np.empty((count, *each.shape[1:]), each.dtype) for each in kept[0]))
    end = count
    while kept:
        piece = kept.pop()
        begin = end - len(piece.one)
        joined.one[begin:end], joined.two[begin:end], joined.weight[begin:end] = piece.one, piece.two, piece.weight
        joined.levels[begin:end] = piece.levels
        end = begin
    return joined


def _bucketed(
    table: Coded, rules: list[tuple[int, ...]], pool: concurrent.futures.Executor
) -> Iterator[blocks.Buckets]:
    """Yield the buckets of each rule; those of the next are made while the pairs of this one are weighed."""
    coming: collections.deque[concurrent.futures.Future[blocks.Buckets]] = collections.deque()
    for rule in rules:
        coming.append(pool.submit(blocks.bucket, table.columns.cells, np.array(rule, np.int32)))
        if len(coming) > 1:
            yield coming.popleft().result()
    for each in coming:
        yield each.result()


def _sketched(table: Coded, pool: concurrent.futures.Executor) -> sketching.Sketches:
    """Return the sketches of all aliases."""
    sketches = sketching.empty(len(table.person))
    spelling = sketching.spell(table.columns.begins, table.columns.letters)
    begins = range(0, len(sketches), _ROWS_AT_ONCE)
    ends = [min(begin + _ROWS_AT_ONCE, len(sketches)) for begin in begins]
    for each in [
        pool.submit(sketching.sketch, table.columns, spelling, begin, end, sketches)
        for begin, end in zip(begins, ends, strict=True)
    ]:
        each.result()
    return sketches


def _closest(table: Coded, kept: pairing.Kept) -> pairing.Kept:
    """Return for each two people their two most alike aliases, the oldest of equals, ordered by the people."""
    # Rows stand in the order of people, so the lower row is the lower person.
    people = np.int64(table.person_at[-1] + 1 if len(table.person_at) else 1)
    pair = table.person_at[kept.one] * people + table.person_at[kept.two]
    if people == len(table.person_at):
        # Each person has one alias, and no pair comes twice.
        return _chosen(kept, np.argsort(pair))
    order = np.lexsort((kept.two, kept.one, -np.round(kept.weight, _MATCH_PLACES), pair))
    first = np.ones(len(order), np.bool_)
    first[1:] = pair[order[1:]] != pair[order[:-1]]
    return _chosen(kept, order[first])


def _chosen(kept: pairing.Kept, chosen: NDArray[np.intp]) -> pairing.Kept:
    return pairing.Kept(kept.one[chosen], kept.two[chosen], kept.weight[chosen], kept.levels[chosen])


def _explained(
    table: Coded,
    rarity: weighing.Rarity,
    read: weights.Weights,
    one: NDArray[np.int32],
    two: NDArray[np.int32],
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    shape = (len(one), len(read.names))
    levels, bits = np.empty(shape, np.int8), np.empty(shape)
    weighing.explain(table.columns, rarity, read.plan, one, two, (levels, bits))
    return levels, bits
