"""Rules of what a worker declares of themselves, so that looking at their own kin can be refused or known.

Belongs here: the kinds, and one form of an address. Not here: rows (models), refusing a look (the matrix).
"""

import enum

from joinedup.foundation import text


class Kind(enum.StrEnum):
    """What a worker declares."""

    RELATIVE = "relative"  #: a child of their family
    ADDRESS = "address"  #: the postcode at which they live
    COLLEAGUE = "colleague"  #: a child of a colleague's family


class NotAPostcode(Exception):
    """What was given as an address is no postcode."""


def one_form_of_postcode(written: str) -> str:
    """Return a postcode in the one form of which a fingerprint is taken.

    Errors: NotAPostcode.
    """
    postcode = text.postcode(written)
    if postcode is None:
        raise NotAPostcode
    return postcode
