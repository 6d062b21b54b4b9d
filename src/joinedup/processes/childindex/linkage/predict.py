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
#: Thin evidence: without birth date or home it may be a namesake, with another birth date a brother, and with another
#: NHS number and no clear forename a twin, whatever the rest weighs.
_THIN = (
    "(birth_date_level not in ('same', 'swapped', 'near') and home_level not in ('same', 'postcode', 'typo'))"
    " or birth_date_level = 'different' or (nhs_level = 'different' and not {telling})"
)
_TELLING = "given_level in ('same', 'swapped', 'known_as', 'further', 'typo')"


def edges(standard: pa.Table, saved: SavedModel, engine: Engine, settings: LinkSettings) -> pa.Table:
    """Return the pairs of people that are alike enough to be linked, reviewed or kept apart as kin.

    `kin` pairs look like brother and sister, `thin` pairs agree in too little, `torn` pairs are nearly as close to a
    brother or sister: none of them is linked without a person unless the settings say from which weight. `telling` pairs
    share a number or the given name.

    Shapes: one row for each pair of person records, `left` < `right`, ordered by them: `weight`, `kin`, the two records
    that are most alike, and for each comparison `<name>_level` and `<name>_bits`.
    Units: weight and bits in bits; `weight` contains the kin term, `kin_bits` says how much of it that is.
    """
    engine.register("standard", standard)
    try:
        with engine.linker(standard, saved.settings()) as linker:
            scored = linker.inference.predict(threshold_match_weight=settings.review_bits, warning_mode="never")
            engine.keep("best", _BEST.format(scored=scored.physical_name))
        engine.keep("weighed", _weighed(evidence.query(saved.settings(), pairs="best", standard="standard"), settings))
        return engine.table(_TORN.format(margin=settings.margin_bits))
    finally:
        engine.drop("best")
        engine.drop("weighed")
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
        {thin} as thin, {fields}
    from judged
    join standard as one on one.alias_id = left_alias
    join standard as other on other.alias_id = right_alias
"""


#: A record without a clear forename may be either of two twins: torn between two that look like kin to each other.
_TORN = """
    with way as (
        select "left" as here, "right" as there, weight, kin, telling from weighed
        union all
        select "right" as here, "left" as there, weight, kin, telling from weighed
    ),
    torn as (
        select distinct unclear.here, unclear.there
        from way as unclear
        join way as rival
            on rival.here = unclear.here and rival.there <> unclear.there
            and not rival.kin and rival.weight >= unclear.weight - {margin}
        join way as kin on kin.here = unclear.there and kin.there = rival.there and kin.kin
        where not unclear.telling and not unclear.kin
    )
    select weighed.*, one.here is not null or other.here is not null as torn
    from weighed
    left join torn as one on one.here = "left" and one.there = "right"
    left join torn as other on other.here = "right" and other.there = "left"
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
        telling=f"({_NUMBER} or {_TELLING})",
        thin=f"(not {_NUMBER} and ({_THIN.format(telling=_TELLING)}))",
        fields=fields,
    )
