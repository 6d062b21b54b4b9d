"""Finding keeps within bounds: nothing asked, nobody, too many, few queries, the index's scope, hostile words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.processes.childindex import operations, queries, rules
from tests.conftest import NOW, TODAY
from tests.integration.looking import asking, crowd

pytestmark = pytest.mark.usefixtures("borough")

HOSTILE = {
    "one endless word": "abcdefghij" * 1_000,
    "ten thousand words": " ".join(f"word{n}x" for n in range(10_000)),
    "nul": "Ade\0 O\0kafor",
    "percent signs": "%%% %s %(name)s %",
    "underscores": "_____ ____",
    "quotes": "'; DROP TABLE people_child; --\" \\' $$",
    "emoji": "👶🏽👩‍👧 Zoë",
    "right to left": "\u202eabc\u202c محمد \u200f",
    "half a letter": "Ad\ud800e",
    "nothing to see": "\u200b\u200d\ufeff\u00ad",
    "ligatures": "ﬃ İstanbul ẞ ŉ",
    "a thousand accents": "e" + "\u0301" * 1_000,
    "markup": "<script>alert(1)</script> {{7*7}} ${jndi:ldap://x}",
    "path": "../../../etc/passwd",
    "digits of another script": "٩٤٣ ٤٧٦ ٥٩١٩",
    "line ends": "Ade\r\nSet-Cookie: a=b\x0b\x1c",
}


@pytest.mark.parametrize("name", ["", "   ", "-", "'", "\u200b", "a b c"])
def test_criteria_that_say_nothing_are_refused(name, viewer):
    with pytest.raises(rules.EmptyCriteria):
        asking.found_by(viewer, name=name, age_band=rules.AgeBand.PRIMARY)
    with pytest.raises(rules.EmptyCriteria):
        operations.begin_search(criteria=rules.Criteria(name=name), purpose="", by=viewer, at=NOW)


def test_nobody_is_an_answer(viewer):
    found = queries.find_children(
        viewer=viewer, criteria=rules.Criteria(name="Zzyzx Qqwwxx"), purpose="referral", on=TODAY
    )

    assert found == queries.Found(children=(), is_too_many=False)


@pytest.mark.parametrize("many", [1, 100, 101, 250])
def test_at_most_a_hundred_are_shown_and_more_are_said_to_be_too_many(many, steward):
    crowd.gather(many)

    for criteria in ({"name": f"{crowd.GIVEN} {crowd.FAMILY}"}, {"postcode": crowd.POSTCODE}, {"name": crowd.FAMILY}):
        found = queries.find_children(viewer=steward, criteria=rules.Criteria(**criteria), purpose="referral", on=TODAY)

        assert len(found.children) == min(many, 100)
        assert found.is_too_many == (many > 100)


@pytest.mark.parametrize("many", [1, 250])
def test_a_find_takes_few_queries_however_many_it_finds(many, viewer):
    crowd.gather(many)
    known = asking.children(most=1)[0]
    asked = [
        {"name": crowd.FAMILY},
        {"name": f"{crowd.GIVEN} {crowd.FAMILY}", "birth_date": crowd.BORN, "postcode": crowd.POSTCODE},
        {"name": known.name, "birth_date": known.born, "number": known.number, "postcode": known.postcode},
        {"name": "Zzyzx Qqwwxx", "birth_date": datetime.date(1990, 1, 1), "postcode": "ZZ1 1ZZ"},
        {"number": known.number},
    ]

    for criteria in asked:
        with CaptureQueriesContext(connection) as counted:
            asking.found_by(viewer, **criteria)
        assert len(counted) <= 7, [query["sql"][:80] for query in counted]


def test_the_index_may_show_only_children_with_more_than_everyones_help(settings, viewer):
    settings.INDEX_SCOPE = "involved"
    with asking.peeking():
        helped = {
            number
            for (number,) in asking.rows(
                "SELECT c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id "
                "WHERE s.has_targeted_help"
            )
        }
    everyone = asking.children(most=400)

    for known in everyone[::4] + [known for known in everyone if known.number in helped]:
        found = asking.found_by(viewer, name=known.name, birth_date=known.born)

        assert {one.card.number for one in found} <= helped
        assert (asking.place_of(known, found) < 3) == (known.number in helped)
    assert queries.count_index(viewer=viewer).children == len(helped)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_get_an_answer(kind, viewer):
    words = HOSTILE[kind]
    for criteria in (
        rules.Criteria(name=f"Amelia {words}"),
        rules.Criteria(name=words, number=words, postcode=words),
        rules.Criteria(name="Amelia", number=words, postcode=words, birth_date=TODAY),
    ):
        token = operations.begin_search(criteria=criteria, purpose="referral", by=viewer, at=NOW)
        found = queries.find_children(viewer=viewer, criteria=criteria, purpose="referral", on=TODAY)

        assert len(found.children) <= 100
        assert len(token) == 43


@pytest.mark.parametrize(
    "born",
    [
        datetime.date.min,
        datetime.date.max,
        datetime.date(9, 5, 5),
        datetime.date(2016, 2, 29),
        datetime.date(2000, 12, 31),
    ],
)
def test_any_date_gets_an_answer(born, viewer):
    assert len(asking.found_by(viewer, name="Amelia", birth_date=born)) <= 100


@pytest.mark.parametrize("on", [datetime.date(2028, 2, 29), datetime.date(2026, 12, 31)])
def test_an_age_is_counted_on_any_day(on, viewer):
    criteria = rules.Criteria(name="Amelia", age_band=rules.AgeBand.UNDER_FIVE)

    assert queries.find_children(viewer=viewer, criteria=criteria, purpose="", on=on).is_too_many is False
