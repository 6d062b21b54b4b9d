"""The lists of codes that ship: legal statuses and placements as the SSDA903 return knows them.

Belongs here: where the files lie. Not here: what they may say (rules).
"""

import csv
import functools
from importlib import resources

from joinedup.processes.protection import rules

_FILES = {rules.SpanKind.LEGAL_STATUS: "legal_statuses.csv", rules.SpanKind.PLACEMENT: "placements.csv"}


@functools.cache
def codes(kind: rules.SpanKind) -> tuple[rules.Code, ...]:
    """Return the codes of a kind of span, in the order of their list.

    Errors: UnreadableCodes.
    """
    text = (resources.files("joinedup.processes.protection") / "reference" / _FILES[kind]).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return rules.read_codes(csv.DictReader(lines))
