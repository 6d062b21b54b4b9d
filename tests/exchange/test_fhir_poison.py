"""The reader of NHS patients is never harmed by what it is sent, and no good patient is lost by it."""

import collections
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.exchange.fhir import read
from joinedup.exchange.opening import formats
from tests.exchange import published
from tests.exchange.fhir_rows import ON, a_patient, answers, kinds, lines_of, resource

MEGABYTE = 1 << 20
GOOD = lines_of(a_patient()).rstrip(b"\n")
BROKEN_LINES = {
    "cut short": GOOD[:100],
    "no JSON": b"hello",
    "NUL": b"\0\0{}",
    "a list": b"[1,2]",
    "a number": b"1e999999",
    "a long figure": b'{"resourceType":"Patient","id":' + b"9" * 10_000 + b"}",
    "another resource": b'{"resourceType":"Observation"}',
    "no resource": b"{}",
    "deep nesting": b'{"resourceType":"Patient","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "too long": b'{"resourceType":"Patient","id":"' + b"x" * (2 * MEGABYTE) + b'"}',
    "half a surrogate": b'{"resourceType":"\\ud800"}',
}


class TestPoison:
    @pytest.mark.parametrize("line", BROKEN_LINES.values(), ids=BROKEN_LINES)
    def test_a_broken_line_costs_no_other(self, line):
        content = b"\n".join([GOOD, line, b"", GOOD, b""])

        found = answers(content)

        assert kinds(found) == ["Reading", "Refused", "Reading"]
        assert [answer.place.line_number for answer in found] == [1, 2, 4]
        assert found[1].reasons

    def test_the_first_line_may_be_the_broken_one(self):
        assert kinds(answers(b"oops\n" + GOOD + b"\n")) == ["Refused", "Reading"]
        assert kinds(answers(b"{oops\n" + GOOD + b"\n" + GOOD)) == ["Refused", "Reading", "Reading"]

    @pytest.mark.parametrize("key", sorted(resource()))
    @pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None, 7, "x", [], {}], {"x": 1}, True], ids=repr)
    def test_nothing_in_a_resource_has_to_be_of_the_kind_that_fhir_asks_for(self, key, value):
        content = b"\n".join([json.dumps(resource() | {key: value}).encode(), GOOD])

        assert kinds(answers(content))[1] == "Reading"

    def test_latin_1_is_read_with_a_note(self):
        line = GOOD.decode().encode("latin-1")

        (reading,) = answers(line + b"\n")

        assert reading.identity.given_name == "Zoë"
        assert "not UTF-8" in reading.notes[0]

    def test_a_byte_order_mark_is_no_part_of_the_first_line(self):
        found = answers(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD)

        assert kinds(found) == ["Reading", "Reading"]
        assert found[0].place.byte_start == 3

    def test_utf_16_is_refused_plainly(self):
        found = answers((GOOD + b"\n" + GOOD).decode().encode("utf-16"))

        assert set(kinds(found)) == {"Refused"}
        assert "UTF-8" in found[0].reasons[0]

    def test_a_bundle_that_breaks_off_keeps_its_whole_entries(self):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": resource()} for _ in range(3)]}
        content = json.dumps(bundle, indent=1).encode()

        assert kinds(answers(content[:-400], "bundle.json")) == ["Reading", "Reading", "Refused"]

    def test_a_broken_entry_costs_no_other(self):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": resource()}, {"n": "@"}, {"resource": resource()}]}
        content = json.dumps(bundle).encode().replace(b'"@"', b'"@" oops')

        assert kinds(answers(content, "bundle.json")) == ["Reading", "Refused", "Reading"]

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            (GOOD + b'\n{"resourceType":"Patient","id":"', b'"}\n' + GOOD, {"Reading": 2, "Refused": 1}),
            (b'{"resourceType":"Bundle","entry":[' + GOOD + b',{"id":"', b'"}]}', {"Reading": 1, "Refused": 1}),
            (b'{"resourceType":"Bundle","entry":[' + GOOD + b',{"id":[', b"]}]}", {"Reading": 1, "Refused": 1}),
        ],
        ids=["line", "text in a bundle", "list in a bundle"],
    )
    def test_a_hundred_megabytes_in_one_place_are_stepped_over_in_little_memory(self, start, end, expected):
        source = published.vast_source("vast.json", start, b"1" * 100_000, 1_000, end)

        found, peak = published.peak_bytes(lambda: answers(source))

        assert collections.Counter(kinds(found)) == expected
        assert peak < 32 * MEGABYTE

    def test_deep_nesting_in_a_document_is_refused(self):
        content = b'{"resourceType":"Patient","a":' + b"[" * 500_000

        assert kinds(answers(content, "deep.json")) == ["Refused"]

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_no_change_of_bytes_raises(self, data):
        name, table = data.draw(st.sampled_from([("a.ndjson", read.LINES), ("a.json", read.DOCUMENT)]))
        content = bytearray(GOOD + b"\n" + GOOD)
        for _ in range(data.draw(st.integers(1, 5))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        recognised = formats.Recognised(format=read.FORMAT, table=table, why="", confidence=1)
        source = formats.Source.of_bytes(name, bytes(content))

        for answer in read.read(source, recognised, formats.Context(on=ON)):
            assert answer.place.byte_start + answer.place.byte_length <= len(content)
