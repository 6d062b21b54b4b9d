"""Drawing why two records are one child: from the odds before anything was compared, field by field, to the odds now.

Belongs here: where each bar stands, as numbers. Not here: its words (linkage.explain), its lines (web).
"""

import dataclasses
from collections.abc import Sequence

#: How wide the part of the picture is in which bars stand, in the units of the picture.
WIDTH = 400
_LEAST_WIDTH = 1.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that moves the odds. Units: `bits`: +1 doubles the odds, -1 halves them."""

    words: str
    bits: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the picture, from where the odds stood to where they stand.

    Units: `x` and `width` in the units of the picture, from its left; `bits` and `total` in bits.
    """

    words: str
    bits: float
    total: float
    x: float
    width: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The bars from top to bottom, and where even odds stand.

    Shapes: the first bar is what was so before, the last what is so after all; between them the steps in their order.
    """

    bars: tuple[Bar, ...]
    even_x: float


def waterfall(*, prior: float, steps: Sequence[Step]) -> Waterfall:
    """Return the picture of some evidence.

    Shapes: two bars more than steps; each step's bar begins where the one before it ended.
    Units: `prior` in bits.
    """
    totals = [prior]
    for step in steps:
        totals.append(totals[-1] + step.bits)
    least, most = min(0.0, *totals), max(0.0, *totals)
    scale = WIDTH / max(most - least, 1.0)

    def bar(words: str, bits: float, start: float, end: float) -> Bar:
        left, right = sorted((start, end))
        x = (left - least) * scale
        width = max((right - left) * scale, _LEAST_WIDTH)
        return Bar(
            words=words,
            bits=round(bits, 1),
            total=round(end, 1),
            x=round(min(x, WIDTH - width), 1),
            width=round(width, 1),
        )

    moved = [
        bar(step.words, step.bits, before, after)
        for step, before, after in zip(steps, totals, totals[1:], strict=False)
    ]
    first = bar("Before anything is compared", prior, 0.0, prior)
    last = bar("All together", totals[-1], 0.0, totals[-1])
    return Waterfall(bars=(first, *moved, last), even_x=round(-least * scale, 1))
