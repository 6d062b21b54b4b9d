"""Writes of exports: asking, the second person, taking, and calling back."""

from joinedup.governance.exports.operations.asking import ask, decide, withdraw
from joinedup.governance.exports.operations.taking import Taken, take

__all__ = ["Taken", "ask", "decide", "take", "withdraw"]
