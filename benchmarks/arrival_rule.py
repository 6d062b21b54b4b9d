"""How often a record that arrives is linked right by itself, and how often wrongly where its child is not known.

Among 100,000 children as six agencies know them, with a model that was fitted to another hundred thousand. A known
child's record is taken out and arrives again; an unknown child's records are all taken out, a brother's or sister's stay.
In memory, by the product's own keys, scorer and rule; how long it takes in the database is another benchmark's.
"""

import collections
import os
import time
from typing import Any

from benchmarks import known_children, machine, places, report
from joinedup.processes.childindex import rules
from joinedup.synthesis.records_only import make

RECORDS = int(os.environ.get("BENCHMARKS_RECORDS", "250000"))
QUERIES = int(os.environ.get("BENCHMARKS_QUERIES", "32000"))
SEED_LEARNT, SEED_MEASURED = 77, 78
#: As in the settings; a benchmark that read them could be tuned by the environment.
LIMITS = rules.Limits(link=11.0, margin=4.0, review=-3.0)


def main() -> None:
    """Measure, and print the line."""
    report.is_full(__doc__ or "")  # the same in full
    places.say("arrival_rule: learning from other records")
    learnt = known_children.learn(known_children.linkage_table(make.make(records=RECORDS, seed=SEED_LEARNT)))
    places.say("arrival_rule: records of known children")
    index = known_children.Index(make.make(records=RECORDS, seed=SEED_MEASURED), learnt)
    began = time.process_time()
    known, absent = _known(index), _absent(index)
    cpu_ms = 1000 * (time.process_time() - began) / (known["queries"] + absent["queries"])
    with places.server():
        report.show(
            "arrival_rule",
            data={"children": len(index.of_child), "records": len(index.said), "link_bits": LIMITS.link}
            | {"margin_bits": LIMITS.margin},
            figure={"known": known, "unknown_with_known_kin": absent, "cpu_ms_a_record": round(cpu_ms, 2)}
            | {"peak_memory_mib": machine.peak_memory_mib()},
            goal={"candidate_recall": 0.993, "linked_right": 0.85, "linked_wrongly_where_unknown": 0.0002},
            peer=None,
        )


def _known(index: known_children.Index) -> dict[str, Any]:
    """Let records of known children arrive."""
    counted: collections.Counter[str] = collections.Counter()
    asked = known_children.drawn(index.with_other_records(), QUERIES, seed=1)
    for record in asked:
        met = index.met(record, hidden={record})
        counted["met"] += any(index.child[other] == index.child[record] for other in met)
        decided, found = index.decide(record, met, LIMITS)
        counted["first"] += bool(found) and index.child[found[0].person_record_id] == index.child[record]
        is_right = decided.child == index.child[record]
        counted[f"{decided.decision} {'right' if is_right else 'wrong'}"] += 1
    return {
        "queries": len(asked),
        "candidate_recall": _share(counted["met"], asked),
        "first_is_right": _share(counted["first"], asked),
        "linked_right": _share(counted["link right"], asked),
        "linked_wrongly": _share(counted["link wrong"], asked),
        "asked_about": _share(counted["review right"] + counted["review wrong"], asked),
        "taken_for_new": _share(counted["new wrong"], asked),
    }


def _absent(index: known_children.Index) -> dict[str, Any]:
    """Let records of children arrive who are not known while a brother or sister is."""
    counted: collections.Counter[str] = collections.Counter()
    asked = known_children.drawn(index.with_known_kin(), QUERIES, seed=2)
    for record in asked:
        hidden = set(index.of_child[int(index.child[record])])
        decided, _ = index.decide(record, index.met(record, hidden=hidden), LIMITS)
        counted[decided.decision] += 1
        if decided.decision is rules.Arrival.LINK:
            linked_home = index.home[index.of_child[decided.child or 0][0]]
            counted["to kin"] += bool(linked_home == index.home[record])
    return {
        "queries": len(asked),
        "linked_wrongly": _share(counted[rules.Arrival.LINK], asked),
        "of_these_to_kin": counted["to kin"],
        "wrong": counted[rules.Arrival.LINK],
        "asked_about": _share(counted[rules.Arrival.REVIEW], asked),
        "taken_for_new": _share(counted[rules.Arrival.NEW], asked),
    }


def _share(count: int, of: list[int]) -> float:
    return round(count / len(of), 6)


if __name__ == "__main__":
    main()
