"""What was written here of a child is in the copy they ask for, and decides with all else how long they are kept."""

import json
import uuid

import pytest

from joinedup.governance.rights import operations, queries, rules
from joinedup.processes.casework import operations as casework_operations
from joinedup.processes.casework import rules as casework_rules
from tests.conftest import NOW
from tests.integration.assessment import assessing
from tests.integration.casework import working as casework
from tests.integration.inbasket import working as inbasket
from tests.integration.looking import asking
from tests.integration.rights import answering, test_packs

pytestmark = pytest.mark.usefixtures("borough")

NEED, THINKS = "Sleeps on a sofa since the summer", "she likes her new school and wants to stay"


@pytest.fixture
def officer():
    return answering.officer()


@pytest.fixture
def known():
    """A child of whom a service wrote, whose family was assessed, and for whom there is a plan."""
    (pair,) = assessing.children(1)
    worker = assessing.worker()
    assessing.tie(worker, pair)
    asked = assessing.begin(pair, by=worker)
    assessing.write(asked, {assessing.place(_asked_of_the_child(asked), pair[0]): THINKS})
    inbasket.send(page_of=pair[1])
    episode_id = casework.a_led_episode(pair[1])
    casework_operations.record_need(
        asking=casework.says("social-worker", pair[1]),
        episode_id=episode_id,
        level=casework_rules.Level.INTENSIVE,
        statement=NEED,
        element="child.health",
        owner_id=None,
    )
    with asking.peeking():
        return next(one for one in asking.children(lambda one: one.id == pair[0]))


def _asked_of_the_child(asked) -> str:
    form = assessing.see(asked).opened.form
    return next(field.code for field in form.fields() if field.about == "child" and field.kind == "words")


def kept_until(child_id: uuid.UUID):
    with asking.peeking():
        return queries.get_keeping(child_id=child_id).keeping


class TestACopy:
    def test_plans_assessments_and_what_was_sent_are_in_it_once_a_person_has_decided(self, known, officer):
        request_id = test_packs.opened(known, officer)
        held = test_packs.held(request_id, officer)

        assert {"plan", "assessment", "contact"} <= {one.line.part for one in held}
        assert all(one.why is rules.Why.SENSITIVE for one in held if one.line.part == "contact")

        test_packs.rule_all(request_id, officer, rules.Ruling.RELEASE)
        pack = json.loads(test_packs.made(request_id, officer).content)
        said = " ".join(line["words"] for line in pack["lines"])
        assert NEED in said
        assert THINKS in said
        assert inbasket.WORRY in said

    def test_what_was_sent_in_confidence_stays_out_where_the_person_so_decides(self, known, officer):
        request_id = test_packs.opened(known, officer)
        test_packs.rule_all(request_id, officer, rules.Ruling.REDACT)

        content = test_packs.made(request_id, officer, rules.Format.JSON).content.decode()

        assert inbasket.WORRY not in content
        assert "was said in confidence" in content

    def test_only_what_agencies_sent_can_be_disputed_in_it(self, known, officer):
        request_id = test_packs.opened(known, officer, kind=rules.Kind.CORRECTION)
        written = next(one for one in test_packs.held(request_id, officer) if one.line.part == "plan")

        with pytest.raises(operations.NoSuchLine):
            operations.dispute(
                request_id=request_id, key=written.key, words="That is not so at all", by=officer, at=NOW
            )


class TestHowLongItIsKept:
    def test_an_open_episode_keeps_a_record_whatever_the_files_say(self):
        one = answering.due()[0]

        casework.an_episode(one.number)

        assert kept_until(one.child_id).is_on_hold
        assert one.child_id not in {due.child_id for due in answering.due()}

    def test_what_somebody_sent_keeps_it_until_it_is_closed(self):
        one = answering.due()[0]

        inbasket.send(page_of=one.number)

        assert kept_until(one.child_id).is_on_hold
