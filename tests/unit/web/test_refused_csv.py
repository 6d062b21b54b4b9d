"""The file of refused rows: a spreadsheet shows what was refused and runs none of it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.delivery.records import queries as records_queries
from joinedup.web.analyst import wording

STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


def written(*reasons: str, row: bytes = b"1,Ann") -> list[list[str]]:
    refusal = records_queries.RefusalCard(line_number=7, byte_start=0, byte_length=len(row), reasons=reasons)
    return list(csv.reader(io.StringIO(wording.refused_csv([refusal], {0: row}))))


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_begins_as_a_formula_does(start):
    _, (_, reasons, row) = written(f"{start}cmd", row=f"{start}HYPERLINK(x)".encode())

    assert reasons.startswith("'")
    assert row.startswith("'")


@given(st.text(max_size=40).filter(lambda text: "\r" not in text and "\n" not in text))
def test_whatever_a_row_holds_it_is_one_cell_that_can_be_read_back(text):
    rows = written("No name", row=text.encode("utf-8", "replace"))

    assert len(rows) == 2
    assert rows[1][2].removeprefix("'") == text.encode("utf-8", "replace").decode().removeprefix("'")
    assert not rows[1][2].startswith(STARTS)
