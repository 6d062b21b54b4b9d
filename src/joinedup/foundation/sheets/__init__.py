"""Tables that people open in a spreadsheet: cells in which nothing can run, as CSV and as an Excel workbook.

Belongs here: whatever leaves the product for a person's spreadsheet. Not here: files for other systems (exchange), what
a table holds and who may have it (the rings that know).
"""

from joinedup.foundation.sheets.guarding import guard, guarded, unguard
from joinedup.foundation.sheets.plain import as_csv, csv_bytes, read_csv
from joinedup.foundation.sheets.tables import Cell, Sheet, Unwritable
from joinedup.foundation.sheets.workbooks import as_workbook

__all__ = [
    "Cell",
    "Sheet",
    "Unwritable",
    "as_csv",
    "as_workbook",
    "csv_bytes",
    "guard",
    "guarded",
    "read_csv",
    "unguard",
]
