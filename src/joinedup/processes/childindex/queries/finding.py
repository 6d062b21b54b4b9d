"""Finding a child from what a person remembers: a few equalities on keys, then the rule says who fits and why."""

import collections
import dataclasses
import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import connection
from rapidfuzz.distance import DamerauLevenshtein

from joinedup.foundation import clock, text
from joinedup.foundation.access import queries as access_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.foundation.audit import operations as audit_operations
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import models, rules
from joinedup.processes.childindex.queries import guarded
from joinedup.processes.childindex.queries import stubs as sealed_stubs

MOST_CANDIDATES = 100
_FEWEST_THINGS = 2
_LONG_WORD_LETTERS = 7
_START_LETTERS = 3
_MOST_STARTS = 40
_LEAP_DAY = (2, 29)
#: Near dates are worked out only where there is a calendar on both sides.
_EARLIEST, _LATEST = datetime.date(1800, 1, 1), datetime.date(2200, 1, 1)


class NoSuchSearch(Exception):
    """The search's time is over, or it was another person's."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FoundChild:
    """One child who fits, and why."""

    card: people_queries.ChildCard
    points: float
    reasons: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who fits what was asked, the best first.

    Shapes: at most 100 children; `is_too_many` when more would fit and the question should be narrowed.
    `is_own_work_alone` when one thing was given by someone who must know two of a child whom others help.
    """

    children: tuple[FoundChild, ...]
    is_too_many: bool
    stubs: tuple[sealed_stubs.Stub, ...] = ()
    is_own_work_alone: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """What the database's function tells of a child worth weighing: whether by number, and all keys of their records."""

    is_by_number: bool
    keys: frozenset[str]


def get_search(*, token: str, viewer: access_rules.Viewer) -> tuple[rules.Criteria, str]:
    """Return what this viewer searched for, and why.

    Errors: NoSuchSearch when it is over, or not theirs.
    """
    audit_operations.open_view(viewer=viewer, act="childindex.search.recalled")
    # PostgreSQL's text cannot hold a NUL; an address that has one was never ours.
    usable = "\x00" not in token
    search = models.Search.objects.filter(token=token, expires_at__gt=clock.now()).first() if usable else None
    if search is None:
        raise NoSuchSearch
    return rules.Criteria.of_json(search.criteria), search.purpose


def find_children(*, viewer: access_rules.Viewer, criteria: rules.Criteria, purpose: str, on: datetime.date) -> Found:
    """Find the children who fit what a person remembers, and write who was found into the audit.

    Shapes: at most 7 queries whatever is asked, 8 for those who learn that a sealed child is known, and one more where a
    card does not say who the child is.
    Errors: EmptyCriteria.
    """
    criteria.check()
    event = audit_operations.open_view(
        viewer=viewer, act="childindex.searched", purpose=purpose, criteria=criteria.as_json()
    )
    similar = _similar_words(criteria.words())
    questions = _questions(criteria, similar)
    candidates = _candidates(questions, criteria, on=on)
    # The database's function looks past the policies; what is shown of a child is read again under them.
    cards = get_cards(list(candidates), viewer=viewer)
    profiles = {child_id: _profile(card, candidates[child_id], criteria) for child_id, card in cards.items()}
    fitting = [
        FoundChild(card=cards[child_id], points=fit.points, reasons=fit.reasons)
        for child_id, profile in profiles.items()
        if (fit := rules.match(criteria, profile, similar=similar)) is not None
    ]
    fitting.sort(key=lambda found: (-found.points, found.card.family_name, found.card.given_name, found.card.number))
    children = tuple(fitting[:MOST_CANDIDATES])
    met_stubs = _stubs(questions, criteria, similar, viewer=viewer, on=on)
    audit_operations.add_subjects(
        event_id=event, subjects=[*(found.card.id for found in children), *(stub.id for stub in met_stubs)]
    )
    return Found(
        children=children,
        is_too_many=len(candidates) > MOST_CANDIDATES,
        stubs=met_stubs,
        is_own_work_alone=criteria.things() < _FEWEST_THINGS and _must_know_two(viewer),
    )


def get_stubs(
    *, viewer: access_rules.Viewer, criteria: rules.Criteria, on: datetime.date
) -> tuple[sealed_stubs.Stub, ...]:
    """Return the sealed children who fit what is given, under the caller's open view.

    Shapes: 2 queries for those who may learn that such children are known; none, and nobody, for the rest.
    """
    if not access_queries.get_policy().may_ever(viewer.roles, "stub"):
        return ()
    similar = _similar_words(criteria.words())
    return _stubs(_questions(criteria, similar), criteria, similar, viewer=viewer, on=on)


def get_cards(
    child_ids: Sequence[uuid.UUID], *, viewer: access_rules.Viewer
) -> dict[uuid.UUID, people_queries.ChildCard]:
    """Return what is shown of children under the caller's open view, with what guarded agencies say for who may read it.

    Shapes: 1 query, and one more where a card does not say who the child is.
    """
    cards = people_queries.get_children(child_ids=child_ids)
    lacking = {child_id: card for child_id, card in cards.items() if guarded.lacks_who(card)}
    return cards | guarded.filled(lacking, viewer=viewer) if lacking else cards


def _must_know_two(viewer: access_rules.Viewer) -> bool:
    """Return whether every cell by which this viewer finds other people's children asks for two things known of them."""
    policy = access_queries.get_policy()
    cells = [cell for role in viewer.roles for cell in policy.cells_of(role, "find") if cell.ground == "N"]
    return bool(cells) and all("ids2" in cell.conditions for cell in cells)


def _stubs(
    questions: Sequence[Sequence[str]],
    criteria: rules.Criteria,
    similar: Mapping[str, Mapping[str, rules.WordKind]],
    *,
    viewer: access_rules.Viewer,
    on: datetime.date,
) -> tuple[sealed_stubs.Stub, ...]:
    """Return the sealed children who fit by what their stubs show, for those who may learn that they are known."""
    if not access_queries.get_policy().may_ever(viewer.roles, "stub"):
        return ()
    youngest, oldest = criteria.age_band.years()
    met = sealed_stubs.find_stubs(
        questions=questions,
        needed=_needed(questions),
        number=criteria.child_number() or "",
        born_after=_years_before(on, oldest + 1),
        born_until=_years_before(on, youngest),
        things=criteria.things(),
        most=MOST_CANDIDATES,
    )
    fitting = []
    for stub in met:
        fit = rules.match(criteria, _of_stub(stub, criteria), similar=similar)
        if fit is not None:
            fitting.append(dataclasses.replace(stub, reasons=fit.reasons))
    return tuple(fitting)


def _of_stub(stub: sealed_stubs.Stub, criteria: rules.Criteria) -> rules.Candidate:
    given, family = set(text.name_tokens(stub.given_name)), set(text.name_tokens(stub.family_name))
    return rules.Candidate(
        given_words=frozenset(given),
        family_words=frozenset(family),
        birth_dates=frozenset({stub.birth_date} if stub.birth_date else ()),
        nhs_numbers=frozenset(),
        upns=frozenset(),
        postcodes=frozenset(),
        child_numbers=frozenset({stub.number}),
        shown_words=frozenset(given | family),
    )


def _similar_words(asked_words: Sequence[str]) -> dict[str, dict[str, rules.WordKind]]:
    """Return, for each word asked for, the words of the index that come near it.

    Shapes: 1 query.
    """
    similar: dict[str, dict[str, rules.WordKind]] = {}
    if not asked_words:
        return similar
    by_spelling = collections.defaultdict(set)
    for asked in asked_words:
        for spelling in rules.spellings_of(asked):
            by_spelling[spelling].add(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            _SIMILAR,
            [
                list(by_spelling),
                [text.sound(asked) for asked in asked_words if text.sound(asked)],
                [asked for asked in asked_words if len(asked) >= _START_LETTERS],
                _MOST_STARTS,
            ],
        )
        near = {row[0] for row in cursor.fetchall()}
    for asked in asked_words:
        kinds = {asked: rules.WordKind.SAME}
        kinds.update(dict.fromkeys(text.spelling_variants(asked), rules.WordKind.VARIANT))
        for word in near:
            kind = _kind(asked, word)
            if kind is not None and word not in kinds:
                kinds[word] = kind
        similar[asked] = kinds
    return similar


_SIMILAR = "SELECT word FROM childindex_similar(%s::text[], %s::text[], %s::text[], %s)"


def _kind(asked: str, word: str) -> rules.WordKind | None:
    most = 2 if len(asked) >= _LONG_WORD_LETTERS else 1
    if DamerauLevenshtein.distance(asked, word, score_cutoff=most) <= most:
        return rules.WordKind.TYPO
    if text.sound(asked) == text.sound(word):
        return rules.WordKind.SOUND
    if word.startswith(asked):
        return rules.WordKind.START
    return None


def _questions(
    criteria: rules.Criteria, similar: Mapping[str, Mapping[str, rules.WordKind]]
) -> tuple[tuple[str, ...], ...]:
    """Return, for each thing that was given, the keys that would answer it."""
    asked = [tuple(f"n:{word}" for word in near) for near in similar.values()]
    asked.extend(
        tuple(keys) for keys in (_date_keys(criteria), _number_keys(criteria), _postcode_keys(criteria)) if keys
    )
    if criteria.child_number() is not None:
        asked.append(())
    return tuple(asked)


def _needed(questions: Sequence[Sequence[str]]) -> int:
    """One of several things may be misremembered altogether, unless only two were given."""
    return len(questions) if len(questions) <= 2 else len(questions) - 1


def _candidates(
    questions: Sequence[Sequence[str]], criteria: rules.Criteria, *, on: datetime.date
) -> dict[uuid.UUID, _Candidate]:
    """Return the children worth weighing with the keys of their records, at most one more than MOST_CANDIDATES.

    Shapes: 1 query; where it finds no one, 2, or 3 where a number was given. Who must know two things of a child is not
    helped by a second one that is wrong.
    """
    found = _having(questions, _needed(questions), criteria, things=criteria.things(), on=on)
    if found or len(questions) == 1:
        return found
    numbers = _number_keys(criteria)
    by_number = _having([numbers], 1, criteria, things=_FEWEST_THINGS, on=on) if numbers else {}
    return _having(questions, 1, criteria, things=1, on=on) | by_number


def _having(
    asked: Sequence[Sequence[str]], needed: int, criteria: rules.Criteria, *, things: int, on: datetime.date
) -> dict[uuid.UUID, _Candidate]:
    if not asked:
        return {}
    youngest, oldest = criteria.age_band.years()
    values = [value for keys in asked for value in keys]
    places = [place for place, keys in enumerate(asked) for _ in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            _HAVING,
            [
                values,
                places,
                needed,
                criteria.child_number() or "",
                _years_before(on, oldest + 1),
                _years_before(on, youngest),
                settings.INDEX_SCOPE == "all",
                MOST_CANDIDATES + 1,
                things,
            ],
        )
        return {
            child_id: _Candidate(is_by_number=is_by_number, keys=frozenset(keys))
            for child_id, is_by_number, keys in cursor.fetchall()
        }


_HAVING = (
    "SELECT child_id, is_by_number, keys FROM childindex_candidates(%s::text[], %s::int[], %s, %s, %s, %s, %s, %s, %s)"
)


def _years_before(on: datetime.date, years: int) -> datetime.date:
    day = 28 if (on.month, on.day) == _LEAP_DAY else on.day
    return datetime.date(max(on.year - years, 1), on.month, day)


def _date_keys(criteria: rules.Criteria) -> list[str]:
    """The date as given, with day and month exchanged, a day out, or with one digit of the year different."""
    born = criteria.birth_date
    if born is None:
        return []
    near = {born}
    if _EARLIEST < born < _LATEST:
        near |= {born + datetime.timedelta(days=1), born - datetime.timedelta(days=1)}
        if (born.month, born.day) != _LEAP_DAY:
            near |= {born.replace(year=born.year + years) for years in (-10, -1, 1, 10)}
    swapped = rules.swapped_day_and_month(born)
    if swapped:
        near.add(swapped)
    return [f"d:{day.isoformat()}" for day in sorted(near)]


def _number_keys(criteria: rules.Criteria) -> list[str]:
    numbers = [("h", criteria.nhs_number()), ("u", criteria.upn())]
    return [f"{prefix}:{number}" for prefix, number in numbers if number]


def _postcode_keys(criteria: rules.Criteria) -> list[str]:
    postcode = criteria.standard_postcode()
    return [f"p:{postcode.replace(' ', '')}"] if postcode else []


def _profile(card: people_queries.ChildCard, found: _Candidate, criteria: rules.Criteria) -> rules.Candidate:
    sorted_out: dict[str, set[str]] = collections.defaultdict(set)
    for key in found.keys:
        sorted_out[key[:2]].add(key[2:])
    family = set(text.name_tokens(card.family_name))
    given = set(text.name_tokens(card.given_name, card.known_as, card.middle_names))
    # A number that was given up leads to the child who has taken it over.
    leads_here = (criteria.child_number() if found.is_by_number else None) or card.number
    # Words of old names belong to neither for certain; they may be met in either place.
    others = sorted_out["n:"] - family - given
    return rules.Candidate(
        given_words=frozenset(given | others),
        family_words=frozenset(family | others),
        birth_dates=frozenset(datetime.date.fromisoformat(day) for day in sorted_out["d:"]),
        nhs_numbers=frozenset(sorted_out["h:"]),
        upns=frozenset(sorted_out["u:"]),
        postcodes=frozenset(text.postcode(postcode) or postcode for postcode in sorted_out["p:"]),
        child_numbers=frozenset({card.number, leads_here}),
        shown_words=frozenset(given | family),
    )
