"""National numbers and their check characters: NHS numbers and unique pupil numbers."""

import functools
import re

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_SHAPE = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_NHS_LENGTH = 10
_TEN = 10
_ELEVEN = 11


def nhs_check_digit(first_nine: str) -> int | None:
    """Return the tenth digit of an NHS number, or None when these nine digits can have none.

    Source: NHS Data Dictionary, NHS number: modulus 11 with weights 10 to 2.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(_TEN, 1, -1), strict=True))
    check = (_ELEVEN - total % _ELEVEN) % _ELEVEN
    return None if check == _TEN else check


@functools.lru_cache(maxsize=65_536)
def nhs_number(written: str) -> str | None:
    """Return an NHS number as ten digits, or None when what is written is not one.

    Shapes: spaces and hyphens may stand anywhere.
    Source: NHS Data Dictionary, NHS number: modulus 11.
    """
    digits = written.replace(" ", "").replace("-", "")
    if len(digits) != _NHS_LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    # One digit ten times over is what systems write for "not known"; some of them pass the check.
    if digits == digits[0] * _NHS_LENGTH:
        return None
    return digits if nhs_check_digit(digits[:9]) == int(digits[9]) else None


def upn_check_letter(last_twelve: str) -> str:
    """Return the first letter of a unique pupil number from the twelve characters after it.

    Shapes: eleven digits and a twelfth that is a digit, or a letter in a temporary number.
    Source: DfE guide to unique pupil numbers: weights 2 to 13, modulus 23.
    """
    total = 0
    for weight, character in enumerate(last_twelve, start=2):
        value = int(character) if character.isdigit() else _UPN_LETTERS.find(character)
        total += weight * value
    return _UPN_LETTERS[total % len(_UPN_LETTERS)]


@functools.lru_cache(maxsize=65_536)
def upn(written: str) -> str | None:
    """Return a unique pupil number in upper case, or None when its check letter is wrong.

    Source: DfE guide to unique pupil numbers.
    """
    number = written.replace(" ", "").upper()
    if not (number.isascii() and _UPN_SHAPE.fullmatch(number)):
        return None
    if number[-1].isalpha() and number[-1] not in _UPN_LETTERS:
        return None
    return number if upn_check_letter(number[1:]) == number[0] else None


def is_temporary_upn(number: str) -> bool:
    """Return whether a unique pupil number was given for the time being: its last character is a letter.

    Source: DfE guide to unique pupil numbers.
    """
    return number[-1:].isalpha()
