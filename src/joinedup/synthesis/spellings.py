"""Names that are nearly one: two ways to spell one name by its sounds, and two names that are taken for each other.

Belongs here: letters of names, by no list. Not here: lists of spellings and the customs of families (names).
"""

import random

from rapidfuzz.distance import Levenshtein

_MOST_SLIPS = 2
_LONG_NAME_LETTERS = 4
#: Letters that stand for one sound when a name is put into Latin script, by the custom of the community.
_ONE_SOUND = {
    "pakistani": (("ee", "i"), ("oo", "u"), ("aa", "a"), ("ah", "a"), ("ia", "iya"), ("q", "k"), ("sh", "s"), ("z", "dh")),
    "bangladeshi": (("ee", "i"), ("oo", "u"), ("aa", "a"), ("ah", "a"), ("u", "o"), ("z", "j"), ("v", "b")),
    "sikh": (("ee", "i"), ("oo", "u"), ("aa", "a"), ("v", "w"), ("j", "z")),
    "arabic": (("ee", "i"), ("ou", "u"), ("aa", "a"), ("ah", "a"), ("y", "i"), ("q", "k"), ("dh", "d"), ("ss", "s")),
    "patronymic": (("aa", "a"), ("x", "h"), ("c", "a"), ("ee", "e"), ("dh", "d"), ("ii", "i")),
    "one_name": (("ee", "i"), ("oo", "u"), ("th", "t"), ("sh", "s"), ("aa", "a"), ("z", "s")),
    "gendered": (("w", "v"), ("sz", "sh"), ("cz", "ch"), ("j", "y"), ("rz", "z")),
    "west_african": (("oo", "o"), ("u", "ou"), ("kw", "qu"), ("y", "i"), ("nn", "n")),
    "chinese": (("x", "s"), ("zh", "z"), ("q", "ch"), ("ng", "n"), ("ei", "ay")),
}  # fmt: skip
_LEAST_RESPELT_LETTERS = 4


def are_near(one: str, other: str) -> bool:
    """Say whether two names are taken for each other: one first letter, and at most two slips apart."""
    most = _MOST_SLIPS if len(one) > _LONG_NAME_LETTERS else 1
    return one != other and one[0] == other[0] and Levenshtein.distance(one, other) <= most


def respelt(name: str, structure: str, chance: random.Random) -> str:
    """Return a name put into Latin script another way, by its sounds and by no list; the name itself where none fits."""
    if len(name) < _LEAST_RESPELT_LETTERS:
        return name
    sounds = [pair for one, other in _ONE_SOUND.get(structure, ()) for pair in ((one, other), (other, one))]
    fitting = [(old, new) for old, new in sounds if old in name[1:]]
    if not fitting:
        return name
    old, new = chance.choice(fitting)
    return name[0] + name[1:].replace(old, new, 1)
