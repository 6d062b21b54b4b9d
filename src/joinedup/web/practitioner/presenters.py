"""What finding a child and reading a child's page show.

Belongs here: frozen values for practitioner/*.jinja. Not here: reading them from the rings (views), deciding who may see what.
"""

import dataclasses
import datetime
import itertools
from collections.abc import Iterator

from joinedup.web import presenters, voices, waterfalls

# ---------------------------------------------------------------- finding a child


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonQuestion:
    """Why someone is looking, asked for only where no work of theirs already says it."""

    reason: presenters.Field
    note: presenters.Field


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """practitioner/find.jinja: the form, posted to `action_href`, which answers with an opaque address."""

    action_href: str
    name: presenters.Field
    birth_date: presenters.DateField
    number: presenters.Field
    postcode: presenters.Field
    age_band: presenters.Field
    reason: ReasonQuestion | None = None
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FoundChild:
    """One child who may be the one meant, and in words why."""

    name: str
    href: str
    child_number: str
    birth_date: datetime.date | None
    on: datetime.date
    sex: str
    place: str
    why: tuple[str, ...]
    answers: str = ""
    strength: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedChild:
    """A sealed child who may be the one meant: who the child is and whom to ring, and nothing else."""

    name: str
    child_number: str
    birth_date: datetime.date | None
    on: datetime.date
    sex: str
    why: tuple[str, ...]
    href: str = ""
    emergency_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FindResultsPage:
    """practitioner/found.jinja: what was asked, who was found; `too_many` replaces the list where it would help nobody."""

    asked: tuple[str, ...]
    again_href: str
    children: tuple[FoundChild, ...]
    protected: tuple[ProtectedChild, ...] = ()
    whom_to_ring: str = ""
    note: str = ""
    pager: presenters.Pager | None = None
    sort: tuple[presenters.SortLink, ...] = ()
    empty: presenters.EmptyState | None = None
    too_many: presenters.EmptyState | None = None
    expires_at: datetime.datetime | None = None
    export_href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReasonPage:
    """practitioner/reason.jinja: asked before a child with whom the viewer has no relationship is shown."""

    action_href: str
    back_href: str
    question: ReasonQuestion
    errors: tuple[presenters.FormError, ...] = ()


# ---------------------------------------------------------------- one child


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers for a child now."""

    service: str
    practitioner: str = ""
    phone: str = ""
    since_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that should happen for the child, and by when."""

    words: str
    due_date: datetime.date | None = None
    is_overdue: bool = False
    href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IdentityBanner:
    """components/banner.jinja: who the child is, who answers, what is due. `on` is today."""

    name: str
    child_number: str
    on: datetime.date
    birth_date: datetime.date | None = None
    expected_birth_date: datetime.date | None = None
    death_date: datetime.date | None = None
    sex: str = ""
    also_known_as: tuple[str, ...] = ()
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    answering: Answering | None = None
    due: tuple[Due, ...] = ()
    tags: tuple[presenters.Tag, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """A service that helps, or has helped: which, since when, and whom to ring; never why."""

    service: str
    kind: str
    level: presenters.Tag
    started_date: datetime.date | None = None
    ended_date: datetime.date | None = None
    practitioner: str = ""
    phone: str = ""
    answers: bool = False
    sources: tuple[presenters.Link, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One agency saying one thing on one day."""

    agency: str
    said_date: datetime.date | None
    href: str = ""
    disputed: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """One answer to what is true of the child, and the agencies that give it; `is_shown` marks what the banner uses."""

    words: str
    statements: tuple[Statement, ...]
    is_shown: bool = False
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something known of the child; more than one value means that agencies differ."""

    label: str
    values: tuple[FactValue, ...]

    @property
    def differs(self) -> bool:
        return len(self.values) > 1

    @property
    def agencies(self) -> int:
        return len({statement.agency for value in self.values for statement in value.statements})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """Somebody close to the child; `href` leads to their own page where they are a child we know."""

    relationship: str
    name: str
    phone: str = ""
    href: str = ""
    sources: tuple[presenters.Link, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the words that the index may show."""

    happened_date: datetime.date
    kind: str
    words: str
    agency: str
    ended_date: datetime.date | None = None
    href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """components/chronology.jinja: events over all agencies, newest or oldest first; `jumps` lead to the years of a long one."""

    events: tuple[Event, ...]
    filters: presenters.Filters | None = None
    sort: tuple[presenters.SortLink, ...] = ()
    jumps: tuple[presenters.Link, ...] = ()
    pager: presenters.Pager | None = None
    is_filtered: bool = False

    @property
    def years(self) -> Iterator[tuple[int, tuple[Event, ...]]]:
        """The events on this page, year by year in the order given."""
        for year, events in itertools.groupby(self.events, key=lambda event: event.happened_date.year):
            yield year, tuple(events)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that was compared, and how far it moves the odds, in words and in bits."""

    words: str
    moves: str
    is_against: bool = False
    bits: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WhyLinked:
    """Why a record is linked; without `parts` nothing was compared, and the words say so."""

    words: str
    before: str = ""
    parts: tuple[Evidence, ...] = ()
    picture: waterfalls.Frame | None = None
    by_model: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """One agency's own record of the child: by what the agency numbers it, since when it is linked, and why."""

    agency: str
    scheme: str
    name: str
    linked_date: datetime.date
    why: WhyLinked
    href: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody looked at on one day: who, as what, where from, when last, at what, why; a `mark` where it was odd."""

    at: datetime.datetime
    who: str
    role: str
    agency: str
    what: str
    purpose: str
    times: int = 1
    mark: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One help that was planned here: what it is, who leads, which team answers, and where the plan is."""

    what: str
    href: str
    lead: str
    team: str
    opened_date: datetime.date
    closed_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """One concern in short, for whoever reads the statutory case."""

    heading: str
    said: str
    tag: presenters.Tag


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    """practitioner/child.jinja: everything the index says of one child; `looks` is None where the viewer may not read them."""

    banner: IdentityBanner
    why_looking: str
    what_is_shown: str
    helping_now: tuple[Involvement, ...]
    helped_before: tuple[Involvement, ...]
    facts: tuple[Fact, ...]
    relationships: tuple[Relationship, ...]
    chronology: Chronology
    records: tuple[LinkedRecord, ...]
    looks: tuple[Look, ...] | None = None
    back: presenters.Link | None = None
    warning: str = ""
    emergency_href: str = ""
    export_href: str = ""
    step_up_href: str = ""
    finish_href: str = ""
    identity_href: str = ""
    help_href: str = ""
    episodes: tuple[Episode, ...] = ()
    new_episode_href: str = ""
    assessments_href: str = ""
    protection: tuple[Protection, ...] = ()
    protection_href: str = ""
    heard: voices.Heard | None = None

    @property
    def differing(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.differs)


# ---------------------------------------------------------------- one source record


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowField:
    """One thing that the row says, as it was understood."""

    column: str
    value: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecordPage:
    """practitioner/source_record.jinja: where a fact came from, down to the line.

    `raw` is None where the viewer may not see it.
    """

    title: str
    agency: str
    file_name: str
    table: str
    line_number: int
    received_at: datetime.datetime | None
    legal_basis: str
    fields: tuple[RowField, ...]
    back: presenters.Link
    batch: presenters.Link | None = None
    raw: str | None = None
    raw_withheld: str = ""
    notes: tuple[str, ...] = ()
    newer: presenters.Link | None = None
    says: tuple[RowField, ...] = ()
