"""The scheme: how records are encoded, as two agencies must agree on it before either begins.

Belongs here: the fields and how much each counts, the length of a filter, what is done to harden it. Not here: the key
(keys) or the work itself (filters).
"""

import dataclasses
import enum
import json
from typing import Any

#: The words of a filter are of 64 bits.
WORD_BITS = 64
_LENGTHS = (256, 512, 1024, 2048)
_MOST_POSITIONS = 100
_MOST_FLIPPED = 0.25


class Hardening(enum.StrEnum):
    """What is done to a finished filter so that less can be read out of it, at a price in accuracy."""

    NONE = "none"  #: nothing
    FOLD = "fold"  #: the halves are laid over each other by exclusive or: each bit left has two causes or none
    FLIP = "flip"  #: a share of the bits is turned over, by chance


class BadScheme(Exception):
    """A scheme that cannot be used; the words say why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How records become filters.

    `positions` says for each field how many bits one of its tokens sets: the more, the more the field counts.
    Units: `bits` the length of a filter before folding; `flipped_share` of all bits, used by `Hardening.FLIP` alone.
    """

    bits: int = 1024
    forename: int = 20
    surname: int = 16
    birth_date: int = 24
    sex: int = 8
    postcode: int = 12
    hardening: Hardening = Hardening.NONE
    flipped_share: float = 0.02

    def __post_init__(self) -> None:
        if self.bits not in _LENGTHS:
            raise BadScheme(f"A filter has {', '.join(map(str, _LENGTHS[:-1]))} or {_LENGTHS[-1]} bits.")
        if not all(0 <= each <= _MOST_POSITIONS for each in self.positions.values()) or not any(
            self.positions.values()
        ):
            raise BadScheme(f"Each field sets 0 to {_MOST_POSITIONS} bits a token, and one of them sets some.")
        if not 0 < self.flipped_share <= _MOST_FLIPPED:
            raise BadScheme(f"The share of bits to flip is above 0 and at most {_MOST_FLIPPED}.")

    @property
    def positions(self) -> dict[str, int]:
        """Return for each field how many bits one of its tokens sets."""
        return {name: getattr(self, name) for name in FIELDS}

    @property
    def kept_bits(self) -> int:
        """Return the length of a finished filter."""
        return self.bits // 2 if self.hardening is Hardening.FOLD else self.bits

    @property
    def usual_least(self) -> float:
        """Return how alike two encodings have to be to be taken for one child, unless someone says otherwise.

        Units: Dice's measure; chosen on synthetic records so that about one pair in a hundred is wrong at the worst.
        """
        return USUAL_LEAST[self.hardening]

    def as_text(self) -> str:
        """Return the scheme as it stands in a file: JSON, the same scheme always in the same letters."""
        return json.dumps(self.as_dict(), sort_keys=True, separators=(",", ":"))

    def as_dict(self) -> dict[str, Any]:
        """Return the scheme by the names of its parts, its version with them."""
        return {"version": VERSION, **dataclasses.asdict(self)}


#: Hardening spoils the likeness of one child's two encodings too, so less of it is asked.
USUAL_LEAST = {Hardening.NONE: 0.78, Hardening.FOLD: 0.70, Hardening.FLIP: 0.74}
FIELDS = ("forename", "surname", "birth_date", "sex", "postcode")
#: Raised when the same scheme would come to other filters: tokens, positions and hardening are part of it.
VERSION = 1


def from_text(text: str) -> Scheme:
    """Read a scheme from a file.

    Errors: BadScheme.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        version = told.pop("version")
        scheme = Scheme(**{**told, "hardening": Hardening(told["hardening"])})
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise BadScheme("The scheme in the file cannot be read.") from fault
    if version != VERSION:
        raise BadScheme(f"The file follows version {version} of the scheme, and this program version {VERSION}.")
    return scheme
