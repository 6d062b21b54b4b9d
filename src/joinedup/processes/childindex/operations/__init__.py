"""Writes of the child index: keys, links, and the searches that people make.

Belongs here: what changes links and keys. Not here: comparing records (linkage) or keeping them (records).
"""

from joinedup.processes.childindex.operations.arriving import Arrived, arrive
from joinedup.processes.childindex.operations.asking import answer_question, leave_unsure
from joinedup.processes.childindex.operations.indexing import index_identities, learn_words, reindex
from joinedup.processes.childindex.operations.judging import answer_blind_pair, draw_blind_sample, set_thresholds
from joinedup.processes.childindex.operations.linking import (
    keep_measured,
    keep_quality,
    link_all,
    promote_model,
    roll_back_model,
    shadow_model,
    train_model,
)
from joinedup.processes.childindex.operations.refreshing import refresh_children
from joinedup.processes.childindex.operations.rejoining import agree_to_rejoin, propose_rejoin, refuse_rejoin
from joinedup.processes.childindex.operations.relating import refresh_all as refresh_relations
from joinedup.processes.childindex.operations.results import (
    AlreadyCurrent,
    LinkResult,
    NoSuchVersion,
    NotAllowed,
    NothingToLink,
    NotTried,
    SecondFactorNeeded,
    ShadowResult,
)
from joinedup.processes.childindex.operations.searching import begin_search, forget_old_searches
from joinedup.processes.childindex.operations.stewarding import confirm, link_records, part_records, undo

__all__ = [
    "AlreadyCurrent",
    "Arrived",
    "LinkResult",
    "NoSuchVersion",
    "NotAllowed",
    "NotTried",
    "NothingToLink",
    "SecondFactorNeeded",
    "ShadowResult",
    "agree_to_rejoin",
    "answer_blind_pair",
    "answer_question",
    "arrive",
    "begin_search",
    "confirm",
    "draw_blind_sample",
    "forget_old_searches",
    "index_identities",
    "keep_measured",
    "keep_quality",
    "learn_words",
    "leave_unsure",
    "link_all",
    "link_records",
    "part_records",
    "promote_model",
    "propose_rejoin",
    "refresh_children",
    "refresh_relations",
    "refuse_rejoin",
    "reindex",
    "roll_back_model",
    "set_thresholds",
    "shadow_model",
    "train_model",
    "undo",
]
