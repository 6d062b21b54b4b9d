"""The children in need census: written valid, read back the same, and never harmed by what it is given."""

import collections
import datetime
import io
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange import cin_census
from joinedup.exchange.cin_census import read, rules, schema, write
from joinedup.exchange.opening import formats, xml
from tests.exchange import published

ON = datetime.date(2026, 11, 21)
HEADER = schema.Header(
    year=2026,
    reference_date=datetime.date(2026, 3, 31),
    lea="201",
    sent_at=datetime.datetime(2026, 5, 1, 9, 30, tzinfo=datetime.UTC),
)
XSD = pathlib.Path(cin_census.__file__).parent / "reference" / "CIN_schema_2026.xsd"
MEGABYTE = 1 << 20


def day(*parts):
    return datetime.date(*parts)


def a_child(**changes):
    values = {
        "la_child_id": "C1001",
        "upn": "H801200001001",
        "birth_date": day(2015, 5, 1),
        "sex": "F",
        "ethnicity": "WBRI",
        "disabilities": ("AUT", "LD"),
        "episodes": (
            schema.Episode(
                referral_date=day(2025, 4, 7),
                referral_source="2A",
                primary_need="N1",
                conference_date=day(2025, 4, 28),
                assessments=(
                    schema.Assessment(
                        started_date=day(2025, 4, 8), authorised_date=day(2025, 5, 6), factors=("3B", "17A")
                    ),
                ),
                in_need_plans=(schema.InNeedPlan(started_date=day(2025, 5, 6), ended_date=day(2025, 5, 7)),),
                section47s=(
                    schema.Section47(
                        started_date=day(2025, 4, 9),
                        conference_target_date=day(2025, 5, 1),
                        conference_date=day(2025, 4, 28),
                    ),
                ),
                protection_plans=(
                    schema.ProtectionPlan(
                        started_date=day(2025, 4, 28),
                        first_category="NEG",
                        latest_category="EMO",
                        previous_plans=1,
                        review_dates=(day(2025, 7, 21), day(2026, 1, 12)),
                    ),
                ),
            ),
        ),
    }
    return schema.Child(**(values | changes))


def written(*children):
    out = io.BytesIO()
    write.write(children, out, header=HEADER)
    return out.getvalue()


def answers(content, *, first_byte=0):
    source = content if isinstance(content, formats.Source) else formats.Source.of_bytes("cin.xml", content)
    recognised = read.recognise(source.head())
    assert recognised is not None
    if first_byte:
        source = source.resuming_at(first_byte=first_byte, first_line=1)
    return list(read.read(source, recognised, formats.Context(on=ON)))


def kinds(found):
    return [type(answer).__name__ for answer in found]


def children_of(*ids, declaration=b"", before=b""):
    body = b"".join(
        b"<Child><ChildIdentifiers><LAchildID>%b</LAchildID><PersonBirthDate>2015-05-01</PersonBirthDate><Sex>F</Sex>"
        b"</ChildIdentifiers></Child>\n" % child_id
        for child_id in ids
    )
    return declaration + b"<Message>\n<Children>\n" + before + body + b"</Children></Message>"


def date_between(first, last):
    return st.dates(min_value=first, max_value=last)


DATES = date_between(day(2008, 1, 1), day(2026, 3, 31))
MAYBE = st.none() | DATES
PLANS = st.builds(
    schema.ProtectionPlan,
    started_date=DATES,
    ended_date=MAYBE,
    first_category=st.sampled_from(sorted(schema.CATEGORIES_OF_ABUSE)),
    latest_category=st.sampled_from(sorted(schema.CATEGORIES_OF_ABUSE)),
    previous_plans=st.integers(0, 9),
    review_dates=st.lists(DATES, max_size=3).map(tuple),
)
EPISODES = st.builds(
    schema.Episode,
    referral_date=DATES,
    referral_source=st.sampled_from(sorted(schema.REFERRAL_SOURCES)),
    primary_need=st.sampled_from(["", *schema.PRIMARY_NEEDS]),
    closure_date=MAYBE,
    closure_reason=st.sampled_from(["", *schema.CLOSURE_REASONS]),
    conference_date=MAYBE,
    assessments=st.lists(
        st.builds(
            schema.Assessment,
            started_date=DATES,
            review_date=MAYBE,
            authorised_date=MAYBE,
            factors=st.lists(st.sampled_from(schema.ASSESSMENT_FACTORS), max_size=3).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    in_need_plans=st.lists(st.builds(schema.InNeedPlan, started_date=DATES, ended_date=MAYBE), max_size=2).map(tuple),
    section47s=st.lists(
        st.builds(
            schema.Section47,
            started_date=DATES,
            conference_target_date=MAYBE,
            conference_date=MAYBE,
            conference_not_required=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    no_further_action=st.booleans(),
    protection_plans=st.lists(PLANS, max_size=2).map(tuple),
)
CHILDREN = st.builds(
    schema.Child,
    la_child_id=st.from_regex(r"[A-Za-z0-9&<>'\"]{1,20}", fullmatch=True),
    upn=st.sampled_from(["", "H801200001001"]),
    former_upn=st.just(""),
    upn_unknown=st.sampled_from(["", *schema.UPN_UNKNOWN_REASONS]),
    birth_date=MAYBE,
    expected_birth_date=MAYBE,
    sex=st.sampled_from(sorted(schema.SEXES)),
    death_date=MAYBE,
    ethnicity=st.sampled_from(sorted(schema.ETHNICITIES)),
    disabilities=st.lists(st.sampled_from(sorted(schema.DISABILITIES)), max_size=3).map(tuple),
    episodes=st.lists(EPISODES, min_size=1, max_size=2).map(tuple),
)


class TestWriting:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(CHILDREN, min_size=1, max_size=4))
    def test_every_return_is_valid_and_reads_back_the_same(self, children):
        content = written(*children)

        etree.XMLSchema(etree.parse(XSD)).assertValid(etree.ElementTree(etree.fromstring(content)))
        blocks = list(xml.blocks(io.BytesIO(content), names=("Child",)))
        assert [rules.row(block.element, []) for block in blocks] == children

    def test_the_same_rows_give_the_same_bytes(self):
        assert written(a_child(), a_child(la_child_id="C2")) == written(a_child(), a_child(la_child_id="C2"))

    def test_characters_that_xml_forbids_are_left_out(self):
        content = written(a_child(la_child_id="C\x00\x1b1\ud800"))

        assert b"<LAchildID>C1?</LAchildID>" in content

    def test_the_code_lists_are_those_of_the_schema(self):
        tree = etree.parse(XSD)
        names = {"xs": "http://www.w3.org/2001/XMLSchema"}

        def codes(name):
            return set(tree.xpath(f"//xs:simpleType[@name='{name}']//xs:enumeration/@value", namespaces=names))

        assert codes("referralsourcetype") == set(schema.REFERRAL_SOURCES)
        assert codes("primaryneedcodetype") == set(schema.PRIMARY_NEEDS)
        assert codes("reasonforclosuretype") == set(schema.CLOSURE_REASONS)
        assert codes("assessmentfactorstype") == set(schema.ASSESSMENT_FACTORS)
        assert codes("ethnicitytype") == set(schema.ETHNICITIES)
        assert codes("disabilitytype") == set(schema.DISABILITIES)
        assert codes("categoryofabusetype") == set(schema.CATEGORIES_OF_ABUSE)
        assert codes("unknownupntype") == set(schema.UPN_UNKNOWN_REASONS)
        assert codes("sextype") == set(schema.SEXES)


class TestReading:
    def test_a_child_is_told_by_number_and_dates_since_the_census_holds_no_names(self):
        (reading,) = answers(written(a_child()))

        assert (reading.scheme, reading.local_id) == ("case", "C1001")
        assert reading.message_key == "child|C1001|2026"
        assert reading.identity == records_rules.Identity(birth_date=day(2015, 5, 1), sex="F", upn="H801200001001")

    def test_social_care_answers_for_a_child_in_need_from_referral_to_closure(self):
        (reading,) = answers(written(a_child()))

        case, plan = reading.involvements
        assert (case.kind, case.level, case.answers) == ("child_in_need", "specialist", True)
        assert (case.started_date, case.ended_date) == (day(2025, 4, 7), None)
        assert (plan.kind, plan.started_date) == ("child_protection", day(2025, 4, 28))

    def test_a_referral_with_no_further_action_is_no_case_but_did_happen(self):
        episode = schema.Episode(referral_date=day(2025, 6, 1), referral_source="6", no_further_action=True)

        (reading,) = answers(written(a_child(episodes=(episode,))))

        assert reading.involvements == ()
        assert [entry.words for entry in reading.chronology] == ["Referral to children's social care"]

    def test_the_chronology_says_that_things_happened_and_never_why(self):
        (reading,) = answers(written(a_child()))

        assert [(str(entry.happened_date), entry.words) for entry in reading.chronology] == [
            ("2025-04-07", "Referral to children's social care"),
            ("2025-04-08", "Social care assessment started"),
            ("2025-04-09", "Strategy discussion and section 47 enquiry"),
            ("2025-04-28", "Initial child protection conference"),
            ("2025-04-28", "Child protection plan started"),
            ("2025-05-06", "Social care assessment authorised"),
            ("2025-05-06", "Child in need plan started"),
            ("2025-05-07", "Child in need plan ended"),
            ("2025-07-21", "Child protection plan reviewed"),
            ("2026-01-12", "Child protection plan reviewed"),
        ]
        shown = repr((reading.involvements, reading.chronology))
        assert not any(code in shown for code in ("NEG", "EMO", "3B", "17A", "N1"))

    def test_each_child_keeps_its_exact_bytes_and_line(self):
        content = written(a_child(), a_child(la_child_id="C2"))

        for reading in answers(content):
            place = reading.place
            row = content[place.byte_start : place.byte_start + place.byte_length]
            assert row.startswith(b"<Child>")
            assert row.endswith(b"</Child>")
            assert reading.content_hash == records_rules.content_hash(row)
            assert place.line_number == content[: place.byte_start].count(b"\n") + 1

    def test_a_load_that_was_broken_off_goes_on_after_the_last_child(self):
        content = written(*(a_child(la_child_id=f"C{number}") for number in range(5)))
        everyone = answers(content)
        end_of_second = everyone[1].place.byte_start + everyone[1].place.byte_length

        assert answers(content, first_byte=end_of_second) == everyone[2:]

    @pytest.mark.parametrize(
        ("block", "sex"),
        [
            ("<GenderCurrent>1</GenderCurrent>", "M"),
            ("<GenderCurrent>2</GenderCurrent>", "F"),
            ("<GenderCurrent>0</GenderCurrent>", "U"),
            ("<PersonGender>9</PersonGender>", "U"),
            ("<Sex>f</Sex>", "F"),
            ("<Sex>X</Sex>", ""),
        ],
    )
    def test_sex_is_read_as_each_year_wrote_it(self, block, sex):
        content = children_of(b"C1").replace(b"<Sex>F</Sex>", block.encode())

        (reading,) = answers(content)

        assert reading.identity.sex == sex

    @pytest.mark.parametrize(("flag", "cases"), [("true", 0), ("1", 0), ("false", 1), ("0", 1)])
    def test_flags_are_read_in_figures_and_in_words(self, flag, cases):
        episode = schema.Episode(referral_date=day(2025, 6, 1), referral_source="6", no_further_action=True)
        content = written(a_child(episodes=(episode,)))

        (reading,) = answers(content.replace(b"<ReferralNFA>1<", f"<ReferralNFA>{flag}<".encode()))

        assert len(reading.involvements) == cases

    def test_a_block_that_is_not_known_yet_is_said_and_kept_in_the_row(self):
        block = b"<PreProceedingsandFGDM><FGDMofferDate>2025-05-01</FGDMofferDate></PreProceedingsandFGDM></CINdetails>"
        content = written(a_child()).replace(b"</CINdetails>", block)

        (reading,) = answers(content)

        assert [note for note in reading.notes if "PreProceedingsandFGDM" in note]
        assert not [note for note in reading.notes if "FGDMofferDate" in note]
        assert b"FGDMofferDate" in content[reading.place.byte_start :][: reading.place.byte_length]

    def test_a_wrong_number_or_date_is_left_out_and_the_child_is_kept(self):
        content = written(a_child(upn="A801200001001")).replace(b"2015-05-01", b"31/02/2015")

        (reading,) = answers(content)

        assert (reading.identity.upn, reading.identity.birth_date) == ("", None)
        assert {note.split(":")[0] for note in reading.notes} == {"UPN", "PersonBirthDate"}

    def test_what_lies_in_the_future_or_long_ago_is_left_out(self):
        content = written(a_child(birth_date=None, expected_birth_date=day(1066, 4, 13), death_date=day(2031, 1, 1)))

        (reading,) = answers(content)

        assert (reading.identity.expected_birth_date, reading.identity.death_date) == (None, None)
        assert len(reading.notes) == 2

    def test_an_unborn_child_is_known_by_the_expected_date(self):
        (reading,) = answers(written(a_child(birth_date=None, expected_birth_date=day(2027, 2, 1), upn="")))

        assert reading.identity.expected_birth_date == day(2027, 2, 1)

    def test_a_child_without_an_id_is_refused_and_its_neighbours_are_kept(self):
        found = answers(children_of(b"C1", b"", b"C3"))

        assert kinds(found) == ["Reading", "Refused", "Reading"]
        assert "LAchildID is empty" in found[1].reasons[0]


class TestPublishedFiles:
    def test_the_published_sample_is_taken_whole(self):
        found = answers(published.source("cin_census/fake_CIN_data.xml"))

        assert collections.Counter(kinds(found)) == {"Reading": 332}
        noted = collections.Counter(note.split(":")[0] for reading in found for note in reading.notes)
        assert noted["UPN"] == 320
        assert sum(reading.identity.death_date is not None for reading in found) == 21

    @pytest.mark.parametrize(
        ("name", "children"), [("BAR_cin_2022", 1), ("CIN2rows", 1), ("CIN_Census_2021", 1), ("CIN_Census_2024", 2)]
    )
    def test_the_other_samples_are_taken_too(self, name, children):
        assert kinds(answers(published.source(f"cin_census/{name}.xml"))) == ["Reading"] * children

    def test_another_xml_is_not_ours(self):
        for content in (XSD.read_bytes(), b"<Message><Body/></Message>", b"<html/>", b"CHILD,SEX\n1,2\n", b""):
            assert read.recognise(formats.Source.of_bytes("x.xml", content).head()) is None


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
