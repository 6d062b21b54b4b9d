"""A copy for the person it is about: all that is theirs, nothing that names someone else without a person's word."""

import hashlib
import json

import pytest

from joinedup.delivery.records import queries as records_queries
from joinedup.governance.rights import operations, rules
from tests.conftest import NOW
from tests.integration.looking import asking
from tests.integration.rights import answering, test_requests
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")
WHY = "It tells of someone who has not agreed to it"
JSON, PDF = rules.Format.JSON, rules.Format.PDF
RELEASE, REDACT = rules.Ruling.RELEASE, rules.Ruling.REDACT


@pytest.fixture
def officer():
    return answering.officer()


@pytest.fixture
def known():
    """A child of whom the police and others know, with relatives named."""
    with asking.peeking():
        police = {
            row[0]
            for row in asking.rows(
                "SELECT l.child_id FROM childindex_link l JOIN records_chronologyentry e USING (person_record_id) "
                "WHERE e.tier = 4 AND l.ended_at IS NULL"
            )
        }
    return asking.children(lambda one: one.id in police)[0]


def opened(known, officer, **given):
    said = {"kind": rules.Kind.ACCESS, "asker": rules.Asker.CHILD} | given
    request_id = test_requests.recorded(known, officer, **said)
    operations.confirm(request_id=request_id, by=answering.officer("subject-access-officer"), at=NOW)
    return request_id


@pytest.fixture
def request_id(known, officer):
    return opened(known, officer)


def held(request_id, by):
    return operations.sort_lines(request=test_requests.card(request_id, by), by=by)


def rule_all(request_id, by, ruling):
    keys = {one.key: ruling for one in held(request_id, by) if one.why is not None}
    return operations.rule(request_id=request_id, rulings=keys, why=WHY, by=by, at=NOW)


def made(request_id, by, as_=JSON):
    return operations.make_pack(request_id=request_id, as_=as_, by=by, at=NOW)


_RELATIVE = """
INSERT INTO records_relative
    (id, source_record_id, person_record_id, is_current, relationship, name, phone, local_id)
VALUES (gen_random_uuid(), %s, %s, true, 'neighbour', %s, %s, '')
"""
_EVENT = """
INSERT INTO records_chronologyentry
    (id, source_record_id, person_record_id, is_current, kind, words, happened_date)
VALUES (gen_random_uuid(), %s, %s, true, 'school', %s, '2026-03-03')
"""


def plant(known) -> list[str]:
    """Name two hundred other people in a child's record, by name, number and address; return what would give them away."""
    with asking.peeking():
        ((record, source),) = asking.rows(
            "SELECT i.person_record_id, i.source_record_id FROM records_identitystatement i "
            "JOIN childindex_link l USING (person_record_id) WHERE l.child_id = %s AND l.ended_at IS NULL ORDER BY i.id LIMIT 1",
            known.id,
        )
    planted = []
    for at in range(50):
        letters = chr(97 + at // 26) + chr(97 + at % 26)
        name, phone, other = f"Qu{letters}zel Vard{letters}n", f"07700 9{at:05}", f"Xyl{letters}ph"
        mail = f"qz{letters}@example.org"
        planted += [name, phone, other, mail]
        visiting.write_as_batch(_RELATIVE, source, record, name, phone)
        for words in (
            f"Seen with {name} at the club",
            f"Told by Mr {other}",
            f"Written to {mail}",
            f"Rang {phone} today",
        ):
            visiting.write_as_batch(_EVENT, source, record, words)
    return planted


class TestWhatIsLeftOut:
    def test_none_of_two_hundred_planted_people_is_in_a_copy_and_all_else_is(self, known, officer, request_id):
        planted = plant(known)
        assert len(planted) == 200
        everything = held(request_id, officer)
        rule_all(request_id, officer, REDACT)

        pack = json.loads(made(request_id, officer).content)

        written = json.dumps(pack, ensure_ascii=False)
        assert [who for who in planted if who in written] == []
        given = {(line["part"], line["words"], line["said_by"]) for line in pack["lines"]}
        free = {(one.line.part, one.line.words, one.line.agency_name) for one in everything if one.why is None}
        assert given == free
        assert len(pack["lines"]) + sum(left["lines"] for left in pack["left_out"]) == len(everything)

    def test_every_line_that_the_record_holds_is_given_or_counted_as_left_out(self, known, officer, request_id):
        with asking.peeking():
            people = [
                row[0]
                for row in asking.rows(
                    "SELECT person_record_id FROM childindex_link WHERE child_id = %s AND ended_at IS NULL", known.id
                )
            ]
            kept = records_queries.get_everything(person_record_ids=people)

        assert [one.line for one in held(request_id, officer)] == kept

    def test_what_a_person_releases_is_given_whole(self, officer, request_id):
        lines = held(request_id, officer)
        rule_all(request_id, officer, RELEASE)

        pack = json.loads(made(request_id, officer).content)

        assert pack["left_out"] == []
        assert len(pack["lines"]) == len(lines)
        assert {one.line.person for one in lines} == {line["person"] for line in pack["lines"]}

    def test_what_is_sensitive_and_whoever_is_named_waits(self, officer, request_id):
        whys = {(one.line.part, one.why) for one in held(request_id, officer)}

        assert ("event", rules.Why.SENSITIVE) in whys
        assert ("relative", rules.Why.NAMES) in whys
        assert ("identity", None) in whys

    def test_where_the_child_lives_waits_when_a_parent_asks(self, known, officer):
        request_id = opened(known, officer, asker=rules.Asker.PARENT)

        places = {one.why for one in held(request_id, officer) if one.line.kind in {"address", "postcode"}}

        assert places == {rules.Why.PLACE}


class TestThePersonsWord:
    def test_while_a_line_waits_there_is_no_copy(self, officer, request_id):
        with pytest.raises(rules.StillWaiting) as waiting:
            made(request_id, officer)

        assert waiting.value.args[0] == sum(1 for one in held(request_id, officer) if one.is_waiting) > 0

    def test_a_line_is_left_out_with_a_reason_and_a_ruling_can_be_changed(self, officer, request_id):
        first = next(one for one in held(request_id, officer) if one.why is not None)
        with pytest.raises(rules.TooFewLetters):
            operations.rule(request_id=request_id, rulings={first.key: REDACT}, why="", by=officer, at=NOW)

        for ruling in (REDACT, RELEASE):
            assert operations.rule(request_id=request_id, rulings={first.key: ruling}, why=WHY, by=officer, at=NOW) == 1
            assert next(one for one in held(request_id, officer) if one.key == first.key).ruling is ruling

    def test_a_line_that_nobody_must_decide_on_cannot_be_left_out(self, officer, request_id):
        free = next(one for one in held(request_id, officer) if one.why is None)

        assert operations.rule(request_id=request_id, rulings={free.key: REDACT}, why=WHY, by=officer, at=NOW) == 0

    def test_a_line_that_changes_waits_again(self, known, officer, request_id):
        rule_all(request_id, officer, RELEASE)
        made(request_id, officer)
        plant(known)

        with pytest.raises(rules.StillWaiting):
            made(request_id, officer)

    def test_a_third_person_who_answers_for_rights_is_given_nothing(self, request_id):
        analyst = answering.officer("analyst")
        visiting.write_as_batch(
            "INSERT INTO access_roleheld (id, user_id, role, started_at) VALUES (gen_random_uuid(), %s, %s, now())",
            analyst.user_id,
            "data_protection_officer",
        )
        third = answering.officer("analyst")

        with pytest.raises(rules.NothingToGive):
            made(request_id, third)


class TestTheCopy:
    def test_it_is_in_the_audit_with_its_fingerprint_and_the_request_is_then_granted(self, known, officer, request_id):
        answer = {
            "request_id": request_id,
            "outcome": rules.Outcome.GRANTED,
            "words": "A copy was sent",
            "by": officer,
            "at": NOW,
        }
        with pytest.raises(rules.NoPackYet):
            operations.answer(**answer)
        rule_all(request_id, officer, REDACT)

        handed = made(request_id, officer)
        operations.answer(**answer)

        assert handed.sha256 == hashlib.sha256(handed.content).hexdigest()
        event = next(event for event in asking.events() if event.act == "rights.pack.made")
        assert (event.subjects, event.reason) == ({known.id}, f"json {handed.sha256}")
        with pytest.raises(rules.NotInState):
            made(request_id, officer)

    def test_as_a_pdf_it_is_the_same_each_time(self, officer, request_id):
        rule_all(request_id, officer, REDACT)

        first, again = made(request_id, officer, PDF), made(request_id, officer, PDF)

        assert first.content.startswith(b"%PDF-")
        assert first.sha256 == again.sha256

    def test_it_says_what_is_kept_and_what_the_person_can_do(self, known, officer, request_id):
        rule_all(request_id, officer, REDACT)
        pack = json.loads(made(request_id, officer).content)

        assert pack["child_number"] == known.number
        assert any("complain to the Information Commissioner" in words for words in pack["about"])
        assert all(line["said_by"] and line["received_on"] for line in pack["lines"])
        assert {line["counts"] for line in pack["lines"]} <= {True, False}
