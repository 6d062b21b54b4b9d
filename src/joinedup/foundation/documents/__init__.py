"""Documents to hand over: headings, paragraphs and lists as a PDF with the same mark on every page.

Belongs here: what a document is, and writing it. Not here: what it says (whoever hands it over).
The writer, `documents.pdf`, is imported where it is used: it takes a second to load, which nothing else should wait for.
"""

from joinedup.foundation.documents.pages import Document, Fonts, Part

__all__ = ["Document", "Fonts", "Part"]
