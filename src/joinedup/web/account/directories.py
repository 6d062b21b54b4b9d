"""Signing in through an agency's own directory, by OpenID Connect.

Belongs here: the two steps of it, on django-allauth's provider, stricter than its own. Not here: pages (entering).
A subject is let in only where an administrator has named them; nobody is added by arriving.
"""

import dataclasses
import hmac
import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import Http404

from joinedup.web import middleware

_CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
#: Signatures by a key of the directory's own; never by a secret that both sides know, never none.
_SIGNED_BY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class NotReachable(Exception):
    """The directory does not answer, or not in a way that can be understood."""


class NotBelieved(Exception):
    """What came back is not, or is no longer, the directory's word about someone who set out from here."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A subject for whom a directory vouches, the agency that it speaks for, and where they were going."""

    directory: str
    agency_code: str
    subject: str
    next_href: str


def listed() -> tuple[tuple[str, str], ...]:
    """Return the directories that are set up here: the name in addresses, and the title for people."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return tuple((app["provider_id"], app["name"]) for app in apps)


def set_out(request: middleware.Request, *, name: str, next_href: str) -> str:
    """Return the address of the directory's own sign-in page.

    Errors: Http404 for a directory that is not set up; NotReachable.
    """
    nonce = secrets.token_urlsafe(16)
    try:
        answer = _provider(request, name).redirect(
            request, process="login", next_url=next_href or None, auth_params={"nonce": nonce}, nonce=nonce
        )
    except (OAuth2Error, OSError, KeyError, ValueError) as error:
        raise NotReachable(name) from error
    return str(answer["Location"])


def come_back(request: middleware.Request, *, name: str) -> Vouched:
    """Return for whom the directory vouches.

    Errors: Http404; NotBelieved; NotReachable.
    """
    provider = _provider(request, name)
    state = statekit.unstash_state(request, provider_id=provider.sub_id, state_id=request.GET.get("state", ""))
    if state is None or "code" not in request.GET:
        raise NotBelieved("no one set out from here")
    try:
        claims = _claims(request, provider, state)
    except (OAuth2Error, jwtkit.jwt.PyJWTError) as error:
        raise NotBelieved(name) from error
    except (OSError, KeyError, ValueError) as error:
        raise NotReachable(name) from error
    if not hmac.compare_digest(str(claims["nonce"]), str(state.get("nonce"))):
        raise NotBelieved("made for another")
    return Vouched(
        directory=name,
        agency_code=provider.app.settings["agency"],
        subject=str(claims["sub"]),
        next_href=state.get("next", ""),
    )


def _provider(request: middleware.Request, name: str) -> Any:
    if name not in dict(listed()):
        raise Http404
    try:
        return get_adapter(request).get_provider(request, provider=name)
    except SocialApp.DoesNotExist:
        raise Http404 from None


def _claims(request: middleware.Request, provider: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Exchange the code, and read the token that comes for it: signed, for us, from there, and not too old.

    django-allauth itself lets the signature go when the token comes straight from the directory; we do not.
    """
    adapter = openid_connect.OpenIDConnectOAuth2Adapter(request, provider.sub_id)
    client = adapter.get_client(request, provider.app)
    given = adapter.get_access_token_data(
        request, provider.app, client, pkce_code_verifier=state.get("pkce_code_verifier")
    )
    token = given.get("id_token", "")
    if not token or jwtkit.jwt.get_unverified_header(token).get("alg") not in _SIGNED_BY:
        raise OAuth2Error("no signed token")
    claims: dict[str, Any] = jwtkit.verify_and_decode(
        credential=token,
        keys_url=adapter.openid_config["jwks_uri"],
        issuer=adapter.openid_config["issuer"],
        audience=provider.app.client_id,
        lookup_kid=jwtkit.lookup_kid_jwk,
        verify_signature=True,
    )
    if any(name not in claims for name in _CLAIMS):
        raise OAuth2Error("a claim is missing")
    return claims
