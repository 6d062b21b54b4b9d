"""What the form asks of a child or parent can be read at nine, and what makes a text hard is named."""

import pytest

from joinedup.processes.assessment import rules, shipped

NINE = 9.0


def test_what_is_asked_of_the_child_and_the_parents_can_be_read_at_nine():
    voices = shipped.form().section("voices")
    asked = [f"{field.label} {field.hint}" for field in voices.fields]

    assert all(rules.reading_age_years(text) <= NINE for text in asked)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("home", 1), ("helped", 1), ("table", 2), ("mother", 2), ("family", 3), ("development", 4), ("x", 1)],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert rules.syllables(word) == count


def test_a_long_sentence_of_long_words_is_harder_than_a_short_one_of_short_words():
    plain = "Ben likes school. He has two friends."
    hard = "Benjamin demonstrates considerable educational engagement notwithstanding intermittent relational difficulties."

    assert rules.reading_age_years(plain) < NINE < rules.reading_age_years(hard)
    assert rules.hard_words(hard)[:2] == ("considerable", "educational")
    assert rules.hard_words(plain) == ()
    assert rules.reading_age_years("") == 0
