"""NHS numbers and unique pupil numbers by the hundred thousand, each given once.

Belongs here: right numbers as arrays. Not here: writing them wrong (writing).
"""

import numpy as np

from joinedup.foundation import text
from joinedup.synthesis import places
from joinedup.synthesis.records_only.lexicon import Ints, Words

#: NHS numbers that begin with 9 are for tests and made-up data and are not issued. They are drawn from all of them, so
#: that a mistyped number is about as seldom another child's as it is among real ones.
_FIRST_STEM, _STEMS = 900_000_000, 100_000_000
_STRIDE = 61_803_399  # shares no factor with the number of stems, so that every stem comes up once
_WEIGHTS = np.arange(10, 1, -1)
_UPN_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"), object)
_FIRST_SCHOOL, _SCHOOLS = 2000, 7000
_MOST_SERIAL, _LAST_AUTHORITY = 999, 999


class PupilNumbersExhausted(Exception):
    """A school has admitted more pupils in a year than the numbers of all authorities reach."""


class NhsStems:
    """NHS numbers in an order that tells nothing."""

    def __init__(self, seed: int) -> None:
        self._place = seed * 7_919 % _STEMS

    def take(self, count: int) -> Words:
        """Return the next so many numbers, as text.

        Source: NHS Data Dictionary, NHS number: modulus 11 with weights 10 to 2.
        """
        found: list[Words] = []
        while count > 0:
            # One stem in eleven has no check digit.
            places_tried = self._place + np.arange(count + count // 9 + 16)
            stems = _FIRST_STEM + places_tried * _STRIDE % _STEMS
            digits = stems[:, None] // 10 ** np.arange(8, -1, -1) % 10
            check = (11 - (digits * _WEIGHTS).sum(axis=1) % 11) % 11
            good = np.flatnonzero(check < 10)[:count]
            self._place += int(good[-1]) + 1
            found.append((stems[good] * 10 + check[good]).astype("U10").astype(object))
            count -= len(good)
        return np.concatenate(found) if found else np.empty(0, object)


class UpnSerials:
    """Unique pupil numbers, by school and year of entry in the order of arrival."""

    def __init__(self) -> None:
        self._given = np.zeros((_SCHOOLS, 100), np.int64)

    def take(self, school: Ints, year: Ints) -> Words:
        """Return a number for each pupil who enters a school (numbered from 0) in a year.

        Errors: PupilNumbersExhausted.
        Source: DfE guide to unique pupil numbers: weights 2 to 13, modulus 23.
        """
        group = school * 100 + year % 100
        order = np.argsort(group, kind="stable")
        first = np.searchsorted(group[order], group[order], side="left")
        rank = np.empty(len(group), np.int64)
        rank[order] = np.arange(len(group)) - first
        serial = self._given.ravel()[group] + rank + 1
        np.add.at(self._given.ravel(), group, 1)
        # Among millions a school has more entrants than numbers: the rest have those of the next authority's school.
        authority = int(places.LEA) + (serial - 1) // _MOST_SERIAL
        if authority.max(initial=0) > _LAST_AUTHORITY:
            raise PupilNumbersExhausted
        serial = (serial - 1) % _MOST_SERIAL + 1
        digits = ((authority * 10_000 + _FIRST_SCHOOL + school) * 100 + year % 100) * 1000 + serial
        each = digits[:, None] // 10 ** np.arange(11, -1, -1) % 10
        letters = _UPN_LETTERS[(each * np.arange(2, 14)).sum(axis=1) % len(_UPN_LETTERS)]
        upns: Words = letters + digits.astype("U12").astype(object)
        return upns


def temporary(upn: str) -> str:
    """Return a temporary number like the permanent one: its last character is a letter."""
    twelve = upn[1:12] + str(_UPN_LETTERS[int(upn[10:13]) % len(_UPN_LETTERS)])
    return text.upn_check_letter(twelve) + twelve
