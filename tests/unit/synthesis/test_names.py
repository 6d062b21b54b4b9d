"""Brothers and sisters are called as families call them, names much alike included."""

import dataclasses

import pytest

from joinedup.synthesis import names, spellings, streams


@pytest.fixture(scope="module")
def known():
    return names.read()


def family(known, code, **changed):
    naming = names.family_naming(known.stocks[code], known, streams.stream(1, "names"))
    return dataclasses.replace(naming, **changed)


def children(naming, sex, count=400, elder=()):
    return [names.child_given(naming, sex, elder, streams.stream(2, "names", place)) for place in range(count)]


def test_in_some_families_every_son_bears_one_forename_and_no_daughter_does(known):
    naming = family(known, "pakistani", sons_forename="Muhammad")

    sons, daughters = children(naming, "M"), children(naming, "F")

    assert sum(name.startswith("Muhammad ") for name in sons) > 0.8 * len(sons)
    assert not any(name.startswith("Muhammad ") for name in daughters)


def test_no_child_is_called_as_a_brother_or_sister_is(known):
    naming = family(known, "pakistani", sons_forename="Mohammed")

    assert "Hassan" not in [name.split()[-1] for name in children(naming, "M", elder=("Mohammed Hassan",))]


def test_some_are_called_nearly_as_a_brother_or_sister_is(known):
    brothers = children(family(known, "pakistani"), "M", elder=("Hassan",))
    sisters = children(family(known, "pakistani"), "F", elder=("Aaliyah",))

    assert any(name.split()[-1] == "Hussain" for name in brothers)
    assert {"Aliyah", "Aliya", "Alia"} & set(sisters)


@pytest.mark.parametrize(
    ("one", "other", "near"), [("Hassan", "Hussain", True), ("Ava", "Ada", True), ("Ava", "Eva", False)]
)
def test_names_are_near_when_they_are_taken_for_each_other(one, other, near):
    assert spellings.are_near(one, other) == near


def test_a_respelt_name_keeps_its_first_letter_and_its_length_about():
    chance = streams.stream(3, "names")

    for name, structure in (("Rasheeda", "pakistani"), ("Wiśniewski", "gendered"), ("Mahmoud", "arabic")):
        other = spellings.respelt(name, structure, chance)
        assert other != name
        assert other[0] == name[0]
        assert abs(len(other) - len(name)) <= 2
    assert spellings.respelt("Smith", "standard", chance) == "Smith"
