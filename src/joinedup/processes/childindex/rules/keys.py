"""Keys by which a person record is found, and the spellings by which a misspelt word meets the right one."""

import datetime
import functools
import uuid
from collections.abc import Iterable, Iterator

from joinedup.delivery.records import rules as records_rules
from joinedup.foundation import text

_LONG_WORD_LETTERS = 7
_LONGEST_WORD_LETTERS = 24
_SHORTEST_SPELLING_LETTERS = 2


def words_of(identity: records_rules.Identity) -> tuple[str, ...]:
    """Return the folded words of every name an identity states, each once.

    Shapes: a double-barrelled name gives its parts; one-letter words are left out.
    """
    words = text.name_tokens(
        identity.given_name,
        identity.preferred_name,
        identity.middle_names,
        identity.family_name,
        identity.former_family_name,
    )
    return tuple(dict.fromkeys(word[:78] for word in words if len(word) > 1))


def keys_of(identity: records_rules.Identity) -> frozenset[str]:
    """Return the search keys of an identity.

    Shapes: "n:" a word of a name, "d:" date of birth, "h:" NHS number, "u:" unique pupil number, "p:" postcode.
    """
    keys = {f"n:{word}" for word in words_of(identity)}
    if identity.birth_date is not None:
        keys.add(f"d:{identity.birth_date.isoformat()}")
    keys.update(f"h:{number}" for number in (identity.nhs_number, *identity.former_nhs_numbers) if number)
    keys.update(f"u:{number}" for number in (identity.upn, identity.former_upn) if number)
    if identity.postcode:
        keys.add(f"p:{identity.postcode.replace(' ', '')}")
    return frozenset(keys)


def guarded(key: str, *, agency_id: uuid.UUID) -> str:
    """Return a key as it is kept where even that the agency knows the child is guarded: its own people alone ask for it.

    Shapes: the agency's 32 hexadecimal digits, a colon, the key.
    """
    return f"{agency_id.hex}:{key}"


def stub_keys_of(*, given_name: str, family_name: str, birth_date: datetime.date | None) -> frozenset[str]:
    """Return the keys by which a sealed child's stub is found: what the stub shows, and nothing that is hidden.

    Shapes: "n:" a word of the name, "d:" date of birth.
    Source: SI 2007/2182 regulation 6(5) leaves name, sex, date of birth and number of a shielded record to be seen.
    """
    shown = records_rules.Identity(given_name=given_name, family_name=family_name, birth_date=birth_date)
    return keys_of(shown)


@functools.lru_cache(maxsize=65_536)
def spellings_of(word: str) -> frozenset[str]:
    """Return a word with up to one letter left out, or up to two when it is long.

    Two words that are one slip apart (a letter missing, added, wrong, or two neighbours exchanged) share a spelling
    where one has three letters or more; equality on spellings finds misspelt names without asking the database to
    compare letters. Beyond the length of any name one letter alone is left out, so that a file of endless words
    cannot fill the index.
    A word with a digit in it is a code, not a name: it has no other spelling.
    Source: the symmetric-delete method (Garbe 2012).
    """
    if not word.isalpha():
        return frozenset({word})
    once = set(_shorter({word}))
    twice = set(_shorter(once)) if _LONG_WORD_LETTERS <= len(word) <= _LONGEST_WORD_LETTERS else set()
    return frozenset({word} | once | twice)


def _shorter(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        for place in range(len(word)):
            shorter = word[:place] + word[place + 1 :]
            if len(shorter) >= _SHORTEST_SPELLING_LETTERS:
                yield shorter
