"""The words of sealed children: reasons, what is asked, and what agreeing does.

Belongs here: turning requests and forms into presenters. Not here: deciding anything.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.urls import reverse

from joinedup.foundation import clock, ids
from joinedup.governance.sealing import queries as sealing_queries
from joinedup.governance.sealing import rules as sealing_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.web import filled, presenters, words
from joinedup.web.shield import presenters as shield

REASONS = {
    sealing_rules.Reason.VIOLENCE_AT_HOME: "Someone who was violent may look for the family",
    sealing_rules.Reason.ADOPTION: "The child was adopted, or is to be",
    sealing_rules.Reason.PROTECTED_PERSON: "The family has a protected identity",
    sealing_rules.Reason.EXPLOITATION: "People who exploited the child may look for them",
    sealing_rules.Reason.COURT_ORDER: "A court ordered it",
    sealing_rules.Reason.NO_LONGER_NEEDED: "What was feared is over",
}
ANSWERS = {
    sealing_rules.Answer.ABSENT: "We know no child by this number whom you may seal",
    sealing_rules.Answer.ALREADY: "This is so already",
    sealing_rules.Answer.WAITING: "Something is asked of this child already. Decide on that first",
    sealing_rules.Answer.OWN: "Another shield officer must agree",
}
_WORK = {
    sealing_rules.Work.ITEM: "In the in-basket",
    sealing_rules.Work.EPISODE: "An episode of help",
    sealing_rules.Work.ASSESSMENT: "An assessment that is being written",
    sealing_rules.Work.CONCERN: "Child protection",
}
_ASKS = {sealing_rules.Kind.SET: "Seal the record", sealing_rules.Kind.LIFT: "Lift the seal"}
_SEALING = (
    "Nothing changes until another shield officer agrees. From then on a search finds no more of the child than name, sex, "
    "date of birth and number, and that for few people; the child's page is nobody's but yours. Where the child lives is "
    "taken out of the records of everyone at that address."
)
_LIFTING = (
    "Nothing changes until another shield officer agrees. From then on the record is seen as any other, and addresses that "
    "were kept back are shown again."
)


class Ask(forms.Form):
    """For whom, and why."""

    number = forms.CharField(max_length=20, error_messages={"required": "Give the child's number"})
    reason = forms.ChoiceField(
        choices=[(reason.value, text) for reason, text in REASONS.items()],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose one of the reasons"},
    )
    words = forms.CharField(
        max_length=sealing_rules.MOST_LETTERS,
        error_messages={
            "required": "Say why",
            "max_length": f"Use at most {sealing_rules.MOST_LETTERS} letters",
        },
    )

    def clean_number(self) -> str:
        number = ids.child_number(str(self.cleaned_data["number"]))
        if number is None:
            raise forms.ValidationError("This is no child number: it has nine letters and digits")
        return number

    def clean_words(self) -> str:
        said = str(self.cleaned_data["words"])
        if len("".join(said.split())) < sealing_rules.FEWEST_LETTERS:
            raise forms.ValidationError(
                f"Say it in at least {sealing_rules.FEWEST_LETTERS} letters, so that another officer can judge"
            )
        return said

    def asked(self, kind: sealing_rules.Kind) -> sealing_rules.Asked:
        """Return what was asked, as a value."""
        given = self.cleaned_data
        return sealing_rules.Asked(kind=kind, reason=sealing_rules.Reason(given["reason"]), words=given["words"])


def sealed_page(
    *,
    requests: list[sealing_queries.SealRequestCard],
    held: list[childindex_queries.HeldCard],
    children: list[childindex_queries.SealedChild],
    work: Mapping[UUID, Sequence[sealing_queries.OpenWork]],
    message: presenters.Message | None,
) -> shield.SealedPage:
    """Show what waits, which records are held, and who is sealed, with the open work of each that nobody else sees."""
    return shield.SealedPage(
        ask_href=reverse("seal-ask"),
        requests=tuple(_request(card) for card in requests),
        held=tuple(_held(card) for card in held),
        children=tuple(_sealed(child, work.get(child.id, ())) for child in children),
        message=message,
    )


def _request(card: sealing_queries.SealRequestCard) -> shield.Request:
    return shield.Request(
        href=reverse("seal-request", args=[card.id]),
        asks=_ASKS[card.kind],
        child=card.child_name,
        asked_by=card.asked_by_name,
        asked_at=card.asked_at,
        tag=presenters.Tag(text="You asked", tone=presenters.Tone.QUIET) if card.is_own else None,
    )


def _held(card: childindex_queries.HeldCard) -> shield.Held:
    born = f", born {words.day(card.birth_date)}" if card.birth_date else ""
    child_born = f", born {words.day(card.child_birth_date)}" if card.child_birth_date else ""
    return shield.Held(
        says=f"{card.name}{born}",
        agency=card.agency_name,
        held_at=card.held_at,
        why=card.why,
        child=f"{card.child_name}{child_born}",
        child_href=reverse("child", args=[card.child_number]),
        action_href=reverse("seal-held", args=[card.id]),
    )


def _work(one: sealing_queries.OpenWork) -> str:
    """Say whose work it is, and whom to ring about it."""
    where = ", ".join(
        dict.fromkeys(part for part in (one.person_name, one.team_name, one.agency_name, one.phone) if part)
    )
    return f"{_WORK[one.kind]}, since {words.day(clock.local(one.since_at).date())}: ring {where}"


def _sealed(child: childindex_queries.SealedChild, work: Sequence[sealing_queries.OpenWork]) -> shield.Sealed:
    return shield.Sealed(
        name=child.name,
        href=reverse("child", args=[child.number]),
        birth_date=child.birth_date,
        reason=REASONS[sealing_rules.Reason(child.reason)] if child.reason in set(sealing_rules.Reason) else "",
        sealed_at=child.sealed_at,
        lift_href=f"{reverse('seal-ask')}?lift={child.number}",
        work=tuple(_work(one) for one in work),
    )


def ask_page(form: Ask, *, kind: sealing_rules.Kind, number: str = "", refused: str = "") -> shield.AskPage:
    """Ask for whom and why, with what was typed before."""
    is_set = kind is sealing_rules.Kind.SET
    its_number = presenters.Field(
        name="number",
        label="Child number",
        value=filled.given(form, "number") if form.is_bound else words.child_number(number) if number else "",
        hint="It stands on the child's page",
        error=filled.error(form, "number") or refused,
    )
    reason = presenters.Field(
        name="reason",
        label="Why?",
        error=filled.error(form, "reason"),
        choices=filled.choices(
            {one: REASONS[one] for one in sealing_rules.reasons_of(kind)}, filled.given(form, "reason")
        ),
    )
    said = presenters.Field(
        name="words",
        label="In your words",
        hint="The officer who is asked to agree reads it",
        value=filled.given(form, "words"),
        error=filled.error(form, "words"),
    )
    return shield.AskPage(
        heading="Seal a child's record" if is_set else "Lift a seal",
        what_happens=_SEALING if is_set else _LIFTING,
        button="Ask another officer to agree",
        action_href=reverse("seal-ask") + ("" if is_set else f"?lift={number}"),
        back_href=reverse("sealed"),
        number=its_number,
        reason=reason,
        words=said,
        errors=presenters.errors_of(its_number, reason, said),
    )


def decided(card: sealing_queries.SealRequestCard, *, agrees: bool) -> str:
    """Say what became of what was asked."""
    if not agrees:
        return "You took it back: nothing has changed." if card.is_own else "You refused: nothing has changed."
    return "The record is sealed." if card.kind is sealing_rules.Kind.SET else "The seal is lifted."


def request_page(
    card: sealing_queries.SealRequestCard, work: Sequence[sealing_queries.OpenWork] = ()
) -> shield.RequestPage:
    """Show what waits, with what agreeing does, and the open work that it would hide from those who do it."""
    born = words.day(card.birth_date) if card.birth_date else "not known"
    return shield.RequestPage(
        heading=f"{_ASKS[card.kind]}?",
        back_href=reverse("sealed"),
        action_href=reverse("seal-request", args=[card.id]),
        rows=(
            ("Child", card.child_name),
            ("Date of birth", born),
            ("Child number", words.child_number(card.child_number)),
            ("Reason", REASONS[card.reason]),
            ("In their words", card.words),
            ("Asked by", card.asked_by_name),
            ("Asked", words.moment(clock.local(card.asked_at))),
        ),
        what_happens="You asked for this yourself: another officer must agree."
        if card.is_own
        else (_SEALING if card.kind is sealing_rules.Kind.SET else _LIFTING).partition(". ")[2],
        agree="" if card.is_own else f"Agree: {_ASKS[card.kind].lower()} now",
        refuse="Take it back" if card.is_own else "Refuse",
        work=tuple(_work(one) for one in work),
    )
