"""Rules of the child index: by what a child is found, how a find explains itself, and which facts describe the child.

Belongs here: pure choices on frozen values. Not here: rows (models), weighing pairs of records (linkage).
"""

from joinedup.processes.childindex.rules.answering import who_answers
from joinedup.processes.childindex.rules.criteria import AgeBand, Criteria, EmptyCriteria, Purpose
from joinedup.processes.childindex.rules.facts import AUTHORITY, FIELDS, Fact, Saying, Summary, facts_of, summary_of
from joinedup.processes.childindex.rules.holding import Kept, keep_apart
from joinedup.processes.childindex.rules.keys import guarded, keys_of, spellings_of, stub_keys_of, words_of
from joinedup.processes.childindex.rules.matching import Candidate, Match, WordKind, match, swapped_day_and_month

__all__ = [
    "AUTHORITY",
    "FIELDS",
    "AgeBand",
    "Candidate",
    "Criteria",
    "EmptyCriteria",
    "Fact",
    "Kept",
    "Match",
    "Purpose",
    "Saying",
    "Summary",
    "WordKind",
    "facts_of",
    "guarded",
    "keep_apart",
    "keys_of",
    "match",
    "spellings_of",
    "stub_keys_of",
    "summary_of",
    "swapped_day_and_month",
    "who_answers",
    "words_of",
]
