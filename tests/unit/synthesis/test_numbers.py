"""Numbers of people who do not exist: right check characters, and a range that no person has."""

import pytest

from joinedup.foundation import text
from joinedup.synthesis import numbers


def test_nhs_numbers_are_sound_unlike_and_of_the_range_never_issued():
    given = numbers.NhsNumbers(3)

    found = [given.next() for _ in range(5_000)]

    assert len(set(found)) == len(found)
    assert all(number.startswith("999") and text.nhs_number(number) == number for number in found)


def test_the_range_ends_instead_of_giving_a_number_twice(monkeypatch):
    monkeypatch.setattr(numbers, "_STEMS", 1_000)
    given = numbers.NhsNumbers(3)

    def use_up():
        for _ in range(1_001):
            given.next()

    with pytest.raises(numbers.NumbersExhausted):
        use_up()


def test_pupil_numbers_are_sound_and_temporary_ones_say_so():
    given = numbers.PupilNumbers()

    permanent = [given.permanent("3992001", 2020) for _ in range(60)]
    temporary = given.temporary("3992001", 2020)

    assert len(set(permanent)) == 60
    assert all(text.upn(number) == number and not text.is_temporary_upn(number) for number in permanent)
    assert text.upn(temporary) == temporary
    assert text.is_temporary_upn(temporary)
