"""Each operation on a child: shown to those whose work leads there, for a purpose to those who may find them, else absent."""

import base64
import uuid

import pytest

from tests.api import calling
from tests.conftest import as_role
from tests.integration.looking import asking
from tests.integration.web import visiting

REFERRAL = {"Joinedup-Purpose": "referral"}


@pytest.fixture
def own(borough) -> str:
    return calling.known_to("schools", most=1)[0]


@pytest.fixture
def other(borough) -> str:
    return calling.not_known_to("schools", most=1)[0]


@pytest.fixture
def absent(lead) -> bytes:
    """What is answered for a child number that was never given."""
    answer = calling.get(lead, f"/children/{calling.never_given()}")
    assert calling.kind(answer) == "not-found"
    return answer.content


@pytest.mark.parametrize("part", calling.PARTS)
class TestEachPart:
    def test_one_s_own_work_needs_no_purpose(self, lead, teacher, system, own, part):
        for visitor in (lead, teacher, system):
            assert calling.get(visitor, f"/children/{own}{part}").status_code == 200

    def test_who_may_find_any_child_must_say_why_they_look_at_this_one(self, lead, other, part):
        assert calling.kind(calling.get(lead, f"/children/{other}{part}")) == "reason-needed"
        assert calling.get(lead, f"/children/{other}{part}", **REFERRAL).status_code == 200

    def test_a_child_of_others_is_absent_for_who_knows_their_own_alone(self, teacher, system, other, part, absent):
        for visitor in (teacher, system):
            answer = calling.get(visitor, f"/children/{other}{part}", **REFERRAL)
            assert (answer.status_code, answer.content) == (404, absent)

    def test_who_counts_children_and_opens_none_is_told_so_whether_there_is_one_or_not(self, analyst, own, part):
        answers = [calling.get(analyst, f"/children/{number}{part}") for number in (own, calling.never_given(), "x")]

        assert {calling.kind(answer) for answer in answers} == {"not-allowed"}
        assert len({answer.content for answer in answers}) == 1

    def test_nobody_is_let_in(self, client, own, part, borough):
        answer = calling.get(client, f"/children/{own}{part}")

        assert calling.kind(answer) == "not-signed-in"
        assert answer["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("state", ["withdrawn", "sealed"])
    def test_a_child_who_is_withdrawn_or_sealed_is_absent_byte_for_byte(self, lead, own, part, absent, state):
        change = {"withdrawn": "state = 'withdrawn'", "sealed": "is_sealed = true"}[state]
        with as_role("definer"):
            asking.rows(f"UPDATE people_child SET {change} WHERE number = %s RETURNING 1", own)

        answer = calling.get(lead, f"/children/{own}{part}", **REFERRAL)

        assert (answer.status_code, answer.content) == (404, absent)

    @pytest.mark.parametrize("written", ["nonsense", "123456789", "%00", "..", "' OR 1=1", "x" * 3_000])
    def test_what_cannot_be_a_number_is_absent_too(self, lead, part, absent, written):
        answer = calling.get(lead, f"/children/{written}{part}")

        assert (answer.status_code, answer.content) == (404, absent)

    def test_a_parameter_that_is_not_known_is_refused_and_not_sent_back(self, lead, own, part):
        answer = calling.get(lead, f"/children/{own}{part}?surname=Okonkwo")

        assert calling.kind(answer) == "not-valid"
        assert b"Okonkwo" not in answer.content
        assert b"surname" not in answer.content

    def test_each_look_is_written_down_with_its_child_and_its_purpose(self, lead, other, part):
        calling.get(lead, f"/children/{other}{part}", **REFERRAL)

        *_, asked, seen = asking.events()
        assert asked.act == f"{seen.act}.asked"
        assert seen.act.endswith(".seen")
        assert (seen.purpose, seen.actor_name) == ("referral", "Dilys Hart")
        assert seen.subjects  # with the part on relatives, the other children at the address too

    def test_a_refusal_is_written_down(self, lead, analyst, other, part):
        calling.get(lead, f"/children/{other}{part}")
        calling.get(lead, f"/children/{calling.never_given()}{part}")
        calling.get(analyst, f"/children/{other}{part}")

        denied = [event.act for event in asking.events() if event.act.endswith(".denied")]
        assert denied == ["api.reason-needed.denied", "api.not-found.denied", "api.child.denied"]


@pytest.mark.parametrize(
    ("part", "most"),
    [("", 5), ("/facts", 6), ("/helping", 6), ("/chronology", 7), ("/relatives", 9), ("/records", 6)],
)
def test_a_part_takes_few_queries_however_long_the_history(system, lead, own, part, most):
    # A system takes two for who asks and one for the card by its own word; a session takes three for who asks.
    assert calling.queries_of(system, f"/children/{own}{part}") <= most + 3
    assert calling.queries_of(lead, f"/children/{own}{part}") <= most + 3


class TestCard:
    def test_it_says_who_the_child_is(self, lead, own):
        known = next(one for one in asking.children(most=10_000) if one.number == own)
        card = calling.get(lead, f"/children/{own}").json()

        assert (card["number"], card["given_name"], card["family_name"]) == (own, known.given, known.family)
        assert card["birth_date"] == known.born.isoformat()

    def test_a_number_may_be_written_as_it_is_read_out(self, lead, own):
        spoken = f"{own[:3]}%20{own[3:6]}-{own[6:]}".lower()

        assert calling.get(lead, f"/children/{spoken}").json()["number"] == own

    def test_no_identifier_of_our_own_is_in_it(self, lead, own):
        assert "id" not in calling.get(lead, f"/children/{own}").json()


class TestOpening:
    def test_the_child_is_shown_whole_for_a_purpose_with_words(self, lead, other):
        answer = calling.post(lead, f"/children/{other}/open", {"purpose": "missing", "reason": "Not home since noon"})

        child = answer.json()
        assert answer.status_code == 200
        assert (child["purpose"], child["card"]["number"]) == ("missing", other)
        assert child["facts"]
        assert child["records"]
        seen = next(event for event in asking.events() if event.act == "childindex.child.seen")
        assert (seen.purpose, seen.reason) == ("missing", "Not home since noon")

    def test_own_work_is_never_a_purpose_that_is_given(self, lead, other):
        assert calling.kind(calling.post(lead, f"/children/{other}/open", {"purpose": "own_work"})) == "not-valid"

    def test_a_child_of_others_is_absent(self, teacher, other, absent):
        answer = calling.post(teacher, f"/children/{other}/open", {"purpose": "referral"})

        assert (answer.status_code, answer.content) == (404, absent)

    @pytest.mark.parametrize(
        "amiss", [{"reason": "x"}, {"purpose": "curious"}, {"purpose": "missing", "agency": "police"}, []]
    )
    def test_what_is_posted_amiss_is_told_by_its_place(self, lead, other, amiss):
        answer = calling.post(lead, f"/children/{other}/open", amiss)

        assert calling.kind(answer) == "not-valid"
        assert all(fault["where"].startswith("body") for fault in answer.json()["faults"])


class TestSourceRecord:
    def test_it_says_where_a_fact_came_from_and_its_row_to_the_agency_that_sent_it(self, lead, system, own):
        record = calling.record_of(own, "schools")

        for visitor in (lead, system):
            source = calling.get(visitor, f"/children/{own}/records/{record}").json()
            assert (source["id"], source["child_number"]) == (record, own)
            assert base64.b64decode(source["content"])

    def test_the_row_of_another_agency_is_not_in_it(self, lead, own):
        number, record = next(
            (number, record)
            for number in calling.known_to("patients", most=50)
            if (record := calling.record_of(number, "patients"))
        )

        assert calling.get(lead, f"/children/{number}/records/{record}", **REFERRAL).json()["content"] is None

    def test_a_record_of_another_child_or_of_none_is_absent(self, lead, own, absent):
        theirs = calling.record_of(calling.known_to("schools", most=2)[1], "schools")

        for record in (theirs, uuid.uuid4(), "nonsense"):
            answer = calling.get(lead, f"/children/{own}/records/{record}")
            assert (answer.status_code, answer.content) == (404, absent)


class TestAnotherSystem:
    """A system of an agency reads what its own agency sent, and nothing that others know."""

    @pytest.fixture
    def shared(self, borough) -> str:
        """A child whom schools and the register of patients know, with an NHS number that the schools do not have."""
        of_schools, of_patients = (calling.known_to(agency, most=10_000) for agency in ("schools", "patients"))
        with as_role("batch"):
            found = asking.rows(
                "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
                "WHERE s.nhs_number <> '' AND c.number = ANY(%s) ORDER BY c.number LIMIT 1",
                [number for number in of_patients if number in of_schools],
            )
        return found[0][0]

    def test_the_card_holds_its_own_agency_s_word_alone(self, lead, system, shared):
        whole, own = (calling.get(visitor, f"/children/{shared}").json() for visitor in (lead, system))

        assert whole["nhs_number"]
        assert own["nhs_number"] == ""
        assert own["agency_count"] == 1
        assert own["given_name"]

    def test_a_record_that_another_agency_sent_is_absent(self, lead, system, shared, absent):
        theirs = calling.record_of(shared, "patients")

        assert calling.get(lead, f"/children/{shared}/records/{theirs}").status_code == 200
        answer = calling.get(system, f"/children/{shared}/records/{theirs}")
        assert (answer.status_code, answer.content) == (404, absent)

    def test_each_part_names_its_own_agency_alone(self, system, lead, shared):
        schools = next(
            agency["name"]
            for agency in calling.get(lead, "/agencies").json()["agencies"]
            if agency["code"] == "schools"
        )

        facts = calling.get(system, f"/children/{shared}/facts").json()["facts"]
        helping = calling.get(system, f"/children/{shared}/helping").json()
        records = calling.get(system, f"/children/{shared}/records").json()["records"]
        near = calling.get(system, f"/children/{shared}/relatives").json()
        chronology = calling.get(system, f"/children/{shared}/chronology").json()

        named = {saying["agency_name"] for fact in facts for saying in fact["sayings"]}
        named |= {line["agency_name"] for line in (*helping["now"], *helping["before"], *records, *chronology["lines"])}
        named |= {line["agency_name"] for line in near["relatives"]}
        assert named == {schools}
        assert near["others_at_home"] == []
        assert all(fact["others"] == [] for fact in facts)


def test_a_part_of_a_chronology_has_an_end(lead, own):
    whole = calling.get(lead, f"/children/{own}/chronology?count=100").json()
    parts = [
        calling.get(lead, f"/children/{own}/chronology?count=2&first={first}").json()
        for first in range(0, whole["count"], 2)
    ]

    assert [line for part in parts for line in part["lines"]] == whole["lines"]
    assert {part["count"] for part in parts} <= {whole["count"]}
    for odd in visiting.ODD:
        assert lead.get(f"{calling.BASE}/children/{own}/chronology", {"first": odd, "kind": odd}).status_code in {
            200,
            422,
        }
