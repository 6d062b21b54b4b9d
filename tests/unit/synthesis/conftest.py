"""A small borough made once for the tests of synthesis."""

import dataclasses
import datetime
import pathlib

import pytest

from joinedup.synthesis import borough, errors

ENDS_ON = datetime.date(2026, 9, 1)


@dataclasses.dataclass(frozen=True)
class Made:
    """A borough on disk."""

    folder: pathlib.Path
    counts: borough.Counts


def make(folder: pathlib.Path, *, children: int = 400, seed: int = 7, scale: float = 1.0) -> Made:
    counts = borough.build(
        children=children,
        seed=seed,
        ends_on=ENDS_ON,
        errors=errors.ErrorRates().scaled(scale),
        out=folder,
        progress=lambda _words, _done, _total: None,
    )
    return Made(folder, counts)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return make(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    return make(tmp_path_factory.mktemp("town"), children=2_500)
