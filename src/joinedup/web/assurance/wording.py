"""The words of reviewing unusual looking: states, outcomes, reasons, rates.

Belongs here: turning what assurance returns into presenters. Not here: asking for it (views).
"""

import dataclasses
from collections.abc import Mapping, Sequence

from django.urls import reverse

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.governance.assurance import queries as assurance_queries
from joinedup.governance.assurance.rules import rates as assurance_rates
from joinedup.governance.assurance.rules import reviewing
from joinedup.web import lists, looking, presenters, words
from joinedup.web.assurance import presenters as assurance

PAGE_ALERTS = 25
_LIST = "alerts"
_SORTS = ("-points", "points", "-week", "week", "agency", "-agency")

_STATES = {
    reviewing.State.OPEN: presenters.Tag(text="To review", tone=presenters.Tone.CARE),
    reviewing.State.CLEARED: presenters.Tag(text="In order", tone=presenters.Tone.QUIET),
    reviewing.State.CONCERN: presenters.Tag(text="Concern", tone=presenters.Tone.ALARM),
}
_BEGUN = presenters.Tag(text="Case opened")

OUTCOMES = {
    reviewing.Outcome.OWN_WORK: ("In order: work that the records do not show", "Say which work, and who confirmed it"),
    reviewing.Outcome.CHANCE: ("In order: chance", "A shared name or address, and nothing else"),
    reviewing.Outcome.LEARNING: ("A mistake or a test", "The person has been told how to do it rightly"),
    reviewing.Outcome.PASSED_TO_EMPLOYER: ("Concern: looked without reason", "The person's employer has been told"),
    reviewing.Outcome.DATA_BREACH: ("Concern: a personal data breach", "The data protection officer has been told"),
}

_NOT_PRINTED = f"fewer than {assurance_rates.SMALLEST_SHOWN}, or could be worked out"


def asked(given: Mapping[str, str], agencies: Sequence[agencies_queries.AgencyCard]) -> lists.Asked:
    """Read which part of the queue an address asks for."""
    return lists.asked(
        given,
        path=reverse("looking"),
        sorts=_SORTS,
        narrowings={"state": {state.value for state in _STATES}, "agency": {card.code for card in agencies}},
        anchor=_LIST,
    )


def queue_page(  # which part of the queue, and what fills it
    *,
    alerts: Sequence[assurance_queries.AlertCard],
    first: int,
    total: int,
    wanted: lists.Asked,
    agencies: Sequence[agencies_queries.AgencyCard],
    message: presenters.Message | None = None,
) -> assurance.QueuePage:
    """Show a part of the queue."""
    return assurance.QueuePage(
        columns=(
            presenters.SortLink(text="Whose week"),
            lists.column(wanted, "Agency", "agency"),
            lists.column(wanted, "Week of", "-week"),
            presenters.SortLink(text="Why"),
            lists.column(wanted, "Bits", "-points", is_number=True),
            presenters.SortLink(text="State"),
        ),
        alerts=tuple(_row(alert) for alert in alerts),
        empty=_nothing(wanted),
        rates_href=reverse("looking-rates"),
        filters=_filters(wanted, agencies) if alerts or wanted.narrowings else None,
        pager=lists.pager(
            wanted, first=first, shown=len(alerts), total=total, size=PAGE_ALERTS, noun="week", plural="weeks"
        ),
        message=message,
    )


def _row(alert: assurance_queries.AlertCard) -> assurance.AlertRow:
    return assurance.AlertRow(
        looker=alert.looker_name,
        href=reverse("unusual-look", args=[alert.id]),
        role=looking.role(alert.looker_role),
        agency=alert.agency_name,
        week=alert.week,
        points=_bits(alert.points),
        reason=alert.reasons[0].words if alert.reasons else "",
        more_reasons=max(len(alert.reasons) - 1, 0),
        state=_state(alert),
    )


def _bits(points: float) -> str:
    return f"{points:.1f}"


def _state(alert: assurance_queries.AlertCard) -> presenters.Tag:
    if alert.state is reviewing.State.OPEN and alert.opened_at is not None:
        return _BEGUN
    return _STATES[alert.state]


def _filters(wanted: lists.Asked, agencies: Sequence[agencies_queries.AgencyCard]) -> presenters.Filters:
    by_agency = [(card.code, card.name) for card in agencies]
    by_state = [(state.value, tag.text) for state, tag in _STATES.items()]
    return presenters.Filters(
        action_href=f"{wanted.path}#{_LIST}",
        label="Filter the weeks to review",
        target=_LIST,
        fields=(
            lists.choice_of("state", "State", "Any state", by_state, chosen=wanted.narrowed_to("state")),
            lists.choice_of("agency", "Agency", "All agencies", by_agency, chosen=wanted.narrowed_to("agency")),
        ),
        kept=wanted.kept_in_a_form(),
        clear_href=wanted.all_of_it() if wanted.narrowings else "",
    )


def _nothing(wanted: lists.Asked) -> presenters.EmptyState:
    if wanted.narrowings:
        return presenters.EmptyState(heading="No week is like this", words="Choose another state or agency above.")
    return presenters.EmptyState(
        heading="Nothing to review",
        words="Each night the looks of the week are compared with ordinary work. What stands out will be here.",
    )


def alert_page(
    alert: assurance_queries.AlertCard,
    *,
    given: Mapping[str, str],
    errors: Mapping[str, str],
    message: presenters.Message | None = None,
) -> assurance.AlertPage:
    """Show one alert with the question that comes next."""
    page = assurance.AlertPage(
        looker=alert.looker_name,
        role=looking.role(alert.looker_role),
        agency=alert.agency_name,
        team=alert.team_name,
        week=alert.week,
        points=_bits(alert.points),
        state=_state(alert),
        reasons=tuple(
            assurance.AlertReason(words=reason.words, points=_bits(reason.points)) for reason in alert.reasons
        ),
        looks=tuple(
            assurance.AlertLook(
                at=look.at,
                child=_child(look),
                purpose=looking.purpose(look.purpose),
                has_involvement=look.has_involvement,
            )
            for look in alert.looks
        ),
        back=presenters.Link(text="Back to the weeks to review", href=reverse("looking")),
        message=message,
    )
    return _with_question(page, alert, given, errors)


def _with_question(
    page: assurance.AlertPage,
    alert: assurance_queries.AlertCard,
    given: Mapping[str, str],
    errors: Mapping[str, str],
) -> assurance.AlertPage:
    """Ask what comes next: to open the case, then to decide; nothing once it is decided."""
    if alert.opened_at is None:
        opening = _opening(given, errors)
        return dataclasses.replace(
            page,
            open_href=reverse("unusual-look-open", args=[alert.id]),
            opening=opening,
            errors=presenters.errors_of(opening),
        )
    page = dataclasses.replace(
        page, opened=assurance.Said(who=alert.opened_by_name, at=alert.opened_at, words=alert.opened_reason)
    )
    if alert.state is not reviewing.State.OPEN:
        outcome = OUTCOMES[reviewing.Outcome(alert.outcome)][0]
        decided = assurance.Said(who=alert.reviewer_name, at=alert.decided_at, words=alert.note, outcome=outcome)
        return dataclasses.replace(page, decided=decided)
    outcome_field, note = _outcome(given, errors), _note(given, errors)
    return dataclasses.replace(
        page,
        decide_href=reverse("unusual-look-decide", args=[alert.id]),
        outcome=outcome_field,
        note=note,
        errors=presenters.errors_of(outcome_field, note),
    )


def _child(look: assurance_queries.AlertLook) -> str:
    """Name the child once the case is open; before, number the children of this page."""
    if look.child is None:
        return f"Child {look.child_label}"
    return f"{look.child.name}, {words.child_number(look.child.number)}"


def _opening(given: Mapping[str, str], errors: Mapping[str, str]) -> presenters.Field:
    return presenters.Field(
        name="reason",
        label="Why do you open this case?",
        hint="The children are named once it is open. Your reason is kept, and so is each look of yours.",
        value=given.get("reason", ""),
        error=errors.get("reason", ""),
    )


def _outcome(given: Mapping[str, str], errors: Mapping[str, str]) -> presenters.Field:
    return presenters.Field(
        name="outcome",
        label="What did you find?",
        error=errors.get("outcome", ""),
        choices=tuple(
            presenters.Choice(
                value=outcome.value, text=text, hint=hint, is_chosen=given.get("outcome") == outcome.value
            )
            for outcome, (text, hint) in OUTCOMES.items()
        ),
    )


def _note(given: Mapping[str, str], errors: Mapping[str, str]) -> presenters.Field:
    return presenters.Field(
        name="note",
        label="What did you do to find out?",
        hint="Whom you asked and what they said. What you decide stands.",
        value=given.get("note", ""),
        error=errors.get("note", ""),
    )


def rates_page(
    by_kind: Mapping[str, Sequence[assurance_rates.Rate]], agencies: Mapping[str, str]
) -> assurance.RatesPage:
    """Show how often looking was questioned, by each thing that is counted."""
    headings = {
        "role": ("By role of the person who looked", "Role"),
        "agency": ("By agency of the person who looked", "Agency"),
        "ethnicity": ("By ethnicity of the child who was looked at", "Ethnicity"),
    }
    return assurance.RatesPage(
        tables=tuple(
            assurance.RateTable(
                heading=heading,
                first_column=column,
                rows=tuple(_rate(rate, _group(kind, rate.group, agencies)) for rate in by_kind[kind]),
            )
            for kind, (heading, column) in headings.items()
            if by_kind.get(kind)
        ),
        empty=presenters.EmptyState(
            heading="No rates yet", words="They are counted each night once people have looked at children's pages."
        ),
    )


def _group(kind: str, group: str, agencies: Mapping[str, str]) -> str:
    if group == "not known" or kind == "ethnicity":
        return group.capitalize()
    return looking.role(group) if kind == "role" else agencies.get(group, group)


def _rate(rate: assurance_rates.Rate, group: str) -> assurance.RateRow:
    few = f"fewer than {assurance_rates.SMALLEST_SHOWN}"
    return assurance.RateRow(
        group=group,
        looks=few if rate.looks is None else words.number(rate.looks),
        questioned=_NOT_PRINTED if rate.questioned is None else words.number(rate.questioned),
        per_thousand="not printed" if rate.per_thousand is None else f"{rate.per_thousand:.2f}",
    )
