"""Each check of the program that says which child or row is seen, taken away: the database still shows nothing more.

This is the one place where our own code is replaced, for what is tested is what stands behind it. Every removal must
be met, so that none is tried in vain.
"""

import dataclasses
import uuid
from collections.abc import Callable

import pytest

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.foundation.access import rules as access_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex.queries import opening
from joinedup.web import context
from tests.authorisation import expectations, population, surfaces
from tests.conftest import as_role

_PEOPLE = ("universal", "social_worker", "reviewing_officer", "data_protection_officer", "board")
_CHILDREN = (
    ("N", "open", False),
    ("E", "open", False),
    ("V", "open", False),
    ("L", "sealed", False),
    ("I", "open", True),
)


class Everything(list):
    """A list in which everything is, and that holds all that is given."""

    def __contains__(self, _one: object) -> bool:
        return True


class Removal:
    """Replaces functions of the program, and remembers whether that was met."""

    def __init__(self, monkeypatch, everyone: population.Population) -> None:
        self.everyone = everyone
        self.times_met = 0
        self._monkeypatch = monkeypatch

    def put(self, module, name: str, instead: Callable) -> None:
        def met(*given, **named):
            self.times_met += 1
            return instead(*given, **named)

        self._monkeypatch.setattr(module, name, met)

    def decision(self) -> None:
        """Whatever is asked is allowed."""
        allowed = access_rules.Decision(outcome=access_rules.Outcome.ALLOW, rule="test")
        self.put(access_rules, "decide", lambda **_: allowed)

    def relation(self) -> None:
        """Every number leads to a child, on every ground, unsealed."""
        ids_by_number = {child.number: child.id for child in self.everyone.children}
        every = [*expectations.GROUNDS]
        self.put(opening, "_relate", lambda number: (ids_by_number[number], every, False, False))

    def reading_again(self) -> None:
        """Whoever is led to has a card, whether or not it may be read."""
        by_id = {child.id: child for child in self.everyone.children}
        self.put(people_queries, "get_children", lambda *, child_ids: {one: _card(by_id[one]) for one in child_ids})

    def records_opened(self) -> None:
        """All records of everyone count as the child's."""
        everything = Everything(all_records())
        show = opening.show_child
        self.put(
            opening,
            "show_child",
            lambda *given, **named: dataclasses.replace(show(*given, **named), person_record_ids=everything),
        )

    def door(self) -> None:
        """Everyone is let in everywhere."""
        self.put(context, "may", lambda *_: True)

    def roles(self) -> None:
        """Everyone holds every role, as far as the program knows."""
        find = agencies_queries.find_viewer_signed_in
        every = frozenset(expectations.ROLES)
        self.put(
            agencies_queries, "find_viewer_signed_in", lambda **named: dataclasses.replace(find(**named), roles=every)
        )

    def home(self) -> None:
        """Everyone works for the agency whose record it is, as far as the program knows."""
        find, theirs = agencies_queries.find_viewer_signed_in, self.everyone.agency_ids["o"]
        self.put(
            agencies_queries,
            "find_viewer_signed_in",
            lambda **named: dataclasses.replace(find(**named), home_id=theirs),
        )

    def all_at_once(self) -> None:
        """Nothing of the program stands before the database."""
        for remove in (self.decision, self.relation, self.reading_again, self.records_opened, self.door, self.roles):
            remove()


REMOVALS = ("decision", "relation", "reading_again", "records_opened", "door", "roles", "home", "all_at_once")


def all_records() -> list[uuid.UUID]:
    """Return every person record there is, as the program would have to name them."""
    with as_role("batch"):
        return [found for (found,) in surfaces.rows("SELECT id FROM records_personrecord")]


def _card(child: population.Subject) -> people_queries.ChildCard:
    """Return a card that says nothing but the number."""
    blank = dict.fromkeys((field.name for field in dataclasses.fields(people_queries.ChildCard)), "")
    known = {"id": child.id, "number": child.number, "birth_date": None, "death_date": None, "has_targeted_help": True}
    return people_queries.ChildCard(**{**blank, **known, "record_count": 0, "agency_count": 0})


@pytest.fixture(params=REMOVALS)
def removal(request, monkeypatch, everyone) -> Removal:
    removed = Removal(monkeypatch, everyone)
    getattr(removed, request.param)()
    return removed


def test_without_a_check_of_the_program_the_database_shows_nothing_more(removal, everyone):
    for person in map(everyone.person, _PEOPLE):
        client = surfaces.sign_in(person)
        for child in (everyone.child(g, seal, is_in_conflict=x) for g, seal, x in _CHILDREN):
            may_read = population.expected_words(person, child, has_reason=False)
            if expectations.may_find(population.case(person, child, has_reason=False)):
                # Who the child is said to be, as a search shows it too, is not held back for want of a reason.
                may_read.add(child.word("o", "preferred"))
            answers = [client.get(f"/child/{child.number}")]
            # Where the program says why by itself, that is no reason given.
            answers += [client.get(f"/child/{child.number}/record/{child.records[agency]}") for agency in "og"]
            for answer in answers:
                page = answer.content.decode()
                assert answer.status_code < 500
                assert surfaces.words_in(page) <= may_read, (person.role, child.ground, child.seal)
                assert child.raw("o") not in page
                assert child.raw("g") not in page

    assert removal.times_met > 0


@pytest.mark.parametrize("removed", ["reading_again", "door", "roles"])
def test_without_a_check_of_the_program_a_search_leads_to_nobody_more(removed, monkeypatch, everyone):
    removal = Removal(monkeypatch, everyone)
    getattr(removal, removed)()
    by_number = {child.number: child for child in everyone.children}
    for person in map(everyone.person, _PEOPLE):
        for number in surfaces.found_by(surfaces.sign_in(person), name="Ada", postcode="ZZ1 1AA"):
            assert expectations.may_find(population.case(person, by_number[number], has_reason=False)), person.role

    assert removal.times_met > 0


def test_without_a_card_of_their_own_nobody_is_named_who_lives_there_and_may_not_be_known(monkeypatch, everyone):
    removal = Removal(monkeypatch, everyone)
    removal.reading_again()
    by_number = {child.number: child for child in everyone.children}
    person = everyone.person("universal")
    page = surfaces.sign_in(person).get(f"/child/{everyone.child('E').number}").content.decode()
    named = surfaces.numbers_in(page) - {everyone.child("E").number}

    assert all(expectations.may_find(population.case(person, by_number[one], has_reason=False)) for one in named)
    assert removal.times_met > 0


@pytest.mark.parametrize("role", ["universal", "manager", "board"])
def test_without_the_door_nobody_else_reads_what_was_refused_or_a_files_bytes(role, monkeypatch, everyone):
    Removal(monkeypatch, everyone).door()
    client = surfaces.sign_in(everyone.person(role))
    for letter in population.KINDS:
        for end in ("", "/refused"):
            page = client.get(f"/files/{everyone.batch_ids[letter]}{end}", follow=True).content.decode()
            assert population.REFUSED not in page
            assert "bytes" not in page


def test_with_the_door_the_person_who_brings_files_in_reads_what_was_refused(everyone):
    client = surfaces.sign_in(everyone.person("analyst"))
    for letter in population.KINDS:
        given = client.get(f"/files/{everyone.batch_ids[letter]}/refused").content.decode()

        assert population.REFUSED in given
        # The row itself is for the agency that sent it; no database holds this, for looking first has to read the file.
        assert ("bytes" in given) == (letter == "h")
