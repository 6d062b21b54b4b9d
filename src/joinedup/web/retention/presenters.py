"""What the pages of retention show: what is due, what is held, what was deleted.

Belongs here: frozen values for retention/*.jinja. Not here: deciding anything (governance.rights).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One record whose time is over; `approve_href` is empty where it is approved already."""

    number: str
    kept_until: datetime.date
    because: str
    state: presenters.Tag
    approve_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """One legal hold; `lift_href` is empty where it is lifted already."""

    number: str
    reason: str
    why: str
    placed: str
    state: presenters.Tag
    lifted: str = ""
    lift_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """One deletion, of nobody in particular."""

    number: str
    href: str
    deleted_at: datetime.datetime
    because: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPage:
    """retention/retention.jinja: what is due, what is held, what was deleted."""

    due: tuple[DueRow, ...]
    holds: tuple[HoldRow, ...]
    certificates: tuple[CertificateRow, ...]
    hold_href: str
    nothing_due: presenters.EmptyState
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HoldPage:
    """retention/hold.jinja: a hold to place or to lift; without `number` and `reason` it is lifted."""

    heading: str
    words: str
    action_href: str
    back: presenters.Link
    button: str
    why: presenters.Field
    number: presenters.Field | None = None
    reason: presenters.Field | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """retention/certificate.jinja: what was deleted, by which rule, when and by whose word; to print."""

    number: str
    state: presenters.Tag
    facts: tuple[tuple[str, str], ...]
    deleted: tuple[tuple[str, int], ...]
    fingerprint: str
    back: presenters.Link
