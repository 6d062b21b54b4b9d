"""Reads of rights: the schedule, which records' time is over, what is held, and what was deleted.

Belongs here: what is asked of rights. Not here: deciding by it (rules), deleting (operations).
"""

from joinedup.governance.rights.queries.due import DueChild, find_due, get_keeping
from joinedup.governance.rights.queries.kept import (
    CertificateCard,
    DueCard,
    HoldCard,
    NoSuchDeletion,
    NoSuchHold,
    get_certificate,
    get_certificates,
    get_due,
    get_hold,
    get_holds,
)
from joinedup.governance.rights.queries.own import OwnAsked, get_own_asked
from joinedup.governance.rights.queries.requests import (
    DisputeCard,
    NoSuchRequest,
    RequestCard,
    get_disputes,
    get_marks,
    get_request,
    get_requests,
    get_rulings,
    request_card,
)
from joinedup.governance.rights.queries.schedule import get_schedule

__all__ = [
    "CertificateCard",
    "DisputeCard",
    "DueCard",
    "DueChild",
    "HoldCard",
    "NoSuchDeletion",
    "NoSuchHold",
    "NoSuchRequest",
    "OwnAsked",
    "RequestCard",
    "find_due",
    "get_certificate",
    "get_certificates",
    "get_disputes",
    "get_due",
    "get_hold",
    "get_holds",
    "get_keeping",
    "get_marks",
    "get_own_asked",
    "get_request",
    "get_requests",
    "get_rulings",
    "get_schedule",
    "request_card",
]
