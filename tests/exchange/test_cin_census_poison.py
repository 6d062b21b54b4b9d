"""The children in need census is never harmed by what it is given, and no good child is lost by it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.exchange.cin_census import read
from joinedup.exchange.opening import formats
from tests.exchange import published
from tests.exchange.cin_census_rows import ON, a_child, answers, children_of, kinds, written

MEGABYTE = 1 << 20

DOCTYPES = {
    "billion laughs": b'<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
    "quadratic blow-up": b'<!DOCTYPE m [<!ENTITY a "' + b"x" * 60_000 + b'">]>',
    "external entity": b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "parameter entity": b'<!DOCTYPE m [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    "external subset": b'<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd">',
}


class TestPoison:
    @pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
    def test_a_document_type_is_refused_in_one_plain_reason(self, doctype):
        content = doctype + b"<Message><Children><Child><LAchildID>&c;&a;&x;</LAchildID></Child></Children></Message>"
        # The markers of the census lie behind a blow-up longer than the head, so the reading itself is tried as well.
        recognised = formats.Recognised(format=read.FORMAT, table=read.TABLE, why="", confidence=1)
        source = formats.Source.of_bytes("cin.xml", content)

        found, peak = published.peak_bytes(lambda: list(read.read(source, recognised, formats.Context(on=ON))))

        assert kinds(found) == ["Refused"]
        assert "document type declaration" in found[0].reasons[0]
        assert peak < 4 * MEGABYTE

    def test_a_fault_in_the_middle_keeps_the_children_before_it_and_refuses_the_rest_once(self):
        content = children_of(b"C1", b"C2", b"</oops>", b"C4")

        found = answers(content)

        assert kinds(found) == ["Reading", "Reading", "Refused"]
        refused = found[2].place
        assert refused.line_number == 5
        assert refused.byte_start + refused.byte_length == len(content)

    @pytest.mark.parametrize("poison", [b"\0", b"C\x07", b"&nope;", b"a & b", b"]]>"], ids=repr)
    def test_what_xml_forbids_costs_no_child_before_it(self, poison):
        assert kinds(answers(children_of(b"C1", poison, b"C3"))) == ["Reading", "Refused"]

    def test_a_file_that_breaks_off_keeps_its_whole_children(self):
        content = children_of(b"C1", b"C2", b"C3")

        assert kinds(answers(content[:-80])) == ["Reading", "Reading", "Refused"]

    def test_elements_without_end_are_refused(self):
        found, peak = published.peak_bytes(lambda: answers(children_of(b"C1", b"<a>" * 200_000)))

        assert kinds(found) == ["Reading", "Refused"]
        assert "nested" in found[1].reasons[0]
        assert peak < 16 * MEGABYTE

    @pytest.mark.parametrize(
        ("opening", "closing", "after"),
        [
            (b"<Child><LAchildID>", b"</LAchildID></Child>", ["Reading", "Refused", "Reading"]),
            (b"<Child note='", b"'/>", ["Reading", "Refused"]),
            (b"<", b"/>", ["Reading", "Refused"]),
            (b"<?note ", b"?>", ["Reading", "Refused"]),
        ],
        ids=["text", "attribute", "name", "instruction"],
    )
    def test_a_hundred_megabytes_in_one_place_are_stepped_over_in_little_memory(self, opening, closing, after):
        good = children_of(b"C1").partition(b"</Children>")
        last = children_of(b"C3").partition(b"<Children>\n")[2]
        source = published.vast_source("cin.xml", good[0] + opening, b"x" * 100_000, 1_000, closing + last)

        found, peak = published.peak_bytes(lambda: answers(source))

        assert kinds(found) == after
        assert peak < 16 * MEGABYTE

    def test_a_child_of_a_million_parts_is_stepped_over(self):
        content = children_of(b"C1", b"</LAchildID>" + b"<x/>" * 1_000_000 + b"<LAchildID>", b"C3")

        found, peak = published.peak_bytes(lambda: answers(content))

        assert kinds(found) == ["Reading", "Refused", "Reading"]
        assert peak < 100 * MEGABYTE

    @pytest.mark.parametrize(
        ("declared", "actual"),
        [("utf-8", "cp1252"), ("iso-8859-1", "iso-8859-1"), ("utf-16", "utf-16"), ("klingon", "utf-8"), ("", "cp1252")],
    )
    def test_a_wrong_or_rare_encoding_costs_no_child(self, declared, actual):
        declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        content = (declaration + children_of(b"C1", b"@", b"C3").decode().replace("@", "Zoé")).encode(actual)

        found = answers(content)

        assert [reading.local_id for reading in found] == ["C1", "Zoé", "C3"]

    def test_a_byte_order_mark_is_counted_in_the_place(self):
        content = b"\xef\xbb\xbf" + children_of(b"C1")

        (reading,) = answers(content)

        assert content[reading.place.byte_start :].startswith(b"<Child>")

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_no_change_of_bytes_raises(self, data):
        content = bytearray(written(a_child(), a_child(la_child_id="C2")))
        for _ in range(data.draw(st.integers(1, 5))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        recognised = formats.Recognised(format=read.FORMAT, table=read.TABLE, why="", confidence=1)
        source = formats.Source.of_bytes("cin.xml", bytes(content))

        for answer in read.read(source, recognised, formats.Context(on=ON)):
            assert answer.place.byte_start + answer.place.byte_length <= len(content)
