"""National numbers for people who do not exist: NHS numbers from the range never issued, and unique pupil numbers.

Belongs here: making numbers with right check characters. Not here: making them wrong (errors).
"""

import random

from joinedup.foundation import text
from joinedup.synthesis import places

#: NHS numbers beginning 999 are set aside for testing and are never issued to a person.
#: 999 000 0000 to 999 999 9999 holds 1,000,000 stems, of which about 909,000 have a check digit.
_PREFIX = "999"
_STEMS = 1_000_000
_STRIDE = 618_033  # shares no factor with the number of stems, so that every stem comes up once


class NumbersExhausted(Exception):
    """More people were asked for than the synthetic range of NHS numbers holds."""


class NhsNumbers:
    """NHS numbers from the synthetic range, each given once."""

    def __init__(self, seed: int) -> None:
        self._stem = random.Random(f"{seed}/nhs").randrange(_STEMS)
        self._given = 0

    def next(self) -> str:
        """Return the next number.

        Errors: NumbersExhausted when the range is used up.
        Source: NHS England, test patient numbers (range 999); NHS Data Dictionary (check digit).
        """
        while self._given < _STEMS:
            self._given += 1
            self._stem = (self._stem + _STRIDE) % _STEMS
            first_nine = f"{_PREFIX}{self._stem:06d}"
            check = text.nhs_check_digit(first_nine)
            if check is not None:
                return f"{first_nine}{check}"
        raise NumbersExhausted


class PupilNumbers:
    """Unique pupil numbers, given by the school of first entry in the order of arrival."""

    def __init__(self) -> None:
        self._serials: dict[tuple[str, int], int] = {}

    def permanent(self, school_code: str, year: int) -> str:
        """Return the next permanent number of a school and year.

        Source: DfE, unique pupil numbers: guide for schools and local authorities.
        """
        serial = self._next(school_code, year)
        twelve = f"{places.LEA}{school_code[3:]}{year % 100:02d}{serial:03d}"
        return text.upn_check_letter(twelve) + twelve

    def temporary(self, school_code: str, year: int) -> str:
        """Return the next temporary number of a school and year: its last character is a letter."""
        serial = self._next(school_code, year)
        twelve = (
            f"{places.LEA}{school_code[3:]}{year % 100:02d}{serial % 100:02d}{'ABCDEFGHJKLMNPQRTUVWXYZ'[serial % 23]}"
        )
        return text.upn_check_letter(twelve) + twelve

    def _next(self, school_code: str, year: int) -> int:
        serial = self._serials.get((school_code, year), 0) + 1
        self._serials[school_code, year] = serial
        return serial
