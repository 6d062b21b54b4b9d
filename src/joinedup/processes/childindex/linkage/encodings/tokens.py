"""Tokens: a record's fields cut into the small pieces that two slightly different records still share.

Belongs here: which pieces a name, a date or a postcode is cut into. Not here: keys and filters.
"""

from collections.abc import Callable, Mapping

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import wording


def _pairs(word: str) -> list[str]:
    edged = f"_{word}_"
    return [edged[at : at + 2] for at in range(len(edged) - 1)]


def forename(written: str) -> list[str]:
    """Return the pairs of letters of given names, each name in the form under which its variants are known."""
    return sorted({pair for word in wording.canonical_forenames(written) for pair in _pairs(word)})


def surname(written: str) -> list[str]:
    """Return the pairs of letters of the words of a family name."""
    return sorted({pair for word in wording.name_words(written) for pair in _pairs(word)})


def birth_date(iso: str) -> list[str]:
    """Return a date's year, month and digits of the day, the whole of it, and day and month in either order.

    Shapes: text like 2015-03-12.
    """
    year, month, day = iso.split("-")
    either = "-".join(sorted((month, day)))
    return [f"y{year}", f"m{month}", f"t{day[0]}", f"u{day[1]}", f"e{either}", iso]


def sex(written: str) -> list[str]:
    """Return the sex where it is stated."""
    return [said] if (said := wording.sex(written)) else []


def postcode(written: str) -> list[str]:
    """Return a postcode's district, sector and the whole of it, and the characters of its end, each with its place."""
    standard = text.postcode(written)
    if not standard:
        return []
    outward, inward = standard.split(" ")
    return [outward, standard[:-2], standard, *(f"{at}{letter}" for at, letter in enumerate(inward))]


#: The tokens of each field of a scheme.
OF_FIELD: Mapping[str, Callable[[str], list[str]]] = {
    "forename": forename,
    "surname": surname,
    "birth_date": birth_date,
    "sex": sex,
    "postcode": postcode,
}
