"""Retention, in every state."""

from joinedup.web import presenters
from joinedup.web.retention import presenters as retention
from tests.journeys.screens import common

WAITS = presenters.Tag(text="Waits for your word", tone=presenters.Tone.CARE)
DONE = presenters.Tag(text="Approved", tone=presenters.Tone.GOOD)
BACK = common.link("Retention")


def page(empty: bool = False) -> retention.RetentionPage:
    due = tuple(
        retention.DueRow(
            number=number, kept_until=common.TODAY, because="Looked after, Police", state=state, approve_href=href
        )
        for number, state, href in (("9XG5C7M19", WAITS, "#"), ("9XG5C7M27", DONE, ""))
    )
    holds = tuple(
        retention.HoldRow(
            number=number,
            reason="A public inquiry asked that nothing be destroyed",
            why=common.LONG_TEXT,
            placed=common.LONG_NAME,
            state=WAITS,
            lifted=lifted,
            lift_href=href,
        )
        for number, lifted, href in (("9XG5C7M19", "", "#"), ("9XG5C7M27", common.LONG_NAME, ""))
    )
    gone = retention.CertificateRow(number="260303-4KQ7TX", href="#", deleted_at=common.NOW, because="Looked after")
    return retention.RetentionPage(
        due=() if empty else due,
        holds=() if empty else holds,
        certificates=() if empty else (gone,),
        hold_href="#",
        nothing_due=presenters.EmptyState(heading="Nothing is due", words="Records are listed here."),
        message=None if empty else presenters.Message(heading="The hold stands."),
    )


def hold(errors: bool = False, lift: bool = False) -> retention.HoldPage:
    number = presenters.Field(name="number", label="Child number", error="Give the child number" if errors else "")
    reason = presenters.Field(
        name="reason",
        label="Why must it be kept?",
        choices=(presenters.Choice(value="a", text="A public inquiry"), presenters.Choice(value="b", text="A court")),
    )
    why = presenters.Field(
        name="why", label="In your own words", hint="Which inquiry", error="Say why" if errors else ""
    )
    return retention.HoldPage(
        heading="Lift a legal hold" if lift else "Place a legal hold",
        words=common.LONG_TEXT,
        action_href="#",
        back=BACK,
        button="Place the hold",
        why=why,
        number=None if lift else number,
        reason=None if lift else reason,
        errors=presenters.errors_of(number, why),
    )


CERTIFICATE = retention.CertificatePage(
    number="260303-4KQ7TX",
    state=presenters.Tag(text="As it was made", tone=presenters.Tone.GOOD),
    facts=(("Deleted on", "3 March 2026 at 14:05"), ("Approved by", common.LONG_NAME)),
    deleted=(("person records", 4), ("source records", 4_112)),
    fingerprint=" ".join(["abcd1234"] * 8),
    back=BACK,
)


def states() -> dict[str, common.State]:
    hold_page = "retention/hold.jinja"
    return {
        "retention": ("retention/retention.jinja", page(), "Retention"),
        "retention_empty": ("retention/retention.jinja", page(empty=True), "Retention"),
        "retention_hold": (hold_page, hold(), "Retention"),
        "retention_hold_error": (hold_page, hold(errors=True), "Retention"),
        "retention_lift": (hold_page, hold(lift=True), "Retention"),
        "retention_certificate": ("retention/certificate.jinja", CERTIFICATE, "Retention"),
    }
