"""Keeping the frameworks: what the file says is written over what was kept, and nothing that a plan may speak of is deleted."""

from django.conf import settings
from django.db import transaction

from joinedup.outcomes.framework import models, rules, shipped


@transaction.atomic
def keep_frameworks() -> None:
    """Write the frameworks in force; what the file no longer has stays, and is marked as no longer kept.

    Errors: UnreadableFramework; OSError when the trust's file cannot be read.
    """
    given = shipped.frameworks(settings.FRAMEWORKS)
    for model in (models.Aim, models.Outcome, models.Framework):
        model.objects.update(is_kept=False)
    for position, framework in enumerate(given, 1):
        _keep(framework, position)
    models.Correspondence.objects.all().delete()
    models.Correspondence.objects.bulk_create(
        models.Correspondence(outcome_id=outcome.code, other_id=other)
        for framework in given
        for outcome in framework.outcomes
        for other in outcome.answers_to
    )


def _keep(framework: rules.Framework, position: int) -> None:
    kept = {"is_kept": True}
    models.Framework.objects.update_or_create(
        code=framework.code,
        defaults={
            "name": framework.name,
            "source": framework.source,
            "from_date": framework.from_date,
            "until_date": framework.until_date,
            "position": position,
            **kept,
        },
    )
    for place, outcome in enumerate(framework.outcomes, 1):
        models.Outcome.objects.update_or_create(
            code=outcome.code,
            defaults={
                "framework_id": framework.code,
                "position": place,
                "name": outcome.name,
                "words": outcome.words,
                "statute": outcome.statute,
                "source": outcome.source,
                "is_verified": outcome.is_verified,
                **kept,
            },
        )
        _keep_aims(outcome.aims, framework.code, outcome.code)
    _keep_aims(framework.lines, framework.code, None)


def _keep_aims(aims: tuple[rules.Aim, ...], framework: str, outcome: str | None) -> None:
    for place, aim in enumerate(aims, 1):
        models.Aim.objects.update_or_create(
            code=aim.code,
            defaults={
                "framework_id": framework,
                "outcome_id": outcome,
                "kind": aim.kind,
                "position": place,
                "words": aim.words,
                "source": aim.source,
                "is_verified": aim.is_verified,
                "is_kept": True,
            },
        )
