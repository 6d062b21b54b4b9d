"""Standardised aliases for the tests of scoring, made by either way."""

import itertools

from joinedup.processes.childindex.linkage import aliases, engine, learning, records, single
from joinedup.processes.childindex.linkage.settings import LinkSettings

SETTINGS = LinkSettings(training_pairs=200_000)


def together(table):
    """Return what a whole table becomes, and what it teaches."""
    conformed = records.conform(table)
    with engine.opened(SETTINGS) as at_work:
        standard = aliases.standardise(conformed, at_work)
        return standard, learning.learn(conformed, standard, at_work)


def one_by_one(table, learnt):
    """Return what each person's rows become by themselves, with what all of them teach."""
    by_person = sorted(records.conform(table).to_pylist(), key=lambda row: row["person_record_id"])
    people = itertools.groupby(by_person, key=lambda row: row["person_record_id"])
    return [learnt.applied(alias) for _person, rows in people for alias in single.standardise(list(rows), learnt)]
