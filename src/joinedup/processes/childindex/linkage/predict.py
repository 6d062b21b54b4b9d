"""Prediction: candidate pairs of records weighed by the model, and lifted from aliases to people.

Belongs here: edges between person records with their weight and each field's answer and bits, and the kin term.
Not here: deciding who is one child (clustering).
"""

import pyarrow as pa

from joinedup.processes.childindex.linkage import evidence, model
from joinedup.processes.childindex.linkage.engine import Engine
from joinedup.processes.childindex.linkage.settings import LinkSettings
from joinedup.processes.childindex.linkage.training import SavedModel

_NUMBER = "(nhs_level = 'same' or upn_level = 'same')"
#: A brother and a sister: one home, one family name, other given names. Names, home and (for twins) birth date go
#: together within a family, so the sum of their bits overstates.
_KIN = (
    "given_level in ('different', 'two_names') and family_level in ('same', 'part', 'typo', 'alike')"
    " and home_level in ('same', 'postcode', 'typo')"
)
#: A number borrowed: it is the same, but forename and birth date are another child's, most likely a brother's or sister's.
_BORROWED = "given_level in ('different', 'two_names') and birth_date_level in ('different', 'month', 'default')"
#: A namesake: neither birth date nor home says that it is the same child, whatever the names weigh.
_NAMESAKE = "birth_date_level not in ('same', 'swapped', 'near') and home_level not in ('same', 'postcode', 'typo')"


def edges(standard: pa.Table, saved: SavedModel, engine: Engine, settings: LinkSettings) -> pa.Table:
    """Return the pairs of people that are alike enough to be linked, reviewed or kept apart as kin.

    `kin` pairs look like brother and sister, `namesake` pairs agree in names alone: neither is linked without a person.
    `telling` pairs share a national number or the given name.

    Shapes: one row for each pair of person records, `left` < `right`, ordered by them: `weight`, `kin`, the two records
    that are most alike, and for each comparison `<name>_level` and `<name>_bits`.
    Units: weight and bits in bits; `weight` contains the kin term, `kin_bits` says how much of it that is.
    """
    engine.register("standard", standard)
    try:
        with engine.linker(standard, saved.settings()) as linker:
            scored = linker.inference.predict(threshold_match_weight=settings.review_bits, warning_mode="never")
            engine.keep("best", _BEST.format(scored=scored.physical_name))
        return engine.table(_weighed(evidence.query(saved.settings(), pairs="best", standard="standard"), settings))
    finally:
        engine.drop("best")
        engine.forget("standard")


#: Two people are as alike as their two most alike aliases; ties go to the oldest records.
_BEST = """
    select
        least(person_record_id_l, person_record_id_r) as "left",
        greatest(person_record_id_l, person_record_id_r) as "right",
        arg_min(
            case when person_record_id_l < person_record_id_r then [alias_id_l, alias_id_r] else [alias_id_r, alias_id_l] end,
            (-round(match_weight, 6), alias_id_l, alias_id_r)
        ) as alias,
        alias[1] as left_alias,
        alias[2] as right_alias,
        max(match_weight) as match_weight
    from {scored}
    group by 1, 2
"""


_WEIGHED = """
    with answered as ({answered}),
    judged as (select *, case when {kin} then -{kin_bits} else 0 end::double as kin_bits from answered)
    select
        "left", "right", one.record_id as left_record, other.record_id as right_record,
        round(match_weight + kin_bits, 4)::double as weight, kin_bits < 0 as kin, kin_bits, {telling} as telling,
        {namesake} as namesake, {fields}
    from judged
    join standard as one on one.alias_id = left_alias
    join standard as other on other.alias_id = right_alias
    order by "left", "right"
"""


def _weighed(answered: str, settings: LinkSettings) -> str:
    """Return the query that names the records behind each pair and takes the kin term off its weight."""
    fields = ", ".join(
        f"{each.name}_level, round({each.name}_bits, 4)::double as {each.name}_bits" for each in model.COMPARISONS
    )
    return _WEIGHED.format(
        answered=answered,
        kin=f"case when {_NUMBER} then {_BORROWED} else {_KIN} end",
        kin_bits=settings.kin_bits,
        telling=f"({_NUMBER} or given_level in ('same', 'swapped', 'known_as', 'further', 'typo'))",
        namesake=f"({_NAMESAKE} and not {_NUMBER})",
        fields=fields,
    )
