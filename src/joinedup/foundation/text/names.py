"""Names folded for comparison: one form for the many ways people and systems write the same name.

Belongs here: letters, sounds and known variants. Not here: weighing how alike two people are (childindex).
"""

import csv
import functools
import importlib.resources
import re
import unicodedata

import jellyfish

_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
)
_BETWEEN_NAMES = re.compile(r"[\s\-\u2010-\u2015_/,.]+")
_NOT_A_LETTER = re.compile(r"[^a-z0-9 ]+")
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00c4\u00c5\u00c6\u00e2]")


@functools.lru_cache(maxsize=262_144)
def fold_name(written: str) -> str:
    """Return a name in plain lower-case letters: "O'Néill-Łukasz" becomes "oneill lukasz".

    Shapes: words apart by one space; hyphens part words, apostrophes vanish; letters of other scripts are dropped.
    """
    if written.isascii():
        plain = written.lower()
    else:
        lowered = written.casefold().translate(_SPECIAL)
        decomposed = unicodedata.normalize("NFKD", lowered)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_NOT_A_LETTER.sub("", _BETWEEN_NAMES.sub(" ", plain)).split())


def name_tokens(*written: str) -> tuple[str, ...]:
    """Return the folded words of several names in order, each once."""
    return tuple(dict.fromkeys(token for name in written for token in fold_name(name).split()))


@functools.lru_cache(maxsize=65_536)
def sound(folded: str) -> str:
    """Return how a folded name sounds, so that "stephen" and "steven" agree.

    Source: Metaphone (Philips 1990), as the jellyfish library has it.
    """
    return jellyfish.metaphone(folded)


@functools.lru_cache(maxsize=1)
def _variant_groups() -> dict[str, tuple[str, ...]]:
    """Map each known given name to its group: the first of a row is the canonical form."""
    reference = importlib.resources.files("joinedup.foundation.text") / "reference" / "given_name_variants.csv"
    lines = reference.read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell for cell in row if cell) for row in csv.reader(lines) if row and not row[0].startswith("#")]
    groups: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for name in row:
            groups.setdefault(name, row)
    return groups


def canonical_given_name(folded: str) -> str:
    """Return the name under which a nickname or another spelling is known: "bill" is "william"."""
    group = _variant_groups().get(folded)
    return group[0] if group else folded


def spelling_variants(folded: str) -> tuple[str, ...]:
    """Return the other names and spellings of a given name, itself not included."""
    return tuple(name for name in _variant_groups().get(folded, ()) if name != folded)


def repair_mojibake(written: str) -> str:
    """Return text that was encoded twice as it was meant: "JosÃ©" becomes "José".

    Text that cannot have come about that way is returned as it is.
    """
    if not _MOJIBAKE.search(written):
        return written
    try:
        return written.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return written
