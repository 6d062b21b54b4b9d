"""Rules of openness: pages of assurance whose words stand in a file and whose figures and tables come from the code.

Belongs here: putting a page together, and writing it as documentation. Not here: gathering figures (queries).
"""

from joinedup.governance.openness.rules.page import Figures, Page, PageUnreadable, Section, Table, Tables, read_page
from joinedup.governance.openness.rules.writing import as_markdown

__all__ = ["Figures", "Page", "PageUnreadable", "Section", "Table", "Tables", "as_markdown", "read_page"]
