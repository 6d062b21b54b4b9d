"""Every kind of export, in every format, names in the audit each child that is in the file, and who took it, and why."""

import itertools

import pytest

from joinedup.foundation import clock
from joinedup.governance.exports import operations as exports_operations
from joinedup.governance.exports import rules as exports_rules
from joinedup.governance.rights import rules as rights_rules
from joinedup.processes.childindex import operations as childindex_operations
from joinedup.processes.childindex import rules as childindex_rules
from tests.authorisation import written
from tests.conftest import NOW
from tests.integration.exports import taking_out
from tests.integration.looking import asking
from tests.integration.rights import answering, test_packs, test_requests
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")


@pytest.fixture
def lead():
    """The safeguarding lead of social care, whose roll is short enough for one person."""
    keep = [child_id for child_id, _ in taking_out.own_children()[:3]]
    visiting.write_as_batch("UPDATE people_child SET circles = '{}' WHERE id <> ALL (%s)", keep)
    visiting.write_as_batch("UPDATE people_childsummary SET circles = '{}' WHERE child_id <> ALL (%s)", keep)
    return taking_out.lead()


def _searched(lead) -> str:
    child_id, _ = taking_out.own_children()[0]
    known = next(one for one in asking.children(most=10_000) if one.id == child_id)
    return childindex_operations.begin_search(
        criteria=childindex_rules.Criteria(name=known.name, birth_date=known.born),
        purpose="referral",
        by=lead,
        at=clock.now(),
    )


#: Each kind with what it is of.
KINDS = {
    exports_rules.Kind.CHILD: lambda _lead: taking_out.own_children()[0][1],
    exports_rules.Kind.FOUND: _searched,
    exports_rules.Kind.ROLL: lambda _lead: "",
}


def test_every_kind_of_export_is_spoken_of():
    assert KINDS.keys() == set(exports_rules.Kind)


@pytest.mark.parametrize(("kind", "as_"), list(itertools.product(exports_rules.Kind, exports_rules.Format)))
def test_whoever_is_in_a_file_is_named_with_who_took_it_and_why(kind, as_, lead):
    export_id = taking_out.asked(lead, kind=kind, of=KINDS[kind](lead))
    before = written.count()
    taken = exports_operations.take(export_id=export_id, as_=as_, by=taking_out.stepped_up(lead), at=NOW)
    (event,) = [event for event in written.after(before) if event.act == "exports.taken"]
    numbers = {row[0] for row in taken.sheet.rows}
    with asking.peeking():
        in_file = {row[0] for row in asking.rows("SELECT id FROM people_child WHERE number = ANY (%s)", [*numbers])}

    assert (event.actor_id, event.by) == (lead.user_id, lead.name)
    assert in_file
    assert in_file <= event.subjects


@pytest.mark.parametrize("as_", rights_rules.Format)
def test_a_copy_for_the_person_it_is_about_is_written_in_every_format(as_):
    officer = answering.officer()
    known = asking.children(most=1)[0]
    request_id = test_packs.opened(known, officer)
    test_packs.rule_all(request_id, officer, rights_rules.Ruling.REDACT)
    before = written.count()
    test_packs.made(request_id, officer, as_)
    (event,) = [event for event in written.after(before) if event.act == "rights.pack.made"]

    assert test_requests.card(request_id, officer).child_number == known.number
    assert (event.actor_id, event.subjects) == (officer.user_id, {known.id})
