"""No cell of a table can be taken for a formula, and every text comes back exactly."""

import csv
import datetime
import decimal
import io
import unicodedata
import zipfile

import hypothesis
import hypothesis.strategies as st
import pytest
import python_calamine

from joinedup.foundation import sheets
from joinedup.foundation.sheets import workbooks

AT = datetime.datetime(2026, 10, 5, 9, 30, tzinfo=datetime.UTC)
#: Signs that matter to a spreadsheet, to a reader of CSV or to Unicode, in which texts of any kind are then mixed.
SIGNS = "=+-@\t\r\n '\",;|0x{}()!&<>_＝＋－＠﹢﹣﹦﹫⁺⁻⁼−–\u00a0\u200b\u202e\ufeff\u3000\u00ad"
texts = st.text(st.sampled_from(SIGNS), max_size=8) | st.text(max_size=12)
#: XML knows a few signs of the lower range only as escapes, and no half signs at all.
texts_of_people = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufeff\ufffe\uffff")
    | st.sampled_from("\n\t"),
    min_size=1,
    max_size=12,
)


UNSEEN = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + '"\u200b\u202e\ufeff\u00ad'


def could_run(cell):
    """Say, more strictly than any spreadsheet, whether a cell could be a formula."""
    seen = cell.lstrip(UNSEEN)
    first = unicodedata.normalize("NFKC", seen[:1])[:1]
    return cell.startswith(("\t", "\r", "\n")) or bool(first and first in "=+-@−–")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+441632960000",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\u00a0=1",
        '"=1',
    ]
    + ["\u200b=1", "−1", "– dashed", "'=1", "\ufeff=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.org")'],
)
def test_what_could_be_a_formula_is_made_a_text(text):
    assert could_run(text) or text.startswith("'")
    assert sheets.guard(text).startswith("'")
    assert sheets.unguard(sheets.guard(text)) == text


@pytest.mark.parametrize(
    "text", ["", "Ayesha", "O'Neill", "12 High Street", "2026-03-03", "a=b", "Smith, Jo", "Smith-Jones", "5-a-day"]
)
def test_what_people_write_stays_as_it_is(text):
    assert sheets.guard(text) == text


@pytest.mark.parametrize("text", ["a;=1", "a,=1", "a\t=1", "a\n=1", "a\r\n+1", "x; -1", 'a;"=1'])
def test_a_spreadsheet_set_to_another_separator_finds_no_formula_either(text):
    for separator in ",;\t\n":
        assert not any(could_run(part) for part in sheets.guard(text).split(separator) if part)


@hypothesis.given(texts)
def test_every_text_comes_back(text):
    assert sheets.unguard(sheets.guard(text)) == text


@hypothesis.given(texts, texts)
def test_two_texts_never_become_one(one, other):
    assert (sheets.guard(one) == sheets.guard(other)) == (one == other)


@hypothesis.given(texts)
def test_no_guarded_text_could_run(text):
    assert not could_run(sheets.guard(text))


@hypothesis.settings(max_examples=50)
@hypothesis.given(st.lists(st.tuples(texts, texts, texts), max_size=5))
def test_a_table_as_csv_comes_back_and_holds_no_formula(rows):
    table = sheets.Sheet(title="All", columns=("=one", "two", "three"), rows=tuple(rows))

    written = sheets.as_csv(table)

    assert sheets.read_csv(written) == [list(table.columns), *map(list, rows)]
    assert not any(could_run(cell) for row in csv.reader(io.StringIO(written, newline="")) for cell in row)


def test_numbers_stay_numbers_where_they_were_typed_as_numbers():
    table = sheets.Sheet(
        title="Sums",
        columns=("typed", "text"),
        rows=((-5, "-5"), (decimal.Decimal("-0.50"), "-0.50"), (None, ""), (datetime.date(1899, 1, 2), "")),
    )

    rows = list(csv.reader(io.StringIO(sheets.as_csv(table), newline="")))
    assert rows[1:] == [["-5", "'-5"], ["-0.50", "'-0.50"], ["", ""], ["1899-01-02", ""]]
    assert read_workbook(table)[1:] == [[-5.0, "'-5"], [-0.5, "'-0.50"], ["", ""], ["1899-01-02", ""]]


def read_workbook(table):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheets.as_workbook(table, at=AT)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


@hypothesis.settings(max_examples=30)
@hypothesis.given(st.lists(st.tuples(texts_of_people, texts_of_people), min_size=1, max_size=4))
def test_a_workbook_comes_back_and_holds_no_formula(rows):
    table = sheets.Sheet(title="All", columns=("=one", "two"), rows=tuple(rows))

    read = read_workbook(table)

    assert [[sheets.unguard(cell) for cell in row] for row in read] == [list(table.columns), *map(list, rows)]
    assert not any(could_run(cell) for row in read for cell in row)


def test_a_workbook_holds_texts_only_and_leads_nowhere():
    table = sheets.Sheet(
        title="All",
        columns=("a",),
        rows=(("=1+1",), ("http://example.org",), ("mailto:a@example.org",), ("007",)),
        notice="A & B",
    )

    with zipfile.ZipFile(io.BytesIO(sheets.as_workbook(table, at=AT))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}

    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert "hyperlink" not in parts["xl/worksheets/sheet1.xml"]
    assert not [
        name
        for name in parts
        if "external" in name.lower() or "vba" in name.lower() or name.startswith("xl/worksheets/_rels")
    ]
    assert "<oddHeader>&amp;LA &amp;&amp; B</oddHeader>" in parts["xl/worksheets/sheet1.xml"]
    assert read_workbook(table)[-1] == ["007"]


def test_what_excel_cannot_hold_is_refused_and_not_cut():
    long = sheets.Sheet(title="Long", columns=("a",), rows=(("x" * (workbooks.MOST_LETTERS + 1),),))

    with pytest.raises(sheets.Unwritable, match="take it as CSV"):
        sheets.as_workbook(long, at=AT)
    with pytest.raises(sheets.Unwritable, match="columns"):
        sheets.Sheet(title="Odd", columns=("a", "b"), rows=(("1",),))
