"""The address of a search says nothing, lasts a short while and serves only the person who searched."""

import dataclasses
import datetime
import re
import uuid

import pytest

from joinedup.foundation import clock
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import operations, queries, rules
from joinedup.processes.childindex.operations import searching
from tests.conftest import as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")

CRITERIA = rules.Criteria(
    name="Zoë O'Connor",
    birth_date=datetime.date(2014, 3, 9),
    number="943 476 5919",
    postcode="ng1 5ft",
    age_band=rules.AgeBand.SECONDARY,
)
#: Long enough to go on through a test, whatever the clock says.
AGES = datetime.timedelta(days=3650)


def begin(viewer: access_rules.Viewer, *, at: datetime.datetime | None = None) -> str:
    return operations.begin_search(
        criteria=CRITERIA, purpose="referral", by=viewer, at=clock.now() if at is None else at
    )


def test_a_search_is_recalled_as_it_was_typed(viewer):
    assert queries.get_search(token=begin(viewer), viewer=viewer) == (CRITERIA, "referral")


def test_the_address_says_nothing_and_is_never_the_same(viewer):
    tokens = {begin(viewer) for _ in range(20)}

    assert len(tokens) == 20
    for token in tokens:
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
        assert not any(word in token.lower() for word in ("zoe", "connor", "9434765919", "ng15ft"))


@pytest.mark.parametrize("why", ["another's", "over", "made up", "empty", "hostile"])
def test_an_address_that_does_not_serve_is_always_the_same_answer(why, viewer):
    token = begin(viewer, at=clock.now() - AGES if why == "over" else None)
    asked = {"made up": "x" * 43, "empty": "", "hostile": "' OR '1'='1"}.get(why, token)

    with pytest.raises(queries.NoSuchSearch) as refused:
        queries.get_search(token=asked, viewer=asking.NOBODY_ELSE if why == "another's" else viewer)

    assert refused.value.args == ()
    assert [event.act for event in asking.events()][-1] == "childindex.search.recalled"


def test_an_address_with_a_nul_is_the_same_answer(viewer):
    with pytest.raises(queries.NoSuchSearch):
        queries.get_search(token="a\0b", viewer=viewer)


def test_nobody_cannot_search(viewer):
    with pytest.raises(searching.NobodySignedIn):
        begin(dataclasses.replace(viewer, user_id=None))


def test_the_database_itself_shows_a_search_only_to_who_made_it(viewer):
    begin(viewer)
    queries.count_index(viewer=asking.NOBODY_ELSE)

    assert asking.rows("SELECT token FROM childindex_search") == []

    queries.count_index(viewer=viewer)
    assert len(asking.rows("SELECT token FROM childindex_search")) == 1


def test_searches_whose_time_is_over_are_deleted_and_others_kept(viewer):
    now = clock.now()
    begin(viewer, at=now - AGES)
    begin(asking.NOBODY_ELSE, at=now - AGES)
    kept = begin(viewer, at=now)

    with as_role("batch"):
        assert operations.forget_old_searches(at=now) == 2
        assert operations.forget_old_searches(at=now) == 0

    assert queries.get_search(token=kept, viewer=viewer)[0] == CRITERIA


def test_what_was_typed_is_not_in_the_audit(viewer):
    begin(viewer)

    event = asking.events()[-1]
    said = " ".join(str(value) for value in dataclasses.asdict(event).values()).lower()
    assert not any(word in said for word in ("zoë", "connor", "943", "ng1", "2014"))
    assert isinstance(event.id, uuid.UUID)
    assert len(event.criteria_hash) == 32
