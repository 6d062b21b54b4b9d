"""Linkage records: the table that linking takes.

Belongs here: the shape of one linkage record. Not here: bringing it to one form (aliases, wording).

One PersonRecord may have several rows: what its agency said of it at different times. Each is an alias, and two
people are as alike as their two most alike aliases.
"""

import pyarrow as pa

#: One row for each thing an agency has said of who a person is. Text may be null or empty; both mean "not said".
SCHEMA = pa.schema(
    [
        pa.field("record_id", pa.int64(), nullable=False),
        pa.field("person_record_id", pa.int64(), nullable=False),
        pa.field("agency", pa.string()),
        pa.field("said_date", pa.date32()),
        pa.field("given_name", pa.string()),
        pa.field("middle_names", pa.string()),
        pa.field("family_name", pa.string()),
        pa.field("preferred_name", pa.string()),
        pa.field("former_family_name", pa.string()),
        pa.field("birth_date", pa.date32()),
        pa.field("sex", pa.string()),
        pa.field("nhs_number", pa.string()),
        pa.field("nhs_number_verified", pa.bool_()),
        pa.field("former_nhs_numbers", pa.list_(pa.string())),
        pa.field("upn", pa.string()),
        pa.field("former_upn", pa.string()),
        pa.field("address", pa.string()),
        pa.field("postcode", pa.string()),
    ]
)


class MissingColumns(Exception):
    """The table given to linking lacks columns of its schema."""


def conform(table: pa.Table) -> pa.Table:
    """Return the table with the columns and types of `SCHEMA`, other columns left out.

    Shapes: text may stay a dictionary of its different values.

    Errors: MissingColumns when a record cannot be told from another; other columns that are absent count as not said.
    """
    missing = {"record_id", "person_record_id"} - set(table.column_names)
    if missing:
        raise MissingColumns(", ".join(sorted(missing)))
    return pa.table(
        {
            field.name: _cast(table.column(field.name), field.type)
            if field.name in table.column_names
            else pa.nulls(table.num_rows, field.type)
            for field in SCHEMA
        }
    )


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    is_written_once = pa.types.is_dictionary(column.type) and column.type.value_type == kind
    return column if is_written_once else column.cast(kind)
