"""What the pages of matching review are given.

Belongs here: the shapes that templates/steward read. Not here: their words (wording), requests (views).
"""

import dataclasses
import datetime

from joinedup.web import presenters, waterfalls


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One pair in the queue: whose records they are, why they are asked about, how close, since when; no child."""

    href: str
    agencies: str
    reason: str
    odds: str
    opened_at: datetime.datetime
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What has just been done, above the next pair; `undo_href` is posted to, and empty where one alone cannot."""

    words: str
    act_href: str
    undo_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """steward/queue.jinja: the pairs that wait, and what else does."""

    columns: tuple[presenters.SortLink, ...]
    questions: tuple[QuestionRow, ...]
    empty: presenters.EmptyState
    rejoins: presenters.Link
    ways: tuple[presenters.Link, ...] = ()
    filters: presenters.Filters | None = None
    pager: presenters.Pager | None = None
    done: Done | None = None
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One field of both records; `mark` says in a word whether they agree."""

    label: str
    values: tuple[tuple[str, ...], ...]
    mark: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody around a child, in one line; `href` where they have a page."""

    words: str
    name: str
    href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records, and the child it is linked to."""

    title: str
    agency: str
    scheme: str
    number: str
    child_href: str
    records: tuple[Person, ...]
    at_home: tuple[Person, ...]
    relatives: tuple[Person, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One thing that was compared, and how far it moves the odds."""

    words: str
    moves: str
    bits: str
    is_against: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the machine makes of the pair, in words, as rows and as a picture."""

    words: str
    before: str
    rows: tuple[EvidenceRow, ...]
    picture: waterfalls.Picture
    by_model: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """That a steward was not sure."""

    who: str
    at: datetime.datetime
    words: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PairParts:
    """Two records side by side, wherever they stand."""

    sides: tuple[Side, Side]
    rows: tuple[ComparedRow, ...]

    @property
    def differing(self) -> int:
        return sum(row.mark.tone is presenters.Tone.CARE for row in self.rows)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """steward/question.jinja: posts `answer` and `note` to `action_href`."""

    why_asked: str
    asked_at: datetime.datetime
    pair: PairParts
    weighed: Weighed
    notes: tuple[NoteLine, ...]
    note: presenters.Field
    action_href: str
    back: presenters.Link
    waiting: str
    done: Done | None = None
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """How many people of one agency looked, and how often."""

    agency: str
    people: int
    looks: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeenWhile:
    """Who saw what while two children were linked: of one number, from when until when."""

    number: str
    since: datetime.datetime
    until: datetime.datetime
    rows: tuple[SeenRow, ...]
    looks_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """steward/act.jinja: what was done; posts to `undo_href` to take it back, or `why` to `rejoin_href` to propose that."""

    heading: str
    who: str
    at: datetime.datetime
    lines: tuple[str, ...]
    children: tuple[presenters.Link, ...]
    is_parting: bool
    seen: tuple[SeenWhile, ...]
    back: presenters.Link
    undo_href: str = ""
    rejoin_href: str = ""
    records: tuple[str, str] | None = None
    why: presenters.Field | None = None
    next: presenters.Link | None = None
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejoinRow:
    """What a steward proposes."""

    href: str
    who: str
    at: datetime.datetime
    words: str
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejoinsPage:
    """steward/rejoins.jinja."""

    rows: tuple[RejoinRow, ...]
    back: presenters.Link
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejoinPage:
    """steward/rejoin.jinja: posts `answer` to `action_href`; `agree` is empty for whoever proposed it."""

    who: str
    at: datetime.datetime
    words: str
    pair: PairParts
    action_href: str
    agree: str
    refuse: str
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """One thing that became of the number."""

    at: datetime.datetime
    words: str
    who: str
    act_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecordChoice:
    """A record that may be ticked."""

    id: str
    agency: str
    name: str
    scheme: str
    linked_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PartedRow:
    """A standing parting; posts `a`, `b` and `why` to propose that the two are rejoined."""

    who: str
    at: datetime.datetime
    words: str
    records: tuple[str, str]
    why: presenters.Field


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPage:
    """steward/identity.jinja: posts `record` (several) and `why` to `action_href`."""

    name: str
    number: str
    child_href: str
    lines: tuple[IdentityLine, ...]
    records: tuple[RecordChoice, ...]
    parted: tuple[PartedRow, ...]
    rejoin_href: str
    action_href: str
    why: presenters.Field
    error: str = ""
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReassignRow:
    """A piece of work of which a person says whose it is; posts `answer` to `action_href`."""

    words: str
    listed_at: datetime.datetime
    child: presenters.Link
    other: presenters.Link | None
    action_href: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReassignPage:
    """steward/reassigning.jinja."""

    rows: tuple[ReassignRow, ...]
    empty: presenters.EmptyState
    message: presenters.Message | None = None


# ---------------------------------------------------------------- how good the links are


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionRow:
    """How many of the links that were judged are right, for all or for one agency."""

    group: str
    right: str
    wrong: str
    unsaid: str
    precision: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SampleCard:
    """One blind sample; `rows` is empty until it is answered whole, and `words` say how far it is."""

    drawn: str
    words: str
    rows: tuple[PrecisionRow, ...] = ()
    decoys: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BlindPage:
    """steward/blind.jinja: posts `width` and `expected` to `action_href` to draw; `go_on` leads to the pair whose turn it is."""

    samples: tuple[SampleCard, ...]
    back: presenters.Link
    action_href: str
    width: presenters.Field
    expected: presenters.Field
    population: str
    go_on: presenters.Link | None = None
    may_draw: bool = True
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BlindPairPage:
    """steward/blind_pair.jinja: posts `answer` and `pair` to `action_href`."""

    rows: tuple[ComparedRow, ...]
    agencies: tuple[str, str]
    progress: str
    pair: str
    action_href: str
    back: presenters.Link


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """One thing that thresholds come to: as they are, and as asked."""

    label: str
    now: str
    asked: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """That thresholds were changed."""

    who: str
    at: datetime.datetime
    words: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdsPage:
    """steward/thresholds.jinja: asks by GET what two thresholds would make; posts them with `why` to `action_href`."""

    action_href: str
    link: presenters.Field
    review: presenters.Field
    back: presenters.Link
    how_counted: tuple[str, ...]
    rows: tuple[ForecastRow, ...] = ()
    warning: str = ""
    why: presenters.Field | None = None
    changes: tuple[ChangeRow, ...] = ()
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """How the records of one agency are linked; words where a number would be too small to print."""

    agency: str
    records: str
    matched: str
    children: str
    with_nhs: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QualityPage:
    """steward/quality.jinja: counts alone."""

    coverage: str
    gate: presenters.Tag
    rows: tuple[QualityRow, ...]
    communities: tuple[tuple[str, str], ...]
    empty: presenters.EmptyState
