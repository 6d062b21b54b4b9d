"""Names, numbers and postcodes as people write them: one form for comparing, and no number that cannot be one."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.foundation import text

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 "
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
nines = st.from_regex(r"\A[0-9]{9}\Z")
nhs_numbers = nines.filter(lambda nine: text.nhs_check_digit(nine) is not None).map(
    lambda nine: f"{nine}{text.nhs_check_digit(nine)}"
)
upns = st.builds(
    lambda eleven, last: text.upn_check_letter(eleven + last) + eleven + last,
    st.from_regex(r"\A[0-9]{11}\Z"),
    st.sampled_from("0123456789" + UPN_LETTERS),
)


@given(st.text(max_size=60))
def test_a_folded_name_is_plain_and_folding_it_again_changes_nothing(written):
    folded = text.fold_name(written)

    assert set(folded) <= set(LETTERS)
    assert folded == folded.strip()
    assert "  " not in folded
    assert text.fold_name(folded) == folded


@given(st.text(max_size=40))
def test_case_does_not_matter_to_a_name(written):
    assume(written.upper().lower() == written.lower())

    assert text.fold_name(written.upper()) == text.fold_name(written.lower())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("O'Néill-Łukasz", "oneill lukasz"),
        ("O’Brien", "obrien"),
        ("  Anne–Marie   SMITH ", "anne marie smith"),
        ("Nguyễn", "nguyen"),
        ("Çelik", "celik"),
        ("Åse Ødegård", "ase odegard"),
        ("Großmann", "grossmann"),
        ("İbrahim", "ibrahim"),
        ("van der Berg/Khan", "van der berg khan"),
        ("Müller", "muller"),
        ("李", ""),
    ],
)
def test_names_are_folded_as_people_expect(written, folded):
    assert text.fold_name(written) == folded


def test_composed_and_decomposed_accents_are_one_name():
    assert text.fold_name("Ame\u0301lie") == text.fold_name("Am\u00e9lie") == "amelie"


@given(st.lists(st.sampled_from(["Ada", "Zoë", "Ada-Mae", "O'Hara", ""]), max_size=5))
def test_the_words_of_several_names_come_in_order_and_once(names):
    tokens = text.name_tokens(*names)

    assert len(set(tokens)) == len(tokens)
    assert set(tokens) == {word for name in names for word in text.fold_name(name).split()}


@given(st.text(alphabet="éèñüçøåÉabcdeß'- ", max_size=30))
def test_a_name_that_was_encoded_twice_is_read_as_it_was_meant(written):
    try:
        broken = written.encode().decode("cp1252")
    except UnicodeDecodeError:
        assume(False)

    assert text.repair_mojibake(broken) == written


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèñüçøß'- ", max_size=30))
def test_a_name_in_order_is_left_as_it_is(written):
    assert text.repair_mojibake(written) == written


def test_a_nickname_and_its_name_are_one():
    assert text.canonical_given_name("bill") == text.canonical_given_name("william")
    assert "william" in text.spelling_variants("bill")
    assert "bill" not in text.spelling_variants("bill")


@given(nhs_numbers)
def test_an_nhs_number_with_its_check_digit_is_one_however_it_is_spaced(number):
    assume(len(set(number)) > 1)

    assert text.nhs_number(number) == number
    assert text.nhs_number(f"{number[:3]} {number[3:6]} {number[6:]}") == number
    assert text.nhs_number(f"{number[:3]}-{number[3:6]}-{number[6:]}") == number


@given(nhs_numbers, st.integers(0, 9), st.sampled_from("0123456789"))
def test_any_one_wrong_digit_of_an_nhs_number_is_found(number, place, wrong):
    assume(number[place] != wrong)

    assert text.nhs_number(number[:place] + wrong + number[place + 1 :]) is None


@given(nhs_numbers, st.integers(0, 8))
def test_two_digits_of_an_nhs_number_exchanged_are_found(number, place):
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert text.nhs_number(swapped) is None


@pytest.mark.parametrize(
    "written", ["", "0000000000", "1111111111", "943476591", "94347659190", "943476591X", "９４３４７６５９１９"]
)
def test_what_cannot_be_an_nhs_number_is_not_one(written):
    assert text.nhs_number(written) is None


@given(upns)
def test_a_pupil_number_with_its_check_letter_is_one_in_any_case(number):
    assert text.upn(number) == number
    assert text.upn(f" {number.lower()} ") == number
    assert text.is_temporary_upn(number) == number[-1].isalpha()


@given(upns, st.integers(1, 11), st.sampled_from("0123456789"))
def test_any_one_wrong_digit_of_a_pupil_number_is_found(number, place, wrong):
    assume(number[place] != wrong)

    assert text.upn(number[:place] + wrong + number[place + 1 :]) is None


@given(upns, st.integers(1, 10))
def test_two_digits_of_a_pupil_number_exchanged_are_found(number, place):
    assume(number[place] != number[place + 1])

    assert text.upn(number[:place] + number[place + 1] + number[place] + number[place + 2 :]) is None


@pytest.mark.parametrize("last", ["I", "O", "S"])
def test_letters_that_no_pupil_number_has_are_refused(last):
    assert text.upn(f"A12345678901{last}") is None


@given(st.text(max_size=16))
def test_whatever_is_written_asking_for_a_number_never_fails(written):
    text.nhs_number(written)
    text.upn(written)
    text.postcode(written)


@given(
    st.from_regex(r"\A[A-Z]{1,2}[0-9][A-Z0-9]?\Z"),
    st.from_regex(r"\A[0-9][A-Z]{2}\Z"),
    st.integers(0, 2),
    st.booleans(),
)
def test_a_postcode_has_one_form_however_it_is_written(outward, inward, spaces, lower):
    written = f" {outward}{' ' * spaces}{inward}\t"

    read = text.postcode(written.lower() if lower else written)

    assert read == f"{outward} {inward}"
    assert text.postcode(read) == read
    assert text.postcode_sector(read) == f"{outward} {inward[0]}"


@pytest.mark.parametrize("written", ["", "NG1", "NG1 5F", "1NG 5FT", "NGG1 5FT", "NG1 55T", "not known", "NG1 5FTX"])
def test_what_has_not_the_shape_of_a_postcode_is_not_one(written):
    assert text.postcode(written) is None


def test_names_that_sound_alike_sound_alike():
    pairs = [("stephen", "steven"), ("catherine", "katherine"), ("sian", "shan"), ("phillips", "filips")]

    assert [text.sound(one) == text.sound(other) for one, other in pairs].count(True) >= 3
    assert text.sound("") == ""


def test_no_name_however_long_or_odd_stops_the_fold():
    dice = random.Random(2006)
    for _ in range(500):
        written = "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(80))
        assert set(text.fold_name(written)) <= set(LETTERS)
