"""Passwords that colleagues would guess: made of the words of the place, the product and the work.

Belongs here: Django's form of the rule. Not here: the measure (rules.passwords), the words (settings).
"""

from collections.abc import Sequence
from typing import Any

from django.core import exceptions

from joinedup.foundation.access import queries, rules

_SAID = (
    "Use words of your own. Without the words that everyone here knows, such as the name of the area, at least "
    f"{rules.FEWEST_OWN_LETTERS} letters must be left."
)


class WordsOfThePlace:
    """Refuses a password that is mostly made of words which everyone at this installation knows.

    Source: OWASP ASVS 5.0, 6.1.2 and 6.2.11.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def validate(self, password: str, _user: Any = None) -> None:
        """Refuse by raising, as Django asks of a validator."""
        guessable = (*self.words, queries.get_installation().area_name)
        if rules.own_letters(password, guessable=guessable) < rules.FEWEST_OWN_LETTERS:
            raise exceptions.ValidationError(_SAID, code="words_of_the_place")

    def get_help_text(self) -> str:
        """Return what the rule asks for."""
        return _SAID
