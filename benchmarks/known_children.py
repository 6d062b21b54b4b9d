"""Known children in memory: labelled records as they stand in the index, met by key and weighed as the product does.

Belongs here: records, keys, model and truth, and asking the product's own rule. Not here: what is measured.
"""

import collections
import dataclasses
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks import places
from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import engine, learning, matchkeys, records, single, training
from joinedup.processes.childindex.linkage.coding import making
from joinedup.processes.childindex.linkage.lore import Lore
from joinedup.processes.childindex.linkage.scoring import online, tables
from joinedup.processes.childindex.linkage.settings import LinkSettings
from joinedup.synthesis.records_only import make

NAMES = {
    "given_name": "forename",
    "middle_names": "middle_names",
    "family_name": "surname",
    "preferred_name": "known_as",
    "former_family_name": "former_surname",
    "sex": "sex",
    "nhs_number": "nhs_number",
    "upn": "upn",
    "former_upn": "former_upn",
    "address": "address",
    "postcode": "postcode",
    "agency": "agency",
}
_MEMORY = "2500MB"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A model and what was learnt beside it."""

    model: training.SavedModel
    lore: Lore

    def scorer(self) -> online.Scorer:
        """Return the scorer that a process holds between requests."""
        return online.Scorer(self.model.settings(), LinkSettings(), self.lore)


def linkage_table(made: make.Made) -> pa.Table:
    """Return made records as linking takes them; practices' numbers are verified."""
    given = made.records
    former = [[number] if number else None for number in given.column("former_nhs_number").to_pylist()]
    is_verified = pc.and_(pc.equal(given.column("agency"), "gp"), pc.is_valid(given.column("nhs_number")))
    columns = {ours: given.column(theirs) for ours, theirs in NAMES.items()} | {
        "record_id": given.column("unique_id"),
        "person_record_id": given.column("unique_id"),
        "said_date": _dates(given.column("said_date")),
        "birth_date": _dates(given.column("dob")),
        "nhs_number_verified": is_verified,
        "former_nhs_numbers": pa.array(former, pa.list_(pa.string())),
    }
    return records.conform(pa.table(columns))


def _dates(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.strptime(column, format="%Y-%m-%d", unit="s", error_is_null=True), pa.date32())


def learn(table: pa.Table) -> Learnt:
    """Fit a model to records, as a link run does."""
    settings = LinkSettings(memory_limit=_MEMORY)
    coded = making.code(table)
    with engine.opened(settings) as at_work:
        model = training.train(tables.as_arrow(coded), at_work, settings)
    return Learnt(model=model, lore=learning.learn(coded))


def learnt(*, records: int, seed: int = 77) -> Learnt:
    """Return a model fitted to so many made records, learnt once for this state of the code."""
    kept = places.home() / f"learnt-{records}-{seed}-{places.fingerprint_of_known()}.json"
    if not kept.exists():
        places.say(f"Learning from {records:,} records ...")
        found = learn(linkage_table(make.make(records=records, seed=seed)))
        said = [found.model.text, found.model.by_hand, found.model.trained_records, found.lore.as_json()]
        kept.write_text(json.dumps(said), encoding="utf-8")
    model, by_hand, trained, lore = json.loads(kept.read_text(encoding="utf-8"))
    saved = training.SavedModel(text=model, by_hand=by_hand, trained_records=trained)
    return Learnt(model=saved, lore=Lore.from_json(lore))


def packed(table: pa.Table) -> Iterator[tuple[tuple[str, str], list[int]]]:
    """Return each record as it is kept in the index, with its keys, in order."""
    for row in table.to_pylist():
        (alias,) = single.standardise([row])
        alias["former_nhs"] = row["former_nhs_numbers"] or []
        alias["former_upn"] = [row["former_upn"]] if row["former_upn"] else []
        yield matchkeys.pack(alias), matchkeys.keys_of(alias)


class Index:
    """All records under their keys, and the truth beside them."""

    def __init__(self, made: make.Made, learnt: Learnt) -> None:
        kept = list(packed(linkage_table(made)))
        self.said = [said for said, _ in kept]
        self.keys = [keys for _, keys in kept]
        self.child: NDArray[np.int64] = made.truth.column("child_id").to_numpy()
        self.home: NDArray[np.int64] = made.truth.column("household_id").to_numpy()
        counts = np.array([len(keys) for keys in self.keys])
        flat = np.fromiter(itertools.chain.from_iterable(self.keys), np.int64, int(counts.sum()))
        owner = np.repeat(np.arange(len(kept)), counts)
        order = np.lexsort((owner, flat))
        self._flat, self._owner = flat[order], owner[order]
        self._scorer = learnt.scorer()
        self.of_child: dict[int, list[int]] = collections.defaultdict(list)
        for record, child in enumerate(self.child.tolist()):
            self.of_child[child].append(record)

    def met(self, record: int, *, hidden: set[int]) -> list[int]:
        """Return the records that share a key with one, as the database's look-up would."""
        found: set[int] = set()
        for key in self.keys[record]:
            begin, end = np.searchsorted(self._flat, key), np.searchsorted(self._flat, key, side="right")
            found.update(self._owner[begin : min(end, begin + matchkeys.MOST_OF_ONE_KEY)].tolist())
        return sorted(found - hidden)

    def decide(
        self, record: int, met: Sequence[int], limits: rules.Limits
    ) -> tuple[rules.Decided[int], list[online.Candidate]]:
        """Return what the rule makes of a record, and how alike those are whom it met."""
        mine = [self._alias(record)]
        theirs = [self._alias(other) for other in met]
        matchkeys.one_number(mine, theirs)
        found = self._scorer.score_one(mine, theirs)
        return rules.decide((self._likeness(each) for each in found), limits), found

    def _alias(self, record: int) -> dict[str, Any]:
        return matchkeys.unpack(*self.said[record], person=record, record=record)

    def _likeness(self, each: online.Candidate) -> rules.Likeness[int]:
        return rules.likeness_of(int(self.child[each.person_record_id]), each.evidence())

    def with_other_records(self) -> list[int]:
        """Return the records of children of whom there is another."""
        return [record for record, child in enumerate(self.child.tolist()) if len(self.of_child[child]) > 1]

    def with_known_kin(self) -> list[int]:
        """Return the records of children at whose home another child is known."""
        children: dict[int, set[int]] = collections.defaultdict(set)
        for child, home in zip(self.child.tolist(), self.home.tolist(), strict=True):
            children[home].add(child)
        return [record for record, home in enumerate(self.home.tolist()) if len(children[home]) > 1]


def drawn(records_: Sequence[int], count: int, *, seed: int) -> list[int]:
    """Return some of the records, the same ones every time."""
    return random.Random(seed).sample(records_, min(count, len(records_)))
