"""Rules of redaction: which lines of a record a person must decide on before they are given to whoever asked.

Belongs here: the finding of lines that may name or endanger someone else. Not here: the decision, which is a person's.
A line is held back when in doubt: what is held back too much costs a decision, what is given too much cannot be taken back.
"""

import dataclasses
import enum
import re
from collections.abc import Iterable

from joinedup.foundation import text
from joinedup.governance.rights.rules import asking

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PHONE = re.compile(r"(?:\+|\b0)[\d ()-]{8,}\d")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sgt|PC|DC|DS)\b\.? +[^\W\d_]")
#: Two capitals side by side within a sentence are most often someone's name.
_TWO_CAPITALS = re.compile(r"(?<=\s)[A-Z][\w'’-]+ [A-Z][\w'’-]+")
_SENSITIVE = 4
#: What somebody wrote to a service because they worried, and what agencies told each other about it, or about harm.
_IN_CONFIDENCE = frozenset({"contact", "protection"})
_SHORTEST_NAME = 2
#: What says where someone lives, which must not reach whoever may endanger them.
_PLACES = frozenset({"address", "postcode"})


class Why(enum.StrEnum):
    """Why a line waits for a person."""

    NAMES = "names"  #: it names or reaches another person
    PLACE = "place"  #: it says where someone lives, and someone else than the child asks
    SENSITIVE = "sensitive"  #: it was said in confidence, or is of police or youth justice


class Ruling(enum.StrEnum):
    """What a person decided of a line."""

    RELEASE = "release"  #: it is given
    REDACT = "redact"  #: it is left out, and that something was left out is said


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The words of a line, as far as they could give someone away."""

    part: str
    kind: str
    words: str
    person: str
    phone: str
    tier: int


def why_held(line: Named, *, asker: asking.Asker, own: frozenset[str], others: frozenset[str]) -> Why | None:
    """Return why a line waits for a person, or None where it is given as it is.

    Shapes: `own` and `others` are words of names, as `words_of_names` gives them; what is both is the family's.
    """
    if line.tier >= _SENSITIVE or line.part in _IN_CONFIDENCE:
        return Why.SENSITIVE
    if line.person or line.phone or line.part == "relative":
        return Why.NAMES
    if line.kind in _PLACES and asker is not asking.Asker.CHILD:
        return Why.PLACE
    if line.part == "identity":
        return None
    return Why.NAMES if _names_another(line, own=own, others=others) else None


def _names_another(line: Named, *, own: frozenset[str], others: frozenset[str]) -> bool:
    if any(sign.search(line.words) for sign in (_PHONE, _EMAIL, _TITLED)):
        return True
    if not words_of_names([line.words]).isdisjoint(others - own):
        return True
    # What help is called may be capitals all through; elsewhere there are sentences.
    names = [] if line.part == "help" else _TWO_CAPITALS.findall(line.words)
    return any(not words_of_names([name]) <= own for name in names)


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """Return the words that names are made of, as they are compared: with and without accents, in any script, no case."""
    return frozenset(
        word
        for name in names
        for word in (*text.fold_name(name).split(), *(found.casefold() for found in _WORD.findall(name)))
        if len(word) >= _SHORTEST_NAME
    )
