"""Rules of the outcomes framework: what a framework file may say, and on which days a framework counts.

Belongs here: reading plain data into frameworks, and refusing what cannot be. Not here: keeping them (operations).
"""

import dataclasses
import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class AimKind(enum.StrEnum):
    """What a line of a framework is."""

    AIM = "aim"  #: what an outcome asks for, for the child
    PARENTS = "parents"  #: what parents, carers and families do for the outcome
    NEED = "need"  #: a family's need that the outcome answers
    ENABLER = "enabler"  #: what services must have for any outcome
    PRINCIPLE = "principle"  #: how all work is done


#: Lines of a whole framework; the others belong to one of its outcomes.
OF_THE_WHOLE = frozenset({AimKind.ENABLER, AimKind.PRINCIPLE})


class UnreadableFramework(Exception):
    """A framework file cannot be read; the words say which entry is wrong, and how."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One line of a framework: an aim, a need, an enabler, a principle."""

    code: str
    kind: AimKind
    words: str
    source: str
    is_verified: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is wanted for children, and the lines that say it more closely.

    `answers_to` are codes of outcomes of other frameworks that one observation of this one may count for.
    """

    code: str
    name: str
    source: str
    is_verified: bool
    statute: str = ""
    words: str = ""
    aims: tuple[Aim, ...] = ()
    answers_to: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A set of outcomes that counts from one day to another, both counted; `until_date` is nothing while it does."""

    code: str
    name: str
    source: str
    from_date: datetime.date
    until_date: datetime.date | None
    outcomes: tuple[Outcome, ...]
    lines: tuple[Aim, ...]

    def counts(self, on: datetime.date) -> bool:
        """Return whether work of this day speaks its words."""
        return self.from_date <= on and (self.until_date is None or on <= self.until_date)


def read_frameworks(given: Any) -> tuple[Framework, ...]:
    """Read frameworks from plain data, as a YAML file gives them.

    Errors: UnreadableFramework naming the entry: a missing word, a code twice, an answer to an outcome that is not there.
    """
    if not isinstance(given, Mapping) or not isinstance(given.get("frameworks"), list):
        raise UnreadableFramework("A file of frameworks holds a list called frameworks.")
    frameworks = tuple(_framework(entry, place) for place, entry in enumerate(given["frameworks"], 1))
    _refuse_twice(code for framework in frameworks for code in _codes(framework))
    outcomes = {outcome.code for framework in frameworks for outcome in framework.outcomes}
    for framework in frameworks:
        for outcome in framework.outcomes:
            for other in outcome.answers_to:
                if other not in outcomes:
                    raise UnreadableFramework(f"Outcome {outcome.code} answers to {other}, which no framework has.")
    return frameworks


def _framework(entry: Any, place: int) -> Framework:
    with_name = f"Framework {place}"
    try:
        until = entry.get("until")
        found = Framework(
            code=str(entry["code"]),
            name=str(entry["name"]),
            source=str(entry["source"]),
            from_date=_day(entry["from"]),
            until_date=None if until is None else _day(until),
            outcomes=tuple(_outcome(outcome) for outcome in entry.get("outcomes", ())),
            lines=tuple(_aim(line) for line in entry.get("lines", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UnreadableFramework(f"{with_name}: {_said(fault)}") from None
    misplaced = [line.code for line in found.lines if line.kind not in OF_THE_WHOLE]
    misplaced += [aim.code for outcome in found.outcomes for aim in outcome.aims if aim.kind in OF_THE_WHOLE]
    if misplaced:
        raise UnreadableFramework(f"{with_name}: {misplaced[0]} stands where a line of its kind does not belong.")
    if found.until_date is not None and found.until_date < found.from_date:
        raise UnreadableFramework(f"{with_name} ends before it begins.")
    return found


def _outcome(entry: Mapping[str, Any]) -> Outcome:
    return Outcome(
        code=str(entry["code"]),
        name=str(entry["name"]),
        source=str(entry["source"]),
        is_verified=bool(entry.get("verified", False)),
        statute=str(entry.get("statute", "")),
        words=str(entry.get("words", "")),
        aims=tuple(_aim(aim) for aim in entry.get("aims", ())),
        answers_to=tuple(str(code) for code in entry.get("answers_to", ())),
    )


def _aim(entry: Mapping[str, Any]) -> Aim:
    return Aim(
        code=str(entry["code"]),
        kind=AimKind(entry.get("kind", AimKind.AIM)),
        words=str(entry["words"]),
        source=str(entry["source"]),
        is_verified=bool(entry.get("verified", False)),
    )


def _codes(framework: Framework) -> Iterator[str]:
    yield framework.code
    yield from (line.code for line in framework.lines)
    for outcome in framework.outcomes:
        yield outcome.code
        yield from (aim.code for aim in outcome.aims)


def _refuse_twice(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise UnreadableFramework(f"The code {code} is given twice; a plan that speaks of it could mean either.")
        seen.add(code)


def _day(written: Any) -> datetime.date:
    if isinstance(written, datetime.date) and not isinstance(written, datetime.datetime):
        return written
    return datetime.date.fromisoformat(str(written))


def _said(fault: Exception) -> str:
    return f"{fault.args[0]!r} is missing" if isinstance(fault, KeyError) else str(fault)
