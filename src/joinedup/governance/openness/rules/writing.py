"""A page as documentation.

Belongs here: Markdown. Not here: the page (page).
"""

from joinedup.governance.openness.rules import page as pages


def as_markdown(page: pages.Page) -> str:
    """Return a page as documentation has it."""
    lines = [f"# {page.title}", "", page.opening, ""]
    for section in page.sections:
        lines += [f"## {section.heading}", ""]
        for words in section.words:
            lines += [words, ""]
        if section.table is not None:
            lines += [_row(section.table.columns), f"|{'---|' * len(section.table.columns)}"]
            lines += [*(_row(row) for row in section.table.rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
