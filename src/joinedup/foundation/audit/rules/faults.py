"""What can be wrong with the audit, by its plain name.

Belongs here: the kinds of tampering that are told apart. Not here: finding them (queries).
"""

import enum
import uuid


class Kind(enum.StrEnum):
    """One kind of tampering."""

    ALTERED = "altered"  #: an event says something else than when it was sealed
    SUBJECTS_ALTERED = "subjects altered"  #: an event names other subjects
    BACK_DATED = "back-dated"  #: an event says another time, or one before its transaction can have begun
    DELETED = "deleted"  #: a sealed event is gone
    INSERTED = "inserted"  #: an event is there that must have been sealed long ago and was not
    REORDERED = "reordered"  #: sealed events have changed places
    TRUNCATED = "truncated"  #: the newest events that the heads know are gone
    REWRITTEN = "rewritten"  #: events and their seals were changed together
    HEADS_MISSING = "heads missing"  #: the database was sealed more often than there are heads
    OTHER_LOG = "other log"  #: the heads belong to another database


class Fault(Exception):
    """The first thing that is wrong: its kind, the event's number and identifier where it has one, and plain words."""

    def __init__(self, kind: Kind, words: str, *, number: int | None = None, event_id: uuid.UUID | None = None) -> None:
        super().__init__(words)
        self.kind = kind
        self.number = number
        self.event_id = event_id
