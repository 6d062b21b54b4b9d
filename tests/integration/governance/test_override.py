"""Looking past a seal in an emergency: one child by number, on one reason, told at once, over when the child is left."""

import pytest
from django.db import transaction
from django.test import Client

from joinedup.foundation import ids
from joinedup.governance.breakglass import operations, queries, rules
from joinedup.outcomes.people import queries as people_queries
from joinedup.processes.childindex import queries as childindex_queries
from tests.api import calling
from tests.authorisation import answers
from tests.conftest import NOW, TODAY
from tests.integration.governance import sealers
from tests.integration.looking import asking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

SPOKEN = rules.Spoken(reason=rules.Reason.LIFE_AT_RISK, words="Found alone at the station at night, hurt")
POSTED = {"reason": "life_at_risk", "words": SPOKEN.words, "household": "yes"}


@pytest.fixture
def two() -> tuple[asking.Known, asking.Known]:
    """Two sealed children, who have nothing to do with each other."""
    one, other = asking.children(lambda known: bool(known.postcode), most=2)
    for known in (one, other):
        sealers.seal(known.number)
    return one, other


@pytest.fixture
def sealed(two) -> asking.Known:
    return two[0]


@pytest.fixture
def duty() -> Client:
    return calling.signed_in("out-of-hours")


def past(number: str, username: str = "out-of-hours") -> None:
    operations.look_past_seal(number=number, spoken=SPOKEN, by=sealers.person(username), at=NOW)


def sees(number: str, username: str = "out-of-hours") -> bool:
    try:
        childindex_queries.get_child_page(
            viewer=sealers.person(username), number=number, purpose="emergency", reason=SPOKEN.words, on=TODAY
        )
    except people_queries.NoSuchChild:
        return False
    return True


def test_it_opens_one_child_on_one_reason_and_is_one_record(sealed, two):
    past(sealed.number)

    assert sees(sealed.number)
    assert not sees(two[1].number)
    with asking.peeking():
        assert asking.rows("SELECT child_id, is_past_seal, words FROM breakglass_emergencylook") == [
            (sealed.id, True, SPOKEN.words)
        ]
    event = next(event for event in asking.events() if event.act == "breakglass.overridden")
    assert event.subjects == {sealed.id}
    assert (event.purpose, event.reason) == ("life_at_risk", SPOKEN.words)


def test_it_opens_the_child_to_nobody_else(sealed):
    past(sealed.number)

    assert not sees(sealed.number, "social-worker")
    assert not sees(sealed.number, "manager")


def test_it_is_over_when_another_child_is_opened(sealed, two):
    past(sealed.number)
    assert sees(sealed.number)
    other = asking.children(lambda known: known.number not in {one.number for one in two}, most=3)[1]
    assert sees(other.number)

    assert not sees(sealed.number)


def test_it_is_over_when_another_seal_is_looked_past(sealed, two):
    past(sealed.number)
    assert sees(sealed.number)
    past(two[1].number)
    assert sees(two[1].number)

    assert not sees(sealed.number)


def test_it_is_over_after_the_hour(sealed):
    past(sealed.number)
    visiting.write_as_batch(
        "UPDATE access_groundheld SET started_at = started_at - interval '2 hours', ended_at = ended_at - interval '2 hours' "
        "WHERE ground = 'B'"
    )

    assert not sees(sealed.number)


def test_who_is_told_reads_when_it_was_ended(sealed, duty):
    duty.post(f"/child/{sealed.number}/emergency", POSTED)
    duty.post(f"/child/{sealed.number}/emergency/end")
    (look,) = queries.get_looks(viewer=sealers.person("manager"), is_waiting=True, first=0, count=9)

    assert (look.ends_at - look.started_at).total_seconds() < 30 * 60
    assert not sees(sealed.number)


def test_a_child_who_is_not_sealed_is_not_looked_at_past_a_seal(two):
    other = asking.children(lambda known: known.number not in {one.number for one in two}, most=3)[1]
    with pytest.raises(operations.NotAllowed), transaction.atomic():
        past(other.number)


def test_after_three_unjustified_looks_no_seal_is_looked_past(sealed):
    reviewer = sealers.person("manager")
    for _ in range(rules.REJECTED_BEFORE_SUSPENSION):
        past(sealed.number)
        (look,) = queries.get_looks(viewer=reviewer, is_waiting=True, first=0, count=9)
        operations.review(look_id=look.id, outcome=rules.Outcome.NOT_JUSTIFIED, note="", by=reviewer, at=NOW)

    with pytest.raises(operations.NotAllowed), transaction.atomic():
        past(sealed.number)


class TestPages:
    def test_the_way_from_the_stub_to_the_end(self, sealed, duty):
        found = visiting.body(duty, visiting.search(duty, name=sealed.name))
        address = f"/child/{sealed.number}/emergency?sealed=yes"
        assert address in visiting.links(found).values()
        assert "Also the other children" not in visiting.body(duty, address)
        answer = duty.post(address, POSTED)
        assert (answer.status_code, answer["Location"]) == (302, f"/child/{sealed.number}")

        page = visiting.body(duty, f"/child/{sealed.number}")
        assert sealed.family in page
        assert "This record is sealed" in page
        assert f'action="/child/{sealed.number}/emergency/end"' in page
        # One child and one record, whatever was asked of the household.
        with asking.peeking():
            assert asking.rows("SELECT count(*) FROM breakglass_emergencylook") == [(1,)]
        for reviewer in ("shield-officer", "manager"):
            client = calling.signed_in(reviewer)
            assert "Review 1 emergency look" in visiting.body(client, "/")
            listed = visiting.body(client, "/emergencies")
            assert "Bea Rowntree" in listed
            address = next(link for link in visiting.links(listed).values() if link.startswith("/emergencies/"))
            assert SPOKEN.words in visiting.body(client, address)

        assert duty.post(f"/child/{sealed.number}/emergency/end")["Location"] == "/find"
        assert "The emergency look is over" in visiting.body(duty, "/find")
        assert "The emergency look is over" not in visiting.body(duty, "/find")
        assert duty.get(f"/child/{sealed.number}").status_code == 404

    def test_opening_another_child_ends_it(self, sealed, two, duty):
        duty.post(f"/child/{sealed.number}/emergency", POSTED)
        visiting.body(duty, f"/child/{sealed.number}")
        other = asking.children(lambda known: known.number not in {one.number for one in two}, most=3)[1]
        visiting.open_child(duty, other.number)
        visiting.body(duty, f"/child/{other.number}")

        assert duty.get(f"/child/{sealed.number}").status_code == 404

    @pytest.mark.parametrize("username", ["teacher", "safeguarding-lead", "steward"])
    def test_whoever_may_not_is_answered_as_for_a_child_who_never_was(self, sealed, username):
        client = calling.signed_in(username)
        asked = (
            ("get", "/child/{}/emergency", {}),
            ("get", "/child/{}/emergency?sealed=yes", {}),
            ("post", "/child/{}/emergency", {}),
            ("post", "/child/{}/emergency", POSTED),
            ("post", "/child/{}/emergency/end", {}),
            ("get", "/find", {}),
            ("get", "/child/{}", {}),
        )
        theirs, nobodys = (
            [
                answers.comparable(getattr(client, method)(path.format(number), given), number)
                for method, path, given in asked
            ]
            for number in (sealed.number, ids.new_child_number())
        )
        assert theirs == nobodys
        with asking.peeking():
            assert asking.rows("SELECT count(*) FROM breakglass_emergencylook") == [(0,)]

    def test_a_conflict_of_interest_is_answered_so_as_well(self, sealed, duty):
        visiting.write_as_batch(
            "INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at) "
            "VALUES (gen_random_uuid(), %s, %s, 'X', 'test', false, now() - interval '1 day')",
            sealers.person("out-of-hours").user_id,
            sealed.id,
        )
        absent = ids.new_child_number()
        theirs, nobodys = (
            answers.comparable(duty.post(f"/child/{number}/emergency", POSTED), number)
            for number in (sealed.number, absent)
        )

        assert theirs[0] == 404
        assert theirs == nobodys

    def test_words_that_nobody_could_judge_by_open_nothing(self, sealed, duty):
        answer = duty.post(f"/child/{sealed.number}/emergency", POSTED | {"words": "urgent"})

        assert answer.status_code == 422
        assert duty.get(f"/child/{sealed.number}").status_code == 404
