"""United Kingdom postcodes in one written form."""

import functools
import re

_SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


@functools.lru_cache(maxsize=131_072)
def postcode(written: str) -> str | None:
    """Return a postcode in upper case with one space, or None when it has not a postcode's shape.

    Shapes: the outward part, a space, the inward part: "NG1 5FT". Whether it exists is not asked.
    Source: BS 7666 as used by the Office for National Statistics postcode products.
    """
    packed = "".join(written.split()).upper()
    match = _SHAPE.fullmatch(packed)
    return f"{match[1]} {match[2]}" if match else None


def postcode_sector(standard: str) -> str:
    """Return the sector of a postcode in standard form: "NG1 5FT" lies in "NG1 5"."""
    return standard[:-2]
