"""Frameworks of outcomes: what ships, and what a file may not say."""

import datetime

import pytest

from joinedup.outcomes.framework import listing, rules, shipped
from tests.architecture import tree

DAY = datetime.date


def framework(code):
    return next(each for each in shipped.frameworks() if each.code == code)


def test_the_five_outcomes_have_five_aims_each_and_say_what_parents_do():
    outcomes = framework("every_child_matters").outcomes

    assert [outcome.name for outcome in outcomes] == [
        "Be healthy",
        "Stay safe",
        "Enjoy and achieve",
        "Make a positive contribution",
        "Achieve economic well-being",
    ]
    for outcome in outcomes:
        kinds = [aim.kind for aim in outcome.aims]
        assert (kinds.count(rules.AimKind.AIM), kinds.count(rules.AimKind.PARENTS)) == (5, 1)
        assert outcome.statute.startswith("Children Act 2004 s.10(2)")


def test_todays_frameworks_ship_beside_them():
    national, families = framework("national_framework_2023"), framework("supporting_families_2022")

    assert len(national.outcomes) == 4
    assert {line.kind for line in national.lines} == {rules.AimKind.ENABLER, rules.AimKind.PRINCIPLE}
    assert len(families.outcomes) == 10


def test_each_outcome_of_the_five_answers_to_one_of_today():
    assert all(outcome.answers_to for outcome in framework("every_child_matters").outcomes)


def test_a_framework_counts_from_its_first_day_to_its_last():
    (given,) = rules.read_frameworks({"frameworks": [ENTRY | {"until": DAY(2026, 3, 31)}]})

    assert [given.counts(day) for day in (DAY(2019, 12, 31), DAY(2020, 1, 1), DAY(2026, 3, 31), DAY(2026, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_every_line_has_a_source():
    for each in shipped.frameworks():
        lines = [*each.lines, *each.outcomes, *(aim for outcome in each.outcomes for aim in outcome.aims)]
        assert all(line.source for line in lines)


AIM = {"code": "a1", "words": "Safe", "source": "s"}
OUTCOME = {"code": "o1", "name": "Safe", "source": "s", "aims": [AIM]}
ENTRY = {"code": "f", "name": "F", "source": "s", "from": DAY(2020, 1, 1), "outcomes": [OUTCOME]}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"from": "soon"}, "Framework 1: .*soon"),
        ({"until": DAY(2019, 1, 1)}, "Framework 1 ends before it begins"),
        ({"outcomes": [OUTCOME | {"aims": [{"code": "a1", "source": "s"}]}]}, "'words' is missing"),
        ({"outcomes": [OUTCOME | {"aims": [AIM | {"kind": "wish"}]}]}, "wish"),
        ({"outcomes": [OUTCOME | {"aims": [AIM | {"kind": "principle"}]}]}, "a1 stands where"),
        ({"lines": [AIM | {"code": "a2"}]}, "a2 stands where"),
        ({"outcomes": [OUTCOME, OUTCOME]}, "code o1 is given twice"),
        ({"outcomes": [OUTCOME | {"answers_to": ["o9"]}]}, "answers to o9"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_wrong(entry, said):
    with pytest.raises(rules.UnreadableFramework, match=said):
        rules.read_frameworks({"frameworks": [ENTRY | entry]})


@pytest.mark.parametrize("text", ["a: [", "words", "frameworks: 3", "", "frameworks:\n- 1\n"])
def test_a_file_that_holds_no_frameworks_is_refused_in_words(tmp_path, text):
    file = tmp_path / "odd.yaml"
    file.write_text(text)

    with pytest.raises(rules.UnreadableFramework):
        shipped.frameworks(file)


def test_the_page_of_frameworks_is_what_the_file_says():
    page = tree.DOCS / "reference" / "frameworks.md"

    assert page.read_text(encoding="utf-8") == listing.as_markdown(shipped.frameworks())
