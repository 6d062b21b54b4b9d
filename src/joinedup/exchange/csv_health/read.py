"""Reading community health CSVs: class lists, cohorts and immunisation records in three layouts.

Belongs here: recognising the table, walking its rows. Not here: what a row means (rules).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from joinedup.delivery.records import rules as records_rules
from joinedup.exchange.csv_health import rules, schema
from joinedup.exchange.opening import formats, tables

FORMAT = formats.Format(
    code="csv_health",
    title="Community health lists and immunisations",
    agency_kind=formats.AgencyKind.HEALTH,
    extensions=("csv", "txt"),
)
_RULES: Final[Mapping[str, tables.Rule]] = {"class_list": rules.class_list, "immunisations": rules.immunisation}


def recognise(head: formats.Head) -> formats.Recognised | None:
    """Say whether a file is a class list, a cohort or an immunisation record, from its heading."""
    return tables.recognised(FORMAT, schema.TABLES, head)


def read(
    source: formats.Source, recognised: formats.Recognised, context: formats.Context
) -> Iterator[records_rules.Reading | records_rules.Refused]:
    """Read each row in the order of the file.

    Shapes: one answer for each row that is not blank.
    Errors: none for bad data; a row that is broken costs no other row.
    Source: nhsuk/manage-vaccinations-in-schools, its import templates for class lists, cohorts and immunisations.
    """
    yield from tables.readings(schema.TABLES, _RULES, source, recognised, context)
