"""Rules of the pack that answers a request for a copy: which lines are in it, and that others were left out.

Belongs here: the pack as a value, and as JSON and a document. Not here: reading the record, deciding on lines (operations).
"""

import collections
import dataclasses
import datetime
import enum
import json
from collections.abc import Iterable, Mapping

from joinedup.foundation import documents
from joinedup.governance.rights.rules import redacting

PARTS = {
    "identity": "Who you are, as agencies say it",
    "help": "Who helps, or helped",
    "event": "What happened",
    "relative": "People named beside you",
    "contact": "What was sent to a service about you",
    "assessment": "Assessments",
    "plan": "Plans, and what was done",
    "protection": "What was done to keep you safe",
}
_LEFT_OUT = {
    redacting.Why.NAMES: "names another person",
    redacting.Why.PLACE: "says where someone lives",
    redacting.Why.SENSITIVE: "was said in confidence, or is of the police or youth justice",
}


class Format(enum.StrEnum):
    """As what a pack is handed over."""

    JSON = "json"  #: for another system
    PDF = "pdf"  #: to read and to print


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One line of the record as it is given."""

    part: str
    label: str
    words: str
    person: str
    phone: str
    since: datetime.date | None
    until: datetime.date | None
    said_by: str
    received_on: datetime.date
    counts: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A copy of what is kept of one person, for that person or whoever asks for them.

    Shapes: `left_out` counts lines by part and by why; nothing of them is in it.
    """

    request: str
    number: str
    made_on: datetime.date
    kept_for: str
    lines: tuple[PackLine, ...]
    left_out: Mapping[tuple[str, redacting.Why], int]


def left_out_of(held: Iterable[tuple[str, redacting.Why]]) -> dict[tuple[str, redacting.Why], int]:
    """Count the lines that are left out, by part and by why."""
    return dict(sorted(collections.Counter(held).items()))


_WHY_KEPT = (
    "This is a copy of what Joinedup keeps of the person with this child number, as it was on the day above. It is kept so "
    "that the agencies that work with a child know of each other. The agency that said each thing stands beside it: what it "
    "keeps besides, ask that agency."
)
_WHO_SEES = (
    "Who may see it: the people who work with the child, each as far as their work needs it. Nothing here decides anything by "
    "itself, and nobody is given a score."
)
_WHAT_YOU_CAN_DO = (
    "You may ask that something be put right or used no longer, and you may complain to the Information Commissioner."
)
_ABOUT = (_WHY_KEPT, _WHO_SEES, _WHAT_YOU_CAN_DO)


def as_json(pack: Pack) -> bytes:
    """Return a pack for another system: plain keys, days as 2026-03-31."""
    said = {
        "request": pack.request,
        "child_number": pack.number,
        "made_on": pack.made_on.isoformat(),
        "about": list(_ABOUT),
        "kept_for": pack.kept_for,
        "lines": [
            {
                name: value.isoformat() if isinstance(value, datetime.date) else value
                for name, value in dataclasses.asdict(line).items()
            }
            for line in pack.lines
        ],
        "left_out": [
            {"part": part, "because_it": _LEFT_OUT[why], "lines": count} for (part, why), count in pack.left_out.items()
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def as_document(pack: Pack, *, mark: str) -> documents.Document:
    """Return a pack to read and to print."""
    day = _day(pack.made_on)
    parts = [
        documents.Part(
            heading="About this copy",
            words=(
                f"Child number {pack.number}. Request {pack.request}. Made on {day}.",
                *_ABOUT,
                f"How long: {pack.kept_for}",
            ),
        )
    ]
    for part, heading in PARTS.items():
        lines = tuple(_line(line) for line in pack.lines if line.part == part)
        left = tuple(
            f"Left out here: {count}, because it {_LEFT_OUT[why]}."
            if count == 1
            else f"Left out here: {count}, because each {_LEFT_OUT[why]}."
            for (of, why), count in pack.left_out.items()
            if of == part
        )
        if lines or left:
            parts.append(documents.Part(heading=heading, words=left, lines=lines))
    return documents.Document(title="A copy of what is kept of you", mark=mark, parts=tuple(parts))


def _line(line: PackLine) -> str:
    days = [
        _day(line.since) if line.since and line.part == "event" else f"since {_day(line.since)}" if line.since else ""
    ]
    days.append(f"until {_day(line.until)}" if line.until else "")
    said = ", ".join(part for part in (line.words, line.person, line.phone, *days) if part)
    still = "" if line.counts else "; no longer counted"
    return f"{line.label}: {said}. Said by {line.said_by}, received on {_day(line.received_on)}{still}."


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
