"""The shape of a file of encodings: one row of bits for each record, and no word of whom it is about.

Belongs here: names of columns, and what the file says of itself. Not here: how the bits come about (childindex.linkage).
"""

import dataclasses

from joinedup.processes.childindex.linkage.encodings.scheme import Scheme

#: What the file says of itself, beside its columns.
KIND = b"joinedup.kind"
KIND_VALUE = b"encodings 1"
SCHEME = b"joinedup.scheme"
KEY_MARK = b"joinedup.key"

MARK = "record"
FILTER = "encoding"

#: What of a person is encoded, all of it text; the first is the agency's own number.
PERSON = ("unique_id", "forename", "surname", "birth_date", "sex", "postcode")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """How a file was made: by which scheme, and with the key of which mark."""

    scheme: Scheme
    key_mark: str
