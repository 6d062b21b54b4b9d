"""The standardised table: one row for each alias of each person, every column in the one form that the model compares.

Belongs here: the table as Splink reads it. Not here: making it (coding), single words (wording), or which columns count for
how much (model).
"""

import pyarrow as pa

from joinedup.processes.childindex.linkage.coding import making
from joinedup.processes.childindex.linkage.scoring import tables


def standardise(records: pa.Table) -> pa.Table:
    """Return one row for each different alias of each person, in the forms that the model compares.

    Shapes: `records` as `records.SCHEMA`; at most one row out for each row in; `alias_id` counts from 0 in the order of
    person and record.
    """
    return tables.as_arrow(making.code(records))
