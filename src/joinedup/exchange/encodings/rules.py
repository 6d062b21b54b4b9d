"""Rules of encodings: which rows say enough to be encoded, and which two files can be compared.

Belongs here: judgements on rows and files. Not here: opening them (read), or how alike two encodings are.
"""

from collections.abc import Iterable
from typing import Any

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.encodings import schema

_LEAST_FIELDS = 3
_TELLING = ("forename", "surname", "birth_date", "postcode")


class NotComparable(Exception):
    """Two files of encodings cannot be compared; the words say why."""


def person(reading: records_rules.Reading) -> dict[str, str]:
    """Return what of a reading is encoded, under the names of `schema.PERSON`."""
    said = reading.identity
    if said is None:
        return dict.fromkeys(schema.PERSON, "")
    return {
        "unique_id": reading.local_id or reading.message_key,
        "forename": said.given_name,
        "surname": said.family_name,
        "birth_date": said.birth_date.isoformat() if said.birth_date else "",
        "sex": said.sex,
        "postcode": said.postcode,
    }


def says_enough(row: dict[str, str]) -> bool:
    """Return whether a row says three of forename, surname, date of birth and postcode.

    With fewer, an encoding has so few bits that strangers have the same.
    """
    return sum(bool(row[name]) for name in _TELLING) >= _LEAST_FIELDS


def different(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows without those that repeat another in everything, in their order."""
    return list({tuple(row.values()): row for row in rows}.values())


def check_can_compare(left: schema.Header, right: schema.Header) -> None:
    """Refuse two files that were not made alike.

    Errors: NotComparable.
    """
    if left.key_mark != right.key_mark:
        raise NotComparable(
            f"The files were made with different keys (marks {left.key_mark} and {right.key_mark}), so that nothing in them "
            "would agree. The agencies have to encode with one key; joinedup encoding-key --show FILE says its mark."
        )
    if left.scheme != right.scheme:
        theirs = right.scheme.as_dict()
        what: list[Any] = [
            f"{name} {value} and {theirs[name]}"
            for name, value in left.scheme.as_dict().items()
            if value != theirs[name]
        ]
        raise NotComparable(
            "The files were made in different ways (" + "; ".join(what) + "). The agencies have to agree on one."
        )
