"""Rules of guarding a cell: no text may be taken for a formula by whoever opens the table, and all of it can be read back.

An apostrophe is put before what a spreadsheet could run, and before what begins with an apostrophe already, so that taking
one away gives the text back exactly. The same is done inside a cell after each sign at which a spreadsheet that is set to
another separator would begin a new one.

Belongs here: pure rules on one text. Not here: writing tables (plain, workbooks).
Source: CWE-1236, improper neutralisation of formula elements in a CSV file.
"""

import re
import unicodedata

MARK = "'"
#: The four that begin a formula, and those that look like one or are read as one.
_SIGNS = frozenset("=+-@\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}")
_STARTS = ("\t", "\r", "\n")
_SEPARATORS = re.compile(r"([,;\t\r\n])")


def guarded(text: str) -> bool:
    """Return whether a text needs a mark before it can stand in a table."""
    return guard(text) != text


def guard(text: str) -> str:
    """Return the text as it may stand in a cell; `unguard` gives it back exactly."""
    parts = [part if place % 2 else _marked(part) for place, part in enumerate(_SEPARATORS.split(text))]
    written = "".join(parts)
    return MARK + written if text.startswith(_STARTS) else written


def unguard(cell: str) -> str:
    """Return the text that `guard` was given."""
    written = cell.removeprefix(MARK) if cell.startswith(tuple(MARK + start for start in _STARTS)) else cell
    return "".join(
        part if place % 2 else part.removeprefix(MARK) for place, part in enumerate(_SEPARATORS.split(written))
    )


def _marked(part: str) -> str:
    return MARK + part if part.startswith(MARK) or _may_run(part) else part


def _may_run(part: str) -> bool:
    """Say whether the first sign that counts begins a formula; blanks, quotation marks and unseen signs don't count."""
    first = next((sign for sign in part if not _is_passed_over(sign)), "")
    return unicodedata.normalize("NFKC", first)[:1] in _SIGNS


def _is_passed_over(sign: str) -> bool:
    return sign.isspace() or sign == '"' or unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
