"""Wording: one written name, sex or address in the forms that records are compared in.

Belongs here: what is particular to names of people and homes. Not here: letters as such (foundation.text).
"""

from collections.abc import Sequence

from joinedup.foundation import text

#: What stands in a name field when the name is not known or not yet given: the whole of it, or words within it.
_NOT_A_NAME = frozenset({
    "child", "female", "fnu", "lnu", "male", "na", "nk", "none", "notgiven", "notknown", "null", "tba", "tbc", "test",
    "unk", "unknown", "unnamed", "xx", "xxx", "xxxx",
})  # fmt: skip
_NOT_PART_OF_A_NAME = frozenset({
    "baby", "babyboy", "babygirl", "boy", "girl", "infant", "miss", "mr", "mrs", "ms", "twin", "unborn", "unknown",
})  # fmt: skip
_NO_NAME = _NOT_A_NAME | _NOT_PART_OF_A_NAME
#: Words inside family names that many unrelated families share.
_PARTICLES = frozenset({
    "al", "el", "bin", "binti", "bint", "ibn", "abu", "de", "da", "di", "do", "dos", "del", "della", "van", "von",
    "der", "den", "la", "le", "mac", "mc", "o", "st", "ur",
})  # fmt: skip
_SERVANT_OF = frozenset({"abd", "abdul", "abdel", "abdal", "abdu"})
#: Titles that stand where a family name is asked for; another agency may have the father's or husband's name instead.
_TITLES = frozenset({
    "akhtar", "akter", "aktar", "begum", "begam", "bano", "bi", "bibi", "kaur", "khanam", "khanum", "khatun", "khatoon",
    "nessa", "nisa", "parveen", "parvin", "singh", "sultana",
})  # fmt: skip
_LEAST_PART_LETTERS = 3
_SEVERAL = 2
#: Forenames that brothers commonly share before the name that each is called by.
SHARED_FORENAMES = ("mohammed", "syed", "sheikh")


def name_words(written: str) -> list[str]:
    """Return the folded words of a name, without what is not a name: "Baby Boy", "Twin 2", "Not Known"."""
    if written.isascii() and written.isalpha():
        # Most names are one word of plain letters, which is soon done.
        word = written.lower()
        return [] if word in _NO_NAME else [word]
    words = text.fold_name(text.repair_mojibake(written)).split()
    if "".join(words) in _NOT_A_NAME:
        return []
    return [word for word in words if word not in _NOT_PART_OF_A_NAME and not word.isdigit()]


def forenames(written: str) -> list[str]:
    """Return the words of given names, "Abdul" and its like as one word with the name of God that follows."""
    return as_forenames(name_words(written))


def as_forenames(words: Sequence[str]) -> list[str]:
    """Return the words of a name as those of given names."""
    joined: list[str] = list(words[:1])
    for word in words[1:]:
        if joined[-1] in _SERVANT_OF:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def canonical_forenames(written: str) -> list[str]:
    """Return for each word the name of which it is a short form or another spelling."""
    return [text.canonical_given_name(word) for word in forenames(written)]


def telling_words(written: str) -> list[str]:
    """Return the parts of a family name that tell families apart, and the whole of it in one word."""
    return telling(name_words(written))


def telling(words: list[str]) -> list[str]:
    """Return which of a family name's words tell families apart, and all of them in one."""
    if len(words) < _SEVERAL:
        return words
    parts = [word for word in words if len(word) >= _LEAST_PART_LETTERS and word not in _PARTICLES]
    return [*parts, "".join(words)]


def is_title(written: str) -> bool:
    """Return whether nothing but titles stands where a family name is asked for."""
    return are_titles(name_words(written))


def are_titles(words: list[str]) -> bool:
    """Return whether a family name's words are nothing but titles."""
    return bool(words) and _TITLES.issuperset(words)


def sound_of_all(written: str) -> str:
    """Return how a family name sounds, its words run together."""
    return text.sound("".join(name_words(written)))


def sex(written: str) -> str:
    """Return the sex where it is stated; anything else says nothing."""
    return written if written in {"F", "M"} else ""


def street(address: str) -> str:
    """Return what tells one home from another: the numbers of flat and house and the first word of the street.

    An address without a number tells too little and gives nothing.
    """
    words = text.fold_name(address).split()
    numbered = [place for place, word in enumerate(words[:6]) if word[0].isdigit()][:2]
    if not numbered:
        return ""
    return " ".join([*(words[place] for place in numbered), *words[numbered[-1] + 1 : numbered[-1] + 2]])
