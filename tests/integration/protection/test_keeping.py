"""What was done to protect a child keeps the child's file, and is in the copy that they ask for, once a person has decided."""

import json

import pytest

from joinedup.governance.rights import queries as rights_queries
from joinedup.governance.rights import rules as rights_rules
from joinedup.processes.protection import operations
from joinedup.processes.protection.rules import Act, Ending, Outcome, SpanKind
from tests.conftest import NOW
from tests.integration.looking import asking
from tests.integration.protection import working
from tests.integration.rights import answering, test_packs

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def number() -> str:
    number = working.a_number()
    operations.begin_span(
        asking=working.says(working.WORKER, number),
        kind=SpanKind.LEGAL_STATUS,
        code="V2",
        started_on=NOW.date() - working.DAY,
        words="His mother agreed to it",
    )
    return number


def keeping(number: str):
    child_id = working.child_of(number)
    with asking.peeking():
        return rights_queries.get_keeping(child_id=child_id).keeping


def test_an_open_concern_holds_the_file_and_what_was_done_decides_how_long_it_is_kept(number):
    assert keeping(number).because == ("looked_after",)

    concern = working.a_plan(number)
    assert keeping(number).is_on_hold
    assert "child_protection" in keeping(number).because
    working.step(number, concern, Act.REVIEW_HELD, Outcome.ENDS, ending=Ending.SAFE)
    assert "child_in_need" not in keeping(number).because


def test_each_line_of_the_copy_waits_for_a_person_and_is_given_or_left_out_as_they_decide(number):
    working.a_plan(number)
    officer = answering.officer()
    with asking.peeking():
        known = next(one for one in asking.children(lambda one: one.number == number, most=1))
    request_id = test_packs.opened(known, officer)
    held = [one for one in test_packs.held(request_id, officer) if one.line.part == "protection"]

    assert {one.line.kind for one in held} >= {"worry", "conference_held", "present", "chair", "legal_status"}
    assert all(one.why is rights_rules.Why.SENSITIVE for one in held)
    test_packs.rule_all(request_id, officer, rights_rules.Ruling.RELEASE)
    pack = json.loads(test_packs.made(request_id, officer).content)
    said = " ".join(line["words"] for line in pack["lines"])
    assert working.WORDS in said
    assert "I want to stay with Nan" in said
    assert "His mother agreed to it" in said
