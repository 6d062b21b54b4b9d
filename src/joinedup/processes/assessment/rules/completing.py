"""Rules of completing: which fields an assessment of these children has, what is missing, and when it may be signed.

Belongs here: counting over fields and children. Not here: whether a person may sign at all (the matrix).
"""

import dataclasses
import enum
import uuid
from collections.abc import Iterator, Mapping, Sequence

from joinedup.processes.assessment.rules import forms


class State(enum.StrEnum):
    """Where an assessment stands."""

    BEGUN = "begun"  #: being written
    SIGNED_OFF = "signed_off"  #: signed as it stands; what is written next begins its next version
    SUPERSEDED = "superseded"  #: another assessment has taken its place


class NotComplete(Exception):
    """Something that is required has no answer yet; `missing` says what."""

    def __init__(self, missing: Sequence["Place"]) -> None:
        super().__init__(", ".join(place.code for place in missing))
        self.missing = tuple(missing)


class StillBeside(Exception):
    """Two people have written the same answer, and nobody has chosen yet."""


class NotInState(Exception):
    """This cannot be done with an assessment that stands where this one does."""


class NobodyLeft(Exception):
    """All children were to be taken out, and an assessment is of somebody."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one answer stands: a field, and the child it is about; no child where it is about the whole family."""

    code: str
    child_id: uuid.UUID | None = None


def places(form: forms.Form, children: Sequence[uuid.UUID]) -> Iterator[Place]:
    """Yield every place for an answer: what is shared once, and what is about a child once for each of them."""
    for field in form.fields():
        yield from places_of(field, children)


def places_of(field: forms.Field, children: Sequence[uuid.UUID]) -> Iterator[Place]:
    """Yield the places of one field."""
    if field.about is forms.About.FAMILY:
        yield Place(code=field.code)
    else:
        for child_id in children:
            yield Place(code=field.code, child_id=child_id)


def missing(form: forms.Form, children: Sequence[uuid.UUID], answers: Mapping[Place, str]) -> tuple[Place, ...]:
    """Return the places that must have an answer and have none, in the order of the form."""
    return tuple(
        place
        for field in form.fields()
        if field.is_required
        for place in places_of(field, children)
        if not answers.get(place, "").strip()
    )


def check_can_sign(
    form: forms.Form, *, state: State, children: Sequence[uuid.UUID], answers: Mapping[Place, str], waiting: int
) -> None:
    """Check that an assessment may be signed as it stands.

    Errors: NotInState unless it is being written; StillBeside; NotComplete.
    """
    if state is not State.BEGUN:
        raise NotInState(state)
    if waiting:
        raise StillBeside
    lacking = missing(form, children, answers)
    if lacking:
        raise NotComplete(lacking)


def check_can_part(*, leaving: Sequence[uuid.UUID], children: Sequence[uuid.UUID]) -> None:
    """Check that these children may leave, and that somebody stays.

    Errors: NobodyLeft; NotInState when one who leaves is not among the children, or nobody is to leave.
    """
    if not leaving or not set(leaving) <= set(children):
        raise NotInState
    if set(leaving) == set(children):
        raise NobodyLeft
