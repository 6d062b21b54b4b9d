"""How hard a text is to read, and which of its words are explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.participation import queries, rules

#: Counted by hand: words, sentences, syllables.
PLAIN = "The cat sat on the mat. It was warm."


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("table", 2), ("helped", 1), ("wanted", 2), ("needs", 1), ("makes", 1), ("worker", 2), ("people", 2),
        ("page", 1), ("see", 1), ("you", 1), ("family", 3), ("assessment", 3), ("safeguarding", 4), ("don't", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert rules.syllables(word) == count


def test_the_grade_is_the_formula_of_kincaid_and_others():
    # 9 words in 2 sentences, 9 syllables.
    assert rules.grade(PLAIN) == pytest.approx(0.39 * 9 / 2 + 11.8 * 9 / 9 - 15.59)


def test_a_workers_sentence_is_harder_than_a_childs():
    hard = "Multi-agency professionals facilitate appropriate interventions following statutory assessment."

    assert rules.grade(PLAIN) < rules.GRADE_AT_AGE_NINE < rules.grade(hard)


def test_a_heading_is_a_sentence_of_its_own():
    assert rules.grade("My plan\nWho helps me") == rules.grade("My plan. Who helps me.")


def test_what_has_no_word_in_it_has_no_grade():
    with pytest.raises(rules.NothingToRead):
        rules.grade("999 - 0800")


@given(text=st.text())
def test_the_stretches_of_an_explained_text_are_the_text(text):
    spans = rules.explained(text, queries.hard_words())

    assert "".join(span.text for span in spans) == text
    assert all(span.text for span in spans)


def test_hard_words_are_explained_whatever_their_letters_and_longest_first():
    spans = rules.explained(
        "A Referral to the core group, and no preferral.", {"referral": "asking", "core group": "few"}
    )

    assert [(span.text, span.means) for span in spans if span.means] == [("Referral", "asking"), ("core group", "few")]


def test_there_are_enough_hard_words_and_each_explanation_is_plainer_than_its_word():
    words = queries.hard_words()

    assert len(words) >= 60
    assert rules.grade("\n".join(words.values())) <= rules.GRADE_AT_AGE_NINE
    assert [word for word, means in words.items() if not means or word in means.lower().split()] == []
