"""Learning: what all records of a run teach that a single one cannot know.

Belongs here: counting names and numbers over all standardised records. Not here: what is done with it (lore), weights
(training).
"""

from typing import Any

import pyarrow as pa

from joinedup.processes.childindex.linkage import identifiers
from joinedup.processes.childindex.linkage.engine import Engine
from joinedup.processes.childindex.linkage.lore import Lore

#: Columns whose commonness a model may weigh.
COMMON_COLUMNS = ("given", "family", "middle")
#: A value rarer than this weighs no more for being rarer still, so that it need not be kept.
RAREST_SHARE = 0.0005
#: Under this many children, two forenames under one number are an accident rather than forms of one name.
LEAST_CHILDREN_OF_VARIANT = 2

#: Names that many children bear are names of their own, even where our list of names has not got them.
KNOWN_NAME = """
    select given from {aliases} where length(given) > 1
    group by given
    having count(distinct birth_date) >= greatest(4, (select count(distinct person_record_id) from {aliases}) / 20000)
"""
#: Two forenames that several children bear under one number and birth date are forms of one name: Niamh and Neve.
VARIANT = """
    with numbered as (
        select distinct coalesce(nhs, upn) as number, birth_date, given_canonical from {aliases}
        where coalesce(nhs, upn) is not null and length(given_canonical) > 1
    ),
    pair as (
        select one.given_canonical as name, other.given_canonical as form
        from numbered as one
        join numbered as other
            on one.number = other.number and one.birth_date = other.birth_date
            and one.given_canonical <> other.given_canonical
        group by all
        having count(distinct one.number) >= {least_children}
    )
    select name, list(form order by form) as forms from pair group by name
"""
_SHARE = """
    select value, share from (
        select {column} as value, count(*) / sum(count(*)) over () as share
        from standard where {column} is not null group by {column}
    ) where share > {least} order by value
"""


def learn(records: pa.Table, standard: pa.Table, engine: Engine) -> Lore:
    """Return what all records of a run teach.

    Shapes: `records` as `records.SCHEMA`, `standard` as `aliases.standardise` made it of them.
    """
    engine.register("standard", standard)
    try:
        known = engine.table(KNOWN_NAME.format(aliases="standard") + " order by given")
        variants = engine.table(
            VARIANT.format(aliases="standard", least_children=LEAST_CHILDREN_OF_VARIANT) + " order by name"
        )
        shares = {column: engine.table(_SHARE.format(column=column, least=RAREST_SHARE)) for column in COMMON_COLUMNS}
    finally:
        engine.forget("standard")
    return Lore(
        variants={name: tuple(forms) for name, forms in zip(*_columns(variants), strict=True)},
        known_names=frozenset(known.column("given").to_pylist()),
        shares={column: dict(zip(*_columns(table), strict=True)) for column, table in shares.items()},
        same_nhs=identifiers.same_nhs(records),
        same_upn=identifiers.same_upn(records),
    )


def _columns(table: pa.Table) -> list[list[Any]]:
    return [column.to_pylist() for column in table.columns]
