"""The worker seals for as long as it lives, whatever goes wrong in between, and says so once."""

import psycopg

from joinedup.foundation.audit import jobs


class Rounds:
    """Lets a loop go round so many times."""

    def __init__(self, count):
        self.left = count

    def is_set(self):
        self.left -= 1
        return self.left < 0

    def wait(self, _seconds):
        return False


def test_a_round_that_fails_is_not_the_last_and_is_said_once(log, monkeypatch, caplog):
    monkeypatch.setattr(jobs, "EVERY_SECONDS", 0)
    ways = iter([_unreachable, _unreachable, _broken, lambda: log.connect("batch")])
    written = log.write(3)

    def connect():
        return next(ways)()

    jobs.seal_for_ever(connect=connect, place=log.place, stop=Rounds(6))

    assert log.order() == written
    assert [record.getMessage() for record in caplog.records] == [
        "The audit was not sealed: no server",
        "The audit was not sealed.",
    ]


def _unreachable():
    raise psycopg.OperationalError("no server")


def _broken():
    raise RuntimeError("a fault of ours")


def test_a_thousand_events_are_not_kept_waiting(log, monkeypatch):
    monkeypatch.setattr(jobs, "SOONER_FROM_EVENTS", 3)
    monkeypatch.setattr(jobs, "EVERY_SECONDS", 10**9)
    looks = iter([0, 1, 2])

    class Looking(Rounds):
        def wait(self, _seconds):
            count = next(looks, None)
            log.write(count or 0)
            return count is None

    jobs.seal_for_ever(connect=lambda: log.connect("batch"), place=log.place, stop=Looking(3))

    assert [head.size for head in log.heads()] == [0, 3]
