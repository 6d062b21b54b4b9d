"""Frameworks as a page: every outcome and line with its source, for the documentation and for whoever checks them.

Belongs here: rows of words. Not here: what a framework may say (rules).
"""

from collections.abc import Iterable

from joinedup.outcomes.framework import rules

_HEAD = """# Frameworks of outcomes

What the work is for, in the words that all agencies share: needs, plans and closures speak them by their codes. A
framework counts for work that is done while it is in force. Where a source was not read and the words were recalled, it says
"to be checked". A trust's own file takes this one's place: `JOINEDUP_FRAMEWORKS` ([Settings](settings.md)). This page is
printed by `joinedup frameworks`.
"""
_KINDS = {
    rules.AimKind.AIM: "aim",
    rules.AimKind.PARENTS: "parents, carers and families",
    rules.AimKind.NEED: "need",
    rules.AimKind.ENABLER: "enabler",
    rules.AimKind.PRINCIPLE: "principle",
}


def as_markdown(frameworks: Iterable[rules.Framework]) -> str:
    """Return the frameworks as a page of documentation, in their own order."""
    return "\n".join([_HEAD, *(_framework(each) for each in frameworks)])


def _framework(framework: rules.Framework) -> str:
    until = f" until {framework.until_date:%-d %B %Y}" if framework.until_date else ""
    lines = [
        f"## {framework.name}",
        "",
        f"In force from {framework.from_date:%-d %B %Y}{until}. Source: {framework.source}.",
        "",
    ]
    for outcome in framework.outcomes:
        lines += _outcome(outcome)
    if framework.lines:
        lines += ["### For the whole of it", "", *_table(framework.lines)]
    return "\n".join(lines)


def _outcome(outcome: rules.Outcome) -> list[str]:
    lines = [
        f"### {outcome.name}",
        "",
        f"Code `{outcome.code}`. {_source(outcome.source, is_verified=outcome.is_verified)}",
    ]
    if outcome.words:
        lines[-1] += f" In law: {outcome.words} ({outcome.statute})."
    if outcome.answers_to:
        lines[-1] += f" Answers to {', '.join(f'`{code}`' for code in outcome.answers_to)}."
    return [*lines, "", *(_table(outcome.aims) if outcome.aims else [])]


def _table(aims: Iterable[rules.Aim]) -> list[str]:
    rows = [
        f"| `{aim.code}` | {_KINDS[aim.kind]} | {aim.words} | {_source(aim.source, is_verified=aim.is_verified)} |"
        for aim in aims
    ]
    return ["| code | kind | words | source |", "|---|---|---|---|", *rows, ""]


def _source(source: str, *, is_verified: bool) -> str:
    return f"Source: {source}." if is_verified else f"To be checked: {source}."
