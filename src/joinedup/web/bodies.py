"""How much may be sent: little, but for files, and those only from people whose work is to bring them in.

Belongs here: refusing by size before anything is read, and where an upload waits. Not here: what is in a file (exchange).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse

from joinedup.foundation.access import rules as access_rules
from joinedup.web import problems

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
#: What a form needs around the file that it carries.
_ENVELOPE_BYTES = 64 * 1024
_MARK = "takes_files_from"
May = Callable[[access_rules.Viewer], bool]


def takes_files_from(may: May) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Mark a view that takes files from those who may bring them; everyone else may send it a form and no more."""

    def decorate(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        view.__dict__[_MARK] = may
        return view

    return decorate


class BodyLimit:
    """Middleware that refuses what is too large by what its sender says of its size, before a byte of it is read.

    A server reads no further than that size, so nothing larger comes in under a smaller name.
    """

    def __init__(self, handle: Callable[[HttpRequest], HttpResponse]) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._handle(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], named: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Answer for a view that is sent too much; run before anything asks for the form."""
        most = most_bytes(request, view)
        return problems.too_much(request, most_bytes=most) if _said_bytes(request) > most else None


def most_bytes(request: HttpRequest, view: Callable[..., HttpResponse]) -> int:
    """Return how much this person may send to this view.

    Units: bytes of the whole request, the form around a file included.
    """
    may: May | None = getattr(view, _MARK, None)
    viewer: access_rules.Viewer | None = getattr(request, "viewer", None)
    if may is not None and viewer is not None and may(viewer):
        return int(settings.UPLOAD_LIMIT_BYTES) + _ENVELOPE_BYTES
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _said_bytes(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdecimal() else 0


class NamelessUploads(TemporaryFileUploadHandler):
    """Keeps an upload in a temporary file that has a name of ours; what its sender called it is data and no more."""

    def new_file(self, *given: Any, **named: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*given, **named)
        self.file = TemporaryUploadedFile("upload", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name
