"""Values that the shared components show, whichever page they stand on.

Belongs here: frozen values for components/*.jinja.
Not here: asking the rings for anything (views), the wording of one audience's page.
"""

import dataclasses
import enum

from joinedup.web import words


class Tone(enum.StrEnum):
    """How loud a tag or a figure speaks; never by colour alone, for the words say it too."""

    PLAIN = "plain"  #: a fact among facts
    GOOD = "good"  #: done, agreed, in order
    CARE = "care"  #: somebody should look
    ALARM = "alarm"  #: something is wrong or late
    QUIET = "quiet"  #: over, or of little weight


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word or two that mark a thing."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    text: str
    hint: str = ""
    is_chosen: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form: its name, what was answered, and what is wrong with the answer."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    within: str = ""

    @property
    def id(self) -> str:
        """The name on the page, told apart by `within` where two forms ask the same."""
        return f"{self.within}-{self.name}" if self.within else self.name

    @property
    def href(self) -> str:
        return f"#{self.id}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """A date asked for in three boxes: `<name>-day`, `<name>-month`, `<name>-year`."""

    name: str
    label: str
    day: str = ""
    month: str = ""
    year: str = ""
    hint: str = ""
    error: str = ""

    @property
    def href(self) -> str:
        return f"#{self.name}-day"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormError:
    """One line of the error summary, leading to the field that it is about; `href` is empty where it is about the whole form."""

    text: str
    href: str = ""


def errors_of(*fields: Field | DateField) -> tuple[FormError, ...]:
    """Gather what is wrong with these fields, in the order of the page."""
    return tuple(FormError(text=field.error, href=field.href) for field in fields if field.error)


def errors_by_question(*fields: Field | DateField) -> tuple[FormError, ...]:
    """Gather what is wrong, each with its question: where several are answered by "choose one", the words alone tell nothing."""
    return tuple(FormError(text=f"{field.label} {field.error}", href=field.href) for field in fields if field.error)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SortLink:
    """The heading of a column by which a list may be sorted; `direction` is "ascending", "descending" or empty."""

    text: str
    href: str = ""
    direction: str = ""
    is_number: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """components/filters.jinja: what a list can be narrowed to; `target` names the part of the page that changes.

    `kept` goes along unseen, so that the order of the list stays; `clear_href` is empty where nothing is narrowed.
    """

    action_href: str
    label: str
    target: str
    fields: tuple[Field, ...]
    kept: tuple[tuple[str, str], ...] = ()
    clear_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where we are in a long list; `total` is None where counting would cost more than it tells."""

    first: int
    last: int
    noun: str
    plural: str
    total: int | None = None
    previous_href: str = ""
    next_href: str = ""

    @property
    def showing(self) -> str:
        if self.total is None:
            return f"Showing {self.plural} {words.number(self.first)} to {words.number(self.last)}"
        if self.total <= self.last and self.first == 1:
            return words.count(self.total, self.noun, self.plural)
        what = f"{words.number(self.first)} to {words.number(self.last)} of {words.number(self.total)}"
        return f"Showing {what} {self.plural}"

    @property
    def is_needed(self) -> bool:
        return bool(self.previous_href or self.next_href)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """Nothing to show: what that means, and what to do about it."""

    heading: str
    words: str
    action: Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long piece of work has come."""

    label: str
    done: int
    total: int
    words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that means something, in words, and the list behind it where there is one."""

    value: int
    words: str
    hint: str = ""
    href: str = ""
    tone: Tone = Tone.PLAIN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What has just been done, shown once at the top of the next page."""

    heading: str
    words: str = ""
    is_success: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A page that cannot be shown: what happened, what was kept, and what to do."""

    heading: str
    happened: str
    kept: str
    what_to_do: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    reference: str = ""
