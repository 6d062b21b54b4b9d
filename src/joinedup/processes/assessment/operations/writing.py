"""Writing answers: each is the next version, or stands beside another's until a person chooses; nobody's words are lost.

Belongs here: writing and choosing. Not here: what becomes of words (rules), signing.
"""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.processes.assessment import models, queries, rules
from joinedup.processes.assessment.operations import allowing


class NoSuchWaiting(Exception):
    """Nothing waits here, or somebody has chosen already."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Words for one answer, and the version that their writer saw.

    Errors: rules.TooLong.
    """

    answer_id: uuid.UUID
    words: str
    seen: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", rules.cleaned(self.words))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of words for one answer, and which version stands there now."""

    answer_id: uuid.UUID
    place: rules.Place
    outcome: rules.Outcome
    number: int
    written_by_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """Who writes, for which agency, from which page, and when."""

    by: access_rules.Viewer
    agency_name: str
    page_id: uuid.UUID
    at: datetime.datetime

    def author(self) -> dict[str, object]:
        return {
            "written_at": self.at,
            "written_by_id": self.by.user_id,
            "written_by_name": self.by.name,
            "agency_name": self.agency_name,
        }


@transaction.atomic
def write_answers(
    *,
    asked: queries.Asked,
    given: Sequence[Given],
    page_id: uuid.UUID,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> tuple[queries.Opened, list[Told]]:
    """Keep words for some answers of an assessment; return the assessment and what became of each.

    Shapes: `page_id` is the page that the writer has open, the same each time it saves. Answers that are not of this
    assessment, or not for this viewer, are passed over.
    Errors: NotAllowed; NotInState; NoSuchAssessment; those of childindex_queries.open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.write")
    wanted = {one.answer_id: one for one in given}
    held = list(opened.row.answers.select_for_update().filter(id__in=wanted).order_by("id"))
    versions = _versions_of({row.id: min(wanted[row.id].seen, row.number) for row in held})
    writing = _Writing(by=by, agency_name=allowing.agency_of(by), page_id=page_id, at=at)
    told = []
    for row in held:
        place = rules.Place(code=row.field, child_id=row.child_id)
        if not opened.may_write_at(place):
            raise queries.NotAllowed(asked.number)
        outcome = _write(row, wanted[row.id], versions[row.id], writing)
        told.append(
            Told(
                answer_id=row.id,
                place=place,
                outcome=outcome,
                number=row.number,
                written_by_name=row.written_by_name,
            )
        )
    changed = [one for one in told if one.outcome is not rules.Outcome.UNCHANGED]
    if changed:
        allowing.write_on(opened.row)
        _record(opened, changed, by=by)
    return opened, told


def _record(opened: queries.Opened, changed: Iterable[Told], *, by: access_rules.Viewer) -> None:
    about = {one.place.child_id for one in changed}
    audit_operations.record(
        by=by,
        act="assessment.written",
        subjects=opened.row.child_ids if None in about else [child for child in about if child],
        record_ref=str(opened.row.id),
        fields=sorted({one.place.code for one in changed}),
    )


def _versions_of(seen: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, list[rules.Version]]:
    """Return the versions of answers from the one that was seen on, oldest first."""
    found: dict[uuid.UUID, list[rules.Version]] = collections.defaultdict(list)
    rows = models.AnswerWords.objects.filter(
        answer_id__in=list(seen), is_beside=False, number__gte=min(seen.values(), default=0)
    )
    for row in rows.order_by("answer_id", "number"):
        if row.number >= seen[row.answer_id]:
            found[row.answer_id].append(rules.Version(number=row.number, words=row.words, page_id=row.page_id))
    return found


def _write(row: models.Answer, given: Given, versions: Sequence[rules.Version], writing: _Writing) -> rules.Outcome:
    outcome = rules.weigh(rules.Written(words=given.words, seen=given.seen, page_id=writing.page_id), versions)
    if outcome is rules.Outcome.KEPT:
        keep(row, given.words, **writing.author(), page_id=writing.page_id)
    if outcome is rules.Outcome.BESIDE:
        _keep_beside(row, given.words, writing)
    return outcome


def keep(row: models.Answer, words: str, *, page_id: uuid.UUID | None, **author: object) -> None:
    """Let words be the next version of an answer."""
    row.words, row.number = words, row.number + 1
    for name, value in author.items():
        setattr(row, name, value)
    row.save(update_fields=["words", "number", *author])
    models.AnswerWords.objects.create(answer=row, number=row.number, words=words, page_id=page_id, **author)


def _keep_beside(row: models.Answer, words: str, writing: _Writing) -> None:
    waiting, is_new = models.WaitingWords.objects.get_or_create(
        answer=row, page_id=writing.page_id, chosen_at=None, defaults={"words": words, **writing.author()}
    )
    if not is_new and waiting.words == words:
        return
    waiting.words, waiting.written_at = words, writing.at
    waiting.save(update_fields=["words", "written_at"])
    models.AnswerWords.objects.create(
        answer=row, number=row.number, is_beside=True, words=words, page_id=writing.page_id, **writing.author()
    )


@transaction.atomic
def choose(
    *,
    asked: queries.Asked,
    waiting_id: uuid.UUID,
    choice: rules.Choice,
    seen: int,
    by: access_rules.Viewer,
    at: datetime.datetime,
) -> None:
    """Let a person choose between words that stand and words that wait; the others stay in the answer's history.

    Errors: NoSuchWaiting, also where the words that stand are not those that the person saw; NotAllowed; NotInState;
    NoSuchAssessment; those of childindex_queries.open_child.
    """
    opened = allowing.open_for_change(asked, act="assessment.choose")
    waiting = models.WaitingWords.objects.filter(pk=waiting_id, answer__assessment=opened.row, chosen_at=None).first()
    if waiting is None:
        raise NoSuchWaiting(waiting_id)
    row = opened.row.answers.select_for_update().get(pk=waiting.answer_id)
    place = rules.Place(code=row.field, child_id=row.child_id)
    if not opened.may_write_at(place):
        raise queries.NotAllowed(asked.number)
    if row.number != seen:
        raise NoSuchWaiting(waiting_id)
    words = rules.chosen(choice, present=row.words, waiting=waiting.words)
    if words != row.words:
        author = _Writing(by=by, agency_name=allowing.agency_of(by), page_id=waiting.page_id, at=at).author()
        keep(row, words, **author, page_id=waiting.page_id)
        allowing.write_on(opened.row)
    waiting.chosen_at, waiting.chosen_by_id, waiting.choice = at, by.user_id, choice
    waiting.save(update_fields=["chosen_at", "chosen_by_id", "choice"])
    audit_operations.record(
        by=by,
        act="assessment.chosen",
        subjects=row.child_ids,
        record_ref=str(opened.row.id),
        fields=[row.field],
    )
