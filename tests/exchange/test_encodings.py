"""Files of encodings: from an agency's own list to pairs, by the three commands, with no name on the way."""

import csv
import os

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from joinedup.commands import main
from joinedup.exchange.encodings import bits, read, rules, schema, write
from joinedup.processes.childindex.linkage.encodings import filters, keys
from joinedup.processes.childindex.linkage.encodings.scheme import Hardening, Scheme

SCHOOL = """unique_id,forename,surname,dob,sex,postcode
P1,Ada,Kirkcroft,2015-03-12,F,NG1 5FT
P2,Piotr,Okafor,28/11/2009,M,BD2 4NP
P3,Mei,Nguyen,2012-07-01,F,BD1 9JG
"""
SURGERY = """local_id,given_name,family_name,date_of_birth,sex,postcode
4505577104,Adah,Kirkcroft,2015-03-12,F,NG1 5FT
4505577112,Wei,Smith,2011-01-30,M,BD3 8AA
4505577120,Peter,Okafor,2009-11-28,M,BD2 4NP
"""
MADE_UP_KEY = "0123456789abcdef" * 4


@pytest.fixture
def folder(tmp_path):
    for name, content in (("school.csv", SCHOOL), ("surgery.csv", SURGERY)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    keep_key(tmp_path / "key", MADE_UP_KEY)
    return tmp_path


def keep_key(path, written, mode=0o600):
    path.write_text(written, encoding="ascii")
    path.chmod(mode)


def run(*words):
    done = CliRunner().invoke(main.app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def encode(folder, name, *more, key="key"):
    out = folder / f"{name}.encodings"
    return run("encode-file", folder / f"{name}.csv", "--out", out, "--key-file", folder / key, *more)


def match(folder, *more):
    one, other = folder / "school.encodings", folder / "surgery.encodings"
    return run("match-encodings", one, other, "--out", folder / "pairs.csv", *more)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("hardening", Hardening)
def test_two_agencies_find_their_common_children_through_a_third_who_sees_no_name(folder, hardening):
    for name in ("school", "surgery"):
        assert encode(folder, name, "--hardening", hardening)[0] == 0
    assert match(folder)[0] == 0

    own = {
        row["record"]: row["unique_id"]
        for name in ("school", "surgery")
        for row in rows(folder / f"{name}.encodings.ids.csv")
    }
    assert {(own[pair["left"]], own[pair["right"]]) for pair in rows(folder / "pairs.csv")} == {
        ("P1", "4505577104"),
        ("P2", "4505577120"),
    }


def test_what_goes_to_the_matcher_holds_no_word_and_no_number_of_anyone(folder):
    encode(folder, "surgery")
    content = (folder / "surgery.encodings").read_bytes().lower()

    assert [word for word in (b"adah", b"kirkcroft", b"2015", b"ng1", b"4505577104") if word in content] == []
    assert MADE_UP_KEY.encode() not in content
    assert bytes.fromhex(MADE_UP_KEY) not in content


def test_the_order_of_the_file_is_not_that_of_the_agency(folder):
    more = "".join(
        f"P{number},Ada{'bcdefgh'[number % 7]},Smith,2014-01-0{number},F,BD1 9JG\n" for number in range(4, 10)
    )
    (folder / "school.csv").write_text(SCHOOL + more, encoding="utf-8")
    encode(folder, "school")

    marks = read.read(folder / "school.encodings").marks
    own = [row["unique_id"] for row in rows(folder / "school.encodings.ids.csv")]
    assert marks == sorted(marks)
    assert own != sorted(own)


def test_the_same_file_and_key_give_the_same_bytes(folder):
    encode(folder, "school")
    first = (folder / "school.encodings").read_bytes()
    encode(folder, "school")

    assert (folder / "school.encodings").read_bytes() == first


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_is_written_is_for_its_owner_alone(folder):
    encode(folder, "school")

    for name in ("school.encodings", "school.encodings.ids.csv"):
        assert (folder / name).stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- keys


def test_a_key_is_made_once_and_known_by_its_mark(folder):
    code, said = run("encoding-key", folder / "new")
    again = run("encoding-key", folder / "new")
    shown = run("encoding-key", folder / "new", "--show")

    mark = keys.read(folder / "new").mark
    assert code == 0
    assert mark in said
    assert again[0] == 1
    assert "made once" in again[1]
    assert mark in shown[1]
    assert (folder / "new").stat().st_mode & 0o077 == 0
    assert (folder / "new").read_text().strip() not in said + shown[1]


@pytest.mark.parametrize(
    ("written", "mode", "words"),
    [
        (MADE_UP_KEY, 0o640, "chmod 600"),
        (MADE_UP_KEY, 0o604, "chmod 600"),
        ("correct horse battery staple", 0o600, "can be guessed"),
        (MADE_UP_KEY[:-2], 0o600, "holds no key"),
        ("", 0o600, "holds no key"),
    ],
)
def test_a_key_that_others_may_read_or_that_can_be_guessed_is_refused(folder, written, mode, words):
    keep_key(folder / "bad", written, mode)
    code, said = encode(folder, "school", key="bad")

    assert code == 1
    assert words in said
    assert not (folder / "school.encodings").exists()


def test_a_key_that_is_not_there_is_said_in_words(folder):
    code, said = encode(folder, "school", key="nowhere")

    assert code == 1
    assert "cannot be read: No such file" in said


def test_a_key_never_prints_itself():
    key = keys.Key(secret=bytes.fromhex(MADE_UP_KEY))

    assert "0123" not in repr(key)
    assert len({key.part("a"), key.part("b"), key.secret}) == 3


# ---------------------------------------------------------------- bad input


def test_rows_that_say_too_little_or_cannot_be_read_are_counted_and_left_out(folder):
    (folder / "school.csv").write_text(SCHOOL + "P4,Eve,,,F,\nP5,Tom,Ali,31/02/2012,M,BD1 9JG\n", encoding="utf-8")
    code, said = encode(folder, "school")

    assert code == 0
    assert "1 rows were left out: they say fewer than three" in said
    assert len(read.read(folder / "school.encodings").marks) in {3, 4}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not a file we know"),
        ("a,b\n1,2\n", "not a file we know"),
        ("unique_id,forename,surname,dob\n1,,,\n", "Nobody in"),
        ("unique_id,forename,surname,dob\n", "Nobody in"),
    ],
)
def test_a_file_without_people_is_refused_in_words(folder, content, words):
    (folder / "school.csv").write_text(content, encoding="utf-8")
    code, said = encode(folder, "school")

    assert code == 1
    assert words in said
    assert not (folder / "school.encodings").exists()


def test_a_file_that_is_not_there_is_said_in_words(folder):
    assert (
        "There is no file" in run("encode-file", folder / "no", "--out", folder / "o", "--key-file", folder / "key")[1]
    )
    assert "There is no file" in match(folder)[1]


def test_nothing_writes_over_the_key_or_the_records(folder):
    code, said = run("encode-file", folder / "school.csv", "--out", folder / "key", "--key-file", folder / "key")

    assert code == 1
    assert "file of their own" in said
    assert keys.read(folder / "key").secret.hex() == MADE_UP_KEY


def test_files_of_two_keys_or_two_ways_cannot_be_compared(folder):
    keep_key(folder / "other", MADE_UP_KEY[::-1])
    encode(folder, "school")
    encode(folder, "surgery", key="other")
    assert "different keys" in match(folder)[1]

    encode(folder, "surgery", "--hardening", "none")
    assert "hardening fold and none" in match(folder)[1]

    assert (
        "Both files are the same"
        in run("match-encodings", *[folder / "school.encodings"] * 2, "--out", folder / "pairs.csv")[1]
    )
    assert not (folder / "pairs.csv").exists()


def damaged(folder, change):
    encode(folder, "school")
    path = folder / "school.encodings"
    change(path)
    (folder / "surgery.encodings").write_bytes(path.read_bytes())
    code, said = match(folder)
    assert code == 1
    return said


def other_table(table):
    return lambda path: parquet.write_table(table(parquet.read_table(path)), path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "cut short"),
        (lambda path: path.write_text("name,born\n"), "no file of encodings"),
        (other_table(lambda table: table.replace_schema_metadata({})), "of this version"),
        (other_table(lambda table: table.select([schema.MARK])), "other columns"),
        (
            other_table(
                lambda table: table.replace_schema_metadata({schema.KIND: schema.KIND_VALUE, schema.SCHEME: b"{"})
            ),
            "scheme in the file cannot be read",
        ),
        (
            other_table(lambda table: pa.table([table[0], pa.nulls(3, table[1].type)], schema=nullable(table.schema))),
            "nothing in them",
        ),
    ],
)
def test_a_damaged_file_of_encodings_is_refused_in_words(folder, change, words):
    assert words in damaged(folder, change)


def nullable(columns):
    return pa.schema([field.with_nullable(True) for field in columns], metadata=columns.metadata)


# ---------------------------------------------------------------- there and back


def test_encodings_come_back_from_their_file_as_they_went(tmp_path):
    key = keys.Key(secret=bytes(32))
    people = pa.Table.from_pylist(
        [
            {"unique_id": "1", "forename": "Ada", "surname": "Ali"},
            {"unique_id": "2", "forename": "Tom", "surname": "Ali"},
        ],
        schema=bits.PEOPLE,
    )
    made, marks = filters.encode(people, key=key, scheme=Scheme())
    went = bits.Encodings(header=schema.Header(scheme=Scheme(), key_mark=key.mark), marks=marks, filters=made)

    assert write.write(went, tmp_path / "out") == 2
    came = read.read(tmp_path / "out")

    assert came.header == went.header
    assert dict(zip(came.marks, came.filters.tolist(), strict=True)) == dict(zip(marks, made.tolist(), strict=True))


def test_a_file_with_nobody_in_it_comes_back_too(tmp_path):
    empty = filters.encode(bits.PEOPLE.empty_table(), key=keys.Key(secret=bytes(32)), scheme=Scheme())
    write.write(
        bits.Encodings(header=schema.Header(scheme=Scheme(), key_mark="m"), marks=[], filters=empty[0]),
        tmp_path / "out",
    )

    assert read.read(tmp_path / "out").filters.shape == (0, 16)


def test_what_is_said_twice_is_encoded_once():
    assert rules.different([{"unique_id": "1"}, {"unique_id": "2"}, {"unique_id": "1"}]) == [
        {"unique_id": "1"},
        {"unique_id": "2"},
    ]
