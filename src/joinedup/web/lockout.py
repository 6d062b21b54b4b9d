"""Locking out whoever guesses: by whom and from where attempts are counted, and what the one locked out is told.

Belongs here: what django-axes asks of us. Not here: the counting (django-axes).
"""

import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from joinedup.web import problems


def fingerprint_of_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return what is counted in the place of a user name, for what people type there by mistake is often their password."""
    given = (credentials or {}).get("username", "")
    return hmac.new(settings.SECRET_KEY.encode(), given.casefold().encode(), hashlib.sha256).hexdigest()


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from: what our own proxies say of it, and nothing that a visitor can write."""
    passed_on = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(passed_on) >= settings.PROXIES:
        return str(passed_on[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, str] | None = None
) -> HttpResponse:
    """Answer 429, alike for names that exist and names that do not."""
    return problems.too_often(request)
