"""Writes of participation: inviting and coming in, saying what one thinks, answering it, and telling once."""

from joinedup.processes.participation.operations.inviting import Made, accept, invite, may_invite, withdraw
from joinedup.processes.participation.operations.saying import answer_view, give_view, write_about_me

__all__ = ["Made", "accept", "answer_view", "give_view", "invite", "may_invite", "withdraw", "write_about_me"]
