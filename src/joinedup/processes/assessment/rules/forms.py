"""The form of an assessment as a value: its sections and fields, as one version of it has them.

Belongs here: reading a form, saying plainly what is wrong with one, and finding a field. Not here: answers (completing).
"""

import dataclasses
import datetime
import enum
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: So many fields at most that the system could not have known may be required of whoever assesses one child.
MOST_REQUIRED = 12


class UnreadableForm(Exception):
    """A form holds something that nobody could fill in; the message says where and what."""


class NoSuchField(Exception):
    """This version of the form has no such field."""


class Kind(enum.StrEnum):
    """How a field is answered."""

    WORDS = "words"  #: in words
    CHOICE = "choice"  #: by one of the choices
    LEVEL = "level"  #: by a level of need, which a person judges with the threshold's text beside it
    KNOWN = "known"  #: in words, filled in from the index with whoever said so


class About(enum.StrEnum):
    """Of whom a field is asked."""

    CHILD = "child"  #: of each child apart
    FAMILY = "family"  #: once for all children of the assessment


class Side(enum.StrEnum):
    """The two things that are asked of each element."""

    STRENGTHS = "strengths"  #: what goes well
    NEEDS = "needs"  #: what is needed


_SIDE_WORDS = {Side.STRENGTHS: "What goes well", Side.NEEDS: "What is needed"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form; `element` and `side` are empty but for what is asked of an element."""

    code: str
    label: str
    about: About
    kind: Kind = Kind.WORDS
    hint: str = ""
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    element: str = ""
    side: str = ""

    def words_of(self, answer: str) -> str:
        """Return an answer as it is read: the words of a choice, or what was written."""
        return dict(self.choices).get(answer, answer)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a form, which is one page."""

    code: str
    name: str
    words: str
    fields: tuple[Field, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form."""

    code: str
    version: str
    name: str
    from_date: datetime.date
    source: str
    sections: tuple[Section, ...]

    def fields(self) -> Iterator[Field]:
        """Yield all fields, in the order of the form."""
        for section in self.sections:
            yield from section.fields

    def field(self, code: str) -> Field:
        """Return one field.

        Errors: NoSuchField.
        """
        for field in self.fields():
            if field.code == code:
                return field
        raise NoSuchField(code)

    def section(self, code: str) -> Section | None:
        """Return one section, if this version has it."""
        return next((section for section in self.sections if section.code == code), None)


def read_form(given: Any) -> Form:
    """Read one version of a form.

    Errors: UnreadableForm, for a field given twice, for a choice without choices, and where more would be required of
    whoever assesses one child than anyone should be asked.
    """
    try:
        form = Form(
            code=str(given["code"]),
            version=str(given["version"]),
            name=str(given["name"]),
            from_date=_day(given["from_date"]),
            source=str(given["source"]),
            sections=tuple(_section(section) for section in given["sections"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UnreadableForm(f"The form cannot be read: {type(fault).__name__} {fault}") from None
    _check(form)
    return form


def _check(form: Form) -> None:
    codes = [field.code for field in form.fields()]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise UnreadableForm(f"The form has these fields twice: {', '.join(twice)}")
    required = [field.code for field in form.fields() if field.is_required]
    if len(required) > MOST_REQUIRED:
        raise UnreadableForm(f"The form requires {len(required)} fields; at most {MOST_REQUIRED} are asked of anyone")
    known = [field.code for field in form.fields() if field.is_required and field.kind is Kind.KNOWN]
    if known:
        raise UnreadableForm(f"The form requires what the system fills in: {', '.join(known)}")
    empty = [field.code for field in form.fields() if field.kind is Kind.CHOICE and not field.choices]
    if empty:
        raise UnreadableForm(f"The form offers nothing to choose from: {', '.join(empty)}")


def _day(given: Any) -> datetime.date:
    return given if isinstance(given, datetime.date) else datetime.date.fromisoformat(str(given))


def _section(given: Mapping[str, Any]) -> Section:
    elements = tuple(field for element in given.get("elements", ()) for field in _element(element))
    return Section(
        code=str(given["code"]),
        name=str(given["name"]),
        words=str(given.get("words", "")),
        fields=(*elements, *(_field(field) for field in given.get("fields", ()))),
    )


def _element(given: Mapping[str, Any]) -> Sequence[Field]:
    return [
        Field(
            code=f"{given['code']}.{side.value}",
            label=_SIDE_WORDS[side],
            hint=str(given.get("hint", "")),
            about=About(given["about"]),
            element=str(given["name"]),
            side=side.value,
        )
        for side in Side
    ]


def _field(given: Mapping[str, Any]) -> Field:
    return Field(
        code=str(given["code"]),
        label=str(given["label"]),
        hint=str(given.get("hint", "")),
        about=About(given["about"]),
        kind=Kind(given.get("kind", Kind.WORDS)),
        is_required=bool(given.get("is_required", False)),
        # A list, for the database keeps the order of a list and not that of a mapping.
        choices=tuple((str(value), str(words)) for one in given.get("choices", []) for value, words in one.items()),
    )
