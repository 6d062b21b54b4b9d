"""A document as a value.

Belongs here: its parts. Not here: writing it (pdf).
"""

import dataclasses
import pathlib


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with paragraphs, and lines that stand under each other as a list."""

    heading: str
    words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A title, its parts, and the mark that stands at the foot of every page."""

    title: str
    mark: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return all that stands in it, in the order of reading."""
        said = [self.title, self.mark]
        for part in self.parts:
            said += [part.heading, *part.words, *part.lines]
        return "\n".join(said)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The face: plain and bold, each with a second file for further letters."""

    plain: pathlib.Path
    plain_further: pathlib.Path
    bold: pathlib.Path
    bold_further: pathlib.Path
