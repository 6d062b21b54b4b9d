"""Asking for outcomes and aims, as plans and pages speak of them.

Belongs here: cards of what counts on a day. Not here: who is looking, for a framework is public.
"""

import dataclasses
import datetime
from collections.abc import Collection

from django.db import models as orm

from joinedup.outcomes.framework import models, rules


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AimCard:
    """One line of a framework."""

    code: str
    kind: rules.AimKind
    words: str
    is_verified: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """An outcome with its lines, and the codes of outcomes elsewhere that it answers to."""

    code: str
    name: str
    words: str
    statute: str
    is_verified: bool
    aims: tuple[AimCard, ...]
    answers_to: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCard:
    """A framework with its outcomes and the lines of the whole, each in its order."""

    code: str
    name: str
    source: str
    from_date: datetime.date
    until_date: datetime.date | None
    outcomes: tuple[OutcomeCard, ...]
    lines: tuple[AimCard, ...]


def get_frameworks(*, on: datetime.date) -> list[FrameworkCard]:
    """Return the frameworks whose words work of this day speaks.

    Shapes: in the order of the file; 4 queries whatever their number.
    """
    counting = models.Framework.objects.filter(is_kept=True, from_date__lte=on).filter(
        orm.Q(until_date=None) | orm.Q(until_date__gte=on)
    )
    frameworks = list(counting.order_by("position", "code"))
    codes = [framework.code for framework in frameworks]
    aims = models.Aim.objects.filter(framework__in=codes, is_kept=True).order_by("position", "code")
    outcomes = list(models.Outcome.objects.filter(framework__in=codes, is_kept=True).order_by("position", "code"))
    answers = _answers()
    lines: dict[tuple[str, str | None], list[AimCard]] = {}
    for aim in aims:
        lines.setdefault((aim.framework_id, aim.outcome_id), []).append(_aim_card(aim))
    return [
        FrameworkCard(
            code=framework.code,
            name=framework.name,
            source=framework.source,
            from_date=framework.from_date,
            until_date=framework.until_date,
            outcomes=tuple(
                _outcome_card(outcome, tuple(lines.get((framework.code, outcome.code), ())), answers)
                for outcome in outcomes
                if outcome.framework_id == framework.code
            ),
            lines=tuple(lines.get((framework.code, None), ())),
        )
        for framework in frameworks
    ]


def get_words(*, code: str) -> str:
    """Return the words of an outcome or aim, also of one that is kept no longer: an old plan still speaks them.

    Shapes: empty where there is no such code.
    """
    found = models.Outcome.objects.filter(pk=code).values_list("name", flat=True).first()
    return found or models.Aim.objects.filter(pk=code).values_list("words", flat=True).first() or ""


def _answers() -> dict[str, set[str]]:
    """Return the codes that each outcome answers to, either way round."""
    answers: dict[str, set[str]] = {}
    for one, other in models.Correspondence.objects.values_list("outcome_id", "other_id"):
        answers.setdefault(one, set()).add(other)
        answers.setdefault(other, set()).add(one)
    return answers


def _aim_card(aim: models.Aim) -> AimCard:
    return AimCard(code=aim.code, kind=rules.AimKind(aim.kind), words=aim.words, is_verified=aim.is_verified)


def _outcome_card(outcome: models.Outcome, aims: tuple[AimCard, ...], answers: dict[str, set[str]]) -> OutcomeCard:
    return OutcomeCard(
        code=outcome.code,
        name=outcome.name,
        words=outcome.words,
        statute=outcome.statute,
        is_verified=outcome.is_verified,
        aims=aims,
        answers_to=tuple(sorted(answers.get(outcome.code, ()))),
    )


def get_aims(*, codes: Collection[str]) -> dict[str, str]:
    """Return the words of these aims, also of those that are kept no longer; what is no aim is left out.

    Shapes: 1 query.
    """
    return dict(models.Aim.objects.filter(pk__in=codes).values_list("code", "words"))
