"""A file of encodings in memory.

Belongs here: its parts and the types of its columns. Not here: opening it (read), or how the bits come about.
"""

import dataclasses

import pyarrow as pa

from joinedup.exchange.encodings import schema
from joinedup.processes.childindex.linkage.encodings.filters import Filters

#: The table of people to be encoded.
PEOPLE = pa.schema([pa.field(name, pa.string()) for name in schema.PERSON])


@dataclasses.dataclass(frozen=True, kw_only=True)
class Encodings:
    """A file of encodings in memory.

    Shapes: one mark and one filter for each record; in a file they stand in the order of the marks, which is not that
    of the agency's records.
    """

    header: schema.Header
    marks: list[str]
    filters: Filters


def columns(bits: int) -> pa.Schema:
    """Return the columns of a file whose filters have so many bits."""
    return pa.schema(
        [
            pa.field(schema.MARK, pa.string(), nullable=False),
            pa.field(schema.FILTER, pa.binary(bits // 8), nullable=False),
        ]
    )
