"""Writes of child protection: a worry, the steps that follow, corrections, who takes part, and spans in care.

Each opens the child at the statutory tier, asks the matrix, changes, writes who did it and announces it, in one transaction.
"""

from joinedup.processes.protection.operations.entering import Asking
from joinedup.processes.protection.operations.inviting import MOST_DAYS, invite
from joinedup.processes.protection.operations.spanning import begin_span, correct_span, end_span
from joinedup.processes.protection.operations.stepping import correct_step, raise_worry, take_step

__all__ = [
    "MOST_DAYS",
    "Asking",
    "begin_span",
    "correct_span",
    "correct_step",
    "end_span",
    "invite",
    "raise_worry",
    "take_step",
]
