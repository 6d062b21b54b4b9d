"""What the pages of assessments are given.

Belongs here: the shapes that templates/assessment read. Not here: their words (wording, boxes), requests (views).
"""

import dataclasses
from typing import Literal

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One assessment in the list of a child's."""

    href: str
    title: str
    state: presenters.Tag
    words: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """assessment/list.jinja: a child's assessments."""

    child: str
    rows: tuple[Row, ...]
    begin_href: str
    empty: presenters.EmptyState
    back: presenters.Link
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BeginPage:
    """assessment/begin.jinja: of whom, and since when; posts `sibling` and `referral-day` and so on to `action_href`."""

    action_href: str
    child: str
    siblings: tuple[presenters.Choice, ...]
    referral: presenters.DateField
    errors: tuple[presenters.FormError, ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an assessment in its contents: how much of it is written."""

    href: str
    name: str
    words: str
    is_current: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One answer to be read: the question, the words, who wrote them; `note` is empty where nothing stands yet."""

    label: str
    words: str
    note: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadGroup:
    """What is said of one child, or of the whole family, in one part."""

    heading: str
    lines: tuple[Read, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """One part to be read."""

    id: str
    name: str
    groups: tuple[ReadGroup, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPage:
    """assessment/assessment.jinja: where an assessment stands, its parts, what can be done, and all of it to read."""

    heading: str
    state: presenters.Tag
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    missing: tuple[presenters.Link, ...]
    waiting: tuple[presenters.Link, ...]
    writers: tuple[str, ...]
    versions: tuple[presenters.Link, ...]
    actions: tuple[presenters.Link, ...]
    take_href: str
    again_href: str
    whole: tuple[ReadPart, ...]
    back: presenters.Link
    message: presenters.Message | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One answer to be written: `kind` says by what."""

    kind: Literal["lines", "radios"]
    field: presenters.Field
    note: str = ""
    waiting: presenters.Link | None = None
    history_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element with its boxes; without a heading where the boxes stand by themselves."""

    heading: str
    hint: str
    boxes: tuple[Box, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is asked of one child, or of the whole family."""

    heading: str
    elements: tuple[Element, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartPage:
    """assessment/part.jinja: one part of the form, posted whole to `action_href`, or answer by answer by a small script.

    `page_id` is this page's own, the same each time it saves; `seen` the version of each answer that it shows. `others` lead
    to the same part of the other children, where it is asked of each child on a page of their own.
    """

    name: str
    words: str
    heading: str
    state: presenters.Tag
    action_href: str
    page_id: str
    seen: str
    groups: tuple[Group, ...]
    unread: tuple[str, ...]
    others: tuple[presenters.Link, ...]
    parts: tuple[Part, ...]
    writers: tuple[str, ...]
    next_name: str
    back: presenters.Link
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePage:
    """assessment/choose.jinja: two answers that were written at once; posts `choice` and `seen` to `action_href`."""

    label: str
    about: str
    present: Read
    waiting: Read
    action_href: str
    seen: int
    choice: presenters.Field
    errors: tuple[presenters.FormError, ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignPage:
    """assessment/sign.jinja: what is missing, or the button that signs; posted to `action_href`, empty where it may not."""

    heading: str
    words: str
    missing: tuple[presenters.Link, ...]
    waiting: tuple[presenters.Link, ...]
    plain: tuple[str, ...]
    action_href: str
    back: presenters.Link
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words and what became of them: "same", "added" or "taken_out"."""

    words: str
    change: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One answer of a signed version; `pieces` are empty where it is as it was in the version before."""

    label: str
    words: str
    note: str
    pieces: tuple[Piece, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VersionGroup:
    """What a signed version says of one child, or of the whole family, in one part."""

    heading: str
    lines: tuple[VersionLine, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """assessment/version.jinja: a signed version in its own form, with what changed since the one before."""

    heading: str
    words: str
    changed: str
    parts: tuple[tuple[str, tuple[VersionGroup, ...]], ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """assessment/history.jinja: all that was ever written in one place, the newest first."""

    label: str
    about: str
    lines: tuple[Read, ...]
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """assessment/family.jinja: taking a brother or sister in, and children out; posts `join` or `leave` to `action_href`."""

    heading: str
    action_href: str
    joining: tuple[presenters.Choice, ...]
    leaving: tuple[presenters.Choice, ...]
    errors: tuple[presenters.FormError, ...]
    back: presenters.Link
