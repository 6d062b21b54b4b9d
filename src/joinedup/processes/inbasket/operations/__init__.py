"""Writes of the in-basket: sending, holding, weighing, deciding, answering; each act checks, changes, audits and announces.

Belongs here: the acts of the one table. Not here: which are allowed (rules).
"""

from joinedup.processes.inbasket.operations.answering import Answer, AnsweredAlready, answer, read, withdraw
from joinedup.processes.inbasket.operations.deciding import Decision, NoSuchOutcome, NoWords, close, decide, tell
from joinedup.processes.inbasket.operations.holding import NotThere, claim, give, hand_on, put_back, take_back
from joinedup.processes.inbasket.operations.sending import send
from joinedup.processes.inbasket.operations.weighing import (
    AskedAlready,
    NoSuchAgency,
    ask,
    choose_child,
    set_urgency,
    split,
)
from joinedup.processes.inbasket.operations.writing import OwnItem, ReasonNeeded, TakenByOther

__all__ = [
    "Answer",
    "AnsweredAlready",
    "AskedAlready",
    "Decision",
    "NoSuchAgency",
    "NoSuchOutcome",
    "NoWords",
    "NotThere",
    "OwnItem",
    "ReasonNeeded",
    "TakenByOther",
    "answer",
    "ask",
    "choose_child",
    "claim",
    "close",
    "decide",
    "give",
    "hand_on",
    "put_back",
    "read",
    "send",
    "set_urgency",
    "split",
    "take_back",
    "tell",
    "withdraw",
]
