"""Rules of reading: how hard a text is to read, by a formula, and which of its words are explained.

Belongs here: counting words, and finding those of a list. Not here: the list (reference), how an explanation looks (web).
"""

import dataclasses
import re
from collections.abc import Mapping

#: A child of nine is in the fourth grade of the United States, whose schools the formula was made for.
GRADE_AT_AGE_NINE = 4.0
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
#: Endings whose vowel is silent, and that of "table", which is not.
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscxz]es|[^aeiou]les)$")


class NothingToRead(Exception):
    """A text has no word in it."""


def syllables(word: str) -> int:
    """Return about how many syllables an English word has, at least one; by its groups of vowels, silent endings left out."""
    letters = word.lower().replace("’", "'").split("'")[0]
    groups = len(_VOWELS.findall(letters))
    return max(groups - bool(_SILENT.search(letters)), 1)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text: the school year in which it is understood.

    Units: grades of United States schools; grade 4 is age 9 to 10. A line of its own is a sentence.
    Errors: NothingToRead.
    Source: Kincaid, Fishburne, Rogers and Chissom (1975), Navy Research Branch Report 8-75: 0.39 words a sentence
    + 11.8 syllables a word - 15.59.
    """
    sentences = [found for part in _END.split(text) if (found := _WORD.findall(part))]
    if not sentences:
        raise NothingToRead
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text; `means` explains it where it is a hard word, else it is empty."""

    text: str
    means: str = ""


def explained(text: str, glossary: Mapping[str, str]) -> tuple[Span, ...]:
    """Return a text in stretches, each hard word apart with its explanation; the longest of several that begin alike.

    Shapes: the stretches put together are the text; `glossary` gives explanations by words in small letters.
    """
    if not glossary:
        return (Span(text=text),) if text else ()
    longest_first = sorted(glossary, key=len, reverse=True)
    hard = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    spans, end = [], 0
    for found in hard.finditer(text):
        spans += [Span(text=text[end : found.start()]), Span(text=found[0], means=glossary[found[0].lower()])]
        end = found.end()
    return tuple(span for span in (*spans, Span(text=text[end:])) if span.text)
