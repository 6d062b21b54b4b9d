"""Words that everyone here would guess, and what is left of a password without them.

Belongs here: one measure. Not here: which words those are (settings), asking for a password (web).
"""

import re
from collections.abc import Iterable

#: So many letters must be left that nobody guesses from where a person works.
FEWEST_OWN_LETTERS = 8
_SHORTEST_WORD_LETTERS = 4


def own_letters(password: str, *, guessable: Iterable[str]) -> int:
    """Return how many letters of a password are in none of the guessable words.

    Words of fewer than four letters count for nothing, for they stand in many others. Digits and signs are how people
    lengthen a word that they were refused, so they are no letters.
    """
    left = password.casefold()
    words = {word for said in guessable for word in re.findall(r"[^\W\d_]+", said.casefold())}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD_LETTERS:
            left = left.replace(word, " ")
    return sum(letter.isalpha() for letter in left)
