"""What signed heads tell of how old an event may say it is."""

import datetime

from joinedup.foundation.audit.rules import bounds, heads

NINE = datetime.datetime(2026, 3, 3, 9, 0, tzinfo=datetime.UTC)


def head(minute, *, floor, ceiling, server="a", kind=heads.Kind.SEALED, size=1):
    return heads.Head(
        log="l",
        kind=kind,
        size=size,
        root=b"",
        time=NINE + datetime.timedelta(minutes=minute),
        floor=floor,
        ceiling=ceiling,
        server=server,
        previous=b"",
        key="k",
    )


def minute(bound):
    return None if bound.earliest is None else (bound.earliest - NINE).seconds // 60


def test_a_transaction_that_ran_when_the_head_was_signed_may_be_as_old_as_itself():
    limits = bounds.Bounds([head(0, floor=5, ceiling=10), head(1, floor=10, ceiling=20), head(2, floor=12, ceiling=30)])

    assert limits.of(0) == bounds.Bound()
    assert (limits.of(1).floor, limits.of(1).earliest) == (5, None)
    assert (limits.of(2).floor, minute(limits.of(2))) == (10, 0)
    after = limits.of_the_next(server="a", oldest_running=31)
    assert (after.floor, minute(after)) == (12, 0)


def test_on_another_server_nothing_is_known():
    limits = bounds.Bounds([head(0, floor=5, ceiling=10), head(1, floor=7, ceiling=8, server="b")])

    assert limits.of(1) == bounds.Bound()
    assert limits.of_the_next(server="c", oldest_running=100) == bounds.Bound()


def test_where_the_count_was_set_back_nothing_is_known():
    limits = bounds.Bounds([head(0, floor=50, ceiling=60)])

    assert limits.of_the_next(server="a", oldest_running=7) == bounds.Bound()


def test_a_clock_that_was_set_back_makes_no_honest_event_too_early():
    limits = bounds.Bounds(
        [head(30, floor=10, ceiling=10), head(1, floor=20, ceiling=20), head(2, floor=30, ceiling=30)]
    )

    assert minute(limits.of(1)) == 1


def test_of_heads_before_a_restore_those_of_lost_events_no_longer_bind():
    found = [
        head(0, floor=0, ceiling=1, size=0, kind=heads.Kind.FIRST),
        head(1, floor=1, ceiling=1, size=10),
        head(2, floor=1, ceiling=1, size=20),
        head(3, floor=1, ceiling=1, size=10, kind=heads.Kind.RESTORED),
        head(4, floor=1, ceiling=1, size=15),
    ]

    assert [place for place, _ in heads.still_true(found)] == [1, 3, 4]
