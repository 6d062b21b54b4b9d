"""What becomes of an assessment when a child of it is sealed, deleted, or found to be another."""

import pytest

from joinedup.governance.reassigning import rules as reassigning_rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.assessment import queries
from tests.integration.assessment import assessing
from tests.integration.assessment.assessing import place
from tests.integration.governance import sealers
from tests.integration.looking import asking
from tests.integration.rights import answering

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def worker():
    return assessing.worker()


def held(table, where="true"):
    with asking.peeking():
        return asking.rows(f"SELECT count(*) FROM assessment_{table} WHERE {where}")[0][0]


def test_what_is_shared_with_a_child_who_is_sealed_is_shut_with_the_child(worker):
    first, second = assessing.children(2)
    assessing.tie(worker, first, second)
    asked = assessing.begin(first, second, by=worker)
    assessing.write(asked, {place("start.why"): "They live in hiding"})
    sealers.seal(second[1])

    with pytest.raises(queries.NoSuchAssessment):
        assessing.see(asked)
    assert queries.get_assessments(viewer=worker, number=first[1]).listed == ()
    with pytest.raises(people_queries.NoSuchChild):
        assessing.see(assessing.asked(asked.assessment_id, second[1], worker))

    sealers.lift(second[1])
    assert assessing.see(asked).words(place("start.why")) == "They live in hiding"


def test_what_is_of_a_deleted_child_alone_is_deleted_and_what_is_shared_stays_the_others(worker):
    answering.list_due()
    due = next(one for one in answering.due() if one.keeping.because == ("known",))
    gone, sibling = (due.child_id, due.number), assessing.children(1)[0]
    assessing.tie(worker, gone, sibling)
    alone = assessing.begin(gone, by=worker)
    assessing.complete(alone)
    both = assessing.begin(sibling, gone, by=worker)
    assessing.write(both, {place("voices.child", gone[0]): "Mine", place("start.why"): "Shared"})

    answering.approve(gone[0])
    answering.delete(gone[0])

    assert held("assessment", f"id = '{alone.assessment_id}'") == 0
    assert held("assessmentchild", f"child_id = '{gone[0]}'") == 0
    for table in ("assessment", "answer"):
        assert held(table, f"'{gone[0]}' = ANY (child_ids)") == 0
    assert held("answerwords", "words = 'Mine'") == 0
    page = assessing.see(both)
    assert page.words(place("start.why")) == "Shared"
    assert page.opened.row.child_ids == [sibling[0]]


def test_whoever_joins_or_parts_children_is_asked_whose_an_assessment_is():
    work = reassigning_rules.WORK["assessment"]

    assert (work.table, work.child) == ("assessment_assessmentchild", "child_id")
