"""Identifiers: time-ordered keys for rows, and the public number of a child.

Belongs here: making and checking them. Not here: who has one.
"""

import itertools
import os
import secrets
import struct
import threading
import time
import uuid
from collections.abc import Sequence

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {symbol: value for value, symbol in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SYMBOLS = 8
_FIELD_BITS = 5
_FIELD_POLYNOMIAL = 0b100101


_RANDOM_BITS = 74
_STEP_BYTES = 4
_last_lock = threading.Lock()
_last = [0, 0]


def uuid7() -> uuid.UUID:
    """Return a new identifier whose order is the order of making, within this process exactly.

    Between processes the order is that of the machine's clock, to the millisecond.
    Source: RFC 9562 section 5.7, with the monotonic random part of section 6.2 (method 2).
    """
    return uuid.UUID(int=_value(*_drawn([1 + int.from_bytes(os.urandom(_STEP_BYTES))])))


def uuid7_block(count: int) -> list[str]:
    """Return many new identifiers at once, in the order of uuid7, as the database reads them fastest.

    Shapes: 32 hexadecimal digits each, without hyphens, ascending.
    """
    random_bytes = os.urandom(_STEP_BYTES * count)
    steps = [1 + step for (step,) in struct.iter_unpack(">I", random_bytes)]
    milliseconds, first = _drawn(steps)
    return [f"{_value(milliseconds, place):032x}" for place in itertools.accumulate(steps[1:], initial=first)][:count]


def _drawn(steps: Sequence[int]) -> tuple[int, int]:
    """Take as many places in the present millisecond as there are steps; return it and the first place."""
    now = time.time_ns() // 1_000_000
    with _last_lock:
        if now > _last[0]:
            # The highest random bit is left at nought, so that many steps fit into one millisecond.
            _last[:] = [now, int.from_bytes(os.urandom(10)) & ((1 << (_RANDOM_BITS - 1)) - 1)]
        first = _last[1] + sum(steps[:1])
        _last[1] += sum(steps)
        return _last[0], first


def _value(milliseconds: int, random_bits: int) -> int:
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | ((random_bits >> 62) & 0xFFF) << 64
    return value | 0b10 << 62 | (random_bits & 0x3FFF_FFFF_FFFF_FFFF)


def _doubled(value: int) -> int:
    """Multiply by x in the field of 32 elements."""
    value <<= 1
    return value ^ _FIELD_POLYNOMIAL if value >> _FIELD_BITS else value


def check_symbol(first_eight: str) -> str:
    """Return the check character of a child number's first eight symbols.

    Each place has its own multiplier in the field of 32 elements, so every single wrong symbol and every
    exchange of two symbols, next to each other or not, is found.
    """
    total = 0
    for symbol in first_eight:
        total = _doubled(total) ^ _VALUES[symbol]
    return _ALPHABET[_doubled(total)]


def new_child_number() -> str:
    """Return a new public number for a child: eight random symbols and a check character.

    Shapes: nine characters of Crockford's base 32, without separators.
    """
    symbols = "".join(secrets.choice(_ALPHABET) for _ in range(_SYMBOLS))
    return symbols + check_symbol(symbols)


def child_number(written: str) -> str | None:
    """Return a child number as it is kept, or None when what is written cannot be one.

    Shapes: any case, spaces and hyphens; O is read as 0, I and L as 1.
    """
    packed = written.replace(" ", "").replace("-", "").upper()
    if len(packed) != _SYMBOLS + 1 or any(symbol not in _VALUES for symbol in packed):
        return None
    standard = "".join(_ALPHABET[_VALUES[symbol]] for symbol in packed)
    return standard if check_symbol(standard[:_SYMBOLS]) == standard[_SYMBOLS] else None


def show_child_number(number: str) -> str:
    """Return a child number in three groups of three, as it is read aloud."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))
