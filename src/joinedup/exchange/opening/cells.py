"""Single cells made fit to keep: words cleaned of what is not text, and the codes that every agency shares.

Belongs here: conversions of one cell. Not here: dates (dates), whole identities (identities).
"""

import unicodedata

from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import text

#: Names, services and the like: whatever is longer is no name.
WORDS_LIMIT = 200
ADDRESS_LIMIT = 300
PHONE_LIMIT = 40
RELATIONSHIP_LIMIT = 60
TEAM_CODE_LIMIT = 60
#: An agency's own number for a person or a message.
ID_LIMIT = 60

_JOINERS = "\u200c\u200d"
_SEX = {
    "f": records_rules.Sex.FEMALE,
    "female": records_rules.Sex.FEMALE,
    "girl": records_rules.Sex.FEMALE,
    "2": records_rules.Sex.FEMALE,
    "m": records_rules.Sex.MALE,
    "male": records_rules.Sex.MALE,
    "boy": records_rules.Sex.MALE,
    "1": records_rules.Sex.MALE,
    "u": records_rules.Sex.UNKNOWN,
    "unknown": records_rules.Sex.UNKNOWN,
    "not known": records_rules.Sex.UNKNOWN,
    "indeterminate": records_rules.Sex.UNKNOWN,
    "0": records_rules.Sex.UNKNOWN,
    "9": records_rules.Sex.UNKNOWN,
}


def words(cell: str) -> str:
    """Return a cell as one line of printable text, put right where it was encoded twice.

    Shapes: runs of white space become one space; control and direction marks are dropped.
    """
    cell = cell.strip()
    if cell.isascii():
        return cell if cell.isprintable() and "  " not in cell else _printable(cell)
    return _printable(unicodedata.normalize("NFC", text.repair_mojibake(cell)))


def limited(cell: str, what: str, notes: list[str], *, limit: int = WORDS_LIMIT) -> str:
    """Return a cell's words, or nothing and a note where they are longer than `limit` characters."""
    if not cell:
        return ""
    found = words(cell)
    if len(found) > limit:
        notes.append(f"The {what} was left out: it is longer than {limit} characters.")
        return ""
    return found


def sex(cell: str) -> records_rules.Sex:
    """Return the sex that a letter, a word or a figure of the returns stands for.

    Source: SSDA903 and CIN census code sets: 1 male, 2 female until 2024; F, M, U since 2025; NHS: 0 and 9 not known.
    """
    return _SEX.get(cell.strip().lower(), records_rules.Sex.NOT_STATED)


def _printable(cell: str) -> str:
    joined = " ".join(cell.split())
    if joined.isprintable():
        return joined
    return "".join(character for character in joined if character.isprintable() or character in _JOINERS).strip()
