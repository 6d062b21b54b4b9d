from joinedup.processes.childindex.linkage import explain, model


def edge(**said):
    blank = {f"{comparison.name}_level": "" for comparison in model.COMPARISONS}
    bits = {f"{comparison.name}_bits": 0.0 for comparison in model.COMPARISONS}
    return blank | bits | {"weight": 5.0, "kin": False, "kin_bits": 0.0} | said


def test_each_field_that_both_records_give_has_its_words_and_bits():
    told = explain.explain(edge(given_level="swapped", given_bits=12.0, sex_level="different", sex_bits=-4.0))

    assert [(field.words, field.bits) for field in told.fields] == [
        ("The given names and the family names stand in each other's place.", 12.0),
        ("The entries for sex differ.", -4.0),
    ]


def test_the_prior_and_the_fields_sum_to_the_weight():
    told = explain.explain(edge(birth_date_level="same", birth_date_bits=11.5, kin=True, kin_bits=-14.0))

    assert told.prior + sum(field.bits for field in told.fields) == told.weight
    assert told.fields[0].words == explain.KIN_WORDS


def test_a_borrowed_number_is_told_from_mere_kinship():
    told = explain.explain(edge(upn_level="same", upn_bits=16.5, kin=True, kin_bits=-14.0))

    assert [field.level for field in told.fields] == ["same", "borrowed"]


def test_odds_are_said_as_people_say_them():
    assert explain.odds(0.4) == "About even odds"
    assert explain.odds(10) == "Odds of about 1,000 to 1 for"
    assert explain.odds(-3) == "Odds of about 8 to 1 against"
    assert explain.odds(45) == "Odds of more than a million to 1 for"


def test_every_answer_of_the_model_has_words():
    for comparison in model.COMPARISONS:
        assert all(level.words for level in comparison.levels)
        assert comparison.levels[-1].when == "ELSE"
