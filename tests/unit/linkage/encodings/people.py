"""Made-up people for the tests of encodings, as rows that are encoded."""

import pyarrow as pa

from joinedup.exchange.encodings import bits
from joinedup.processes.childindex.linkage.encodings.keys import Key

KEY = Key(secret=bytes(range(32)))
OTHER_KEY = Key(secret=bytes(range(1, 33)))
ADA = {
    "unique_id": "1",
    "forename": "Ada",
    "surname": "Kirkcroft",
    "birth_date": "2015-03-12",
    "sex": "F",
    "postcode": "NG1 5FT",
}


def table(*rows):
    return pa.Table.from_pylist(list(rows), schema=bits.PEOPLE)
