"""Writes of the assessment: beginning, writing together, choosing, signing, parting."""

from joinedup.processes.assessment.operations.beginning import Begun, add_child, begin
from joinedup.processes.assessment.operations.parting import begin_again, part
from joinedup.processes.assessment.operations.signing import sign_off
from joinedup.processes.assessment.operations.writing import Given, NoSuchWaiting, Told, choose, write_answers
from joinedup.processes.assessment.queries import NotAllowed

__all__ = [
    "Begun",
    "Given",
    "NoSuchWaiting",
    "NotAllowed",
    "Told",
    "add_child",
    "begin",
    "begin_again",
    "choose",
    "part",
    "sign_off",
    "write_answers",
]
