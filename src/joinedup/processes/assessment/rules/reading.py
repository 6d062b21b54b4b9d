"""Rules of plain words: from which age on a text can be read, and which of its words are hard.

Belongs here: the formula. Not here: what is done about it. It marks; it never refuses what somebody wrote.
"""

import re

_SENTENCE = re.compile(r"[.!?:;\n]+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^aeiouy]ed|[^laeiouy]e)$")
#: A word with so many syllables is hard at nine.
HARD_SYLLABLES = 4
#: At which age a child in England is in the grade that the formula gives, at its first year.
_FIRST_GRADE_AGE = 5.0


def syllables(word: str) -> int:
    """Return about how many syllables an English word has, at least one."""
    plain = _SILENT.sub(lambda found: found.group()[0], word.lower()) if len(word) > 3 else word.lower()
    return max(len(_VOWELS.findall(plain)), 1)


def reading_age_years(text: str) -> float:
    """Return from which age on a text can be read; 0 for a text without words.

    Units: years.
    Source: Kincaid et al. (1975), the Flesch-Kincaid grade level, with five years added for the age.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    grade = 0.39 * len(words) / max(len(sentences), 1) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(grade + _FIRST_GRADE_AGE, _FIRST_GRADE_AGE)


def hard_words(text: str) -> tuple[str, ...]:
    """Return the long words of a text, each once, in the order of the text."""
    found = (word.lower() for word in _WORD.findall(text) if syllables(word) >= HARD_SYLLABLES)
    return tuple(dict.fromkeys(found))
