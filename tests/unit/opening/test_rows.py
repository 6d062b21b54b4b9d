"""Cutting tables into rows: places are exact, rows come back as they went in, and reading can begin again anywhere."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.exchange.opening import dialects, formats, rows

WIDTH = 4
HEADING = ",".join("abcd") + "\n"
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1a\ufeff"), max_size=12)
RAW = st.binary(max_size=60) | st.sampled_from([b'x,"y,z,w', b'x,"y\nz",v,w', b"a,b,c,d", b"", b",,,", b'"', b"\0"])


def cut(content, source=None):
    source = source or formats.Source.of_bytes("file.csv", content)
    heading = source.head().heading
    return list(rows.rows(source, heading)) if heading else []


@given(
    table=st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), max_size=12), end=st.sampled_from(["\n", "\r\n"])
)
def test_cells_come_back_as_they_were_written(table, end):
    written = [[cell.replace("\r", " ").replace("\n", " ") for cell in cells] for cells in table]
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(written)

    found = cut((HEADING + out.getvalue()).encode())

    filled = [cells for cells in written if "".join(cells).strip(', "\t')]
    assert [row.cells for row in found] == filled
    assert all(not row.fault for row in found)


@given(lines=st.lists(RAW, max_size=12))
def test_every_row_stands_exactly_where_its_place_says(lines):
    content = HEADING.encode() + b"\n".join(lines)
    source = formats.Source.of_bytes("file.csv", content)

    found = cut(content)

    end = 0
    for row in found:
        place = row.place
        assert source.content_of(byte_start=place.byte_start, byte_length=place.byte_length) == row.content
        assert place.line_number == content[: place.byte_start].count(b"\n") + 1
        assert place.byte_start >= end
        end = place.byte_start + place.byte_length


@given(lines=st.lists(RAW, max_size=12), data=st.data())
def test_reading_begins_again_behind_any_row_as_if_it_had_never_stopped(lines, data):
    content = HEADING.encode() + b"\n".join(lines)
    found = cut(content)
    if not found:
        return
    at = data.draw(st.integers(0, len(found) - 1))
    place = found[at].place

    resumed = formats.Source.of_bytes("file.csv", content).resuming_after(
        byte_start=place.byte_start, byte_length=place.byte_length, line_number=place.line_number
    )

    assert cut(content, resumed) == found[at + 1 :]


@given(lines=st.lists(RAW, max_size=12))
def test_a_bad_line_never_costs_a_good_one_behind_it(lines):
    """Six columns tell a row from a long text, so that a mark that is never closed swallows nothing."""
    heading = b"a,b,c,d,e,f\n"
    good = b"1,2,3,4,5,6\n"
    found = cut(heading + b"\n".join(lines) + b"\n" + good * 3)

    assert [row.content for row in found[-2:]] == [good, good]
    assert not any(row.fault for row in found[-2:])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_row_over_two_lines_has_its_own_bytes_in_every_encoding(codec):
    text = 'name,words,x,y\nAda,"one\ntwo",ĊĀ,1\nBen,three,Ā,2\n'
    content = text.encode(codec)
    source = formats.Source.of_bytes("file.csv", content)

    first, second = cut(content)

    assert first.cells == ["Ada", "one\ntwo", "ĊĀ", "1"]
    assert second.cells == ["Ben", "three", "Ā", "2"]
    assert second.place.line_number == 4
    plain = codec.removesuffix("-sig") if codec != "utf-16" else "utf-16-le"
    assert source.content_of(byte_start=second.place.byte_start, byte_length=second.place.byte_length).decode(
        plain
    ) == ("Ben,three,Ā,2\n")


def test_a_long_text_with_commas_stays_one_row():
    content = HEADING.encode() + b'1,"He came, late.\nShe, he said, was out.\nThey left.",x,y\n2,b,c,d\n'

    assert [row.place.line_number for row in cut(content)] == [2, 5]


def test_the_heading_is_found_under_blank_lines():
    head = formats.Head(name="x.csv", content=b"\n\r\n  \nCHILD;DOB\n1;2\n", size_bytes=20)

    assert head.heading == dialects.Heading(
        columns=("CHILD", "DOB"), delimiter=";", encoding=dialects.Encoding(), end_byte=16, next_line=5
    )


@pytest.mark.parametrize(
    ("name", "year", "term"),
    [
        ("2024_autumn_pupilonroll.csv.gz", 2024, "autumn"),
        ("SSDA903_2020_header.csv", 2020, ""),
        ("children.csv", None, ""),
        ("/2019/Summer 20251.csv", None, "summer"),
    ],
)
def test_year_and_term_are_taken_from_the_name_of_the_file(name, year, term):
    context = formats.Context.of(name, on=datetime.date(2026, 11, 21))

    assert (context.year, context.term) == (year, term)


def test_an_uploaded_file_can_be_read_twice_and_stays_open_for_its_owner(tmp_path):
    content = HEADING.encode() + b"1,2,3,4\n" * 3
    path = tmp_path / "upload"
    path.write_bytes(content)

    with path.open("rb") as file:
        source = formats.Source.of_file("x.csv", file)
        assert [len(list(rows.rows(source, source.head().heading))) for _ in range(2)] == [3, 3]
        assert not file.closed
        assert source.size_bytes == len(content)
