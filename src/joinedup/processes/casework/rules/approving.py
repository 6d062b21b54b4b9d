"""What a manager agrees to beforehand: closing, and handing over.

Belongs here: which acts wait, and the answers. Not here: for whom they wait, which the matrix says by `accept`.
"""

import enum


class ApprovedAct(enum.StrEnum):
    """What is asked for."""

    CLOSE = "close"  #: that the episode ends
    TRANSFER = "transfer"  #: that it is offered to another team, or moves to another level
    HAND_OVER = "hand_over"  #: that another person leads


class Approving(enum.StrEnum):
    """What was answered."""

    WAITING = ""  #: nobody has answered
    AGREED = "agreed"  #: it may be done, once
    REFUSED = "refused"  #: it may not; the words say why
