"""Files that are broken, or made to harm: no exception, bounded memory, good rows kept, and every row accounted for."""

import dataclasses
import tracemalloc

import pytest

from joinedup.delivery.records.rules import Reading, Refused
from joinedup.exchange.csv_attendance import read as attendance
from joinedup.exchange.csv_person_list import read as people
from joinedup.exchange.csv_police import read as police
from joinedup.exchange.csv_youth_justice import read as youth_justice
from joinedup.exchange.opening import formats
from joinedup.exchange.school_census import read as school_census
from joinedup.exchange.ssda903 import read as ssda903
from tests.exchange import files

MEMORY_BYTES = 24 * 1024**2

REVIEWS = b"CHILD,DOB,REVIEW,REVIEW_CODE\n"
GOOD = b"1,27/03/2008,30/08/2017,PN6\n"
BETTER = b"2,28/03/2008,31/08/2017,PN1\n"
PEOPLE = b"local_id,given_name,family_name,date_of_birth,nhs_number,postcode,address\n"
ADA = b"C1,Ada,King,2012-01-21,,NG1 5FT,1 High Street\n"
BEN = b"C2,Ben,Okafor,2013-02-22,,NG1 5FT,2 High Street\n"
POLICE = b"reference,notification_date,nominal_ref,given_name,family_name,date_of_birth,narrative\n"
NOTICE = b"R1,03/03/2025,N1,Ada,King,21/01/2012,none\n"
CASES = b"person_ref,case_ref,given_name,family_name,date_of_birth,intervention,started_date\n"
CASE = b"Y1,C1,Kai,Hart,06/05/2010,prevention,07/01/2025\n"
SESSIONS = b"member_no,given_name,family_name,date_of_birth,provider,activity,session_date,attended\n"
SESSION = b"M1,Ife,Ade,2015-02-28,Club,boxing,2025-03-03,yes\n"
SEN = b"pupilonrolltableid,NativeId,senneedstableid,senneedsorderseqcolumn,sourceid,sentyperank,sentype\n"
NEED = b"p1,SCH1,s1,1,x,1.0,y\n"


@dataclasses.dataclass(frozen=True)
class Poison:
    """A bad file: by which format it is read, and how many of its rows are good and how many are not."""

    what: str
    form: object
    content: bytes
    good: int
    refused: int
    reason: str = ""


CORPUS = [
    # Encodings
    Poison("a byte order mark", ssda903, b"\xef\xbb\xbf" + REVIEWS + GOOD, 1, 0),
    Poison("UTF-16, little end first", ssda903, (REVIEWS + GOOD + BETTER).decode().encode("utf-16"), 2, 0),
    Poison("UTF-16, big end first", ssda903, b"\xfe\xff" + (REVIEWS + GOOD).decode().encode("utf-16-be"), 1, 0),
    Poison("UTF-16 without a mark", ssda903, (REVIEWS + GOOD).decode().encode("utf-16-le"), 1, 0),
    Poison("UTF-16 cut in the middle of a letter", people, (PEOPLE + ADA).decode().encode("utf-16")[:-1], 1, 0),
    Poison("a Latin-1 line among UTF-8", people, PEOPLE + ADA + BEN.replace(b"Ben", b"Ren\xe9") + ADA, 3, 0),
    Poison("bytes of no encoding", people, PEOPLE + ADA.replace(b"Ada", b"\x81\x8d\xff") + BEN, 2, 0),
    Poison("letters encoded twice", people, PEOPLE + ADA.replace(b"Ada", "JosÃ©".encode()), 1, 0),
    Poison("half of a surrogate pair", people, PEOPLE + ADA.replace(b"Ada", b"\xed\xa0\x80") + BEN, 2, 0),
    Poison("control and direction marks", people, PEOPLE + ADA.replace(b"Ada", "A\u202ed\x07a".encode()), 1, 0),
    Poison("emoji in a name", people, PEOPLE + ADA.replace(b"Ada", "Ada 🦊".encode()), 1, 0),
    Poison("a NUL in one row", ssda903, REVIEWS + GOOD + b"3,\x0027/03/2008,30/08/2017,PN6\n" + BETTER, 2, 1, "NUL"),
    Poison("a page of NULs", ssda903, REVIEWS + GOOD + bytes(4096) + b"\n" + BETTER, 2, 1, "NUL"),
    # Lines and quotation marks
    Poison("a line of two megabytes", ssda903, REVIEWS + GOOD + b"9" * 2**21 + b"\n" + BETTER, 2, 1, "longer than 1 MiB"),
    Poison("a cell of 200 kilobytes", people, PEOPLE + ADA.replace(b"Ada", b"A" * 200_000) + BEN, 2, 0),
    Poison("a quoted cell of 200 kilobytes", people, PEOPLE + b'C3,"' + b"A" * 200_000 + b'",,,,,\n' + BEN, 1, 1),
    Poison("a mark never closed", people, PEOPLE + ADA + b'C3,"Cy,Li,2014-03-23,,,\n' + BEN, 2, 1, "never closed"),
    Poison("a mark never closed, last", people, PEOPLE + ADA + BEN + b'C3,"Cy,Li,2014-03-23,,,', 2, 1, "never closed"),
    Poison("a mark never closed, first of many", people, PEOPLE + b'C3,"Cy,Li\n' + ADA * 500, 500, 1, "never closed"),
    Poison("two marks never closed", people, PEOPLE + b'C3,"Cy,Li,,,,\n' + ADA + b'C4,"Di,Li,,,,\n' + BEN, 2, 2),
    Poison("no mark is ever closed", people, PEOPLE + b'C3,"Cy,Li,2014-03-23,,,\n' * 300, 0, 300, "never closed"),
    Poison("a narrow table's mark never closed", ssda903, REVIEWS + b'3,"27/03/2008,x,y\n' + GOOD * 300, 300, 1),
    Poison("an inch inside a cell", people, PEOPLE + ADA.replace(b"1 High", b'1" High') + BEN, 2, 0),
    Poison("marks inside a quoted cell", people, PEOPLE + ADA.replace(b"1 High Street", b'"1 "High" Street"'), 1, 0),
    Poison("an address over three lines", people, PEOPLE + ADA[:-14] + b'"Flat 2\n1 High\nStreet"\n', 1, 0),
    Poison("blank lines and lines of commas", people, PEOPLE + b"\n\r\n,,,,,,\n  \n" + ADA + b",,,,,,\n\n" + BEN, 2, 0),
    Poison("a hundred thousand commas", people, PEOPLE + ADA + b"x" + b"," * 100_000 + b"\n" + BEN, 3, 0),
    Poison("a hundred thousand filled cells", people, PEOPLE + ADA + b"x," * 100_000 + b"y\n" + BEN, 2, 1, "cells where"),
    Poison("carriage returns only", ssda903, (REVIEWS + GOOD + BETTER).replace(b"\n", b"\r"), 2, 0),
    Poison("mixed line ends and none at the end", ssda903, REVIEWS + GOOD.replace(b"\n", b"\r\n") + BETTER[:-1], 2, 0),
    Poison("the old mark of a file's end", ssda903, REVIEWS + GOOD + b"\x1a", 1, 0),
    # Headings and delimiters
    Poison("semicolons", ssda903, (REVIEWS + GOOD).replace(b",", b";"), 1, 0),
    Poison("tabs", police, (POLICE + NOTICE).replace(b",", b"\t"), 1, 0),
    Poison("upright bars", youth_justice, (CASES + CASE).replace(b",", b"|"), 1, 0),
    Poison("a spreadsheet's word on its delimiter", ssda903, b"sep=;\n" + (REVIEWS + GOOD).replace(b",", b";"), 1, 0),
    Poison("a delimiter that changes", ssda903, REVIEWS + GOOD + BETTER.replace(b",", b";"), 1, 1, "1 cells where"),
    Poison("a heading in other letters", ssda903, b'"Child", D.O.B. ,review,Review Code\n' + GOOD, 1, 0),
    Poison("a column twice", ssda903, b"CHILD,DOB,REVIEW,REVIEW_CODE,DOB\n" + GOOD[:-1] + b",rubbish\n", 1, 0),
    Poison("a heading and nothing else", ssda903, REVIEWS, 0, 0),
    Poison("a missing column", ssda903, b"WHO,DOB,REVIEW,REVIEW_CODE\n" + GOOD + BETTER, 0, 2, "no column CHILD"),
    Poison("a column missing", police, POLICE.replace(b"reference", b"no") + NOTICE, 0, 1, "no column reference"),
    Poison("too few cells", attendance, SESSIONS + SESSION + b"M2,Ife,Ade\n" + SESSION, 2, 1, "3 cells where the heading has 8"),
    Poison("too many cells", attendance, SESSIONS + SESSION[:-1] + b",more\n" + SESSION, 1, 1, "9 cells"),
    Poison("empty cells behind the last", attendance, SESSIONS + SESSION[:-1] + b",,,\n", 1, 0),
    # Values
    Poison("thirteen in the month's place", ssda903, REVIEWS + GOOD + b"3,,08/13/2017,PN1\n", 1, 1, "REVIEW"),
    Poison("the thirty-first of February", youth_justice, CASES + CASE + CASE.replace(b"07/01", b"31/02"), 1, 1, "started_date"),
    Poison("a day in the future", police, POLICE + NOTICE + NOTICE.replace(b"2025", b"2031"), 1, 1, "future"),
    Poison("a birth before 1900", people, PEOPLE + ADA.replace(b"2012", b"1812") + BEN, 1, 1, "before 1900"),
    Poison("a year of two figures", ssda903, REVIEWS + b"3,,08/10/17,PN1\n" + GOOD, 1, 1, "four figures"),
    Poison("figures of another script", ssda903, REVIEWS + "3,,٠٨/١٠/٢٠١٧,PN1\n".encode() + GOOD, 1, 1, "REVIEW"),
    Poison("words for a date", ssda903, REVIEWS + b"3,,last Tuesday,PN1\n" + GOOD, 1, 1, "REVIEW"),
    Poison("a year of nine figures", ssda903, REVIEWS + b"3,,1/1/999999999,PN1\n" + GOOD, 1, 1, "REVIEW"),
    Poison("no child", ssda903, REVIEWS + b",27/03/2008,30/08/2017,PN6\n" + GOOD, 1, 1, "CHILD is empty"),
    Poison("a child's number of ten thousand figures", ssda903, REVIEWS + b"9" * 10_000 + GOOD + BETTER, 1, 1, "CHILD is longer"),
    Poison("no one to tie a row to", people, PEOPLE + b",Cy,,,,,\n" + ADA, 1, 1, "cannot be tied"),
    Poison("a formula for a name", people, PEOPLE + ADA.replace(b"Ada", b"=cmd|' /C calc'!A0"), 1, 0),
    Poison("a wrong NHS number and an impossible postcode", people, PEOPLE + b"C3,Cy,Li,,123,XX,\n", 1, 0),
    Poison("no id in a need", school_census, SEN + NEED + NEED.replace(b"p1", b""), 1, 1, "pupilonrolltableid is empty"),
    Poison("random bytes under a heading", school_census, SEN + NEED + bytes(range(128, 256)) * 50 + b"\n" + NEED, 2, 1, "cells"),
]  # fmt: skip


def swallowed(form, source):
    """Read a whole file, keeping nothing but counts, reasons and places, and the most memory it took."""
    found = form.recognise(source.head())
    assert found is not None
    good, reasons, places = 0, [], []
    tracemalloc.start()
    try:
        for one in form.read(source, found, formats.Context.of(source.name, on=files.ON)):
            assert isinstance(one, Reading | Refused)
            places.append(one.place)
            if isinstance(one, Reading):
                good += 1
            else:
                reasons.append(" ".join(one.reasons)[:300])
        return good, reasons, places, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_corpus_is_wide_enough():
    assert len(CORPUS) >= 40
    assert {poison.form for poison in CORPUS} == {attendance, people, police, school_census, ssda903, youth_justice}


@pytest.mark.parametrize("poison", CORPUS, ids=lambda poison: poison.what)
def test_a_poisoned_file_costs_no_good_row(poison):
    source = formats.Source.of_bytes("file.csv", poison.content)

    good, reasons, places, peak_bytes = swallowed(poison.form, source)

    assert (good, len(reasons)) == (poison.good, poison.refused)
    assert all(poison.reason in reason for reason in reasons)
    assert all(reasons)
    assert peak_bytes < MEMORY_BYTES
    assert [place.byte_start for place in places] == sorted({place.byte_start for place in places})


@pytest.mark.parametrize("between", [b"", b"\n"], ids=["on one line", "on lines of 64 kilobytes, in one pair of marks"])
def test_a_field_of_a_hundred_megabytes_is_stepped_over(tmp_path, between):
    path = tmp_path / "people.csv"
    with path.open("wb") as out:
        out.write(PEOPLE + ADA + b'C3,"')
        for _ in range(1600):
            out.write(b"A" * 65_535 + (between or b"A"))
        out.write(b'",Li,2014-03-23,,,\n' + BEN)

    good, reasons, _places, peak_bytes = swallowed(people, formats.Source.of_path(path))

    assert good == 2
    assert len(reasons) == (1 if not between else 1601)
    assert peak_bytes < MEMORY_BYTES


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", bytes(100_000), bytes(range(256)) * 100, b",,,,", b'"', b"," * 60_000]
)
def test_what_is_no_table_is_recognised_by_no_one(content):
    head = formats.Source.of_bytes("file.csv", content).head()

    assert [form.recognise(head) for form in (attendance, people, police, school_census, ssda903, youth_justice)] == [
        None
    ] * 6
