"""The words of retention.

Belongs here: turning what is due, held and deleted into presenters. Not here: deciding anything (governance.rights).
"""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.urls import reverse

from joinedup.foundation import clock
from joinedup.governance.rights import queries as rights_queries
from joinedup.web import filled, presenters, words
from joinedup.web.retention import forms
from joinedup.web.retention import presenters as retention

_WAITS = presenters.Tag(text="Waits for your word", tone=presenters.Tone.CARE)
_APPROVED = presenters.Tag(text="Approved", tone=presenters.Tone.GOOD)
_STANDS = presenters.Tag(text="Stands", tone=presenters.Tone.CARE)
_LIFTED = presenters.Tag(text="Lifted", tone=presenters.Tone.QUIET)
_AS_MADE = presenters.Tag(text="As it was made", tone=presenters.Tone.GOOD)
_ALTERED = presenters.Tag(text="Altered since it was made", tone=presenters.Tone.ALARM)
_BACK = "Retention"


def _because(codes: Iterable[str]) -> str:
    statuses = rights_queries.get_schedule().statuses
    return ", ".join(statuses[code].name if code in statuses else code for code in codes)


def retention_page(
    *,
    due: Sequence[rights_queries.DueCard],
    holds: Sequence[rights_queries.HoldCard],
    certificates: Sequence[rights_queries.CertificateCard],
    message: presenters.Message | None,
) -> retention.RetentionPage:
    """Show what is due, what is held and what was deleted."""
    return retention.RetentionPage(
        due=tuple(
            retention.DueRow(
                number=card.child_number,
                kept_until=card.kept_until,
                because=_because(card.because),
                state=_WAITS if card.approved_at is None else _APPROVED,
                approve_href=reverse("retention-approve", args=[card.id]) if card.approved_at is None else "",
            )
            for card in due
        ),
        holds=tuple(_hold(card) for card in holds),
        certificates=tuple(
            retention.CertificateRow(
                number=card.certified.number,
                href=reverse("retention-certificate", args=[card.id]),
                deleted_at=card.certified.deleted_at,
                because=_because(card.certified.because),
            )
            for card in certificates
        ),
        hold_href=reverse("retention-hold"),
        nothing_due=presenters.EmptyState(
            heading="Nothing is due",
            words="Records whose time is over by the schedule are listed here by the command joinedup retention list.",
        ),
        message=message,
    )


def _hold(card: rights_queries.HoldCard) -> retention.HoldRow:
    is_standing = card.lifted_at is None
    lifted = (
        f"{card.lifted_by_name}, {words.moment(clock.local(card.lifted_at))}: {card.lifted_why}"
        if card.lifted_at
        else ""
    )
    return retention.HoldRow(
        number=card.child_number,
        reason=forms.REASONS[card.reason],
        why=card.why,
        placed=f"{card.placed_by_name}, {words.moment(clock.local(card.placed_at))}",
        state=_STANDS if is_standing else _LIFTED,
        lifted=lifted,
        lift_href=reverse("retention-lift", args=[card.id]) if is_standing else "",
    )


def hold_page(form: forms.Hold, *, refused: str = "") -> retention.HoldPage:
    """Ask whose record is held and why."""
    number = presenters.Field(
        name="number",
        label="Child number",
        hint="As it stands on the child's page or on an export. The page does not say whose it is.",
        value=filled.given(form, "number"),
        error=refused or filled.error(form, "number"),
    )
    reason = presenters.Field(
        name="reason",
        label="Why must it be kept?",
        error=filled.error(form, "reason"),
        choices=filled.choices(forms.REASONS, filled.given(form, "reason")),
    )
    why = _why(form, "Which inquiry, court or complaint, and who asked. Whoever lifts the hold reads it.")
    return retention.HoldPage(
        heading="Place a legal hold",
        words="A record on hold is not deleted, whatever the schedule says, until someone lifts the hold with a reason.",
        action_href=reverse("retention-hold"),
        back=presenters.Link(text=_BACK, href=reverse("retention")),
        button="Place the hold",
        number=number,
        reason=reason,
        why=why,
        errors=presenters.errors_of(number, reason, why),
    )


def lift_page(form: forms.Lift, card: rights_queries.HoldCard) -> retention.HoldPage:
    """Ask why a hold is lifted."""
    why = _why(form, "Who said that it is needed no longer, and where that is written.")
    return retention.HoldPage(
        heading="Lift a legal hold",
        words=f"{card.child_number}: {forms.REASONS[card.reason]}. {card.why}",
        action_href=reverse("retention-lift", args=[card.id]),
        back=presenters.Link(text=_BACK, href=reverse("retention")),
        button="Lift the hold",
        why=why,
        errors=presenters.errors_of(why),
    )


def _why(form: forms.Lift, hint: str) -> presenters.Field:
    return presenters.Field(
        name="why",
        label="In your own words",
        hint=hint,
        value=filled.given(form, "why"),
        error=filled.error(form, "why"),
    )


def certificate_page(card: rights_queries.CertificateCard) -> retention.CertificatePage:
    """Show one certificate."""
    said = card.certified
    names = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    return retention.CertificatePage(
        number=said.number,
        state=_AS_MADE if card.is_as_made else _ALTERED,
        facts=(
            ("Deleted on", words.moment(clock.local(said.deleted_at))),
            ("By the rule for", _because(said.because)),
            ("Edition of the schedule", said.schedule_version),
            ("Approved by", f"{said.approved_by_name}, {words.moment(clock.local(said.approved_at))}"),
        ),
        deleted=tuple(sorted((names.get(table, table), count) for table, count in said.deleted.items() if count)),
        fingerprint=" ".join(card.fingerprint[at : at + 8] for at in range(0, len(card.fingerprint), 8)),
        back=presenters.Link(text=_BACK, href=reverse("retention")),
    )
