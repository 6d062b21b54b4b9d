"""Rules of deletion: what a certificate says, and the fingerprint by which a copy of it can be checked.

Belongs here: the certificate as a value. Not here: deleting (the database's own function), keeping it (operations).
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping


class NotApproved(Exception):
    """Nothing is deleted that no person has approved."""


class OnHold(Exception):
    """A legal hold, or a request that nobody has answered yet, stops the deletion."""


class NotOverYet(Exception):
    """The schedule says today that the record is to be kept; the argument is until when, or None for no end."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What a certificate says. Nothing in it is of the child but a fingerprint that needs the installation's key.

    Shapes: `deleted` counts rows by table; `subject_hash` and `content_hash` are 32 bytes.
    """

    number: str
    deleted_at: datetime.datetime
    because: tuple[str, ...]
    schedule_version: str
    approved_by_name: str
    approved_at: datetime.datetime
    deleted: Mapping[str, int]
    subject_hash: bytes
    content_hash: bytes


def fingerprint(certified: Certified) -> str:
    """Return the fingerprint of all that a certificate says.

    Shapes: 64 hexadecimal digits.
    Source: SHA-256 (FIPS 180-4).
    """
    said = {
        **dataclasses.asdict(certified),
        "deleted_at": certified.deleted_at.astimezone(datetime.UTC).isoformat(),
        "approved_at": certified.approved_at.astimezone(datetime.UTC).isoformat(),
        "subject_hash": certified.subject_hash.hex(),
        "content_hash": certified.content_hash.hex(),
        "deleted": dict(certified.deleted),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
