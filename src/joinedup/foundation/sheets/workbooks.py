"""A table as an Excel workbook: texts as texts, no formula, no link, no macro; the notice on every printed page.

Belongs here: writing workbooks. Not here: reading strangers' ones (exchange.opening).
"""

import datetime
import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from joinedup.foundation.sheets import guarding, tables

#: What Excel itself can hold.
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_048_575, 16_384, 32_767
_MOST_NOTICE_LETTERS, _MOST_WIDTH = 250, 60
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def as_workbook(sheet: tables.Sheet, *, at: datetime.datetime) -> bytes:
    """Return the table as a workbook made at this moment.

    Errors: Unwritable when Excel cannot hold it: nothing is ever cut off in silence.
    """
    _check(sheet)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": sheet.title, "comments": sheet.notice, "created": at.replace(tzinfo=None)})
        page = book.add_worksheet("Table")
        heading, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, name in enumerate(sheet.columns):
            _write(page, 0, column, name, heading)
        for line, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, line, column, cell, wrapped)
        _lay_out(page, sheet)
    return out.getvalue()


def _check(sheet: tables.Sheet) -> None:
    longest = max((len(guarding.guard(cell)) for row in sheet.rows for cell in row if isinstance(cell, str)), default=0)
    for has, most, of in (
        (len(sheet.rows), MOST_ROWS, "rows"),
        (len(sheet.columns), MOST_COLUMNS, "columns"),
        (longest, MOST_LETTERS, "letters in one cell"),
    ):
        if has > most:
            message = f"{sheet.title}: {has} {of} are more than the {most} that Excel can hold; take it as CSV"
            raise tables.Unwritable(message)


def _write(page: Worksheet, line: int, column: int, cell: tables.Cell, look: Format) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        # Guarded here too: the cell is text already, but a person may save the workbook as CSV.
        page.write_string(line, column, guarding.guard(cell), look)
    elif isinstance(cell, datetime.date):
        # As text: Excel has no dates before 1900, and reads 3/4 differently from country to country.
        page.write_string(line, column, cell.isoformat(), look)
    else:
        page.write_number(line, column, float(cell), look)


def _lay_out(page: Worksheet, sheet: tables.Sheet) -> None:
    """Make it readable on the screen and printed: the columns' names stay in sight, the notice is on every page."""
    notice = sheet.notice[:_MOST_NOTICE_LETTERS].replace("&", "&&")
    page.set_header(f"&L{notice}"[:_MOST_NOTICE_LETTERS])
    page.set_footer(f"&L{notice}"[: _MOST_NOTICE_LETTERS - 20] + "&R&P of &N")
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for column, name in enumerate(sheet.columns):
        widest = max([len(name), *(len(str(row[column] or "")) for row in sheet.rows[:200])])
        page.set_column(column, column, min(widest + 2, _MOST_WIDTH))
