"""The children in need census: written valid, read back the same, and taken as it was published."""

import collections
import io
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange import cin_census
from joinedup.exchange.cin_census import read, rules, schema
from joinedup.exchange.opening import formats, xml
from tests.exchange import published
from tests.exchange.cin_census_rows import CHILDREN, a_child, answers, children_of, day, kinds, written

XSD = pathlib.Path(cin_census.__file__).parent / "reference" / "CIN_schema_2026.xsd"


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
