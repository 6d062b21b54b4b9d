"""Writes of tracking: searching for children who may be lost, and what people do about each."""

from joinedup.processes.tracking.operations.answering import answer, hand_back, take_on
from joinedup.processes.tracking.operations.searching import RunResult, search

__all__ = [
    "RunResult",
    "answer",
    "hand_back",
    "search",
    "take_on",
]
