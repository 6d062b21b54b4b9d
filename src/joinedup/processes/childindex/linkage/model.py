"""The linkage model: which pairs are looked at, what is compared, and what each answer is worth before training.

Belongs here: blocking rules, comparisons and their levels, in the order in which they are tried. Not here: fitting the
weights to the data (training) or using them (predict).

Each comparison asks one question of two records; the first level whose condition holds is the answer. `m` is how often
children who are the same give that answer, `u` how often two different children do; log2(m/u) is its weight in bits.
The figures below are starting points, used as they stand where the data cannot teach better. A missing value
answers nothing and weighs nothing.
"""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One answer to a comparison's question.

    `words` completes "The given names ...". `fixed` says why `m` and `u` are set by hand; empty when they are trained.
    `frequency` names the column whose commonness makes agreement worth more (rare) or less (common).
    """

    name: str
    words: str
    when: str
    m: float
    u: float
    fixed: str = ""
    frequency: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One question asked of two records, and its answers from the closest to the furthest."""

    name: str
    subject: str
    missing: str
    levels: tuple[Level, ...]


def _one_slip(column: str) -> str:
    """Return the condition that two values differ by one letter lost, gained, changed or swapped with its neighbour.

    Levenshtein's distance, which is six times quicker and at most twice as large, sifts first.
    """
    left, right = f"{column}_l", f"{column}_r"
    return f"(levenshtein({left}, {right}) <= 2 and damerau_levenshtein({left}, {right}) <= 1)"


_SWAPPED = (
    "(given_canonical_l <> given_canonical_r"
    " and list_has_any(given_swaps_l, family_swaps_r) and list_has_any(given_swaps_r, family_swaps_l))"
)
_RARE_IN_NATURE = "two random children share it too seldom to be counted in a sample; set from known error rates"
_RARE_IN_DATA = "too rare in one authority to be learnt steadily"
_NUMBER_FAULT = "a wrong number is a brother's or sister's, or mistyped: seldom, but never chance"
_BOTH_KNOWN = "(given_known_l and given_known_r)"
_TYPO = f"({_one_slip('given')} and least(length(given_l), length(given_r)) >= 3)"
_ALIKE = (
    "(jaro_winkler_similarity(given_l, given_r) >= 0.88"
    " or (given_sound_l = given_sound_r and length(given_sound_l) >= 2))"
)
_FAMILY_ALIKE = (
    "jaro_winkler_similarity(family_l, family_r) >= 0.9"
    " or (family_sound_l = family_sound_r and length(family_sound_l) >= 2)"
)

_CROSSED = "(list_has_any(given_swaps_l, family_swaps_r) or list_has_any(given_swaps_r, family_swaps_l))"
_FURTHER = "(list_contains(given_all_{one}, given_canonical_{other}) and not given_shared_{other})"

GIVEN = Comparison(
    name="given",
    subject="given names",
    missing="given_l is null or given_r is null",
    levels=(
        Level(name="same", words="are the same", when="given_l = given_r", m=0.80, u=0.005, frequency="given"),
        Level(
            name="swapped",
            words="and the family names stand in each other's place",
            when=_SWAPPED,
            m=0.01,
            u=0.000002,
            fixed=_RARE_IN_NATURE,
        ),
        Level(
            name="known_as",
            words="are forms of one name, or one is the name the child is known by",
            when="list_has_any(given_names_l, given_names_r)",
            m=0.06,
            u=0.002,
        ),
        Level(
            name="further",
            words="meet in one of the child's further names",
            when=f"({_FURTHER.format(one='l', other='r')} or {_FURTHER.format(one='r', other='l')})",
            m=0.02,
            u=0.004,
        ),
        Level(
            name="shared",
            words="meet only in a forename that brothers often share",
            when="(list_contains(given_all_l, given_canonical_r) or list_contains(given_all_r, given_canonical_l))",
            m=0.01,
            u=0.01,
        ),
        Level(
            name="initial",
            words="share the initial, and one gives no more",
            when="given_initial_l = given_initial_r and least(length(given_l), length(given_r)) = 1",
            m=0.01,
            u=0.001,
        ),
        # Slips and variants seldom touch the first letter (Aliyah, Aaliyah); names of twins rhyme (Jayden, Hayden).
        Level(
            name="typo",
            words="differ by one letter",
            when=f"{_TYPO} and (given_initial_l = given_initial_r or not {_BOTH_KNOWN})",
            m=0.04,
            u=0.0005,
        ),
        Level(name="alike", words="look or sound alike", when=f"{_ALIKE} and not {_BOTH_KNOWN}", m=0.02, u=0.002),
        # Family name first with half of it left out, or an English name before the given name: Daniel Junjie, Junjie Yang.
        Level(
            name="crossed",
            words="differ, but one stands in the place of the other's family name",
            when=_CROSSED,
            m=0.01,
            u=0.001,
        ),
        Level(
            name="two_names",
            words="are alike, but each is a common name of its own",
            when=f"({_TYPO} or {_ALIKE})",
            m=0.01,
            u=0.01,
        ),
        Level(name="different", words="differ", when="ELSE", m=0.02, u=0.97),
    ),
)

FAMILY = Comparison(
    name="family",
    subject="family names",
    # Swapped names are weighed once, with the given names.
    missing=f"family_l is null or family_r is null or coalesce({_SWAPPED}, false)",
    levels=(
        Level(name="same", words="are the same", when="family_l = family_r", m=0.84, u=0.002, frequency="family"),
        Level(
            name="part",
            words="share a part, or one is the other's former name",
            when="list_has_any(family_parts_l, family_parts_r)",
            m=0.06,
            u=0.001,
        ),
        Level(
            name="typo",
            words="differ by one letter",
            when=f"{_one_slip('family')} and least(length(family_l), length(family_r)) >= 4",
            m=0.03,
            u=0.0005,
        ),
        Level(
            name="alike",
            words="look or sound alike",
            when=_FAMILY_ALIKE,
            m=0.02,
            u=0.003,
        ),
        Level(
            name="title",
            words="differ, but one is a title that stands in a family name's place",
            when="family_title_l or family_title_r",
            m=0.02,
            u=0.04,
        ),
        Level(name="different", words="differ", when="ELSE", m=0.05, u=0.99),
    ),
)

MIDDLE = Comparison(
    name="middle",
    subject="middle names",
    missing="middle_l is null or middle_r is null",
    levels=(
        Level(name="same", words="are the same", when="middle_l = middle_r", m=0.80, u=0.02, frequency="middle"),
        Level(name="initial", words="share the initial", when="left(middle_l, 1) = left(middle_r, 1)", m=0.12, u=0.07),
        Level(name="different", words="differ", when="ELSE", m=0.08, u=0.91),
    ),
)

BIRTH = Comparison(
    name="birth_date",
    subject="birth dates",
    missing="dob_l is null or dob_r is null",
    levels=(
        Level(name="same", words="are the same", when="dob_l = dob_r", m=0.94, u=0.00018),
        Level(
            name="swapped",
            words="are the same with day and month in each other's place",
            when="dob_key_l = dob_key_r",
            m=0.01,
            u=0.00005,
            fixed=_RARE_IN_DATA,
        ),
        Level(
            name="near",
            words="differ by one digit or one day",
            when=f"{_one_slip('dob')} or abs(date_diff('day', birth_date_l, birth_date_r)) = 1",
            m=0.02,
            u=0.004,
        ),
        Level(
            name="default",
            words="fall in one year, and one is the first of January",
            when="left(dob_l, 4) = left(dob_r, 4) and (right(dob_l, 5) = '01-01' or right(dob_r, 5) = '01-01')",
            m=0.005,
            u=0.001,
            fixed=_RARE_IN_DATA,
        ),
        Level(name="month", words="fall in one month", when="left(dob_l, 7) = left(dob_r, 7)", m=0.005, u=0.005),
        Level(name="different", words="differ", when="ELSE", m=0.01, u=0.99),
    ),
)

_SAME_STREET = "street_l = street_r"
HOME = Comparison(
    name="home",
    subject="addresses",
    missing="(postcode_l is null or postcode_r is null) and coalesce(street_l <> street_r, true)",
    levels=(
        Level(
            name="same",
            words="are the same",
            when=f"{_SAME_STREET} and coalesce(postcode_l = postcode_r, true)",
            m=0.55,
            u=0.0001,
        ),
        Level(name="postcode", words="share the postcode", when="postcode_l = postcode_r", m=0.15, u=0.0003),
        Level(
            name="typo",
            words="share house and street, or the postcode but for one character",
            when=f"{_SAME_STREET} or {_one_slip('postcode')}",
            m=0.03,
            u=0.004,
        ),
        Level(name="sector", words="are in one neighbourhood", when="sector_l = sector_r", m=0.05, u=0.02),
        Level(name="district", words="are in one district", when="district_l = district_r", m=0.07, u=0.08),
        Level(name="different", words="are apart", when="ELSE", m=0.15, u=0.90),
    ),
)

SEX = Comparison(
    name="sex",
    subject="entries for sex",
    missing="sex_l is null or sex_r is null",
    levels=(
        Level(name="same", words="are the same", when="sex_l = sex_r", m=0.985, u=0.5),
        Level(name="different", words="differ", when="ELSE", m=0.015, u=0.5),
    ),
)

NHS = Comparison(
    name="nhs",
    subject="NHS numbers",
    missing="nhs_l is null or nhs_r is null",
    levels=(
        Level(name="same", words="are the same", when="nhs_l = nhs_r", m=0.97, u=0.00001, fixed=_RARE_IN_NATURE),
        Level(
            name="near",
            words="differ by one digit",
            when=_one_slip("nhs"),
            m=0.01,
            u=0.00001,
            fixed=_RARE_IN_NATURE,
        ),
        Level(name="different", words="differ", when="ELSE", m=0.005, u=0.99998, fixed=_NUMBER_FAULT),
    ),
)

UPN = Comparison(
    name="upn",
    subject="pupil numbers",
    missing="upn_l is null or upn_r is null",
    levels=(
        Level(name="same", words="are the same", when="upn_l = upn_r", m=0.95, u=0.00001, fixed=_RARE_IN_NATURE),
        Level(
            name="near",
            words="differ by one character",
            when=_one_slip("upn"),
            m=0.01,
            u=0.00001,
            fixed=_RARE_IN_NATURE,
        ),
        Level(
            name="temporary",
            words="differ, and one is for the time being",
            when="upn_temporary_l or upn_temporary_r",
            m=0.03,
            u=0.03,
            fixed="a temporary number is given where the permanent one is not known: it says nothing either way",
        ),
        Level(name="different", words="differ", when="ELSE", m=0.005, u=0.97, fixed=_NUMBER_FAULT),
    ),
)

COMPARISONS = (GIVEN, FAMILY, MIDDLE, BIRTH, HOME, SEX, NHS, UPN)

_OTHER_PERSON = "l.person_record_id <> r.person_record_id"

#: A pair is looked at when any of these holds. Each is an equality that DuckDB can hash; order matters only for speed.
BLOCKING = tuple(
    " and ".join([*(f"l.{column} = r.{column}" for column in columns), _OTHER_PERSON])
    for columns in (
        ("nhs",),
        ("upn",),
        ("dob_key", "given_start"),
        ("dob_key", "family_start"),
        ("dob_key", "postcode"),
        ("dob_key", "street"),
        ("given_start", "postcode"),
        ("given_start", "street"),
        ("name_key", "birth_year"),
        ("name_key", "sector"),
        ("given_start", "family_start", "birth_month"),
        ("given_sound", "family_sound", "birth_year"),
    )
)

#: Pairs on which weights are learnt: same birth date teaches names, home and sex; same names teach the rest.
TRAINING = (
    f"l.dob = r.dob and {_OTHER_PERSON}",
    f"l.given = r.given and l.family = r.family and {_OTHER_PERSON}",
)

#: Rules that hardly ever join two children, and the share of true pairs that they find: they give the prior.
CERTAIN = (
    f"l.nhs = r.nhs and {_OTHER_PERSON}",
    f"l.upn = r.upn and {_OTHER_PERSON}",
    f"l.given = r.given and l.family = r.family and l.dob = r.dob and {_OTHER_PERSON}",
)
CERTAIN_FINDS_SHARE = 0.8


def splink_settings() -> dict[str, Any]:
    """Return the model as Splink reads it, with its starting weights."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "alias_id",
        "comparisons": [_comparison(comparison) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in BLOCKING],
        "probability_two_random_records_match": 0.0001,
        "additional_columns_to_retain": ["person_record_id"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 20,
        "em_convergence": 0.001,
        "linker_uid": "joinedup",
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing, "label_for_charts": "not said", "is_null_level": True}
    return {
        "output_column_name": comparison.name,
        "comparison_description": comparison.subject,
        "comparison_levels": [missing, *(_level(level) for level in comparison.levels)],
    }


def _level(level: Level) -> dict[str, Any]:
    frequency = (
        {"tf_adjustment_column": level.frequency, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": 0.0005}
        if level.frequency
        else {}
    )
    return {
        "sql_condition": level.when,
        "label_for_charts": level.name,
        "m_probability": level.m,
        "u_probability": level.u,
        "fix_m_probability": bool(level.fixed),
        "fix_u_probability": bool(level.fixed),
        **frequency,
    }
