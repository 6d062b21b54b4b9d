"""Filters: each record as a row of bits, made with a key.

Belongs here: tokens to bits, bits to filters, and hardening. Not here: comparing filters (alike, near).

Each token is put through HMAC-SHA-256 under a key of its field, and the bits it sets are read off the digest one by one.
The quicker way of the first papers, two digests added over and over, sets bits in patterns that give tokens away
(Niedermeyer, Steinmetzer, Kroll and Schnell, 2014).
"""

import hmac
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.processes.childindex.linkage.encodings import scheme as schemes
from joinedup.processes.childindex.linkage.encodings import tokens
from joinedup.processes.childindex.linkage.encodings.keys import Key
from joinedup.processes.childindex.linkage.encodings.scheme import Hardening, Scheme

#: One filter a row, in words of 64 bits; bit 0 is the lowest of the first word.
Filters = NDArray[np.uint64]

_MARK_BYTES = 16
_ROWS_AT_ONCE = 8_192


def encode(records: pa.Table, *, key: Key, scheme: Scheme) -> tuple[Filters, list[str]]:
    """Encode records, and give each a mark of its own in the place of its agency's number for it.

    Shapes: `records` has text columns unique_id, forename, surname, birth_date (ISO), sex, postcode; null or empty is
    not said. One filter and one mark for each record, in their order; the same record, key and scheme give the same bits.
    A mark is 32 letters; it stands for the number and the filter together, so that one number at two agencies shows
    nothing.
    """
    made = np.zeros((records.num_rows, scheme.bits // schemes.WORD_BITS), np.uint64)
    for name, positions in scheme.positions.items():
        if positions:
            made |= _of_field(records.column(name), key.part(f"field {name}"), tokens.OF_FIELD[name], positions, made)
    own = records.column("unique_id").to_pylist()
    if scheme.hardening is Hardening.FOLD:
        made = _folded(made)
    elif scheme.hardening is Hardening.FLIP:
        made = _flipped(made, own, key.part("flip"), scheme.flipped_share)
    secret = key.part("record")
    marks = [
        hmac.digest(secret, row.tobytes() + number.encode(), "sha256")[:_MARK_BYTES].hex()
        for row, number in zip(made, own, strict=True)
    ]
    return made, marks


def _of_field(
    column: pa.ChunkedArray, key: bytes, cut: Callable[[str], list[str]], positions: int, shape: Filters
) -> Filters:
    """Return what one field sets in each record's filter; each different value is worked out once."""
    words = shape.shape[1]
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    known: dict[str, Filters] = {}
    of_value = np.zeros((len(values) + 1, words), np.uint64)
    for at, written in enumerate(values):
        for token in cut(written) if written else ():
            if token not in known:
                known[token] = _of_token(key, token, positions, words)
            of_value[at] |= known[token]
    # The last row is empty: it serves records that do not say the field.
    rows: Filters = of_value[encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)]
    return rows


def _of_token(key: bytes, token: str, positions: int, words: int) -> Filters:
    bits = words * schemes.WORD_BITS
    drawn = b"".join(
        hmac.digest(key, f"{part} {token}".encode(), "sha256") for part in range((2 * positions + 31) // 32)
    )
    # The length is a power of two, so a remainder of 16 bits falls on each place as often.
    places = np.frombuffer(drawn, "<u2")[:positions].astype(np.uint64) % np.uint64(bits)
    row = np.zeros(words, np.uint64)
    np.bitwise_or.at(row, places // np.uint64(64), np.uint64(1) << (places % np.uint64(64)))
    return row


def _folded(made: Filters) -> Filters:
    half = made.shape[1] // 2
    return made[:, :half] ^ made[:, half:]


def _flipped(made: Filters, own: list[str], key: bytes, share: float) -> Filters:
    """Turn over each bit with one chance; which, is drawn from the key, the record's number and its filter.

    Drawn anew each time, the noise would wear off for whoever gets the same list every month.
    """
    out = np.empty_like(made)
    limit = np.uint32(round(share * 2**32))
    for first in range(0, len(made), _ROWS_AT_ONCE):
        rows = made[first : first + _ROWS_AT_ONCE]
        numbers = own[first : first + _ROWS_AT_ONCE]
        noise = np.stack(
            [
                np.random.Generator(np.random.Philox(key=_seed(key, row, number))).integers(
                    0, 2**32, made.shape[1] * schemes.WORD_BITS, np.uint32
                )
                < limit
                for row, number in zip(rows, numbers, strict=True)
            ]
        )
        out[first : first + len(rows)] = rows ^ np.packbits(noise, axis=1, bitorder="little").view("<u8")
    return out


def _seed(key: bytes, row: Filters, number: str) -> int:
    return int.from_bytes(hmac.digest(key, row.tobytes() + number.encode(), "sha256")[:16], "little")
