"""Reads of openness: the pages of assurance of this installation, with the figures and tables that its code decides by.

Belongs here: gathering. Not here: words (reference), what other systems send (the outer ring says it).
"""

import math
import pathlib
from collections.abc import Sequence

from django.apps import apps
from django.conf import settings

from joinedup.foundation import smallnumbers
from joinedup.foundation.audit import jobs as audit_jobs
from joinedup.governance.agreements import queries as agreements_queries
from joinedup.governance.breakglass import rules as breakglass_rules
from joinedup.governance.exports import rules as exports_rules
from joinedup.governance.openness import rules
from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.processes.childindex.linkage import model as linkage_model
from joinedup.processes.childindex.linkage import settings as linkage_settings

_REFERENCE = pathlib.Path(__file__).parent / "reference"
#: The pages by the name that their address and file have.
NAMES = ("record-of-processing", "impact-assessment", "algorithms")
_READS = ("T1", "T2", "T3", "T4", "T5")
_OURS = "joinedup."


class NoSuchPage(Exception):
    """There is no page of this name."""


def get_page(*, name: str, sources: Sequence[tuple[str, str]]) -> rules.Page:
    """Return one page of assurance.

    Shapes: `sources` are the formats that can be read, each with the kind of agency that sends it; no queries.
    Errors: NoSuchPage; PageUnreadable.
    """
    if name not in NAMES:
        raise NoSuchPage(name)
    text = (_REFERENCE / f"{name}.yaml").read_text(encoding="utf-8")
    return rules.read_page(text, figures=get_figures(), tables=_tables(sources))


def get_figures() -> dict[str, str]:
    """Return the bounds that the code and the settings of this installation hold people to, by the names pages call them."""
    matrix, linking = agreements_queries.get_matrix(), linkage_settings.LinkSettings()
    given: dict[str, object] = {
        "matrix_version": matrix.policy.version,
        "role_count": len(matrix.roles),
        "cell_count": sum(1 for _ in matrix.policy),
        "schedule_version": rights_queries.get_schedule().version,
        "emergency_minutes": breakglass_rules.MOST_MINUTES,
        "emergency_letters": breakglass_rules.FEWEST_LETTERS,
        "emergency_rejections": breakglass_rules.REJECTED_BEFORE_SUSPENSION,
        "emergency_days": breakglass_rules.WITHIN_DAYS,
        "export_alone": exports_rules.MOST_FOR_ONE_PERSON,
        "export_most": settings.EXPORT_MOST_CHILDREN,
        "export_hours": int(exports_rules.LIFETIME.total_seconds() // 3600),
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
        "session_hours": settings.SESSION_MOST_MINUTES // 60,
        "step_up_minutes": settings.STEP_UP_MINUTES,
        "password_letters": settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"],
        "wrong_answers": settings.AXES_FAILURE_LIMIT,
        "rest_minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        "search_minutes": settings.SEARCH_LIFETIME_MINUTES,
        "seal_seconds": audit_jobs.EVERY_SECONDS,
        "small_most": smallnumbers.MOST_SMALL,
        "link_bits": f"{settings.LINK_THRESHOLD_BITS:g}",
        "review_bits": f"{settings.REVIEW_THRESHOLD_BITS:g}",
        "arrival_bits": f"{settings.ARRIVAL_LINK_BITS:g}",
        "arrival_margin_bits": f"{settings.ARRIVAL_MARGIN_BITS:g}",
        "kin_bits": f"{linking.kin_bits:g}",
        "margin_bits": f"{linking.margin_bits:g}",
        "answer_months": rights_rules.MONTHS,
        "comparison_count": len(linkage_model.COMPARISONS),
        "blocking_count": len(linkage_model.BLOCKING),
        "scope": "every child" if settings.INDEX_SCOPE == "all" else "children with targeted or specialist help alone",
        "data_mode": settings.DATA_MODE,
    }
    return {name: str(value) for name, value in given.items()}


def _tables(sources: Sequence[tuple[str, str]]) -> dict[str, rules.Table]:
    return {
        "sources": rules.Table(columns=("what is sent", "who sends it"), rows=tuple(sources)),
        "recipients": _recipients(),
        "categories": _categories(),
        "retention": _retention(),
        "comparisons": _comparisons(),
    }


def _recipients() -> rules.Table:
    """Return which role reads which tier, on any ground at all; the matrix says on which."""
    matrix = agreements_queries.get_matrix()
    names = {tier.code: tier.name for tier in matrix.tiers}
    rows = []
    for role in matrix.roles:
        read = [names[tier] for tier in _READS if matrix.policy.cells_of(role.code, tier)]
        if read:
            rows.append((role.name, ", ".join(read)))
    return rules.Table(columns=("who", "reads, where the matrix gives a ground"), rows=tuple(rows))


def _categories() -> rules.Table:
    """Return each table of ours that holds what is personal, with the columns that do."""
    rows = []
    for model in apps.get_models():
        scrubbed: frozenset[str] = getattr(getattr(model, "Scrub", None), "scrub", frozenset())
        if scrubbed and model.__module__.startswith(_OURS):
            fields = [field.name for field in model._meta.get_fields() if field.name in scrubbed]
            rows.append((str(model._meta.verbose_name), ", ".join(name.replace("_", " ") for name in fields)))
    return rules.Table(columns=("what is kept", "what of it is personal"), rows=tuple(sorted(rows)))


def _retention() -> rules.Table:
    statuses = rights_queries.get_schedule().statuses.values()
    return rules.Table(
        columns=("status ever held", "kept for", "figure"),
        rows=tuple(
            (one.name, rights_rules.words_of(one.period), "confirmed" if one.is_confirmed else "not confirmed")
            for one in statuses
        ),
    )


def _comparisons() -> rules.Table:
    """Return each question that linking asks of two records, and what its answers weigh before training."""
    rows = []
    for one in linkage_model.COMPARISONS:
        bits = [math.log2(level.m / level.u) for level in one.levels]
        rows.append((one.subject, str(len(one.levels)), f"{max(bits):+.1f}", f"{min(bits):+.1f}"))
    return rules.Table(columns=("asked of", "answers", "most for, in bits", "most against, in bits"), rows=tuple(rows))
