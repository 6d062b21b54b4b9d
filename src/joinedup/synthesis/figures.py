"""The published figures that the borough is fitted to, read from one cited file.

Belongs here: looking a figure up. Not here: how it is used (households, lives).
"""

import dataclasses

from joinedup.synthesis import tables


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure with where it comes from.

    Units: a share or a yearly rate per child unless `unit` says otherwise.
    """

    code: str
    value: float
    unit: str
    year: str
    source: str
    checked: str


@dataclasses.dataclass(frozen=True, slots=True)
class Figures:
    """All figures by code."""

    by_code: dict[str, Figure]

    def rate(self, code: str) -> float:
        """Return the value of one figure.

        Errors: KeyError for a code that is not in the file.
        """
        return self.by_code[code].value


def read() -> Figures:
    """Return the figures of the reference file."""
    found = [
        Figure(
            code=row["code"],
            value=float(row["value"]),
            unit=row["unit"],
            year=row["year"],
            source=row["source"],
            checked=row["checked"],
        )
        for row in tables.rows("figures.csv")
    ]
    return Figures({figure.code: figure for figure in found})
