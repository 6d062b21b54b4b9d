"""What the API answers when it cannot answer: one shape for every refusal, in plain words, that tells nothing of a child.

Belongs here: the problems and their words. Not here: deciding what is refused (the rings, asking).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema
from ninja import errors as ninja_errors

MEDIA_TYPE = "application/problem+json"
_KIND = "urn:joinedup:problem:"
_WAIT_SECONDS = 60


class Fault(Schema):
    """One thing that is wrong with what was sent: where it stands, and what is wrong with it; never what it was."""

    where: str
    says: str


class Problem(Schema):
    """A refusal, in the shape of RFC 9457. `type` tells programs what it is, `title` and `detail` tell people."""

    type: str = Field(pattern=r"^urn:joinedup:problem:[a-z-]+$")
    title: str
    status: int
    detail: str
    faults: list[Fault] | None = None


class Refused(Exception):
    """A request is refused in a way that the shape of the request tells: its kind names the words."""

    def __init__(self, kind: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(kind)
        self.kind = kind
        self.faults = faults


#: Each kind of problem: its status, and its words.
KINDS: Mapping[str, tuple[int, str, str]] = {
    "not-understood": (400, "The request could not be understood", "Check that it is what the reference describes."),
    "not-signed-in": (
        401,
        "Nobody is signed in",
        "Give a client's secret, or sign in. A secret that has ended lets nobody in.",
    ),
    "not-allowed": (403, "You may not do this", "No role that you hold allows it. That you asked is written down."),
    "reason-needed": (
        403,
        "Say why you look at this child",
        "Your own work does not lead to this child. Give a purpose; it is written down beside your name.",
    ),
    "not-from-here": (
        403,
        "The request did not come from a page of ours",
        "A person's session must send the token of its cookie in the header X-CSRFToken.",
    ),
    "not-encrypted": (
        403,
        "The request was not encrypted",
        "Ask by https. If a secret was sent, have another made in its place.",
    ),
    "not-found": (404, "There is nothing here", "It does not exist, or it is not yours to know of."),
    "wrong-method": (405, "This cannot be asked in this way", "The header Allow says which ways there are."),
    "too-large": (413, "The request is too large", "A request may hold 16 kilobytes."),
    "wrong-media-type": (415, "The request is not JSON", "Send application/json."),
    "not-valid": (422, "Something in the request is not valid", "Each fault says where."),
    "too-many": (429, "Too many searches at once", "Wait as long as the header Retry-After says."),
    "went-wrong": (500, "Something went wrong on our side", "What was being done was taken back as a whole."),
    "unavailable": (503, "The records cannot be reached", "Wait a minute and ask again."),
}
#: Of several kinds with one status, the first.
_BY_STATUS = {status: kind for kind, (status, _, _) in reversed(list(KINDS.items()))}


def answer(kind: str, faults: Sequence[Fault] = ()) -> HttpResponse:
    """Make the answer of one kind; the same kind is the same bytes, whoever asked and for whatever."""
    status, title, detail = KINDS[kind]
    said: dict[str, Any] = {"type": _KIND + kind, "title": title, "status": status, "detail": detail}
    if faults:
        said["faults"] = [fault.model_dump() for fault in faults]
    response = HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    if kind == "not-signed-in":
        response.headers["WWW-Authenticate"] = "Bearer"
    if kind == "unavailable":
        response.headers["Retry-After"] = str(_WAIT_SECONDS)
    return response


def in_one_shape(response: HttpResponse) -> HttpResponse:
    """Return a refusal that was not made here in the one shape; what its headers say besides is kept."""
    kind = _BY_STATUS.get(response.status_code) or ("went-wrong" if response.status_code >= 500 else "not-understood")
    made = answer(kind)
    for name in ("Allow", "Retry-After", "Cache-Control"):
        if name in response.headers:
            made.headers[name] = response.headers[name]
    return made


def refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    """Answer what our own code refuses."""
    return answer(error.kind, error.faults) if isinstance(error, Refused) else answer("not-understood")


def not_valid(
    request: HttpRequest, error: ninja_errors.ValidationError | type[ninja_errors.ValidationError]
) -> HttpResponse:
    """Answer what does not fit its type, by where it stands; what was sent is not sent back."""
    found: Sequence[Mapping[str, Any]] = getattr(error, "errors", ())
    return answer("not-valid", [Fault(where=_where(each), says=str(each["msg"])) for each in found])


def _where(fault: Mapping[str, Any]) -> str:
    # An unknown name is the sender's own word and may be anything: it is not sent back.
    place = fault["loc"][:-1] if fault["type"] == "extra_forbidden" else fault["loc"]
    return ".".join(str(part) for part in place)


def of_status(request: HttpRequest, error: ninja_errors.HttpError | type[ninja_errors.HttpError]) -> HttpResponse:
    """Answer what the framework refuses, by its status."""
    return answer(_BY_STATUS.get(getattr(error, "status_code", 400), "not-understood"))
