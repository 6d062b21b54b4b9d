"""Files as people hand them over: Parquet, CSV of many kinds, and what is no table."""

import csv
import pathlib

import pyarrow as pa
import pytest
from pyarrow import parquet

from joinedup.processes.childindex.linkage.by_itself import files

ROWS = {"unique_id": ["1", "2"], "forename": ["Zoë", None], "surname": ["O'Hara, Jo", "Żak"]}


def written(tmp_path: pathlib.Path, text: str, encoding: str = "utf-8") -> pathlib.Path:
    path = tmp_path / "records.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_whatever_its_delimiter_and_encoding(tmp_path, mark, encoding):
    path = tmp_path / "records.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=mark)
        writer.writerow(ROWS)
        writer.writerows(zip(*ROWS.values(), strict=True))

    assert files.read(path).to_pydict() == ROWS


def test_a_csv_of_an_old_windows_program_is_read(tmp_path):
    assert files.read(written(tmp_path, "unique_id,forename\n1,Zoë\n", "cp1252")).to_pydict() == {
        "unique_id": ["1"],
        "forename": ["Zoë"],
    }


def test_numbers_in_a_csv_stay_as_they_are_written(tmp_path):
    found = files.read(written(tmp_path, "unique_id,nhs_number\n007,0123456789\n"))

    assert found.to_pydict() == {"unique_id": ["007"], "nhs_number": ["0123456789"]}


def test_line_breaks_within_a_field_are_part_of_it(tmp_path):
    found = files.read(written(tmp_path, 'unique_id,address\n1,"12 High Street\nLeeds"\n'))

    assert found.column("address").to_pylist() == ["12 High Street\nLeeds"]


def test_words_that_a_parquet_file_has_once_each_are_read_so_where_that_is_wanted(tmp_path):
    path = tmp_path / "records.parquet"
    words = {
        "surname": ["Khan", "Smith"] * 500,
        "ward": ["Heaton"] * 1_000,
        "upn": [f"A{at:012}" for at in range(1_000)],
    }
    parquet.write_table(pa.table(words), path)

    found = files.read(path, written_once=lambda name: name != "ward")

    assert pa.types.is_dictionary(found.schema.field("surname").type)
    assert pa.types.is_string(found.schema.field("ward").type)
    assert pa.types.is_string(found.schema.field("upn").type)
    assert {name: found.column(name).to_pylist() for name in words} == words


def test_parquet_is_known_by_its_content(tmp_path):
    path = tmp_path / "records.data"
    parquet.write_table(pa.table(ROWS), path)

    assert files.read(path).to_pydict() == ROWS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"PAR1 and no more", "begins like a Parquet file"),
        (b"PK\x03\x04\x00\x00spreadsheet", "Save spreadsheets as CSV"),
        (b"unique_id,forename\n1,Tom,Hale\n2,Ann\n", "3 fields instead of 2"),
        (b"unique_id,name,name\n1,a,b\n", "two columns of one name"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content, why):
    path = tmp_path / "records"
    path.write_bytes(content)

    with pytest.raises(files.NotReadable, match=why):
        files.read(path)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(files.NotReadable, match="No such file"):
        files.read(tmp_path / "nowhere.csv")


def test_a_folder_is_refused_in_words(tmp_path):
    with pytest.raises(files.NotReadable, match="directory"):
        files.read(tmp_path)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_what_is_written_is_read_again(tmp_path, name):
    files.write(pa.table(ROWS), tmp_path / name)

    assert files.read(tmp_path / name).to_pydict() == ROWS


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        files.write(pa.table(ROWS), tmp_path / "nowhere" / "out.csv")
    assert list(tmp_path.iterdir()) == []
