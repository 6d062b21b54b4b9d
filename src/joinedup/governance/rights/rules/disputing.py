"""Rules of disputed facts: what becomes of one, and how a line of a record is known again.

Belongs here: values. Not here: the record's lines (queries), who decides (operations).
"""

import dataclasses
import datetime
import enum
import hashlib
import uuid


class Decision(enum.StrEnum):
    """What was decided of a disputed fact. In no case is what an agency said written over."""

    WAITING = ""  #: being looked into
    NOTED = "noted"  #: nobody can tell; both stand beside each other
    CORRECTED = "corrected"  #: the agency puts its own record right; the mark goes when its new row comes
    UPHELD = "upheld"  #: checked, and the agency's record is right; that it is disputed stays


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That one thing an agency says is disputed: since when, what is said against it, and what was decided.

    It stands as long as that agency says the same, in whichever of its records.
    """

    source_record_id: uuid.UUID
    agency_name: str
    part: str
    kind: str
    value: str
    words: str
    since: datetime.date
    decision: Decision


def key_of(*, agency: str, part: str, kind: str, value: str) -> str:
    """Return the key by which one line of a record is named in a form: it says nothing of what the line holds.

    Shapes: 32 hexadecimal digits.
    """
    said = "\x1f".join([agency, part, kind, value])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
