"""Rules of the child index: by what a child is found, how a find explains itself, and which facts describe the child.

Belongs here: pure choices on frozen values. Not here: rows (models), weighing pairs of records (linkage).
"""

from joinedup.processes.childindex.rules.answering import who_answers
from joinedup.processes.childindex.rules.arriving import Arrival, Decided, Doubt, Likeness, Limits, decide, likeness_of
from joinedup.processes.childindex.rules.criteria import AgeBand, Criteria, EmptyCriteria, Purpose
from joinedup.processes.childindex.rules.facts import AUTHORITY, FIELDS, Fact, Saying, Summary, facts_of, summary_of
from joinedup.processes.childindex.rules.holding import Kept, keep_apart
from joinedup.processes.childindex.rules.identity import (
    FEWEST_LETTERS,
    MOST_WORDS,
    Answer,
    Because,
    Change,
    ChangeKind,
    Decision,
    ModelState,
    NotDone,
    RejoinOutcome,
    TooFewWords,
    changes,
    holds_a_parted_pair,
    sides_after_undo,
)
from joinedup.processes.childindex.rules.keys import guarded, keys_of, spellings_of, stub_keys_of, words_of
from joinedup.processes.childindex.rules.matching import Candidate, Match, WordKind, match, swapped_day_and_month
from joinedup.processes.childindex.rules.nightly import Held, hold
from joinedup.processes.childindex.rules.waterfall import WIDTH, Bar, Step, Waterfall, waterfall

__all__ = [
    "AUTHORITY",
    "FEWEST_LETTERS",
    "FIELDS",
    "MOST_WORDS",
    "WIDTH",
    "AgeBand",
    "Answer",
    "Arrival",
    "Bar",
    "Because",
    "Candidate",
    "Change",
    "ChangeKind",
    "Criteria",
    "Decided",
    "Decision",
    "Doubt",
    "EmptyCriteria",
    "Fact",
    "Held",
    "Kept",
    "Likeness",
    "Limits",
    "Match",
    "ModelState",
    "NotDone",
    "Purpose",
    "RejoinOutcome",
    "Saying",
    "Step",
    "Summary",
    "TooFewWords",
    "Waterfall",
    "WordKind",
    "changes",
    "decide",
    "facts_of",
    "guarded",
    "hold",
    "holds_a_parted_pair",
    "keep_apart",
    "keys_of",
    "likeness_of",
    "match",
    "sides_after_undo",
    "spellings_of",
    "stub_keys_of",
    "summary_of",
    "swapped_day_and_month",
    "waterfall",
    "who_answers",
    "words_of",
]
