"""Drawing why records are linked: a waterfall as numbers and words for a template, on a page or as a picture of its own.

Belongs here: where each line of text and each bar stands. Not here: the evidence (childindex), its colours (static).
"""

import dataclasses

from django.template import loader

from joinedup.processes.childindex import rules as childindex_rules

_ROW = 34
_TEXT, _BAR, _THICK = 12, 17, 11
_TOP = 6
#: To the right of the bars, where the bits are written.
_MARGIN = 78


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its words above it; `tone` is "for", "against" or "total"."""

    words: str
    bits: str
    tone: str
    x: float
    width: float
    text_y: int
    bar_y: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A waterfall: `key` tells it from others on the page, `words` say in one sentence what it shows.

    Units: lengths in the units of the picture.
    """

    key: str
    title: str
    words: str
    width: int
    height: int
    bits_x: int
    even_x: float
    thick: int
    bars: tuple[Bar, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a picture is got once someone opens what holds it: its address, its size, and in words what it shows."""

    href: str
    width: int
    height: int
    words: str


def frame(*, href: str, before_bits: float, after_bits: float, comparisons: int) -> Frame:
    """Return the frame of a picture that is not drawn yet: most who read a page open none of them."""
    return Frame(
        href=href,
        width=childindex_rules.WIDTH + _MARGIN,
        height=_height(comparisons + 2),
        words=_words(before_bits, after_bits, comparisons),
    )


def _height(bars: int) -> int:
    return 2 * _TOP + bars * _ROW


def _words(before_bits: float, after_bits: float, comparisons: int) -> str:
    return (
        f"From {bits(before_bits)} bits before anything was compared, {comparisons} comparisons lead to "
        f"{bits(after_bits)} bits."
    )


def picture(waterfall: childindex_rules.Waterfall, *, key: str, title: str) -> Picture:
    """Return a waterfall as a template draws it."""
    last = len(waterfall.bars) - 1
    bars = tuple(
        Bar(
            words=bar.words,
            bits=bits(bar.bits),
            tone="total" if place in {0, last} else "for" if bar.bits >= 0 else "against",
            x=bar.x,
            width=bar.width,
            text_y=_TOP + place * _ROW + _TEXT,
            bar_y=_TOP + place * _ROW + _BAR,
        )
        for place, bar in enumerate(waterfall.bars)
    )
    return Picture(
        key=key,
        title=title,
        words=_words(waterfall.bars[0].bits, waterfall.bars[-1].bits, last - 1),
        width=childindex_rules.WIDTH + _MARGIN,
        height=_height(len(bars)),
        bits_x=childindex_rules.WIDTH + _MARGIN,
        even_x=waterfall.even_x,
        thick=_THICK,
        bars=bars,
    )


def bits(value: float) -> str:
    """Write bits with their sign, to one place."""
    rounded = round(value, 1) + 0.0
    return f"{rounded:+.1f}".replace("-", "\N{MINUS SIGN}") if rounded else "0.0"


def as_file(drawn: Picture) -> str:
    """Return a picture as an SVG file that stands by itself."""
    return str(loader.render_to_string("components/waterfall_file.jinja", {"picture": drawn}))
