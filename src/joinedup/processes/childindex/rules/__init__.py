"""Rules of the child index: by what a child is found, how a find explains itself, and which facts describe the child.

Belongs here: pure choices on frozen values. Not here: rows (models), weighing pairs of records (linkage).
"""

from joinedup.processes.childindex.rules.answering import who_answers
from joinedup.processes.childindex.rules.arriving import Arrival, Decided, Doubt, Likeness, Limits, decide, likeness_of
from joinedup.processes.childindex.rules.asking import AskedBecause, QuestionOrder, SideBySide, Told, side_by_side
from joinedup.processes.childindex.rules.contacting import ContactSaid
from joinedup.processes.childindex.rules.criteria import AgeBand, Criteria, EmptyCriteria, Purpose
from joinedup.processes.childindex.rules.facts import AUTHORITY, FIELDS, Fact, Saying, Summary, facts_of, summary_of
from joinedup.processes.childindex.rules.forecasting import LEAST_BITS, MOST_BITS, Forecast, Staffing, Weights, forecast
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
from joinedup.processes.childindex.rules.judging import (
    MOST_PAIRS,
    BlindAnswer,
    BlindKind,
    Interval,
    NotFinished,
    NothingToDraw,
    Precision,
    decoys_for,
    pairs_to_draw,
    precision_of,
    wilson,
)
from joinedup.processes.childindex.rules.keys import guarded, keys_of, spellings_of, stub_keys_of, words_of
from joinedup.processes.childindex.rules.matching import Candidate, Match, WordKind, match, swapped_day_and_month
from joinedup.processes.childindex.rules.nightly import Held, hold
from joinedup.processes.childindex.rules.waterfall import WIDTH, Bar, Step, Waterfall, waterfall

__all__ = [
    "AUTHORITY",
    "FEWEST_LETTERS",
    "FIELDS",
    "LEAST_BITS",
    "MOST_BITS",
    "MOST_PAIRS",
    "MOST_WORDS",
    "WIDTH",
    "AgeBand",
    "Answer",
    "Arrival",
    "AskedBecause",
    "Bar",
    "Because",
    "BlindAnswer",
    "BlindKind",
    "Candidate",
    "Change",
    "ChangeKind",
    "ContactSaid",
    "Criteria",
    "Decided",
    "Decision",
    "Doubt",
    "EmptyCriteria",
    "Fact",
    "Forecast",
    "Held",
    "Interval",
    "Kept",
    "Likeness",
    "Limits",
    "Match",
    "ModelState",
    "NotDone",
    "NotFinished",
    "NothingToDraw",
    "Precision",
    "Purpose",
    "QuestionOrder",
    "RejoinOutcome",
    "Saying",
    "SideBySide",
    "Staffing",
    "Step",
    "Summary",
    "Told",
    "TooFewWords",
    "Waterfall",
    "Weights",
    "WordKind",
    "changes",
    "decide",
    "decoys_for",
    "facts_of",
    "forecast",
    "guarded",
    "hold",
    "holds_a_parted_pair",
    "keep_apart",
    "keys_of",
    "likeness_of",
    "match",
    "pairs_to_draw",
    "precision_of",
    "side_by_side",
    "sides_after_undo",
    "spellings_of",
    "stub_keys_of",
    "summary_of",
    "swapped_day_and_month",
    "waterfall",
    "who_answers",
    "wilson",
    "words_of",
]
