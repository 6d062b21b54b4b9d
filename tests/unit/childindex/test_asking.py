"""What records say side by side, why a pair is asked about, and what thresholds make of the pairs that were compared."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules
from joinedup.processes.childindex.linkage import review

AT = datetime.datetime(2026, 10, 5, tzinfo=datetime.UTC)
STAFF = rules.Staffing(minutes_a_question=3, hours_a_day=5)


def says(day=0, **fields):
    return [
        rules.Saying(
            field=field,
            value=value,
            agency_id=uuid.UUID(int=1),
            agency_name="",
            agency_kind="",
            source_record_id=uuid.UUID(int=day),
            received_at=AT + datetime.timedelta(days=day),
        )
        for field, value in fields.items()
    ]


def told(*records):
    return {row.field: row.told for row in rules.side_by_side(records)}


class TestSideBySide:
    def test_a_name_that_is_only_written_otherwise_is_the_same(self):
        assert told(says(given_name="José"), says(given_name="JOSE")) == {"given_name": rules.Told.SAME}

    def test_what_only_one_says_is_no_difference(self):
        assert told(says(upn="A123"), says(sex="F")) == {"sex": rules.Told.ONE_SIDED, "upn": rules.Told.ONE_SIDED}

    def test_other_dates_differ(self):
        rows = rules.side_by_side([says(birth_date="2014-03-09"), says(birth_date="2014-09-03")])

        assert [(row.values, row.told) for row in rows] == [((("2014-03-09",), ("2014-09-03",)), rules.Told.DIFFERS)]

    def test_one_address_in_common_is_enough_and_the_newest_stands_first(self):
        moved = [*says(day=1, postcode="NG1 5FT"), *says(day=2, postcode="LE1 1AA")]

        (row,) = rules.side_by_side([moved, says(postcode="NG1 5FT")])

        assert row.told is rules.Told.SAME
        assert row.values == (("LE1 1AA", "NG1 5FT"), ("NG1 5FT",))

    def test_of_three_records_that_say_it_all_must_agree(self):
        three = [says(sex="F"), says(sex="F"), says(sex="M")]

        assert told(*three) == {"sex": rules.Told.DIFFERS}
        assert told(*three[:2], []) == {"sex": rules.Told.SAME}


def test_a_question_is_asked_for_the_reasons_that_linking_gives():
    assert {reason.value for reason in rules.AskedBecause} == {reason.value for reason in review.Reason}


def weights(**changed):
    given = {"linked": {4: 10, 9: 90}, "asked": {-3: 8, 1: 4}, "held": {6: 5}, "people": 1_000, "floor_bits": -3.0}
    return rules.Weights(**{**given, **changed})


def forecast(link=4.0, review_bits=-3.0, kept=None, arrivals=100.0, on_arrival=-20.0):
    return rules.forecast(
        kept or weights(),
        link_bits=link,
        review_bits=review_bits,
        arrival_bits=on_arrival,
        arrivals_a_day=arrivals,
        staffing=STAFF,
    )


class TestForecasting:
    def test_the_thresholds_there_are_make_what_the_run_made(self):
        found = forecast()

        assert (found.links_a_day, round(found.questions_a_day, 6), found.at_once) == (10.0, 1.7, 17)
        assert round(found.stewards, 4) == round(1.7 * 3 / 60 / 5, 4)
        assert found.is_whole

    def test_links_that_fall_under_a_raised_threshold_become_questions(self):
        found = forecast(link=5)

        assert (found.links_a_day, found.at_once) == (9.0, 27)

    def test_questions_over_a_lowered_threshold_become_links_save_those_that_a_person_is_asked_whatever_they_weigh(
        self,
    ):
        found = forecast(link=1, review_bits=0)

        assert (found.links_a_day, found.at_once) == (10.4, 5)

    def test_what_is_too_unsure_to_be_linked_on_arrival_is_a_question_a_day_though_a_run_would_link_it(self):
        found = forecast(on_arrival=9)

        assert (found.links_a_day, round(found.questions_a_day, 6), found.at_once) == (9.0, 2.7, 17)
        assert forecast(on_arrival=2) == forecast()

    def test_below_what_was_compared_it_knows_only_at_least(self):
        assert not forecast(review_bits=-4).is_whole

    def test_half_a_bit_takes_half_of_what_lies_in_it(self):
        assert forecast(link=4.5).links_a_day == 9.5

    def test_where_no_record_arrives_no_steward_is_needed(self):
        assert forecast(arrivals=0).stewards == 0
        assert forecast(kept=weights(linked={}, asked={}, held={}, people=0)).questions_a_day == 0

    @pytest.mark.parametrize(("link", "review_bits"), [(-4, -3), (41, 0), (4, -21)])
    def test_thresholds_that_make_no_sense_are_refused(self, link, review_bits):
        with pytest.raises(ValueError, match="threshold"):
            forecast(link=link, review_bits=review_bits)

    @given(st.floats(-3, 20), st.floats(-3, 20), st.floats(0, 5))
    def test_a_higher_link_threshold_never_makes_more_links_nor_fewer_questions(self, one, other, more):
        review_bits, link = sorted((one, other))
        if link + more <= rules.MOST_BITS:
            lower, higher = (forecast(link=bits, review_bits=review_bits) for bits in (link, link + more))
            assert higher.links_a_day <= lower.links_a_day + 1e-9
            assert higher.questions_a_day >= lower.questions_a_day - 1e-9
