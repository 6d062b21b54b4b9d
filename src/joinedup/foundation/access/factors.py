"""Second factors: the secrets behind them are sealed, and a code counts once, whichever process checks it.

Belongs here: what django-allauth is told of us, and the checks that must hold across processes.
Not here: the pages on which a factor is set up or asked for (web).
"""

import dataclasses
import datetime
import uuid
from typing import Any

from allauth.mfa import adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction

from joinedup.foundation.access import models, sealing

_NAME = "Joinedup"


class Adapter(adapter.DefaultMFAAdapter):  # type: ignore[misc]  # the package comes without types
    """What django-allauth asks of the site around it."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return sealing.seal(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that was kept."""
        return sealing.unseal(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Return the name under which a code stands in someone's application."""
        return _NAME

    def get_public_key_credential_user_entity(self, user: models.User) -> dict[str, Any]:
        """Say whose passkey it will be, in the words that the browser shows."""
        return {"id": str(user.pk).encode(), "display_name": user.display_name, "name": user.username}


def has_second_factor(*, user_id: uuid.UUID) -> bool:
    """Return whether a person has set up a passkey or codes."""
    held = Authenticator.objects.filter(user_id=user_id)
    return bool(held.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


@transaction.atomic
def check_code(*, user_id: uuid.UUID, code: str) -> bool:
    """Return whether this is a code of the person's application, or one of their recovery codes, not used before."""
    given = "".join(code.split()).replace("-", "")
    held = {row.type: row for row in Authenticator.objects.select_for_update().filter(user_id=user_id)}
    timed = held.get(Authenticator.Type.TOTP)
    if timed is not None and _is_fresh(timed, given):
        return True
    spare = held.get(Authenticator.Type.RECOVERY_CODES)
    return spare is not None and bool(recovery.RecoveryCodes(spare).validate_code(given))


def _is_fresh(row: Any, given: str) -> bool:
    """Return whether a code fits the time and is newer than the last that was taken."""
    secret = sealing.unseal(row.data["secret"].encode()).decode()
    for counter in totp.yield_hotp_counters_from_time():
        if counter > row.data.get("last_counter", 0) and totp.compare_user_code(
            actual=given, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))
        ):
            row.data["last_counter"] = counter
            row.save(update_fields=["data"])
            row.record_usage()
            return True
    return False


def forget(*, user_id: uuid.UUID) -> int:
    """Take away all second factors of a person; return how many there were."""
    return int(Authenticator.objects.filter(user_id=user_id).delete()[0])


def new_recovery_codes(*, user: models.User) -> list[str]:
    """Give a person ten codes, each good for one sign-in, in the place of any they had.

    Shapes: 10 codes, shown once.
    """
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(recovery.RecoveryCodes.activate(user).generate_codes())


def set_codes_up(*, user: models.User, secret: str, code: str, at: datetime.datetime) -> bool:
    """Set up an application's codes for a person, if the first code fits; return whether it did."""
    if not totp.validate_totp_code(secret, "".join(code.split())):
        return False
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    totp.TOTP.activate(user, secret)
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).update(last_used_at=at)
    return True


def has_recovery_codes(*, user_id: uuid.UUID) -> bool:
    """Return whether a person has recovery codes, used or not."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.RECOVERY_CODES).exists())


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FactorCard:
    """One second factor of a person; `name` is empty for an application's codes."""

    id: int
    is_passkey: bool
    name: str
    set_up_at: datetime.datetime
    used_at: datetime.datetime | None


def get_factors(*, user_id: uuid.UUID) -> list[FactorCard]:
    """Return the second factors of a person, oldest first, recovery codes left out.

    Shapes: 1 query.
    """
    rows = Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return [
        FactorCard(
            id=row.pk,
            is_passkey=row.type == Authenticator.Type.WEBAUTHN,
            name=row.data.get("name", ""),
            set_up_at=row.created_at,
            used_at=row.last_used_at,
        )
        for row in rows.order_by("created_at", "id")
    ]


@transaction.atomic
def remove(*, user_id: uuid.UUID, factor_id: int) -> bool:
    """Take one second factor away, unless it is the last; return whether it was."""
    held = Authenticator.objects.select_for_update().filter(user_id=user_id)
    ids = {row.pk for row in held if row.type != Authenticator.Type.RECOVERY_CODES}
    if factor_id not in ids or len(ids) < 2:
        return False
    held.filter(pk=factor_id).delete()
    return True
