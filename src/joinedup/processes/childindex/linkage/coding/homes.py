"""Homes: addresses and postcodes as numbers of the dictionary.

Belongs here: what is compared of a home. Not here: which home is a person's (people).
"""

import dataclasses
import re

import pyarrow as pa

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import wording
from joinedup.processes.childindex.linkage.coding import phrases
from joinedup.processes.childindex.linkage.coding.phrases import Codes, Dictionary

#: Most postcodes come as `text.postcode` would write them.
_IN_STANDARD_FORM = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}").fullmatch


@dataclasses.dataclass(frozen=True, slots=True)
class Homes:
    """By row: what is compared of a home, -1 where it is not said."""

    postcode: Codes
    sector: Codes
    district: Codes
    street: Codes


def read(records: pa.Table, words: Dictionary) -> Homes:
    """Return what is compared of each row's home."""
    postcode, address = (phrases.written(records.column(name)) for name in ("postcode", "address"))
    standard = [each if not each or _IN_STANDARD_FORM(each) else text.postcode(each) for each in postcode.texts]
    sector = words.each([each and text.postcode_sector(each) for each in standard])
    district = words.each([each and each.split(" ")[0] for each in standard])
    return Homes(
        postcode=phrases.picked(words.each(standard), postcode.rows),
        sector=phrases.picked(sector, postcode.rows),
        district=phrases.picked(district, postcode.rows),
        street=phrases.formed(address, wording.street, words),
    )
