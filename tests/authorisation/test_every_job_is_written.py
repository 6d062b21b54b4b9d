"""Every job is spoken of: which read children, and that each run that does has its one event. Jobs show nobody to anyone."""

import importlib

import pytest
from procrastinate.contrib.django import app

from joinedup.config import jobs as config_jobs
from joinedup.exchange.intake import jobs as intake_jobs
from joinedup.exchange.intake import loading, registry
from joinedup.governance.assurance import jobs as assurance_jobs
from joinedup.governance.breakglass import jobs as breakglass_jobs
from joinedup.governance.rights import jobs as rights_jobs
from joinedup.processes.childindex import jobs as childindex_jobs
from joinedup.processes.tracking import jobs as tracking_jobs
from tests.authorisation import written
from tests.conftest import as_role
from tests.integration.audit import acting
from tests.integration.intake import bringing

pytestmark = pytest.mark.usefixtures("borough")


def _received() -> str:
    source = bringing.people("1,Ada,Lovell,2014-03-09,NG1 5FT,Chess club,leisure,")
    batch_id, _ = loading.receive(
        source=source,
        recognised=registry.recognise(source.head()),
        agency=bringing.agency(),
        by=bringing.MACHINE,
    )
    return str(batch_id)


def _undo() -> None:
    batch_id = _received()
    intake_jobs.load(batch_id)
    intake_jobs.undo(batch_id, "00000000-0000-0000-0000-000000000001")


def _escalate() -> None:
    """Break glass for a child of the borough, let the review fall due, and run."""
    with as_role("app"):
        office = acting.Office()
        office.look_in_an_emergency(0)
    with as_role("batch"):
        acting.asking.rows("UPDATE breakglass_emergencylook SET review_due_at = now() - interval '1 day' RETURNING id")
        breakglass_jobs.escalate(0)


#: Jobs that read children or what is kept of looks at them, each with how it is run and the act of its run.
READS_CHILDREN = {
    "intake.load": (lambda: intake_jobs.load(_received()), "records.batch.loaded"),
    "intake.undo": (_undo, "childindex.refreshed"),
    "childindex.link": (childindex_jobs.link, "childindex.linked"),
    "childindex.link_by_night": (lambda: childindex_jobs.link_by_night(0), "childindex.linked"),
    "childindex.refresh_relations": (lambda: childindex_jobs.refresh_relations(0), "childindex.related"),
    "assurance.find_unusual_looks": (lambda: assurance_jobs.find_unusual_looks(0), "assurance.unusual.sought"),
    "breakglass.escalate": (_escalate, "breakglass.escalated"),
    "tracking.search": (tracking_jobs.search, "tracking.searched"),
    "tracking.search_nightly": (lambda: tracking_jobs.search_nightly(0), "tracking.searched"),
    "rights.list-due": (lambda: rights_jobs.list_due(0), "rights.due.listed"),
}
LONG = frozenset({"childindex.link", "childindex.link_by_night"})
#: Jobs that read no child, and why.
READS_NOBODY = {
    "childindex.forget_old_searches": "deletes what people typed, by the time alone",
    "procrastinate.builtin_tasks.remove_old_jobs": "the jobs' own list, which holds identifiers of batches",
    "builtin:procrastinate.builtin_tasks.remove_old_jobs": "the same by its other name",
}


def _named() -> set[str]:
    for module in config_jobs.MODULES:
        importlib.import_module(module)
    return set(app.tasks)


def test_every_job_is_said_to_read_children_or_not():
    assert _named() == READS_CHILDREN.keys() | READS_NOBODY.keys()


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in READS_CHILDREN],
)
def test_a_run_that_reads_children_has_its_one_event(name):
    run, act = READS_CHILDREN[name]
    before = written.count()
    with as_role("batch"):
        run()
    events = [event for event in written.after(before) if event.act == act]

    assert [event.at is not None for event in events] == [True]
    assert events[0].by


def test_forgetting_searches_reads_no_child():
    before = written.count()
    with as_role("batch"):
        childindex_jobs.forget_old_searches(0)

    assert written.after(before) == []
