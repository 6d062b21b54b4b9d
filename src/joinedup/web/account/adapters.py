"""What django-allauth asks of the site around it, besides second factors.

Belongs here: where a request comes from, and that nobody signs up. Not here: second factors (foundation.access.factors).
"""

from allauth.account import adapter
from django.http import HttpRequest

from joinedup.web import lockout


class Adapter(adapter.DefaultAccountAdapter):  # type: ignore[misc]  # the package comes without types
    """Our answers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return lockout.address_of(request)
