"""However many people write one answer, and whatever they have seen of it, nobody's words are lost or written over unseen."""

import dataclasses
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.assessment import rules

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
#: Each write: which of four pages, how far behind it is, and what is written.
WRITES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.sampled_from("abcdef") | st.text(max_size=5)))


@dataclasses.dataclass
class Place:
    """One answer, as it is kept: its versions, and what waits beside them."""

    versions: list = dataclasses.field(default_factory=list)
    beside: list = dataclasses.field(default_factory=list)

    @property
    def words(self):
        return self.versions[-1].words if self.versions else ""

    def write(self, words, *, seen, page):
        outcome = rules.weigh(rules.Written(words=words, seen=seen, page_id=page), self.versions)
        if outcome is rules.Outcome.KEPT:
            self.versions.append(rules.Version(number=len(self.versions) + 1, words=words, page_id=page))
        if outcome is rules.Outcome.BESIDE:
            self.beside.append(words)
        return outcome


@given(WRITES)
def test_nobodys_words_are_lost_and_none_are_written_over_by_a_page_that_has_not_seen_them(writes):
    place = Place()
    for number, behind, words in writes:
        page = uuid.UUID(int=number)
        seen = max(len(place.versions) - behind, 0)
        stood, since = place.words, place.versions[seen:]
        was_seen = place.versions[seen - 1].words if seen else ""

        outcome = place.write(words, seen=seen, page=page)

        if outcome is rules.Outcome.UNCHANGED:
            assert words in {stood, was_seen}
        else:
            assert words in [version.words for version in place.versions] + place.beside
        if place.words != stood:
            assert all(version.page_id == page for version in since)


@given(WRITES)
def test_saving_twice_changes_nothing_more(writes):
    place = Place()
    for number, behind, words in writes:
        seen = max(len(place.versions) - behind, 0)
        if place.write(words, seen=seen, page=uuid.UUID(int=number)) is rules.Outcome.KEPT:
            assert place.write(words, seen=seen, page=uuid.UUID(int=number)) is rules.Outcome.UNCHANGED


def test_what_the_other_left_alone_is_no_quarrel():
    place = Place()
    place.write("One", seen=0, page=ONE)
    place.write("One more", seen=1, page=ONE)

    assert place.write("One", seen=1, page=OTHER) is rules.Outcome.UNCHANGED
    assert place.words == "One more"


def test_two_who_write_at_once_both_stand():
    place = Place()
    assert place.write("The one", seen=0, page=ONE) is rules.Outcome.KEPT

    assert place.write("The other", seen=0, page=OTHER) is rules.Outcome.BESIDE
    assert (place.words, place.beside) == ("The one", ["The other"])


def test_ones_own_words_whose_answer_was_lost_on_the_way_are_written_on():
    place = Place()
    place.write("I began", seen=0, page=ONE)

    assert place.write("I began and went on", seen=0, page=ONE) is rules.Outcome.KEPT


def test_a_person_chooses_one_or_the_other_or_both():
    chosen = {choice: rules.chosen(choice, present="Here", waiting="There") for choice in rules.Choice}

    assert chosen == {
        rules.Choice.PRESENT: "Here",
        rules.Choice.WAITING: "There",
        rules.Choice.BOTH: "Here\n\nThere",
    }


@given(st.text())
def test_what_is_kept_can_be_printed_and_is_cleaned_once(words):
    kept = rules.cleaned(words)

    assert rules.cleaned(kept) == kept
    assert not {"\x00", "\r"} & set(kept)


def test_ends_of_lines_are_of_one_kind():
    assert rules.cleaned("One\r\ntwo\rthree\n\n") == "One\ntwo\nthree"


def test_an_answer_has_an_end():
    assert rules.cleaned("a" * rules.MOST_LETTERS)
    with pytest.raises(rules.TooLong):
        rules.cleaned("a" * (rules.MOST_LETTERS + 1))


@given(st.text(), st.text())
def test_what_changed_tells_both_texts_whole(before, after):
    pieces = rules.differences(before, after)

    assert "".join(p.words for p in pieces if p.change is not rules.Change.ADDED) == before
    assert "".join(p.words for p in pieces if p.change is not rules.Change.TAKEN_OUT) == after


def test_what_changed_is_told_by_words():
    changes = [(piece.words, piece.change.value) for piece in rules.differences("He likes school", "He loves school")]

    assert changes == [("He ", "same"), ("likes", "taken_out"), ("loves", "added"), (" school", "same")]
