"""What an assessment was: signed versions as they were signed, what changed between them, and the history of one answer."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from joinedup.processes.assessment import models, rules
from joinedup.processes.assessment.queries import opening


class NoSuchVersion(Exception):
    """The assessment has no signed version of this number."""


class NoSuchAnswer(Exception):
    """The assessment has no such answer, or not for this viewer."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """One answer of a version, and what had changed in it since the version before."""

    place: rules.Place
    words: str
    written_by_name: str
    pieces: tuple[rules.Piece, ...]

    @property
    def has_changed(self) -> bool:
        """Return whether the version before had other words here."""
        return any(piece.change is not rules.Change.SAME for piece in self.pieces)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One signed version as it was signed, in its own form."""

    opened: opening.Opened
    number: int
    signed_at: datetime.datetime
    signed_by_name: str
    agency_name: str
    lines: dict[rules.Place, ChangedLine]
    has_before: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WordsCard:
    """One version of an answer; `is_beside` where another's words stood already."""

    number: int
    words: str
    written_at: datetime.datetime
    written_by_name: str
    agency_name: str
    is_beside: bool


def get_version(asked: opening.Asked, *, number: int) -> VersionPage:
    """Return one signed version, with what had changed since the one before, and write who looked.

    Shapes: at most 13 queries.
    Errors: NoSuchVersion; NoSuchAssessment; those of childindex_queries.open_child.
    """
    opened = opening.open_assessment(asked, act="assessment.version.seen")
    signed = {one.number: one for one in opened.row.signed.filter(number__in=[number, number - 1])}
    if number not in signed:
        raise NoSuchVersion(number)
    now, before = signed[number], signed.get(number - 1)
    places = {row.id: rules.Place(code=row.field, child_id=row.child_id) for row in opened.row.answers.all()}
    stood = _words(now.numbers, {} if before is None else before.numbers)
    lines = {}
    for key, answer_number in now.numbers.items():
        answer_id = uuid.UUID(key)
        if answer_id in places:
            present = stood.get((answer_id, answer_number))
            earlier = stood.get((answer_id, before.numbers.get(key, 0))) if before else None
            lines[places[answer_id]] = _line(places[answer_id], present, earlier)
    return VersionPage(
        opened=opened,
        number=number,
        signed_at=now.signed_at,
        signed_by_name=now.signed_by_name,
        agency_name=now.agency_name,
        lines=lines,
        has_before=before is not None,
    )


def _line(place: rules.Place, present: models.AnswerWords | None, earlier: models.AnswerWords | None) -> ChangedLine:
    words = present.words if present else ""
    return ChangedLine(
        place=place,
        words=words,
        written_by_name=present.written_by_name if present else "",
        pieces=rules.differences(earlier.words if earlier else "", words),
    )


def _words(*numbers: Mapping[str, int]) -> dict[tuple[uuid.UUID, int], models.AnswerWords]:
    """Return the words of these versions of answers."""
    wanted = {(key, number) for each in numbers for key, number in each.items() if number}
    if not wanted:
        return {}
    rows = models.AnswerWords.objects.filter(
        answer_id__in={key for key, _ in wanted}, number__in={number for _, number in wanted}, is_beside=False
    )
    return {(row.answer_id, row.number): row for row in rows}


def get_history(asked: opening.Asked, *, answer_id: uuid.UUID) -> tuple[opening.Opened, rules.Place, list[WordsCard]]:
    """Return all that was ever written in one place, the newest first, and write who looked.

    Shapes: at most 12 queries.
    Errors: NoSuchAnswer; NoSuchAssessment; those of childindex_queries.open_child.
    """
    opened = opening.open_assessment(asked, act="assessment.history.seen")
    answer = opened.row.answers.filter(pk=answer_id).first()
    if answer is None:
        raise NoSuchAnswer(answer_id)
    cards = [
        WordsCard(
            number=row.number,
            words=row.words,
            written_at=row.written_at,
            written_by_name=row.written_by_name,
            agency_name=row.agency_name,
            is_beside=row.is_beside,
        )
        for row in answer.versions.order_by("-written_at", "-id")
    ]
    return opened, rules.Place(code=answer.field, child_id=answer.child_id), cards
