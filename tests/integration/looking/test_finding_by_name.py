"""A child is found by a name as people remember, mishear and mistype it."""

import pytest

from joinedup.foundation import text
from joinedup.processes.childindex import rules
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

SLIPS = {"missing": asking.missing, "added": asking.added, "wrong": asking.wrong, "exchanged": asking.exchanged}
#: The right child is among the first three at least this often; measured, and never to sink below.
FLOOR = 0.95


def has_long_names(known: asking.Known) -> bool:
    words = [*text.name_tokens(known.given), *text.name_tokens(known.family)]
    return all(len(word) >= 4 for word in words)


def test_a_name_as_it_is_written_finds_its_child_first(viewer):
    # A child of whom only an initial is known is found by the family, and not by the letter.
    for known in asking.children(lambda known: len(text.fold_name(known.given)) > 1):
        first = asking.found_by(viewer, name=known.name)[0]

        assert (first.card.given_name, first.card.family_name) == (known.given, known.family)
        assert f"name “{text.name_tokens(known.given)[0].capitalize()}”" in first.reasons


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_last_name_finds_the_child(slip, viewer):
    asked = [
        (known, {"name": f"{known.given} {SLIPS[slip](known.family)}", "birth_date": known.born})
        for known in asking.children(has_long_names)
    ]

    assert asking.share_among_first_three(asked, viewer) >= FLOOR


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_first_name_finds_the_child_without_a_date(slip, viewer):
    asked = [
        (known, {"name": f"{SLIPS[slip](known.given)} {known.family}"}) for known in asking.children(has_long_names)
    ]

    assert asking.share_among_first_three(asked, viewer) >= FLOOR


def test_a_slip_is_named_as_the_reason(viewer):
    known = asking.children(has_long_names, most=1)[0]

    found = asking.found_by(viewer, name=f"{known.given} {asking.wrong(known.family)}", birth_date=known.born)

    reasons = found[asking.place_of(known, found)].reasons
    assert any("spelt nearly like" in reason for reason in reasons), reasons
    assert "date of birth" in reasons


def test_a_nickname_or_another_spelling_finds_the_child(viewer):
    asked = [
        (known, {"name": f"{variant} {known.family}", "birth_date": known.born})
        for known in asking.children(lambda known: bool(text.spelling_variants(text.fold_name(known.given))))
        for variant in text.spelling_variants(text.fold_name(known.given))[:2]
    ]

    assert len(asked) > 20
    assert asking.share_among_first_three(asked, viewer) >= FLOOR
    known, criteria = asked[0]
    found = asking.found_by(viewer, **criteria)
    assert any("another form of" in reason for reason in found[asking.place_of(known, found)].reasons)


def test_a_name_written_as_it_sounds_finds_the_child(viewer):
    asked = [
        (
            known,
            {"name": f"{asking.respelt(text.fold_name(known.given))} {asking.respelt(text.fold_name(known.family))}"},
        )
        for known in asking.children(
            lambda known: asking.respelt(text.fold_name(known.family)) != text.fold_name(known.family)
        )
    ]

    assert len(asked) > 10
    assert asking.share_among_first_three(asked, viewer) >= FLOOR


def test_first_and_last_name_may_be_exchanged(viewer):
    asked = [
        (known, {"name": f"{known.family} {known.given}", "birth_date": known.born}) for known in asking.children()
    ]

    assert asking.share_among_first_three(asked, viewer) >= FLOOR
    plain = [known for known, _ in asked if " " not in text.fold_name(known.name).replace(" ", "", 1)]
    found = asking.found_by(viewer, name=f"{plain[0].family} {plain[0].given}")
    assert "first and last name the other way round" in found[asking.place_of(plain[0], found)].reasons


def test_one_part_of_a_double_barrelled_name_is_enough(viewer):
    asked = [
        (known, {"name": f"{known.given} {part}", "birth_date": known.born})
        for known in asking.children(lambda known: "-" in known.family)
        for part in known.family.split("-")
    ]

    assert len(asked) > 10
    assert asking.share_among_first_three(asked, viewer) >= FLOOR


def test_accents_may_be_left_out(viewer):
    asked = [
        (known, {"name": text.fold_name(known.name), "birth_date": known.born})
        for known in asking.children(lambda known: not known.name.isascii())
    ]

    assert len(asked) > 5
    assert asking.share_among_first_three(asked, viewer) == 1.0


@pytest.mark.parametrize("apostrophe", ["", "’", " ", "`"])
def test_an_apostrophe_may_be_left_out_or_be_of_another_kind(apostrophe, viewer):
    for known in asking.children(lambda known: "'" in known.family):
        found = asking.found_by(viewer, name=f"{known.given} {known.family.replace(chr(39), apostrophe)}")

        assert asking.place_of(known, found) < 3


def test_a_former_last_name_finds_the_child(viewer):
    with asking.peeking():
        former = asking.rows(
            "SELECT DISTINCT c.number, i.given_name, i.former_family_name FROM records_identitystatement i "
            "JOIN childindex_link l ON l.person_record_id = i.person_record_id AND l.ended_at IS NULL "
            "JOIN people_child c ON c.id = l.child_id "
            "WHERE i.former_family_name <> '' AND i.former_family_name <> i.family_name"
        )

    assert former
    for number, given, old in former:
        found = asking.found_by(viewer, name=f"{given} {old}")
        assert number in {one.card.number for one in found[:3]}


def test_a_part_of_a_name_is_said_to_be_a_part(steward):
    known = next(known for known in asking.children(has_long_names, most=200) if len(text.fold_name(known.family)) > 6)

    found = asking.found_by(steward, name=text.fold_name(known.family)[:4])

    begins = [one for one in found if any("begins with" in reason for reason in one.reasons)]
    assert known.number in {one.card.number for one in begins}


def test_better_fits_come_first(viewer):
    for known in asking.children(most=15):
        points = [one.points for one in asking.found_by(viewer, name=known.name, birth_date=known.born)]

        assert points == sorted(points, reverse=True)
    assert rules.WordKind.SAME < rules.WordKind.VARIANT < rules.WordKind.TYPO < rules.WordKind.SOUND
