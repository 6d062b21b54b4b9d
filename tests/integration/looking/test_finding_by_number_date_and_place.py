"""A child is found by date of birth, by number, by postcode, and within an age."""

import datetime

import pytest
from django.db import connection

from joinedup.foundation import ids
from joinedup.processes.childindex import rules
from tests.conftest import TODAY, as_role
from tests.integration.looking import asking

pytestmark = pytest.mark.usefixtures("borough")


def test_day_and_month_may_be_exchanged(viewer):
    asked = [
        (known, {"name": known.name, "birth_date": rules.swapped_day_and_month(known.born)})
        for known in asking.children(lambda known: rules.swapped_day_and_month(known.born) is not None, most=25)
    ]

    assert asking.share_among_first_three(asked, viewer) >= 0.95
    known, criteria = asked[0]
    found = asking.found_by(viewer, **criteria)
    assert "date of birth with day and month the other way round" in found[asking.place_of(known, found)].reasons


@pytest.mark.parametrize("days", [-1, 1])
def test_a_date_may_be_a_day_out(days, viewer):
    asked = [
        (known, {"name": known.name, "birth_date": known.born + datetime.timedelta(days=days)})
        for known in asking.children(most=25)
    ]

    assert asking.share_among_first_three(asked, viewer) >= 0.95
    known, criteria = asked[3]
    found = asking.found_by(viewer, **criteria)
    assert {"date of birth a day out", "date of birth"} & set(found[asking.place_of(known, found)].reasons)


def test_a_date_alone_finds_everyone_born_that_day(steward):
    for known in asking.children(most=10):
        found = asking.found_by(steward, birth_date=known.born)

        assert asking.place_of(known, found) < 10
        assert found[0].reasons == ("date of birth",)


@pytest.mark.parametrize("written", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", " {0}  {1} {2} "])
def test_an_nhs_number_is_read_however_it_is_parted(written, viewer):
    for known in asking.children(lambda known: bool(known.nhs_number), most=5):
        number = known.nhs_number
        found = asking.found_by(viewer, number=written.format(number[:3], number[3:6], number[6:]))

        assert asking.place_of(known, found) == 0
        assert found[0].reasons == ("NHS number",)


@pytest.mark.parametrize("write", [str.upper, str.lower, " ".join])
def test_a_unique_pupil_number_finds_its_child(write, viewer):
    for known in asking.children(lambda known: bool(known.upn), most=5):
        found = asking.found_by(viewer, number=write(known.upn))

        assert asking.place_of(known, found) == 0
        assert found[0].reasons == ("unique pupil number",)


@pytest.mark.parametrize("write", [str, str.lower, ids.show_child_number])
def test_the_childs_own_number_finds_the_child(write, viewer):
    for known in asking.children(most=5):
        found = asking.found_by(viewer, number=write(known.number))

        assert [one.card.number for one in found] == [known.number]
        assert found[0].reasons == ("child number",)


def test_a_number_that_nobody_has_finds_nobody(viewer):
    assert asking.found_by(viewer, number="not a number") == ()
    assert asking.found_by(viewer, number=ids.new_child_number()) == ()


@pytest.mark.parametrize("write", [str, str.lower, lambda written: written.replace(" ", "")])
def test_a_postcode_alone_finds_who_lives_there(write, steward):
    for known in asking.children(lambda known: bool(known.postcode), most=5):
        found = asking.found_by(steward, postcode=write(known.postcode))

        assert known.number in {one.card.number for one in found}
        assert all("postcode" in one.reasons for one in found)


def test_a_postcode_puts_the_child_who_lives_there_first(viewer):
    # Of some children no agency knows more of the name than its first letter, which is no name to search for.
    for known in asking.children(lambda known: bool(known.postcode) and len(known.given) > 1, most=20):
        found = asking.found_by(viewer, name=known.given, postcode=known.postcode)

        assert asking.place_of(known, found) < 3
        assert {"postcode", "lives, or lived, close by"} & set(found[asking.place_of(known, found)].reasons)


@pytest.mark.parametrize("band", [band for band in rules.AgeBand if band is not rules.AgeBand.ANY])
def test_an_age_shows_only_children_of_that_age(band, steward):
    youngest, oldest = band.years()
    for known in asking.children(most=12):
        found = asking.found_by(steward, name=known.family, age_band=band)
        age = _age(known.born)

        assert all(one.card.birth_date is None or youngest <= _age(one.card.birth_date) <= oldest for one in found)
        assert (asking.place_of(known, found) < 100) == (youngest <= age <= oldest)


def _age(born: datetime.date) -> int:
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


def test_a_number_that_leads_to_another_child_finds_that_child(viewer):
    kept, gone = asking.children(most=2)
    with as_role("batch"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_child c SET state = 'redirected', redirect_to_id = (SELECT id FROM people_child "
            "WHERE number = %s) WHERE c.number = %s",
            [kept.number, gone.number],
        )

    found = asking.found_by(viewer, number=gone.number)

    assert [(child.card.number, child.reasons) for child in found] == [(kept.number, ("child number",))]
