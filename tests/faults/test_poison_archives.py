"""Packed files that are broken, or made to swell: refused in plain words before they can harm the machine."""

import gzip
import resource
import struct
import time
import zipfile

import pytest

from joinedup.exchange.csv_person_list import read as people
from joinedup.exchange.opening import formats, packing
from tests.exchange import files, sheets

PEOPLE = b"local_id,given_name,family_name,date_of_birth\nC1,Ada,King,2012-01-21\n"
ZEROS = bytes(1024**2)


def refusal(path, **limits):
    with pytest.raises(packing.Unsafe) as told, packing.unpacked(path, limits=packing.Limits(**limits)):
        pass
    return str(told.value)


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def rows_of(path):
    with packing.unpacked(path) as sources:
        return [
            one
            for source in sources
            for one in people.read(source, people.recognise(source.head()), formats.Context.of(path.name, on=files.ON))
        ]


def test_a_gzip_file_is_read_and_its_rows_stand_in_the_unpacked_bytes(tmp_path):
    path = tmp_path / "people.csv.gz"
    path.write_bytes(gzip.compress(PEOPLE, mtime=0))

    with packing.unpacked(path) as (source,):
        (reading,) = people.read(source, people.recognise(source.head()), formats.Context.of(source.name, on=files.ON))
        place = reading.place
        content = source.content_of(byte_start=place.byte_start, byte_length=place.byte_length)

    assert source.name == "people.csv"
    assert content == b"C1,Ada,King,2012-01-21\n"


def test_a_gzip_bomb_is_left_as_soon_as_it_swells(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb") as out:
        for _ in range(300):
            out.write(ZEROS)

    started = time.monotonic()
    assert "200 times its size" in refusal(path)
    assert time.monotonic() - started < 5


def test_a_gzip_file_larger_than_the_limit_is_left(tmp_path):
    path = tmp_path / "people.csv.gz"
    path.write_bytes(gzip.compress(PEOPLE * 60_000, mtime=0))

    assert "more than 1 MiB" in refusal(path, total_bytes=1024**2)


@pytest.mark.parametrize(
    "content", [gzip.compress(PEOPLE, mtime=0)[:-9], b"\x1f\x8b" + bytes(30)], ids=["cut", "empty"]
)
def test_a_broken_gzip_file_is_refused_in_plain_words(tmp_path, content):
    path = tmp_path / "people.csv.gz"
    path.write_bytes(content)

    assert refusal(path).startswith("The gzip file is broken")


def test_a_zip_bomb_is_judged_by_its_list_before_it_is_opened(tmp_path):
    path = zipped(tmp_path / "bomb.zip", {"people.csv": ZEROS * 64})

    assert "200 times its size" in refusal(path)


def test_a_zip_file_that_lies_about_its_sizes_is_refused(tmp_path):
    path = zipped(tmp_path / "liar.zip", {"people.csv": ZEROS * 32})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    path.write_bytes(content)

    assert refusal(path).startswith("The zip file is broken")


def test_a_zip_file_of_many_files_is_refused(tmp_path):
    path = zipped(tmp_path / "many.zip", {f"{number}.csv": b"x" for number in range(1001)})

    assert "1001 files" in refusal(path)


def test_a_locked_zip_file_is_refused(tmp_path):
    path = zipped(tmp_path / "locked.zip", {"people.csv": PEOPLE})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)

    assert "locked with a password" in refusal(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(200), b"PK\x03\x04"], ids=["long", "short"])
def test_a_broken_zip_file_is_refused_in_plain_words(tmp_path, content):
    path = tmp_path / "people.zip"
    path.write_bytes(content)

    assert refusal(path).startswith("The zip file is broken")


def test_files_in_a_zip_file_are_read_and_none_is_written_outside(tmp_path):
    path = zipped(tmp_path / "two.zip", {"../../people.csv": PEOPLE, "more/people.csv": PEOPLE})

    with packing.unpacked(path) as sources:
        assert [source.name for source in sources] == ["people.csv", "people.csv"]
    assert [file.name for file in tmp_path.iterdir()] == ["two.zip"]


def test_a_link_in_a_zip_file_is_read_as_words_and_never_followed(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(PEOPLE)
    link = zipfile.ZipInfo("people.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, str(secret))

    with packing.unpacked(tmp_path / "link.zip") as (source,), source.open_at(0) as content:
        assert content.read() == str(secret).encode()


def test_an_old_office_file_is_refused(tmp_path):
    path = tmp_path / "people.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    assert "old or locked office file" in refusal(path)


def test_a_spreadsheet_is_read_and_a_line_is_a_row_of_the_sheet(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(
        sheets.book(
            sheets.row(3, "local_id", "given_name", "family_name", "date_of_birth"),
            sheets.row(4, "C1", "Ada\nMary", "King, junior", "2012-01-21"),
            sheets.row(6, "C2", "Ben", "Li", "2012-02-31"),
        )
    )

    taken, refused = rows_of(path)

    assert (taken.place.line_number, taken.identity.given_name) == (4, "Ada Mary")
    assert (refused.place.line_number, refused.reasons) == (
        6,
        ('date_of_birth: "2012-02-31" is not a day of the calendar.',),
    )


def test_a_spreadsheet_bomb_is_judged_by_its_list_before_it_is_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(sheets.book(sheets.row(1, "a"), padding=ZEROS * 64))

    assert "200 times its size" in refusal(path)
    assert "more than 1 MiB" in refusal(path, spreadsheet_bytes=1024**2)


def test_a_cell_in_the_last_corner_of_a_sheet_does_not_take_the_machines_memory(tmp_path):
    path = tmp_path / "corner.xlsx"
    path.write_bytes(sheets.book(sheets.row(1, "a"), f'<row r="1048576">{sheets.cell("XFD1048576", "z")}</row>'))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "too much memory" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


@pytest.mark.parametrize("rows", [(), ("<row",)], ids=["empty", "broken"])
def test_a_sheet_without_cells_is_refused_in_plain_words(tmp_path, rows):
    path = tmp_path / "people.xlsx"
    path.write_bytes(sheets.book(*rows))

    assert refusal(path).startswith("The spreadsheet is broken or has no sheet")
