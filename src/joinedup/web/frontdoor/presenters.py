"""What the pages of the in-basket are given.

Belongs here: the shapes that templates/frontdoor read. Not here: their words (texts, wording), requests (views).
"""

import dataclasses
import datetime

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """frontdoor/help.jinja: asks for help for a child; posts to `action_href` with `key`, which makes a second press harmless."""

    action_href: str
    back: presenters.Link
    about: str
    key: str
    kind: presenters.Field
    name: presenters.Field
    birth_date: presenters.DateField
    expected_date: presenters.DateField
    address: presenters.Field
    postcode: presenters.Field
    number: presenters.Field
    words: presenters.Field
    consent: presenters.Field
    consent_why: presenters.Field
    ring_back: presenters.Field
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """One thing that the viewer sent."""

    href: str
    name: str
    state: str
    sent_at: datetime.datetime
    ring: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SentPage:
    """frontdoor/sent.jinja: what the viewer sent, newest first."""

    lines: tuple[SentLine, ...]
    help_href: str
    pager: presenters.Pager | None
    empty: presenters.EmptyState | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """frontdoor/receipt.jinja: what a sender may know of one thing they sent."""

    back_href: str
    name: str
    state: str
    sent_at: datetime.datetime
    ring_name: str
    ring_phone: str
    told_at: datetime.datetime | None
    told_outcome: str
    told_words: str
    sent: tuple[tuple[str, str], ...]
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One item in the list; `colour` and `late` are tags that say it in words."""

    id: str
    href: str
    name: str
    kind: str
    state: str
    sender: str
    holder: str
    received_at: datetime.datetime
    due: str
    colour: presenters.Tag | None
    late: presenters.Tag | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BasketPage:
    """frontdoor/basket.jinja: a team's in-basket; ticked items are posted to `together_href`."""

    heading: str
    lines: tuple[BasketLine, ...]
    columns: tuple[presenters.SortLink, ...]
    filters: presenters.Filters
    pager: presenters.Pager | None
    together_href: str
    to_team: presenters.Field
    why: presenters.Field
    is_open: bool
    sent_href: str
    message: presenters.Message | None = None
    empty: presenters.EmptyState | None = None
    errors: tuple[presenters.FormError, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock: what, from when, until when, by which rule, and where it stands."""

    what: str
    since: str
    until: str
    rule: str
    tag: presenters.Tag | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One agency that was asked, with its own answer or refusal beside the others'."""

    agency: str
    href: str
    tag: presenters.Tag
    question: str
    asked: str
    due: str
    said: str
    basis: str
    by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One act of an item's history."""

    at: datetime.datetime
    who: str
    what: str
    change: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of need with its text, beside the decision."""

    value: str
    title: str
    meaning: str
    entry: str
    source: str
    is_chosen: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that can be done with an item now: a form that posts its fields to `href`.

    `is_open` where the form was sent and something is wrong with it; `is_main` for what comes next.
    """

    name: str
    href: str
    title: str
    button: str
    fields: tuple[presenters.Field, ...] = ()
    born: presenters.DateField | None = None
    levels: tuple[Level, ...] = ()
    level_error: str = ""
    teams: presenters.Field | None = None
    is_main: bool = False
    is_open: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """frontdoor/item.jinja: one item whole."""

    back_href: str
    name: str
    kind: str
    state: str
    colour: presenters.Tag | None
    late: presenters.Tag | None
    sent: tuple[tuple[str, str], ...]
    worry: str
    worry_heading: str
    standing: tuple[tuple[str, str], ...]
    child: presenters.Link | None
    child_words: str
    choose_href: str
    related: tuple[presenters.Link, ...]
    clocks: tuple[Clock, ...]
    asked: tuple[Asked, ...]
    history: tuple[HistoryLine, ...]
    acts: tuple[Act, ...]
    note: str
    following: tuple[presenters.Link, ...] = ()
    message: presenters.Message | None = None
    errors: tuple[presenters.FormError, ...] = ()

    @property
    def main_acts(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.is_main)

    @property
    def other_acts(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if not act.is_main)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One child who may be meant, and why."""

    value: str
    id: str
    name: str
    born: str
    number: str
    why: tuple[str, ...]
    is_chosen: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePage:
    """frontdoor/choose.jinja: which child of the index an item is about; a person says so."""

    action_href: str
    back_href: str
    sent: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]
    is_none_chosen: bool
    error: str
    why: presenters.Field
    find_href: str
    errors: tuple[presenters.FormError, ...] = ()
