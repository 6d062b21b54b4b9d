"""Reading the SSDA903 return of looked-after children, one CSV file for each table.

Belongs here: recognising the file, and the order of the steps. Not here: what a row means (rules), cutting rows (opening).
"""

from collections.abc import Iterator

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.opening import formats, tables
from joinedup.exchange.ssda903 import rules, schema

FORMAT = formats.Format(
    code="ssda903",
    title="the SSDA903 return",
    agency_kind=formats.AgencyKind.SOCIAL_CARE,
    extensions=(".csv", ".csv.gz", ".xlsx"),
)


def recognise(head: formats.Head) -> formats.Recognised | None:
    """Say which table the file holds, by its heading; nothing where it is not ours."""
    return tables.recognised(FORMAT, schema.TABLES, head)


def read(
    source: formats.Source, recognised: formats.Recognised, context: formats.Context
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Read every row, each as a reading or as a refusal with its reasons."""
    return tables.readings(schema.TABLES, rules.TABLE_RULES, source, recognised, context)
