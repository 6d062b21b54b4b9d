"""How many links are judged blindly, and what the answers say of all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.processes.childindex import rules

shares = st.floats(0, 1)
populations = st.integers(1, 100_000)


class TestTheInterval:
    def test_it_is_wilsons_where_the_population_is_without_end(self):
        # Wilson's interval for 8 of 10, as Newcombe (1998) and statsmodels give it.
        found = rules.wilson(share=0.8, drawn=10)

        assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)

    def test_none_wrong_of_three_hundred_leaves_a_rate_of_a_little_over_one_percent(self):
        assert round(1 - rules.wilson(share=1.0, drawn=300).low, 4) == 0.0126

    def test_whoever_has_seen_all_knows(self):
        found = rules.wilson(share=0.97, drawn=200, population=200)

        assert (found.low, found.high) == (0.97, 0.97)

    @given(share=shares, population=populations, data=st.data())
    def test_it_holds_the_share_and_lies_between_none_and_all(self, share, population, data):
        drawn = data.draw(st.integers(1, population))

        found = rules.wilson(share=share, drawn=drawn, population=population)

        assert 0 <= found.low <= share + 1e-9
        assert share - 1e-9 <= found.high <= 1

    @given(share=shares, population=st.integers(2, 100_000), data=st.data())
    def test_the_fewer_there_are_the_more_a_sample_says(self, share, population, data):
        drawn = data.draw(st.integers(1, population))

        assert (
            rules.wilson(share=share, drawn=drawn, population=population).half_width
            <= rules.wilson(share=share, drawn=drawn).half_width + 1e-12
        )

    @pytest.mark.parametrize(("share", "drawn", "population"), [(0.5, 0, None), (1.5, 10, None), (0.5, 11, 10)])
    def test_a_share_of_nothing_is_refused(self, share, drawn, population):
        with pytest.raises(ValueError, match="share"):
            rules.wilson(share=share, drawn=drawn, population=population)


class TestTheSizeOfASample:
    @given(half_width=st.floats(0.005, 0.3), expected=shares, population=populations)
    def test_it_is_the_fewest_pairs_that_are_enough(self, half_width, expected, population):
        drawn = rules.pairs_to_draw(half_width=half_width, expected=expected, population=population)

        assert 1 <= drawn <= population
        assert rules.wilson(share=expected, drawn=drawn, population=population).half_width <= half_width
        if drawn > 1:
            before = rules.wilson(share=expected, drawn=drawn - 1, population=population)
            assert before.half_width > half_width

    def test_a_point_to_each_side_of_99_percent_takes_454_pairs_of_a_borough(self):
        assert rules.pairs_to_draw(half_width=0.01, expected=0.99, population=300_000) == 454

    def test_there_must_be_something_to_draw(self):
        with pytest.raises(rules.NothingToDraw):
            rules.pairs_to_draw(half_width=0.01, expected=0.99, population=0)

    @pytest.mark.parametrize("half_width", [0, 1, -0.1])
    def test_a_width_that_is_none_is_refused(self, half_width):
        with pytest.raises(ValueError, match="width"):
            rules.pairs_to_draw(half_width=half_width, expected=0.99, population=10)

    def test_at_least_some_pairs_are_not_linked(self):
        assert (rules.decoys_for(1), rules.decoys_for(100)) == (5, 25)


class TestTheLivePrecision:
    def test_pairs_of_which_nobody_could_say_are_counted_apart(self):
        found = rules.precision_of(right=98, wrong=2, unsaid=10, population=5_000)

        assert found.share == 0.98
        assert found.unsaid == 10
        assert found.interval.low < 0.98 < found.interval.high

    def test_where_nobody_could_say_of_any_there_is_none(self):
        found = rules.precision_of(right=0, wrong=0, unsaid=10, population=5_000)

        assert found.share is None
        assert found.interval is None
