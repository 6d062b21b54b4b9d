"""Tables of the child index: which records are one child, what waits for a steward, and how a child is found.

Belongs here: links and keys. Not here: what the records say (records) or who the child is said to be now (people).
"""

from joinedup.processes.childindex.models.finding import NameSpelling, NameWord, Search, SearchKey
from joinedup.processes.childindex.models.identity import IdentityEvent, RejoinProposal, StewardDecision
from joinedup.processes.childindex.models.judging import BlindPair, BlindSample, ThresholdChange
from joinedup.processes.childindex.models.linking import Link, LinkRun, ModelVersion, ReviewTask
from joinedup.processes.childindex.models.matching import KnownAlias, Lore, MatchKey
from joinedup.processes.childindex.models.reviewing import ReviewNote
from joinedup.processes.childindex.models.sealing import HeldRecord, StubKey

__all__ = [
    "BlindPair",
    "BlindSample",
    "HeldRecord",
    "IdentityEvent",
    "KnownAlias",
    "Link",
    "LinkRun",
    "Lore",
    "MatchKey",
    "ModelVersion",
    "NameSpelling",
    "NameWord",
    "RejoinProposal",
    "ReviewNote",
    "ReviewTask",
    "Search",
    "SearchKey",
    "StewardDecision",
    "StubKey",
    "ThresholdChange",
]
