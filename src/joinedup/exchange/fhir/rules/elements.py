"""What stands in a JSON resource, whatever kind of thing was sent there.

Belongs here: taking texts, lists, dates and numbers safely. Not here: what they say of a patient (resources).
What is not of the kind that FHIR asks for counts as not said.
"""

import datetime
import functools
import re
from collections.abc import Mapping
from typing import Any

from joinedup.foundation import text

Json = Mapping[str, Any]

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_LONGEST_TEXT = 200


def object_in(resource: Json, key: str) -> Json:
    """Give the object under a key; an empty one where there is none."""
    value = resource.get(key)
    return value if isinstance(value, dict) else {}


def objects_in(resource: Json, key: str) -> list[Json]:
    """Give the objects in the list under a key."""
    value = resource.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_in(resource: Json, key: str) -> str:
    """Give the text under a key without space around it, cut to 200 characters; empty where there is none."""
    value = resource.get(key)
    return value.strip()[:_LONGEST_TEXT] if isinstance(value, str) else ""


def texts_in(resource: Json, key: str) -> tuple[str, ...]:
    """Give the texts in the list under a key."""
    value = resource.get(key)
    if not isinstance(value, list):
        return ()
    return tuple(item.strip()[:_LONGEST_TEXT] for item in value if isinstance(item, str) and item.strip())


def last_part(address: str) -> str:
    """Give what follows the last stroke of an address."""
    return address.rstrip("/").rpartition("/")[2]


@functools.lru_cache(maxsize=65_536)
def date_of(written: str) -> datetime.date | None:
    """Read a whole FHIR date or the day of a date and time; None for a year or month alone, or what is neither."""
    found = _DATE.fullmatch(written)
    if not found:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def phone_in(resource: Json) -> str:
    """Give the first telephone number of a person."""
    for telecom in objects_in(resource, "telecom"):
        if telecom.get("system") == "phone" and (number := text_in(telecom, "value")):
            return number
    return ""


def nhs_number_of(written: str, name: str, notes: list[str]) -> str:
    """Give an NHS number as ten digits, or nothing and a note that names where it stood."""
    if not written:
        return ""
    number = text.nhs_number(written)
    if number is None:
        notes.append(f"{name}: {written[:20]} is not an NHS number (wrong check digit or shape) and was left out")
    return number or ""
