"""A document as a PDF, in a face that is carried along, so that it looks the same wherever it is opened.

Belongs here: laying out. Not here: what is said (pages). Letters that the face lacks are shown as a question mark, and the
document says how many and that there are such: nothing is dropped unseen.
"""

import datetime

import fpdf
from fpdf import enums

from joinedup.foundation.documents import pages

_FACE, _FURTHER = "body", "further"
_MARGIN_MM, _FOOT_MM = 20, 22
_BODY_PT, _SMALL_PT, _HEADING_PT, _TITLE_PT = 10.5, 8, 14, 20
_LINE_MM = 5.2
_LACKING = (
    "{count} letters of another script could not be printed here, and stand as a question mark. "
    "The file in JSON holds them."
)


class _Paper(fpdf.FPDF):
    """A4 with the mark and the number of the page at its foot."""

    def __init__(self, document: pages.Document, fonts: pages.Fonts) -> None:
        super().__init__(format="A4")
        self.mark = document.mark
        for family, style, path in (
            (_FACE, "", fonts.plain),
            (_FACE, "B", fonts.bold),
            (_FURTHER, "", fonts.plain_further),
            (_FURTHER, "B", fonts.bold_further),
        ):
            self.add_font(family, style, str(path))
        self.set_fallback_fonts([_FURTHER])
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_FOOT_MM)
        self.set_lang("en-GB")
        self.set_title(document.title)
        self.lacking = 0

    def footer(self) -> None:
        """Write the mark; called by the library at the end of each page."""
        self.set_y(-_FOOT_MM + 6)
        self.set_font(_FACE, "", _SMALL_PT)
        self.multi_cell(
            0, 4, self.known(f"{self.mark} Page {self.page_no()}"), new_x=enums.XPos.LMARGIN, new_y=enums.YPos.NEXT
        )

    def known(self, words: str) -> str:
        """Return words with a question mark for each letter that the face lacks."""
        cmaps = [getattr(font, "cmap", {}) for font in self.fonts.values()]
        shown = "".join(
            letter if letter.isspace() or any(ord(letter) in cmap for cmap in cmaps) else "?" for letter in words
        )
        self.lacking += sum(1 for was, now in zip(words, shown, strict=True) if was != now)
        return shown

    def write_words(self, words: str, *, size: float = _BODY_PT, style: str = "", indent_mm: float = 0) -> None:
        """Write a paragraph."""
        self.set_font(_FACE, style, size)
        self.set_x(_MARGIN_MM + indent_mm)
        line = _LINE_MM * size / _BODY_PT
        self.multi_cell(0, line, self.known(words), align="L", new_x=enums.XPos.LMARGIN, new_y=enums.YPos.NEXT)


def as_pdf(document: pages.Document, *, fonts: pages.Fonts, at: datetime.datetime) -> bytes:
    """Write a document as a PDF; the same document at the same moment gives the same bytes."""
    paper = _Paper(document, fonts)
    paper.set_creation_date(at)
    paper.add_page()
    paper.write_words(document.title, size=_TITLE_PT, style="B")
    paper.ln(3)
    for part in document.parts:
        # A heading stays with what it heads.
        if paper.will_page_break(25):
            paper.add_page()
        paper.start_section(paper.known(part.heading))
        paper.ln(3)
        paper.write_words(part.heading, size=_HEADING_PT, style="B")
        for words in part.words:
            paper.write_words(words)
            paper.ln(1.5)
        for line in part.lines:
            paper.write_words(f"•  {line}", indent_mm=2)
            paper.ln(0.8)
    if paper.lacking:
        paper.ln(3)
        paper.write_words(_LACKING.format(count=paper.lacking), style="B")
    return bytes(paper.output())
