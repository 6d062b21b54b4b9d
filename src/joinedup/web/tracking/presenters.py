"""What the pages of children who may be lost are given.

Belongs here: the shapes that templates/tracking read. Not here: their words (wording), requests (views).
"""

import dataclasses

from joinedup.web import presenters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One child in the list."""

    href: str
    child: str
    born: str
    why: str
    since: str
    owner: str
    tag: presenters.Tag | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """What one list counts, and what it has led to."""

    name: str
    counts: str
    not_listed: tuple[str, ...]
    found: int
    waiting: int
    looked_into: int
    helped: int
    source: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """tracking/list.jinja: who may be lost; posts to `search_href` to look anew."""

    as_of: str
    search_href: str
    filters: presenters.Filters | None
    columns: tuple[presenters.SortLink, ...]
    rows: tuple[ListedRow, ...]
    rules: tuple[RuleLine, ...]
    pager: presenters.Pager | None
    empty: presenters.EmptyState | None
    message: presenters.Message | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One fact that lists a child, and the source record that says it where there is one."""

    words: str
    source: presenters.Link | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """tracking/listing.jinja: one child, why they are listed, and what is done; posts to the addresses it has."""

    child: str
    born: str
    child_href: str
    list_name: str
    counts: str
    reasons: tuple[Reason, ...]
    rows: tuple[tuple[str, str], ...]
    list_href: str
    take_href: str = ""
    hand_back_href: str = ""
    action_href: str = ""
    outcome: presenters.Field | None = None
    words: presenters.Field | None = None
    is_concern: bool = False
    errors: tuple[presenters.FormError, ...] = ()
    message: presenters.Message | None = None
