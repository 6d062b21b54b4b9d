"""Bytes are kept exactly, whatever they are and wherever they lie; nothing that a file holds stops the rows beside it."""

import json

import pytest
from django.db import connection

from joinedup.delivery.records import operations as records_operations
from joinedup.delivery.records import queries as records_queries
from joinedup.exchange.intake import loading
from joinedup.exchange.opening import formats
from tests.conftest import NOW
from tests.integration import standing
from tests.integration.intake import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("batch")]

MEGABYTE = 1024 * 1024
GOOD = "7,Ada,Lovell,2014-03-09,NG1 5FT,,,"


def keep(content, name="a.csv"):
    return records_operations.keep_file(content=_file(content), name=name, by=bringing.MACHINE, at=NOW)


def _file(content):
    return formats.Source.of_bytes("a", content).open_at(0)


def test_any_part_of_a_file_is_read_back_as_it_came_across_the_borders_of_its_pieces():
    content = bytes((place * 7 + place // MEGABYTE) % 251 for place in range(2 * MEGABYTE + 1000))
    file_id = keep(content)
    borders = [0, MEGABYTE, 2 * MEGABYTE, len(content)]
    parts = [
        (start, length)
        for border in borders
        for start in (border - 3, border - 1, border, border + 1)
        for length in (0, 1, 2, 4, 500, MEGABYTE + 2)
        if 0 <= start <= len(content)
    ]

    for start, length in [*parts, (0, len(content))]:
        kept = records_queries.content_of(file_id=file_id, byte_start=start, byte_length=length)
        assert kept == content[start : start + length], (start, length)
    with records_queries.open_file(file_id=file_id) as whole:
        assert whole.read() == content


def test_a_part_beyond_two_gigabytes_can_be_read():
    file_id = keep(b"a small beginning")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_sourcefilechunk (file_id, position, content) VALUES (%s, 3000, %s), (%s, 3001, %s)",
            [file_id, b"x" * (MEGABYTE - 3) + b"end", file_id, b"begin"],
        )

    kept = records_queries.content_of(file_id=file_id, byte_start=3001 * MEGABYTE - 3, byte_length=8)

    assert kept == b"endbegin"


def test_rows_that_lie_across_the_borders_of_pieces_are_kept_byte_for_byte():
    rows = [f"{number},Ada,Lovell,2014-03-09,NG1 5FT,,,Carer{'é' * 60} {number}" for number in range(7_000)]
    source = bringing.people(*rows)
    assert source.size_bytes > MEGABYTE

    loaded = bringing.load(source, bringing.agency("leisure"))

    file_id = records_queries.get_batch(batch_id=loaded.batch_id).file_id
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.local_id, s.byte_start, s.byte_length FROM records_sourcerecord s "
            "JOIN records_personrecord p ON p.id = s.person_record_id "
            "WHERE abs(s.byte_start - %s) < 400 OR s.byte_start < 400 ORDER BY s.byte_start",
            [MEGABYTE],
        )
        near = cursor.fetchall()
    assert any(start < MEGABYTE < start + length for _, start, length in near)
    for number, start, length in near:
        kept = records_queries.content_of(file_id=file_id, byte_start=start, byte_length=length)
        assert kept.rstrip(b"\r\n").decode() == rows[int(number)]


def test_the_same_bytes_are_kept_once_whoever_sends_them():
    source = bringing.people(GOOD)

    bringing.load(source, bringing.agency("leisure"))
    other = bringing.load(source, bringing.agency("voluntary"))

    assert bringing.counts(other) == (1, 0, 0, 0)
    held = standing.everything()
    assert (len(held["files"]), len(held["batches"]), len(held["sources"])) == (1, 2, 2)


def test_where_every_row_came_from_is_known():
    loaded = bringing.load(bringing.people(GOOD, "x,,,31/02/2014,,,,"), bringing.agency("leisure"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_sourcerecord")
        card = records_queries.get_source_record(source_record_id=cursor.fetchone()[0])
    assert (card.agency_name, card.file_name, card.line_number, card.legal_basis) == (
        "leisure", "children.csv", 2, bringing.BASIS
    )  # fmt: skip
    assert card.received_at == records_queries.get_batch(batch_id=loaded.batch_id).received_at


ODD = {
    "NUL": "8,A\x00da,Lovell,2014-03-09,NG1 5FT,,,",
    "control characters": "8,A\x01\x02\x1bda,Lov\x7fell,2014-03-09,NG1 5FT,,,",
    "a name beyond all names": f"8,{'Ada' * 400},Lovell,2014-03-09,NG1 5FT,,,",
    "a number beyond all numbers": f"{'8' * 900},Ada,Lovell,2014-03-09,NG1 5FT,,,",
    "a name of many words": f"8,{'ab ' * 500},Lovell,2014-03-09,NG1 5FT,,,",
    "letters beyond the basic plane": "8,𝒜𝒹𝒶 🦊,Lovell,2014-03-09,NG1 5FT,,,",
    "the year nought": "8,Ada,Lovell,0000-00-00,NG1 5FT,,,",
    "the year 9999": "8,Ada,Lovell,9999-12-31,NG1 5FT,,,",
    "separators of our own": "8|9,A\x1fda,Lov\x1eell,2014-03-09,NG1 5FT,a|b,,",
    "an end of copying": "\\.,\\N,Lovell,2014-03-09,NG1 5FT,\\,,\\",
    "a carer beyond all carers": f"8,Ada,Lovell,2014-03-09,NG1 5FT,{'s' * 900},{'t' * 900},{'c' * 900}",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_no_row_however_odd_stops_the_good_ones(odd):
    loaded = bringing.load(bringing.people(odd, GOOD), bringing.agency("leisure"))

    assert loaded.state == "loaded"
    assert loaded.rows == 2
    assert any(row[2] == "7" for row in standing.everything()["persons"])


@pytest.mark.parametrize("odd", ["A\x00da", "\ud800", "Ada\ud83d", "🦊", "\\u0000", "x" * 5000, "\x1f", " "])
def test_no_patient_however_odd_stops_the_good_ones(odd):
    def patient(number, name):
        return {
            "resourceType": "Patient",
            "id": number if name == "Ada" else f"{number}{name}",
            "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}],
            "name": [{"family": name, "given": [name, name], "prefix": [name]}],
            "birthDate": "2015-05-05",
            "gender": name,
            "address": [{"line": [name, name], "postalCode": name}],
            "generalPractitioner": [{"identifier": {"value": name}}],
            "contact": [{"name": {"family": name}, "telecom": [{"system": "phone", "value": name}]}],
        }

    lines = [json.dumps(patient(number, name)) for number, name in [("9000000017", odd), ("9000000009", "Ada")]]
    source = formats.Source.of_bytes("patients.ndjson", "\n".join(lines).encode())

    loaded = bringing.load(source, bringing.agency("health"))

    assert (loaded.state, loaded.rows) == ("loaded", 2)
    assert loaded.refused == (1 if any(symbol in odd for symbol in "\x00\ud800\ud83d") else 0)
    assert any(row[2] == "9000000009" for row in standing.everything()["persons"])


def test_a_file_that_nobody_knows_is_not_kept():
    with pytest.raises(loading.NotRecognised, match="Nothing was stored"):
        loading.recognise(formats.Source.of_bytes("diary.csv", b"dear,diary\r\n1,2\r\n"))

    assert standing.everything()["files"] == []


@pytest.mark.parametrize("pieces", [1, 2, 3, 4_000])
def test_the_preview_counts_as_loading_then_does_however_the_file_is_cut(monkeypatch, pieces):
    monkeypatch.setattr("joinedup.exchange.intake.preview.PIECE_ROWS", pieces)
    club = bringing.agency("leisure")
    bringing.load(bringing.people(GOOD, "8,Bo,Finch,2013-01-02,NG1 5FT,,,"), club)
    moved = GOOD.replace("NG1", "NG9")
    source = bringing.people(
        GOOD, moved, moved, GOOD, "9,Cy,Stone,2012-01-01,,,,", ",,,,,,,x", ",Di,Sand,2011-01-01,,,,", name="next.csv"
    )

    looked = bringing.look(source, club)
    before = standing.checksums()
    loaded = bringing.load(source, club)

    assert (looked.new, looked.changed, looked.unchanged, looked.refused) == bringing.counts(loaded) == (2, 2, 2, 1)
    assert before != standing.checksums()


def test_looking_first_stores_nothing():
    club = bringing.agency("leisure")
    before = standing.checksums()

    bringing.look(bringing.people(GOOD), club)

    assert standing.checksums() == before
