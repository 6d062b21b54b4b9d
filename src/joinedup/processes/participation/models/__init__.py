"""Tables of participation. Whose voice a row is, and that it is theirs, the database writes itself: see functions."""

from joinedup.processes.participation.models.inviting import Invitation
from joinedup.processes.participation.models.saying import AboutMe, View

__all__ = ["AboutMe", "Invitation", "View"]
