"""While the database is started again and again, people are served or told to come again, and what was acknowledged stays."""

import collections
import json
import threading
import time
import uuid

import pytest

from tests.faults import killed, server, site
from tests.integration.intake import bringing


@pytest.fixture
def own_server(database_server):
    with server.running() as ours:
        yield ours


class Visit:
    """People at work until they are told to stop: one looks at children, one searches, one brings files in."""

    def __init__(self, ours, place, *, pause):
        self.server, self.place, self.pause = ours, place, pause
        self.done = collections.Counter()
        self.wrong = []
        self.searches, self.batches, self.looks = [], [], []
        self.stop = threading.Event()
        ((self.number, self.name),) = ours.ask(
            "SELECT c.number, s.given_name || ' ' || s.family_name FROM people_child c "
            "JOIN people_childsummary s ON s.child_id = c.id WHERE s.family_name <> '' AND c.circles && "
            "(SELECT array_agg(t.id::integer) FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id "
            "WHERE a.code = 'schools' AND t.is_whole_agency) ORDER BY 1 LIMIT 1"
        )
        self.lead, self.searcher, self.analyst = (place.browser() for _ in range(3))
        self.lead.sign_in("safeguarding-lead")
        self.searcher.sign_in("safeguarding-lead")
        self.analyst.sign_in("analyst")

    def look(self, _step):
        answer = self.lead.get(f"/child/{self.number}")
        if self.judge(answer, 200):
            self.looks.append(1)

    def search(self, _step):
        answer = self.searcher.post("/find", age_band="", name=self.name)
        if self.judge(answer, 302):
            self.searches.append(answer.headers["Location"].rpartition("/")[2])

    def bring_in(self, step):
        row = f"{uuid.uuid4().hex},Ada,Lovell,2014-03-09,NG1 5FT,Chess club,leisure,{step}"
        content = "\r\n".join([bringing.PEOPLE, row, ""]).encode()
        answer = self.analyst.upload("/files", content, agency="leisure")
        if self.judge(answer, 302):
            address = answer.headers["Location"]
            if self.judge(self.analyst.post(f"{address}/load"), 302):
                self.batches.append(address.rpartition("/")[2])

    def judge(self, answer, wanted):
        kind = "served" if answer.status == wanted else "told to come again" if answer.is_try_again else "failed"
        self.done[kind] += 1
        if kind == "failed":
            self.wrong.append((answer.status, answer.headers.get("Location", ""), answer.body[:200]))
        return kind == "served"

    def work(self, act, pause):
        step = 0
        while not self.stop.is_set():
            act(step)
            step += 1
            time.sleep(pause)

    def during(self, what):
        """Let all of them work while something befalls the database."""
        acts = ((self.look, self.pause), (self.search, self.pause), (self.bring_in, 4 * self.pause))
        people = [threading.Thread(target=self.work, args=each) for each in acts]
        for one in people:
            one.start()
        try:
            what()
        finally:
            self.stop.set()
            for one in people:
                one.join(timeout=120)

    def kept(self):
        """Return what was acknowledged and is not there."""
        tokens = {row[0] for row in self.server.ask("SELECT token FROM childindex_search")}
        asked = {row[0] for row in self.server.ask("SELECT args->>'batch_id' FROM procrastinate_jobs")}
        begun = self.server.ask("SELECT count(*) FROM audit_auditevent WHERE act = 'childindex.search.begun'")[0][0]
        seen = self.server.ask("SELECT count(*) FROM audit_auditevent WHERE act = 'childindex.child.seen'")[0][0]
        return {
            "searches lost": len(set(self.searches) - tokens),
            "loads lost": len(set(self.batches) - asked),
            "events of searches lost": max(len(self.searches) - begun, 0),
            "events of looks lost": max(len(self.looks) - seen, 0),
        }


def wait_until_loaded(visit, *, most_seconds):
    """Wait until the worker has loaded every file that it was asked to load; return which it has not."""
    until = time.monotonic() + most_seconds
    while True:
        loaded = {str(row[0]) for row in visit.server.ask("SELECT id FROM records_batch WHERE state = 'loaded'")}
        waiting = set(visit.batches) - loaded
        if not waiting or time.monotonic() > until:
            return waiting
        time.sleep(0.5)


def befall(own_server, visit, *, times, every):
    """Restart the database so many times while people work, by turns in order and by killing it."""

    def restart():
        for turn in range(times):
            time.sleep(every)
            (own_server.stop, own_server.kill)[turn % 2]()
            own_server.start()
        time.sleep(min(every, 3))

    visit.during(restart)
    shown = {"restarts": times, "requests": sum(visit.done.values()), **visit.done, "loads": len(visit.batches)}
    print(json.dumps(shown))
    assert len(visit.wrong) * 1_000 <= sum(visit.done.values()), visit.wrong
    assert set(visit.kept().values()) == {0}, visit.kept()


def test_the_database_is_restarted_while_people_work(own_server):
    with site.pages(own_server.environ) as place:
        befall(own_server, Visit(own_server, place, pause=0.03), times=2, every=0.8)


@pytest.mark.slow
def test_the_database_is_restarted_every_minute_for_ten_minutes_and_every_load_is_done(own_server):
    with site.whole(own_server.environ) as place:
        visit = Visit(own_server, place, pause=0.25)
        befall(own_server, visit, times=10, every=57)
        assert wait_until_loaded(visit, most_seconds=600) == set()
    code, said = killed.run_in(own_server.environ, "audit", "verify")
    assert code == 0, said
