"""What can be done with an item now, as forms on its page: each with what was typed into it and what is wrong with it.

Belongs here: fields and their words. Not here: what the forms do (acting).
"""

import dataclasses
from collections.abc import Mapping, Sequence

from django import forms as django_forms
from django.urls import reverse

from joinedup.delivery.agencies import addressees
from joinedup.processes.inbasket import queries as inbasket_queries
from joinedup.processes.inbasket import rules as inbasket_rules
from joinedup.web import filled, presenters
from joinedup.web.frontdoor import acting, texts
from joinedup.web.frontdoor import presenters as frontdoor

_NOBODY = ("", "Choose a colleague")
_NOWHERE = ("", "Choose a team")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Whom an item can go to, whom to ask, and the levels of need that are in force."""

    teams: Sequence[addressees.TeamCard]
    colleagues: Sequence[addressees.PersonCard]
    agencies: Sequence[addressees.TeamCard]
    levels: Sequence[inbasket_rules.Level]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The form that was just sent and could not be done; nothing where none was."""

    name: str = ""
    form: django_forms.Form | None = None

    def of(self, name: str) -> django_forms.Form:
        """Return the form of an act: as it was sent, or empty."""
        return self.form if self.form is not None and name == self.name else acting.DOINGS[name].form()


#: In the order of the page: what comes next first.
_ORDER = (
    *("claim", "answer", "refuse", "read", "colour", "ask", "decide", "tell", "close"),
    *("split", "give", "hand-on", "take-back", "put-back", "withdraw"),
)
_TITLES: Mapping[str, tuple[str, str]] = {
    "claim": ("Take it", "Take it"),
    "answer": ("Answer", "Share this"),
    "refuse": ("Or refuse", "Refuse"),
    "read": ("Mark it as read", "I have read it"),
    "colour": ("Set its colour", "Set the colour"),
    "ask": ("Ask agencies what they know", "Ask"),
    "decide": ("Decide", "Decide"),
    "tell": ("Tell the sender", "Tell the sender"),
    "close": ("Close it", "Close it, and answer for what follows"),
    "split": ("Make an item of its own for a brother or sister", "Make it"),
    "give": ("Give it to a colleague", "Give it"),
    "hand-on": ("Hand it on to another team", "Hand it on"),
    "take-back": ("Take it back", "Take it back"),
    "put-back": ("Put it back", "Put it back"),
    "withdraw": ("Withdraw the question", "Withdraw it"),
}


def acts(card: inbasket_queries.ItemCard, offered: Offered, *, posted: Posted) -> tuple[frontdoor.Act, ...]:
    """Return the forms of what this viewer may do now, what comes next first."""
    main = _next(card.state, card.kind)
    found = []
    for name in _ORDER:
        if acting.DOINGS[name].act not in card.allowed:
            continue
        made = _form(name, posted.of(name), card, offered)
        found.append(
            dataclasses.replace(
                made,
                is_main=name in main,
                is_open=name == posted.name,
                href=reverse("in-basket-act", args=[card.id, name]),
            )
        )
    return tuple(found)


def _next(state: inbasket_rules.State, kind: inbasket_rules.Kind) -> frozenset[str]:
    """Return what usually comes next."""
    if kind is inbasket_rules.Kind.INFORMATION_REQUEST:
        return frozenset({"claim", "answer", "refuse"})
    steps = {
        inbasket_rules.State.NEW: {"claim", "read"},
        inbasket_rules.State.HELD: {"colour", "ask", "decide", "read"},
        inbasket_rules.State.GATHERING: {"colour", "ask", "decide"},
        inbasket_rules.State.DECIDED: {"tell"},
        inbasket_rules.State.TOLD: {"close"},
    }
    return frozenset(steps.get(state, set()))


def errors(made: Sequence[frontdoor.Act], *, refused: str) -> tuple[presenters.FormError, ...]:
    """Gather what is wrong, in the order of the page."""
    found = [presenters.FormError(text=refused)] if refused else []
    for act in made:
        if act.level_error:
            found.append(presenters.FormError(text=act.level_error, href="#level-1"))
        found += presenters.errors_of(
            *([act.teams] if act.teams else []), *act.fields, *([act.born] if act.born else [])
        )
    return tuple(found)


def _form(name: str, form: django_forms.Form, card: inbasket_queries.ItemCard, offered: Offered) -> frontdoor.Act:
    title, button = _TITLES[name]
    made = frontdoor.Act(name=name, href="", title=title, button=button)
    match name:
        case "decide":
            return _decide(made, form, card, offered)
        case "ask":
            return _ask(made, form, offered)
        case "split":
            born = presenters.DateField(
                name="sibling_born",
                label="Date of birth, if known",
                day=filled.given(form, "sibling_born-day"),
                month=filled.given(form, "sibling_born-month"),
                year=filled.given(form, "sibling_born-year"),
                error=filled.error(form, "sibling_born"),
            )
            return dataclasses.replace(
                made, fields=(_text(form, "sibling_name", "Name of the brother or sister"),), born=born
            )
        case _:
            return dataclasses.replace(made, fields=_fields(name, form, card, offered))


def _fields(
    name: str, form: django_forms.Form, card: inbasket_queries.ItemCard, offered: Offered
) -> tuple[presenters.Field, ...]:
    match name:
        case "colour":
            return (
                _choices(form, "urgency", "Which colour?", texts.URGENCIES, chosen=str(card.urgency or "")),
                _text(form, "urgency_why", "Why?"),
            )
        case "tell":
            hint = "They read it beside the outcome, with your name to ring. Word it the same whether the child was known or not."
            return (_text(form, "tell_words", "What may the sender know, and what should they do?", hint=hint),)
        case "answer":
            hint = "Only what is relevant and no more than it takes. Others read it as yours."
            return (
                _text(form, "answer_words", "What do you know that matters here?", hint=hint),
                _choices(form, "answer_basis", "On what legal basis do you share it?", texts.BASES),
            )
        case "refuse":
            return (
                _text(form, "refuse_why", "Why do you share nothing?"),
                _choices(form, "refuse_basis", "Which legal basis did you weigh?", texts.BASES),
            )
        case "give":
            people = {str(one.id): f"{one.name}, {one.job_title}" for one in offered.colleagues}
            return (_select(form, "to_person", "To whom?", people, _NOBODY), _text(form, "give_why", "Why?"))
        case "hand-on":
            teams = {str(team.id): team.name for team in offered.teams if team.id != card.team_id}
            return (_select(form, "to_team", "To which team?", teams, _NOWHERE), _text(form, "hand_on_why", "Why?"))
        case "put-back":
            return (_text(form, "put_back_why", "Why? (you may leave this empty)"),)
        case "withdraw":
            return (_text(form, "withdraw_why", "Why do you need no answer any more?"),)
        case _:
            return ()


def _decide(
    made: frontdoor.Act, form: django_forms.Form, card: inbasket_queries.ItemCard, offered: Offered
) -> frontdoor.Act:
    level = filled.given(form, "level") or str(card.level or "")
    return dataclasses.replace(
        made,
        levels=tuple(
            frontdoor.Level(
                value=str(one.number),
                title=f"Level {one.number}: {one.name}",
                meaning=one.meaning,
                entry="; ".join(part for part in (one.entry, one.legal) if part),
                source=one.source,
                is_chosen=level == str(one.number),
            )
            for one in offered.levels
        ),
        level_error=filled.error(form, "level"),
        fields=(
            _choices(form, "outcome", "What happens next?", texts.OUTCOMES, chosen=str(card.outcome or "")),
            _text(form, "decide_why", "Why? What did you weigh, and what was missing?"),
        ),
    )


def _ask(made: frontdoor.Act, form: django_forms.Form, offered: Offered) -> frontdoor.Act:
    chosen = form.data.getlist("ask_teams") if hasattr(form.data, "getlist") else []
    teams = presenters.Field(
        name="ask_teams",
        label="Whom do you ask?",
        error=filled.error(form, "ask_teams"),
        choices=tuple(
            presenters.Choice(value=str(team.id), text=team.agency_name, is_chosen=str(team.id) in chosen)
            for team in offered.agencies
        ),
    )
    hint = "They see what was typed of the child, and this; not the worry itself."
    return dataclasses.replace(
        made,
        teams=teams,
        fields=(
            _text(form, "question", "What do you need to know, and what for?", hint=hint),
            _choices(form, "ask_basis", "On what legal basis do you ask?", texts.BASES),
        ),
    )


def _text(form: django_forms.Form, name: str, label: str, *, hint: str = "") -> presenters.Field:
    return presenters.Field(
        name=name, label=label, hint=hint, value=filled.given(form, name), error=filled.error(form, name)
    )


def _choices(
    form: django_forms.Form, name: str, label: str, texts_of: Mapping[filled.Key, str], *, chosen: str = ""
) -> presenters.Field:
    return presenters.Field(
        name=name,
        label=label,
        error=filled.error(form, name),
        choices=filled.choices(texts_of, filled.given(form, name) or chosen),
    )


def _select(
    form: django_forms.Form, name: str, label: str, texts_of: Mapping[str, str], none: tuple[str, str]
) -> presenters.Field:
    return presenters.Field(
        name=name,
        label=label,
        error=filled.error(form, name),
        choices=(
            presenters.Choice(value=none[0], text=none[1]),
            *filled.choices(texts_of, filled.given(form, name)),
        ),
    )
