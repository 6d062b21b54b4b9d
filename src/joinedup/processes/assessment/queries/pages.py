"""One assessment as it stands: every answer that the viewer may read, what waits, who else writes, and its clock."""

import dataclasses
import datetime
import uuid

from joinedup.foundation import clock
from joinedup.foundation.timescales import queries as timescales_queries
from joinedup.foundation.timescales import rules as timescales_rules
from joinedup.processes.assessment import models, rules
from joinedup.processes.assessment.queries import opening

#: Whoever wrote within this time is said to be writing still.
WRITING_FOR = datetime.timedelta(minutes=2)
#: The clock of an assessment that began with a referral.
TIMESCALE = "cfa"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard:
    """One answer as it stands: where, in which words, which version, and who wrote it when.

    `written_by_name` is empty where the index filled it in; then `agency_name` says which agencies said so.
    """

    id: uuid.UUID
    place: rules.Place
    words: str
    number: int
    written_at: datetime.datetime | None
    written_by_name: str
    agency_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCard:
    """Words that wait beside an answer until a person chooses."""

    id: uuid.UUID
    answer_id: uuid.UUID
    place: rules.Place
    words: str
    written_at: datetime.datetime
    written_by_name: str
    agency_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WriterCard:
    """Somebody else who writes in this assessment at present."""

    name: str
    agency_name: str
    written_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignedCard:
    """One signed version: its number, and who signed it when."""

    number: int
    signed_at: datetime.datetime
    signed_by_name: str
    agency_name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPage:
    """One assessment whole, as far as this viewer may read it.

    Shapes: `missing` counts only places that the viewer may read; `due` is None where no referral began it.
    """

    opened: opening.Opened
    state: rules.State
    answers: dict[rules.Place, AnswerCard]
    waiting: tuple[WaitingCard, ...]
    writers: tuple[WriterCard, ...]
    signed: tuple[SignedCard, ...]
    missing: tuple[rules.Place, ...]
    due: timescales_rules.Due | None
    standing: timescales_rules.Standing | None

    def words(self, place: rules.Place) -> str:
        """Return what stands somewhere, empty where nothing does."""
        card = self.answers.get(place)
        return card.words if card else ""


def get_assessment(asked: opening.Asked, *, at: datetime.datetime) -> AssessmentPage:
    """Return one assessment as it stands, and write who looked.

    Shapes: at most 14 queries whatever the number of children and answers.
    Errors: NoSuchAssessment; those of childindex_queries.open_child.
    """
    return page_of(opening.open_assessment(asked, act="assessment.seen"), at=at)


def page_of(opened: opening.Opened, *, at: datetime.datetime) -> AssessmentPage:
    """Return an assessment that is open.

    Shapes: 4 queries.
    """
    row = opened.row
    answers = get_answers(opened)
    signed = tuple(_signed(one) for one in row.signed.order_by("number"))
    readable = [member.child_id for member in opened.members if member.card is not None]
    due = due_of(row)
    return AssessmentPage(
        opened=opened,
        state=rules.State(row.state),
        answers=answers,
        waiting=get_waiting(opened),
        writers=get_writers(opened, at=at),
        signed=signed,
        missing=rules.missing(opened.form, readable, {place: card.words for place, card in answers.items()}),
        due=due,
        standing=None
        if due is None
        else timescales_rules.standing(due, ended_at=signed[0].signed_at if signed else None, at=at),
    )


def get_answers(opened: opening.Opened) -> dict[rules.Place, AnswerCard]:
    """Return the answers that the viewer may read, by their places.

    Shapes: 1 query.
    """
    return {
        rules.Place(code=row.field, child_id=row.child_id): AnswerCard(
            id=row.id,
            place=rules.Place(code=row.field, child_id=row.child_id),
            words=row.words,
            number=row.number,
            written_at=row.written_at,
            written_by_name=row.written_by_name,
            agency_name=row.agency_name,
        )
        for row in opened.row.answers.order_by("id")
    }


def get_waiting(opened: opening.Opened) -> tuple[WaitingCard, ...]:
    """Return words that wait for a choice, the oldest first.

    Shapes: 1 query.
    """
    rows = models.WaitingWords.objects.select_related("answer").filter(
        answer__assessment_id=opened.row.id, chosen_at=None
    )
    return tuple(
        WaitingCard(
            id=row.id,
            answer_id=row.answer_id,
            place=rules.Place(code=row.answer.field, child_id=row.answer.child_id),
            words=row.words,
            written_at=row.written_at,
            written_by_name=row.written_by_name,
            agency_name=row.agency_name,
        )
        for row in rows.order_by("written_at", "id")
    )


def get_writers(opened: opening.Opened, *, at: datetime.datetime) -> tuple[WriterCard, ...]:
    """Return who else has written in the last minutes, the last of them first.

    Shapes: 1 query.
    """
    rows = (
        models.AnswerWords.objects.filter(
            answer__assessment_id=opened.row.id, written_at__gt=at - WRITING_FOR, written_by_id__isnull=False
        )
        .exclude(written_by_id=opened.viewer.user_id)
        .order_by("-written_at", "-id")
        .values_list("written_by_id", "written_by_name", "agency_name", "written_at")
    )
    latest: dict[uuid.UUID | None, WriterCard] = {}
    for user_id, name, agency_name, written_at in rows:
        latest.setdefault(user_id, WriterCard(name=name, agency_name=agency_name, written_at=written_at))
    return tuple(latest.values())


def _signed(row: models.SignedVersion) -> SignedCard:
    return SignedCard(
        number=row.number,
        signed_at=row.signed_at,
        signed_by_name=row.signed_by_name,
        agency_name=row.agency_name,
    )


def due_of(row: models.Assessment) -> timescales_rules.Due | None:
    """Return by when an assessment must be concluded, where a referral began it.

    Errors: those of the timescales' profile.
    """
    if row.referral_date is None:
        return None
    zone = clock.local(row.begun_at).tzinfo or datetime.UTC
    return timescales_rules.due(
        timescales_queries.get_profile().get(TIMESCALE, on=row.referral_date),
        started_at=datetime.datetime.combine(row.referral_date, datetime.time(), tzinfo=zone),
        zone=zone,
        calendar=timescales_queries.get_calendar(),
    )
