"""The words of how good the links are: blind samples, what thresholds would make, match rates.

Belongs here: turning counts into presenters, and hiding small ones. Not here: counting (childindex).
"""

from collections.abc import Mapping, Sequence

from django import forms
from django.urls import reverse

from joinedup.foundation import clock, smallnumbers
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules
from joinedup.web import presenters, words
from joinedup.web.steward import presenters as steward
from joinedup.web.steward import wording

_BACK = presenters.Link(text=wording.BACK, href="/matching")
#: Below so many pairs that told, an agency's precision says too little to be printed.
_FEWEST_TOLD = 30
#: Source: NHS, Child Protection - Information Sharing matching guidance (2019): no go-live below it.
_GATE_PERCENT = 95
_FEW = "too few to print"


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


# ---------------------------------------------------------------- blind samples


class Draw(forms.Form):
    """How sure the result is to be. Units: percentage points, and percent."""

    width = forms.FloatField(
        min_value=0.1,
        max_value=25,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Give a width between 0.1 and 25 percentage points"
        ),
    )
    expected = forms.FloatField(
        min_value=50,
        max_value=100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Give a share between 50 and 100 percent"
        ),
    )


def blind_page(  # the samples, and what was typed to draw another
    results: Sequence[childindex_queries.BlindResult],
    form: Draw,
    *,
    population: int,
    refused: str = "",
    message: presenters.Message | None = None,
) -> steward.BlindPage:
    """Show all samples, and how to draw another."""
    waiting = next((result for result in results if result.links is None), None)
    width = presenters.Field(
        name="width",
        label="How exact, in percentage points to each side?",
        hint="1 means that the result is, say, 98 % give or take 1",
        value=str(form.data.get("width", "2")) if form.is_bound else "2",
        error=_error(form, "width") or refused,
    )
    expected = presenters.Field(
        name="expected",
        label="Which share of the links do you expect to be right, in percent?",
        hint="The nearer to 100, the fewer pairs are needed. If the share turns out lower, the result is less exact",
        value=str(form.data.get("expected", "98")) if form.is_bound else "98",
        error=_error(form, "expected"),
    )
    return steward.BlindPage(
        samples=tuple(_sample(result) for result in results),
        back=_BACK,
        action_href=reverse("blind"),
        width=width,
        expected=expected,
        population=words.count(population, "link"),
        go_on=presenters.Link(text="Go on with the pair whose turn it is", href=reverse("blind-pair"))
        if waiting
        else None,
        may_draw=waiting is None and population > 0,
        errors=presenters.errors_of(width, expected),
        message=message,
    )


def _error(form: Draw, name: str) -> str:
    return str(form.errors[name][0]) if form.is_bound and name in form.errors else ""


def _sample(result: childindex_queries.BlindResult) -> steward.SampleCard:
    drawn = f"Drawn by {result.drawn_by_name}, {words.moment(clock.local(result.drawn_at))}, with seed {result.seed}"
    said = f"{words.number(result.answered)} of {words.count(result.pairs, 'pair')} answered"
    if result.links is None:
        return steward.SampleCard(drawn=drawn, words=f"{said}. What they say is shown once all are.")
    others = result.decoys
    apart = others[childindex_rules.BlindAnswer.TWO]
    return steward.SampleCard(
        drawn=drawn,
        words=f"{said}, out of {words.count(result.population, 'link')} that runs made by themselves. {_live(result.links)}",
        rows=(
            _precision("All", result.links, fewest=1),
            *(
                _precision(agency, precision, fewest=_FEWEST_TOLD)
                for agency, precision in result.by_agency.items()
                if precision.right + precision.wrong + precision.unsaid
            ),
        ),
        decoys=f"Among them were {words.count(sum(others.values()), 'pair')} that are not linked; of {words.number(apart)} of "
        "these you said that they are two children, too.",
    )


def _live(found: childindex_rules.Precision) -> str:
    if found.share is None or found.interval is None:
        return "Of none of them could anybody say."
    low, high = _percent(found.interval.low), _percent(found.interval.high)
    return f"Live precision: {_percent(found.share)}; with 95 % confidence between {low} and {high}."


def _precision(group: str, found: childindex_rules.Precision, *, fewest: int) -> steward.PrecisionRow:
    if found.share is None or found.interval is None or found.right + found.wrong < fewest:
        return steward.PrecisionRow(group=group, right=_FEW, wrong=_FEW, unsaid=_FEW, precision=_FEW)
    return steward.PrecisionRow(
        group=group,
        right=words.number(found.right),
        wrong=words.number(found.wrong),
        unsaid=words.number(found.unsaid),
        precision=f"{_percent(found.share)} ({_percent(found.interval.low)} to {_percent(found.interval.high)})",
    )


def blind_pair_page(question: childindex_queries.BlindQuestion) -> steward.BlindPairPage:
    """Show a pair of a sample: what the records say, not whether they are linked, nor how much they weigh."""
    return steward.BlindPairPage(
        rows=wording.rows(question.rows),
        agencies=(wording.agency(question.agency_names[0]), wording.agency(question.agency_names[1])),
        progress=f"{words.number(question.answered)} of {words.count(question.total, 'pair')} answered",
        pair=str(question.id),
        action_href=reverse("blind-pair"),
        back=presenters.Link(text="Back to blind samples", href=reverse("blind")),
    )


# ---------------------------------------------------------------- thresholds


class Thresholds(forms.Form):
    """Two thresholds. Units: bits."""

    link = forms.FloatField(
        min_value=childindex_rules.LEAST_BITS,
        max_value=childindex_rules.MOST_BITS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Give a number of bits between -20 and 40"
        ),
    )
    review = forms.FloatField(
        min_value=childindex_rules.LEAST_BITS,
        max_value=childindex_rules.MOST_BITS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Give a number of bits between -20 and 40"
        ),
    )

    def clean(self) -> dict[str, float]:
        given = self.cleaned_data
        if "link" in given and "review" in given and given["link"] < given["review"]:
            self.add_error(
                "link", "The weight from which records are linked cannot be below that from which you are asked"
            )
        return given


def thresholds_page(  # the thresholds there are, and what was asked of others
    card: childindex_queries.ThresholdCard,
    form: Thresholds | None,
    *,
    said: str = "",
    refused: str = "",
    message: presenters.Message | None = None,
) -> steward.ThresholdsPage:
    """Show the thresholds, what others would make, and how that is counted."""
    link = _bits_field(
        form, "link", "Link from this weight on, in bits", card.link_bits, "At or above it no person is asked"
    )
    review = _bits_field(
        form, "review", "Ask a steward from this weight on, in bits", card.review_bits, "Below it nobody is asked"
    )
    asked = None
    if form is not None and form.is_valid():
        asked = card.forecast(link_bits=form.cleaned_data["link"], review_bits=form.cleaned_data["review"])
    now = card.forecast(link_bits=card.link_bits, review_bits=card.review_bits)
    why = presenters.Field(
        name="why", label="Why do you change them?", hint="It is kept with the change", value=said, error=refused
    )
    is_other = (
        form is not None
        and form.is_valid()
        and (form.cleaned_data["link"] != card.link_bits or form.cleaned_data["review"] != card.review_bits)
    )
    return steward.ThresholdsPage(
        action_href=reverse("thresholds"),
        link=link,
        review=review,
        back=_BACK,
        how_counted=_how_counted(card),
        rows=_forecast_rows(now, asked) if now else (),
        warning=_warning(card, asked),
        why=why if is_other else None,
        changes=tuple(_change(line) for line in card.changes),
        errors=presenters.errors_of(link, review, why),
        message=message,
    )


def _bits_field(form: Thresholds | None, name: str, label: str, now: float, hint: str) -> presenters.Field:
    value = str(form.data.get(name, "")) if form is not None else f"{now:g}"
    error = str(form.errors[name][0]) if form is not None and name in form.errors else ""
    return presenters.Field(name=name, label=label, hint=f"{hint}. It is {_number(now)} now.", value=value, error=error)


def _forecast_rows(
    now: childindex_rules.Forecast, asked: childindex_rules.Forecast | None
) -> tuple[steward.ForecastRow, ...]:
    def row(label: str, of: Mapping[str, str]) -> steward.ForecastRow:
        return steward.ForecastRow(label=label, now=of["now"], asked=of.get("asked", ""))

    both = {"now": now, **({"asked": asked} if asked else {})}
    return (
        row("Links a day, without a person", {name: f"{one.links_a_day:.1f}" for name, one in both.items()}),
        row(
            "Pairs a day for stewards",
            {name: _at_least(one, f"{one.questions_a_day:.1f}") for name, one in both.items()},
        ),
        row("Stewards that takes", {name: _at_least(one, f"{one.stewards:.2f}") for name, one in both.items()}),
        row(
            "Pairs that wait after the next run",
            {name: _at_least(one, words.number(one.at_once)) for name, one in both.items()},
        ),
    )


def _at_least(found: childindex_rules.Forecast, value: str) -> str:
    return value if found.is_whole else f"at least {value}"


def _how_counted(card: childindex_queries.ThresholdCard) -> tuple[str, ...]:
    staffing = card.staffing
    if card.weights is None:
        return (
            (
                "No run has kept the weights of its pairs yet, so nothing can be said of what thresholds make. After the next "
                "run of linking it can."
            ),
        )
    return (
        (
            f"From the pairs that the last run compared, among {words.count(card.weights.people, 'record')}, and the "
            f"records that arrived in the last {childindex_queries.ARRIVAL_DAYS} days: {card.arrivals_a_day:.1f} a day."
        ),
        (
            f"A pair takes a steward {_number(staffing.minutes_a_question)} minutes, and a steward has "
            f"{_number(staffing.hours_a_day)} hours a day for them. Whoever keeps the installation sets both."
        ),
        (
            f"A record is linked as it arrives from {_number(card.arrival_bits)} bits on, or from the weight for links where "
            "that is higher: a run, which sees everyone at once, may link sooner. Whoever keeps the installation sets it."
        ),
        (
            f"Nothing was kept of pairs below {_number(card.weights.floor_bits)} bits, so for a lower weight it says only "
            "'at least'. It takes new records to be like those that are there."
        ),
    )


def _warning(card: childindex_queries.ThresholdCard, asked: childindex_rules.Forecast | None) -> str:
    if asked is None or asked.is_whole or card.weights is None:
        return ""
    return (
        f"You ask for pairs below {_number(card.weights.floor_bits)} bits. The last run kept none of these, so nobody can say "
        "how many more there will be. The next run will keep them."
    )


def _change(line: childindex_queries.ThresholdLine) -> steward.ChangeRow:
    link, review = line.link_bits, line.review_bits
    return steward.ChangeRow(
        who=line.by_name,
        at=line.at,
        words=f"Links from {_number(link[0])} to {_number(link[1])} bits, questions from {_number(review[0])} to "
        f"{_number(review[1])} bits",
        why=line.why,
    )


# ---------------------------------------------------------------- link quality


def quality_page(quality: childindex_queries.LinkQuality) -> steward.QualityPage:
    """Show match rates and coverage, small numbers hidden so that none can be worked out."""
    everyone = quality.everyone
    share = smallnumbers.percent(part=everyone.children_with_nhs, whole=everyone.children, digits=1)
    is_met = everyone.children > 0 and 100 * everyone.children_with_nhs >= _GATE_PERCENT * everyone.children
    return steward.QualityPage(
        coverage=f"{_shown_percent(share)} of {words.count(everyone.children, 'child', 'children')} have an NHS number",
        gate=presenters.Tag(text=f"At or above {_GATE_PERCENT} %", tone=presenters.Tone.GOOD)
        if is_met
        else presenters.Tag(text=f"Below {_GATE_PERCENT} %", tone=presenters.Tone.CARE),
        rows=(_quality_row(everyone, "All"), *(_quality_row(line, line.agency_name) for line in quality.agencies)),
        communities=tuple(
            (name.replace("_", " ").capitalize(), _percent(found))
            for name, found in sorted(quality.by_community.items())
        ),
        empty=presenters.EmptyState(
            heading="Not known here",
            words="How many links of each name community are found can be measured only where the truth is known, as in a "
            "synthetic borough.",
        ),
    )


def _quality_row(line: childindex_queries.QualityLine, name: str) -> steward.QualityRow:
    matched = smallnumbers.percent(part=line.matched, whole=line.records, digits=1)
    with_nhs = smallnumbers.percent(part=line.children_with_nhs, whole=line.children, digits=1)
    return steward.QualityRow(
        agency=name,
        records=_shown(line.records),
        matched=_shown_percent(matched),
        children=_shown(line.children),
        with_nhs=_shown_percent(with_nhs),
    )


def _shown(count: int) -> str:
    found = smallnumbers.shown(count)
    return _FEW if isinstance(found, smallnumbers.Hidden) else words.number(found)


def _shown_percent(found: object) -> str:
    if isinstance(found, smallnumbers.Hidden):
        return _FEW
    return "nobody" if found is None else f"{float(found):.1f} %"  # type: ignore[arg-type]  # a Fraction
