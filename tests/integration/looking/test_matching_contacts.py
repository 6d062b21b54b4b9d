"""A contact is matched to the index as somebody typed it: the likely children with their evidence, and a person chooses."""

import pytest

from joinedup.processes.childindex import queries, rules
from tests.api import calling
from tests.conftest import NOW
from tests.integration.governance import sealers
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def known() -> asking.Known:
    return asking.children(lambda known: bool(known.postcode), most=1)[0]


def match(username: str = "front-door", **said: object) -> queries.ContactMatch:
    return queries.match_contact(viewer=sealers.person(username), said=rules.ContactSaid(**said), at=NOW)


def typed(known: asking.Known) -> dict[str, object]:
    return {
        "names": f"{known.family}, {known.given}",
        "birth_date": known.born,
        "address": f"somewhere near {known.postcode.lower()}",
        "numbers": ("ref 17",),
    }


def test_the_child_is_the_likeliest_with_the_evidence_in_words(known):
    found = match(**typed(known))

    assert found.answer is queries.Answer.KNOWN
    first = found.children[0]
    assert first.child_id == known.id
    assert first.odds.startswith("Odds of")
    assert first.weight == max(child.weight for child in found.children)
    assert all(part.words for part in first.evidence)
    assert len(found.children) <= queries.MOST_LIKELY


def test_a_number_among_what_was_typed_finds_the_child_alone():
    known = asking.children(lambda known: bool(known.nhs_number), most=1)[0]
    number = f"{known.nhs_number[:3]} {known.nhs_number[3:6]} {known.nhs_number[6:]}"

    assert known.id in {child.child_id for child in match(names=known.name, numbers=("x", number)).children}


def test_an_unknown_brother_is_never_the_known_child(known):
    answer = match(names=f"Zebedee {known.family}", address=known.postcode).answer

    assert answer is not queries.Answer.KNOWN


def test_nobody_is_nobody():
    found = match(names="Zebedee Quillfeather", address="ZE1 9ZZ")

    assert (found.answer, found.children, found.stubs) == (queries.Answer.NOT_KNOWN, (), ())


def test_the_look_is_written_and_names_whoever_was_likely(known):
    found = match(**typed(known))

    looked = asking.events()[-1]
    assert (looked.act, looked.purpose) == ("childindex.contact.matched", "referral")
    assert looked.subjects == {child.child_id for child in found.children}


def test_who_may_not_know_of_a_child_learns_nothing_of_them():
    others = set(calling.not_known_to("schools", most=10_000))
    unknown = asking.children(lambda known: known.number in others and bool(known.postcode), most=1)[0]

    found = match("teacher", **typed(unknown))

    assert unknown.id not in {child.child_id for child in found.children}
    assert found.answer is not queries.Answer.KNOWN


def test_a_sealed_child_is_told_as_a_stub_to_those_who_may_learn_of_one_and_to_nobody_else(known):
    said = typed(known)
    sealers.seal(known.number)

    told, untold = match("social-worker", **said), match("steward", **said)

    for found in (told, untold):
        assert known.id not in {child.child_id for child in found.children}
    assert known.id in {stub.id for stub in told.stubs}
    assert untold.stubs == ()


def test_something_must_be_said_by_which_a_child_could_be_known():
    for nothing in ({}, {"names": " ,"}, {"address": "the flat above the shop"}, {"numbers": ("x",)}):
        with pytest.raises(rules.EmptyCriteria):
            match(**nothing)
